import { deviceCause, groupCause } from './fold-causes.ts';
import { gravestFirst } from './gravest.ts';
import { beginIncident, joinIncident, mergeIncident } from './plan.ts';
import type { Alert, OpenIncident, StoreEntry, Turn } from './state.ts';
import { noteIncident } from './turn.ts';

/*
 * People know better what is one fault: they make one incident of two, or two of one. What they took apart stays apart:
 * such an incident has a place of its own (see `placeOf`), keeps its alerts while it is open, and folding leaves it alone.
 */

/** Two open incidents of one store were the same fault: the first ends in the other. */
export function merge(turn: Turn, key: string, { into: other, by }: { into: string; by: string }): void {
  const { incidents, stores } = turn.state;
  const [from, into] = [incidents.get(key), incidents.get(other)];
  const store = from && stores.get(from.incident.store);
  if (!store || !into || from === into || into.incident.store !== store.key) return;
  noteIncident(turn, into, { code: 'incident.merged-in', params: { by, from: key } }, 'update');
  mergeIncident(store, from, into, turn, by);
}

/** Some of the alerts that stand in an incident, named by their keys, are another fault. */
export function split(turn: Turn, key: string, { alerts, by }: { alerts: readonly string[]; by: string }): void {
  const from = turn.state.incidents.get(key);
  const store = from && turn.state.stores.get(from.incident.store);
  if (!store) return;
  const standing = standingIn(store, from);
  const taken = standing.filter(({ view }) => alerts.includes(view.key));
  const [first, ...others] = gravestFirst(taken);
  if (!first || taken.length === standing.length || taken.length !== new Set(alerts).size) return;
  for (const { view } of taken) from.alerts.delete(view.key);
  const cause = first.device === store.whole ? groupCause(store, first) : deviceCause(first);
  const params = { by, from: key };
  const open = beginIncident(store, cause, first, turn, { code: 'incident.split', params });
  for (const alert of others) joinIncident(open, alert, turn);
  noteIncident(turn, from, { code: 'incident.split-off', params: { by, alerts: taken.length } }, 'update');
}

function standingIn(store: StoreEntry, open: OpenIncident): Alert[] {
  const devices = store.whole ? [...store.devices, store.whole] : store.devices;
  return devices.flatMap(({ alerts }) => [...(alerts?.values() ?? [])].filter(({ incident }) => incident === open));
}
