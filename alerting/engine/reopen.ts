import type { StoreKey } from '../../protocol/names.ts';
import type { Reason } from '../../protocol/reasons.ts';
import { goOnWithClocks } from './sla-clocks.ts';
import type { OpenIncident, StoreEntry, Turn } from './state.ts';
import { noteDurable, noteIncident } from './turn.ts';

/*
 * What was mended for some minutes only is not another fault: its incident is kept for a while after it was resolved, and
 * opens again, same key and same ticket, when its cause comes back or somebody says that it never went. Then it is closed.
 */

/** Incidents of a store that are kept at most; of more, the oldest are closed early. */
const MOST_KEPT = 50;

/** The place of an open incident in its store: one for each cause, but for those people took out of one. */
export const placeOf = ({ incident, split }: OpenIncident): string => (split ? incident.key : incident.cause.target);

/** An incident's key begins with its store's. */
export const storeOfIncident = (key: string): StoreKey => key.slice(0, key.indexOf('#')) as StoreKey;

/** An incident has just been resolved. */
export function keepEnded(store: StoreEntry, open: OpenIncident, turn: Turn): void {
  if (turn.state.pack.reopenS === undefined) return;
  open.endedAt = turn.now;
  store.ended.set(open.incident.key, open);
  while (store.ended.size > MOST_KEPT) {
    const [oldest] = store.ended.values();
    if (oldest) close(store, oldest, turn);
  }
}

/** Closes what was resolved long enough ago, by the rules that hold now. */
export function closeEnded(store: StoreEntry, turn: Turn): void {
  const reopenMs = (turn.state.pack.reopenS ?? 0) * 1000;
  for (const open of [...store.ended.values()]) {
    if (turn.now - (open.endedAt ?? 0) >= reopenMs) close(store, open, turn);
  }
}

/** When `closeEnded` has to look again. */
export function closeDueAt(store: StoreEntry, reopenS = 0): number {
  let dueAt = Number.POSITIVE_INFINITY;
  for (const { endedAt = 0 } of store.ended.values()) dueAt = Math.min(dueAt, endedAt + reopenS * 1000);
  return dueAt;
}

/** Those that nobody knows by heart any more, such as after a restart with another clock, do not open again. */
export function dropEnded({ ended }: StoreEntry, isKnown: (key: string) => boolean): void {
  for (const key of ended.keys()) if (!isKnown(key)) ended.delete(key);
}

/** The store has gone: nothing of it comes back. */
export function closeAll(store: StoreEntry, turn: Turn): void {
  for (const open of [...store.ended.values()]) close(store, open, turn);
}

/** The newest resolved incident that had this cause, where it opens again for it. What people took apart stays apart. */
export function findEnded(
  store: StoreEntry,
  { target, rule, alert }: { target: string; rule: string; alert: string },
  turn: Turn,
): OpenIncident | undefined {
  return [...store.ended.values()].findLast((open) => {
    const { cause } = open.incident;
    const isSame = cause.target === target && cause.rule === rule && (!open.split || open.alerts.has(alert));
    return isSame && mayReopen(store, open, turn);
  });
}

/** Whether its time is not over; what ended in another incident, or during planned work, does not open again. */
export function mayReopen(store: StoreEntry, open: OpenIncident, { now, state }: Turn): boolean {
  const { mergedInto, maintenance } = open.incident;
  if (mergedInto !== undefined || maintenance !== undefined || store.incidents.has(placeOf(open))) return false;
  const lastedMs = now - (open.endedAt ?? 0);
  return lastedMs < (state.pack.reopenS ?? 0) * 1000;
}

/** Nobody has it in hand, whoever had it before; the time in between counts for no clock. */
export function reopenIncident(store: StoreEntry, open: OpenIncident, reason: Reason, turn: Turn): void {
  const { incident } = open;
  const wasAnswered = incident.acknowledgedAt !== undefined;
  incident.state = 'new';
  delete incident.resolvedAt;
  delete incident.acknowledgedAt;
  delete incident.acknowledgedBy;
  delete open.endedAt;
  delete open.passed;
  delete open.proof;
  open.quietSince = 0;
  goOnWithClocks(open, wasAnswered, turn);
  store.ended.delete(incident.key);
  store.incidents.set(placeOf(open), open);
  turn.state.incidents.set(incident.key, open);
  noteIncident(turn, open, reason, 'reopen');
}

/** How long it was resolved, in seconds. */
export const endedFor = ({ endedAt = 0 }: OpenIncident, now: number): number =>
  Math.max(0, Math.round((now - endedAt) / 1000));

function close(store: StoreEntry, open: OpenIncident, turn: Turn): void {
  store.ended.delete(open.incident.key);
  open.incident.state = 'closed';
  noteDurable(turn, store);
  noteIncident(turn, open, { code: 'incident.closed' });
}
