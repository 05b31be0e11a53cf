import { nameCause, withdrawAcknowledgement } from './plan.ts';
import type { Alert, OpenIncident, StoreEntry, Turn } from './state.ts';

/**
 * Names each incident of a device after the gravest of what fires on it: what waits for weeks to be tidied up must
 * not stand for an outage that came later, and what is over not for what remains.
 */
export function nameGravest(store: StoreEntry, turn: Turn): void {
  for (const open of store.incidents.values()) {
    const { cause, fold } = open.incident;
    if (cause.kind !== 'device') continue;
    const firing = gravestFirst(firingOf(store, open));
    const [gravest] = firing;
    const named = firing.find(({ rule }) => rule.id === cause.rule);
    if (!gravest || (named && rankOf(named) <= rankOf(gravest))) continue;
    // What it kept before it fell silent proves nothing of the silence.
    if (gravest.rule.type === 'silence') open.lostAt = gravest.faultSince;
    nameCause(open, { rule: gravest.rule.id, reason: gravest.view.reason, fold }, turn);
    // Whoever took on the smaller thing has not seen this one.
    if (named) withdrawAcknowledgement(open, turn);
  }
}

/** Critical before warning, then by urgency, then in the order they came. */
export const gravestFirst = (alerts: readonly Alert[]): Alert[] => [...alerts].sort((a, b) => rankOf(a) - rankOf(b));

function firingOf(store: StoreEntry, open: OpenIncident): Alert[] {
  const device = store.devices.find(({ key }) => key === open.incident.cause.target);
  return [...(device?.alerts?.values() ?? [])].filter(
    ({ incident, view }) => incident === open && view.state === 'firing',
  );
}

const rankOf = ({ rule: { urgency }, view: { severity } }: Alert): number =>
  (severity === 'critical' ? 0 : 3) + urgency;
