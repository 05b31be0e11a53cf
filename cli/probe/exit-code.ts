import type { Status } from '../../protocol/status.ts';

/** As Nagios has them, so that a probe can stand where a plugin did. */
const EXIT_CODES: Readonly<Record<Status, number>> = { ok: 0, warning: 1, critical: 2, unknown: 3 };
export const UNKNOWN = EXIT_CODES.unknown;

/** From the one that matters least. */
const ORDER: readonly Status[] = ['ok', 'unknown', 'warning', 'critical'];

/** By the worst of them. */
export const exitCodeOf = (statuses: readonly Status[]): number =>
  EXIT_CODES[ORDER.findLast((status) => statuses.includes(status)) ?? 'ok'];
