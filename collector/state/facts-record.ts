import type { FactRecord, UnreadReason } from '../../protocol/facts.ts';
import type { DeviceKey } from '../../protocol/names.ts';
import type { DeviceChange, KeptFacts } from '../ports.ts';

/** A row of facts, as both state stores have it. */
export interface FactsRow {
  device: DeviceKey;
  boot: string;
  seq: number;
  at: number;
  facts: string;
  unread: string;
}

export interface ChangeRow {
  device: DeviceKey;
  at: number;
  path: string;
  was: string | null;
  now: string | null;
}

export const factsOf = ({ device, boot, seq, at, facts, unread }: FactsRow): KeptFacts => ({
  device,
  boot,
  seq,
  at,
  facts: JSON.parse(facts) as FactRecord,
  unread: JSON.parse(unread) as Record<string, UnreadReason>,
});

export const changeOf = ({ device, at, path, was, now }: ChangeRow): DeviceChange => ({
  device,
  at,
  path,
  ...(was !== null && { from: was }),
  ...(now !== null && { to: now }),
});

/** The paths a query asks for, as bounds for bytes in order: from the first, before the second. */
export function pathBounds(path: string | undefined): [string, string] {
  if (path === undefined) return ['', '\u{10FFFF}'];
  if (!path.endsWith('*')) return [path, `${path}\u0001`];
  const start = path.slice(0, -1);
  return [start, `${start}\u{10FFFF}`];
}
