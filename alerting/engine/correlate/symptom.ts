import type { DeviceKind } from '../../../protocol/inventory.ts';
import type { Reason } from '../../../protocol/reasons.ts';
import type { Incident } from '../../../protocol/views.ts';

/** What a store is reached through: without it nothing of the store is seen. */
const LINKS: ReadonlySet<DeviceKind> = new Set(['gateway', 'router', 'firewall']);

/**
 * What befell a store, as far as it matters to whoever asks whether several were befallen alike: a printer that died in
 * three stores is no carrier's outage. A silent store and a lost link are one. `kindOf`: what kind a device at fault is.
 */
export function symptomOf({ cause, fold, alerts }: Incident, kind: DeviceKind | undefined): string {
  const { rule, reason } = cause;
  if (reason.code === 'store.power-cut' || fold.code === 'fold.power' || fold.code === 'fold.power-group')
    return 'power';
  // A till whose check fails is no other fault once so many of the store have it that they are told as one.
  if (reason.code.startsWith('group.')) return symptomOfCheck(commonCheck(alerts), rule);
  if (reason.code.startsWith('sales.')) return `rule:${rule}`;
  if (cause.kind === 'store') return 'network';
  if (reason.code.startsWith('presence.') || kind === undefined) {
    return kind !== undefined && LINKS.has(kind) ? 'network' : `silent:${kind ?? 'other'}`;
  }
  if (kind === 'payment-terminal') return 'payment';
  return symptomOfCheck(checkOf(reason), rule);
}

function symptomOfCheck(check: string | undefined, rule: string): string {
  if (check === undefined) return `rule:${rule}`;
  if (/^wan/.test(check)) return 'network';
  if (/^(payment|terminal|acquirer|eft)/.test(check)) return 'payment';
  return `check:${check}`;
}

/** The check that fails; undefined where it is something else that is wrong. */
const checkOf = ({ code, params }: Reason): string | undefined =>
  code.startsWith('status.') && params?.check !== undefined ? `${params.check}` : undefined;

/** What fails on all of a group, if it is one thing. */
function commonCheck(alerts: Incident['alerts']): string | undefined {
  const checks = new Set(alerts.flatMap(({ reason }) => (reason.code.startsWith('group.') ? [] : [checkOf(reason)])));
  return checks.size === 1 ? [...checks][0] : undefined;
}
