import type { DeviceKey, StoreKey } from '../../protocol/names.ts';
import type { Reason } from '../../protocol/reasons.ts';
import type { Incident } from '../../protocol/views.ts';
import { mayFire } from './evaluate-opening.ts';
import { countLoss, endLoss } from './impact-loss.ts';
import { quietOf } from './passing.ts';
import { proofOf } from './proof.ts';
import { endedFor, findEnded, keepEnded, placeOf, reopenIncident } from './reopen.ts';
import { isAboutToTell } from './reserves.ts';
import { stopClocks } from './sla-clocks.ts';
import type { Alert, DeviceEntry, OpenIncident, StoreEntry, Turn } from './state.ts';
import { noteComment, noteDurable, noteIncident } from './turn.ts';
import type { RulePack } from './types.ts';

/** A ticket is read on a phone. */
const MAX_ACTIONS = 5;

/** What is at fault, and why it is one incident. */
export interface Cause {
  kind: Incident['cause']['kind'];
  target: DeviceKey | StoreKey;
  /** Whose rule it is, where it is not that of the alert that opens. */
  rule?: string;
  reason: Reason;
  fold: Reason;
}

/**
 * Opens the incident of a cause with its first alert, or joins the one that is open for it. Its impact and priority are weighed
 * when the store is settled.
 */
export function openIncident(store: StoreEntry, cause: Cause, alert: Alert, turn: Turn): OpenIncident {
  const standing = store.incidents.get(cause.target);
  if (standing) {
    joinIncident(standing, alert, turn);
    return standing;
  }
  return comeBack(store, cause, alert, turn) ?? beginIncident(store, cause, alert, turn);
}

/** The cause is back so soon after its incident was resolved that this opens again. */
function comeBack(store: StoreEntry, cause: Cause, alert: Alert, turn: Turn): OpenIncident | undefined {
  const { kind, target, reason, fold, rule = alert.view.rule } = cause;
  const open = findEnded(store, { target, rule, alert: alert.view.key }, turn);
  if (!open) return undefined;
  const seconds = endedFor(open, turn.now);
  reopenIncident(store, open, { code: 'incident.reopened', params: { seconds } }, turn);
  open.incident.cause = { kind, target, rule, reason };
  open.incident.fold = fold;
  open.lostAt = alert.view.since;
  joinIncident(open, alert, turn);
  return open;
}

/** A new incident, with its first alert. `split`: people took it out of another one. */
export function beginIncident(store: StoreEntry, cause: Cause, alert: Alert, turn: Turn, split?: Reason): OpenIncident {
  const { kind, target, reason, fold } = cause;
  const { severity, since } = alert.view;
  const rule = cause.rule ?? alert.view.rule;
  // The time, but never twice the same: a clock that was set back must not give an old incident's key to a new one.
  store.lastOrder = Math.max(turn.now, store.lastOrder + 1);
  const open: OpenIncident = {
    incident: {
      key: `${store.key}#${target}#${rule}#${store.lastOrder}`,
      store: store.key,
      cause: { kind, target, rule, reason },
      fold,
      state: 'new',
      severity,
      impact: 3,
      urgency: 3,
      priority: 5,
      since,
      openedAt: turn.now,
      lanesDown: 0,
      lanesTotal: 0,
    },
    order: store.lastOrder,
    alerts: new Map(),
    quietSince: 0,
    lostAt: since,
    ...(split && { split: true }),
  };
  store.incidents.set(placeOf(open), open);
  turn.state.incidents.set(open.incident.key, open);
  takeIn(open, alert);
  noteIncident(turn, open, reason, 'open', since);
  noteIncident(turn, open, fold);
  noteIncident(turn, open, split ?? { code: 'incident.opened' });
  return open;
}

/** The alert shares the cause of an incident that is already open. */
export function joinIncident(open: OpenIncident, alert: Alert, turn: Turn): void {
  takeIn(open, alert);
  noteIncident(turn, open, { code: 'incident.joined', params: { alert: alert.view.key } });
}

/** The same incident, same key and same ticket, turns out to have another cause; where that has one already, it ends in it. */
export function changeCause(store: StoreEntry, open: OpenIncident, cause: Cause, turn: Turn): void {
  const { incident } = open;
  const from = incident.cause.target;
  if (open.split) return;
  const standing = store.incidents.get(cause.target);
  if (standing && standing !== open) {
    mergeIncident(store, open, standing, turn);
    return;
  }
  store.incidents.delete(from);
  store.incidents.set(cause.target, open);
  const { kind, target, rule = incident.cause.rule, reason } = cause;
  incident.cause = { kind, target, rule, reason };
  incident.fold = cause.fold;
  noteIncident(turn, open, { code: 'incident.cause-changed', params: { from } }, 'update');
}

/** What was seen after the incident opened names its cause: same incident, same target, same ticket. */
export function nameCause(
  open: OpenIncident,
  { rule = open.incident.cause.rule, reason, fold }: Pick<Cause, 'reason' | 'fold'> & { rule?: string },
  turn: Turn,
): void {
  open.incident.cause = { ...open.incident.cause, rule, reason };
  open.incident.fold = fold;
  noteIncident(turn, open, reason, 'update');
}

/** Ends `from`: it was another sight of the cause of `into`, which takes over its alerts. `by`: whoever says so. */
export function mergeIncident(
  store: StoreEntry,
  from: OpenIncident,
  into: OpenIncident,
  turn: Turn,
  by?: string,
): void {
  for (const device of store.whole ? [...store.devices, store.whole] : store.devices) {
    for (const alert of device.alerts?.values() ?? []) if (alert.incident === from) joinIncident(into, alert, turn);
  }
  const { key } = into.incident;
  from.incident.mergedInto = key;
  endIncident(store, from, { code: 'incident.merged', params: { into: key, ...(by !== undefined && { by }) } }, turn);
}

/** The alerts of a device turned out to have another cause: they leave their incident, and belong to none. */
export function releaseAlerts(from: OpenIncident, device: DeviceEntry, turn: Turn): Alert[] {
  const released = [...(device.alerts?.values() ?? [])].filter(({ incident }) => incident === from);
  for (const alert of released) {
    from.alerts.delete(alert.view.key);
    alert.incident = undefined;
    noteIncident(turn, from, { code: 'incident.alert-moved', params: { alert: alert.view.key } }, 'update');
  }
  return released;
}

export function endIncident(store: StoreEntry | undefined, open: OpenIncident, reason: Reason, turn: Turn): void {
  const { incident } = open;
  incident.state = 'resolved';
  delete incident.hold;
  incident.resolvedAt = turn.now;
  if (store) countLoss(store, open, turn);
  endLoss(open);
  stopClocks(store, open, turn);
  turn.state.incidents.delete(incident.key);
  store?.incidents.delete(placeOf(open));
  if (store) keepEnded(store, open, turn);
  noteIncident(turn, open, reason, 'resolve');
}

/** Resolves the incidents that have been quiet long enough, and counts the quiet of the others. */
export function settleQuiet(store: StoreEntry, turn: Turn): void {
  for (const open of [...store.incidents.values()]) {
    const quietSince = isQuiet(open, turn) ? open.quietSince || turn.now : 0;
    if (quietSince !== open.quietSince) noteDurable(turn, store);
    open.quietSince = quietSince;
    const quietS = quietOf(open, turn.state.pack);
    if (quietSince > 0 && turn.now - quietSince >= quietS * 1000) {
      const proof = proofOf(open);
      if (proof) noteIncident(turn, open, proof);
      endIncident(store, open, { code: 'incident.resolved', params: { quietS } }, turn);
    }
  }
}

/** When `settleQuiet` has to look again. */
export function quietDueAt(store: StoreEntry, pack: RulePack): number {
  let dueAt = Number.POSITIVE_INFINITY;
  for (const open of store.incidents.values()) {
    const { quietSince } = open;
    if (quietSince > 0) dueAt = Math.min(dueAt, quietSince + quietOf(open, pack) * 1000);
  }
  return dueAt;
}

/** It is nobody's again: what it is about now is graver than what was taken on. */
export function withdrawAcknowledgement(open: OpenIncident, turn: Turn): void {
  const { incident } = open;
  if (incident.state === 'new') return;
  incident.state = 'new';
  delete incident.hold;
  delete incident.acknowledgedAt;
  delete incident.acknowledgedBy;
  noteIncident(turn, open, { code: 'incident.graver' }, 'update');
}

export function comment(turn: Turn, key: string, said: { by: string; text: string; id?: string }): void {
  const open = turn.state.incidents.get(key);
  if (open) noteComment(turn, open, said);
}

/** A desk that is done with the ticket is no proof that the fault is over. */
export function noteTicketEnded(turn: Turn, key: string, ended: { by: string; desk: string; reopen: boolean }): void {
  const open = turn.state.incidents.get(key);
  if (!open) return;
  const { by, desk, reopen } = ended;
  noteIncident(turn, open, { code: reopen ? 'ticket.ended-early' : 'ticket.left-ended', params: { by, desk } });
  if (reopen) turn.changed.get(open)?.reopens.add(desk);
}

/** What an action came to stays with the incident, for its ticket; that it was asked for is a line of the timeline. */
export function noteAction(turn: Turn, key: string, reason: Reason): void {
  const open = turn.state.incidents.get(key);
  if (!open) return;
  if (reason.code === 'action.asked') {
    noteIncident(turn, open, reason);
    return;
  }
  open.incident.actions = [...(open.incident.actions ?? []), { at: turn.now, reason }].slice(-MAX_ACTIONS);
  noteIncident(turn, open, reason, 'update');
}

function takeIn(open: OpenIncident, alert: Alert): void {
  alert.incident = open;
  open.alerts.set(alert.view.key, alert.view);
  open.quietSince = 0;
  delete open.lingers;
}

/** Nothing of it fires, and nothing of it is about to fire again. */
function isQuiet(open: OpenIncident, turn: Turn): boolean {
  if (isAboutToTell(open, turn)) return false;
  for (const { state, device, rule, instance } of open.alerts.values()) {
    if (state === 'firing') return false;
    const again = turn.state.devices.get(device)?.alerts?.get(`${rule}#${instance}`);
    const isOthers = again?.incident !== undefined && again.incident !== open;
    if (again && !isOthers && mayFire(again.device, again.rule, turn.now)) return false;
  }
  return true;
}
