import type { DeviceKind } from '../../../protocol/inventory.ts';
import type { Incident } from '../../../protocol/views.ts';

/** What a store is reached through: without it nothing of the store is seen. */
const LINKS: ReadonlySet<DeviceKind> = new Set(['gateway', 'router', 'firewall']);

/**
 * What befell a store, as far as it matters to whoever asks whether several were befallen alike: a printer that died in
 * three stores is no carrier's outage. A silent store and a lost link are one. `kindOf`: what kind a device at fault is.
 */
export function symptomOf({ cause, fold }: Incident, kind: DeviceKind | undefined): string {
  const { rule, reason } = cause;
  if (reason.code === 'store.power-cut' || fold.code === 'fold.power' || fold.code === 'fold.power-group')
    return 'power';
  if (reason.code.startsWith('group.') || reason.code.startsWith('sales.')) return `rule:${rule}`;
  if (cause.kind === 'store') return 'network';
  if (reason.code.startsWith('presence.') || kind === undefined) {
    return kind !== undefined && LINKS.has(kind) ? 'network' : `silent:${kind ?? 'other'}`;
  }
  if (kind === 'payment-terminal') return 'payment';
  const check = reason.code.startsWith('status.') ? reason.params?.check : undefined;
  if (check === undefined) return `rule:${rule}`;
  if (/^wan/.test(`${check}`)) return 'network';
  if (/^(payment|terminal|acquirer|eft)/.test(`${check}`)) return 'payment';
  return `check:${check}`;
}
