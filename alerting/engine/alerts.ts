import type { Reason } from '../../protocol/reasons.ts';
import type { AlertView } from '../../protocol/views.ts';
import { dampSample, flappingReason, forgetRing, hasRingOf } from './damp.ts';
import { mayFire } from './evaluate-opening.ts';
import { isInMaintenance, releasedAt } from './maintenance/suppress.ts';
import { notePassing } from './passing.ts';
import { nameCause } from './plan.ts';
import type { Alert, DeviceEntry, OpenIncident, Ring, Turn } from './state.ts';
import { noteChange, noteDurable, noteIncident } from './turn.ts';
import type { Rule } from './types.ts';

/** Alerts a device may have at once. Instances come from tags, which agents choose: beyond this, new ones are left out. */
const MAX_ALERTS_PER_DEVICE = 200;

/** What one sample says of a fault; `between` is neither. */
export type Verdict = 'fault' | 'between' | 'clear';

export function findAlert(device: DeviceEntry, rule: Rule, instance: string): Alert | undefined {
  return device.alerts?.get(`${rule.id}#${instance}`);
}

/** Whether any alert of this rule stands on the device. Makes no strings: asked for each reading of an unwell device. */
function hasAlertOf(device: DeviceEntry, rule: Rule): boolean {
  if (device.alerts === undefined) return false;
  for (const alert of device.alerts.values()) if (alert.rule === rule) return true;
  return false;
}

/** Whether a reading that is no fault tells anything of this rule: an alert of it stands, or has come and gone lately. */
export const isFollowed = (device: DeviceEntry, rule: Rule): boolean =>
  hasAlertOf(device, rule) || hasRingOf(device, rule);

/** First evidence of a fault. Undefined when the device has too many alerts already. */
export function raiseAlert(device: DeviceEntry, rule: Rule, instance: string, reason: Reason, turn: Turn) {
  device.alerts ??= new Map();
  if (device.alerts.size >= MAX_ALERTS_PER_DEVICE) return undefined;
  const view: AlertView = {
    key: `${device.key}#${rule.id}#${instance}`,
    device: device.key,
    rule: rule.id,
    instance,
    severity: rule.severity,
    state: 'pending',
    since: turn.now,
    reason,
  };
  const alert: Alert = { view, device, rule, faultSince: turn.now, clearSince: 0, incident: undefined };
  device.alerts.set(`${rule.id}#${instance}`, alert);
  turn.transitions.push({ alert: view, from: 'ok', at: turn.now });
  noteChange(turn, device.store);
  return alert;
}

/** The fault is confirmed: it looks for its incident at the end of the step. Nothing fires in maintenance. */
export function fireAlert(alert: Alert, reason: Reason, turn: Turn): void {
  if (isInMaintenance(alert.device, turn.now)) return;
  alert.view = { ...alert.view, state: 'firing', reason };
  turn.transitions.push({ alert: alert.view, from: 'pending', at: turn.now });
  turn.fired.push(alert);
  noteChange(turn, alert.device.store);
}

/** The alert ends, pending or firing. Its incident, if it has one, keeps it as resolved. */
export function resolveAlert(alert: Alert, reason: Reason, turn: Turn): void {
  const { device } = alert;
  const { flapping: _, ...view } = alert.view;
  alert.view = { ...view, state: 'resolved', reason };
  device.alerts?.delete(`${view.rule}#${view.instance}`);
  if (device.alerts?.size === 0) device.alerts = undefined;
  turn.transitions.push({ alert: alert.view, from: view.state, at: turn.now });
  if (alert.incident) {
    alert.incident.alerts.set(view.key, alert.view);
    notePassing(alert.incident, alert);
    noteIncident(turn, alert.incident, { code: 'incident.alert-cleared', params: { alert: view.key } });
  }
  noteChange(turn, device.store);
}

/** It is known by now why: the alert and its incident say so. */
export function explainAlert(alert: Alert, reason: Reason, turn: Turn): void {
  if (alert.view.reason.code !== reason.code) retellAlert(alert, reason, turn);
}

/** What it tells does not hold any more, though the alert does. */
const retellAlert = (alert: Alert, reason: Reason, turn: Turn): void =>
  showAlert(alert, { ...alert.view, reason }, turn);

/** Its figures are others, not what they mean: an incident it is the cause of tells them too, and nobody is called for it. */
export function correctAlert(alert: Alert, reason: Reason, turn: Turn): void {
  retellAlert(alert, reason, turn);
  const { incident: open } = alert;
  if (open && isCauseOf(open, alert)) open.incident.cause = { ...open.incident.cause, reason };
}

/** What it tells has changed for whoever acts on it: an incident it is the cause of is named anew, and its desk told. */
export function renameAlert(alert: Alert, reason: Reason, turn: Turn): void {
  const { incident: open } = alert;
  const isCause = open && (isCauseOf(open, alert) || speaksFor(open, alert));
  retellAlert(alert, reason, turn);
  if (isCause) nameCause(open, { reason, fold: refold(open.incident.fold, reason) }, turn);
}

/**
 * Marks a firing alert as flapping, or as steady again when `ring` is undefined. Its incident tells, and is named so where the
 * alert is its cause.
 */
export function markFlapping(alert: Alert, ring: Ring | undefined, reason: Reason, turn: Turn): void {
  const { flapping, ...steady } = alert.view;
  if (alert.view.state !== 'firing' || (ring !== undefined) === (flapping === true)) return;
  const told = ring ? flappingReason(ring, reason) : reason;
  showAlert(alert, ring ? { ...steady, reason: told, flapping: true } : { ...steady, reason }, turn);
  const open = alert.incident;
  if (!open) return;
  // What is over is no name for an incident that is about to end.
  if (isCauseOf(open, alert) && (ring || alert.clearSince === 0))
    nameCause(open, { reason: told, fold: open.incident.fold }, turn);
  else
    noteIncident(turn, open, { code: ring ? 'incident.flapping' : 'incident.steady', params: { alert: steady.key } });
}

/** It is as grave as its rule: it fired for flapping alone and now lasts as long as that asks, or the rule was changed. */
export function raiseSeverity(alert: Alert, turn: Turn): void {
  const { severity } = alert.rule;
  if (alert.view.severity === severity) return;
  showAlert(alert, { ...alert.view, severity }, turn);
  if (alert.incident) noteIncident(turn, alert.incident, undefined, 'update');
}

/** Whether it stands because nothing came, rather than for what came. */
export const hasNoData = ({ view: { reason } }: Alert): boolean =>
  reason.code === 'no-data.reading' || reason.code === 'no-data.check';

/** What had stayed away is back, and shows a fault. */
function seeFault(alert: Alert, reason: Reason, turn: Turn): void {
  setCounts(alert, turn.now, 0, turn);
  renameAlert(alert, reason, turn);
}

const isCauseOf = ({ incident: { cause } }: OpenIncident, { rule, device }: Alert): boolean =>
  cause.rule === rule.id && cause.target === device.key;

/** Why it is one incident counts as its cause does. */
const refold = (fold: Reason, reason: Reason): Reason =>
  fold.code === 'fold.group' ? { ...reason, code: fold.code } : fold;

/** A group's incident may have begun as a member's and bear the rule of that: its cause says what the group's alert does. */
const speaksFor = ({ incident: { cause } }: OpenIncident, { rule, device, view }: Alert): boolean =>
  rule.type === 'composite' &&
  cause.target === device.key &&
  JSON.stringify(cause.reason) === JSON.stringify(view.reason);

function showAlert(alert: Alert, view: AlertView, turn: Turn): void {
  alert.view = view;
  if (alert.incident) {
    alert.incident.alerts.set(view.key, view);
    noteIncident(turn, alert.incident);
  }
  noteChange(turn, alert.device.store);
}

/** The fault comes and goes, and has never lasted as long as its rule asks: it fires as such, as a warning. */
export function fireFlapping(alert: Alert, ring: Ring, reason: Reason, turn: Turn): void {
  alert.view = { ...alert.view, severity: 'warning', flapping: true };
  fireAlert(alert, flappingReason(ring, reason), turn);
}

/** Sets when the fault has been seen, or seen gone, without a break. Durable, but nothing people see. */
export function setCounts(alert: Alert, faultSince: number, clearSince: number, turn: Turn): void {
  if (alert.faultSince === faultSince && alert.clearSince === clearSince) return;
  alert.faultSince = faultSince;
  alert.clearSince = clearSince;
  noteDurable(turn, alert.device.store);
}

/**
 * Moves the alert of (device, rule, instance) by one sample. Durations run from sample to sample: a sample that stays
 * away neither raises nor clears.
 */
export function applySample(
  device: DeviceEntry,
  rule: Rule,
  instance: string,
  said: Verdict,
  why: Reason,
  turn: Turn,
): void {
  const alert = findAlert(device, rule, instance);
  const isBack = alert !== undefined && hasNoData(alert);
  if (isBack && said !== 'fault') {
    applyVerdict(device, rule, instance, 'clear', { ...alert.view.reason, code: 'no-data.back' }, turn);
    return;
  }
  if (isBack) seeFault(alert, why, turn);
  applyVerdict(device, rule, instance, said, why, turn);
}

/** What comes and goes while it is worked on does not flap. */
function ringOf(
  device: DeviceEntry,
  rule: Rule,
  instance: string,
  says: 'fault' | 'clear' | undefined,
  turn: Turn,
): Ring | undefined {
  if (!isInMaintenance(device, turn.now)) return dampSample(device, rule, instance, says, turn);
  forgetRing(device, `${rule.id}#${instance}`);
  return undefined;
}

/** Whether the fault has lasted as long as its rule asks, planned work apart. */
const hasLasted = ({ device, rule, faultSince }: Alert, now: number): boolean =>
  !isInMaintenance(device, now) && now - Math.max(faultSince, releasedAt(device, now)) >= rule.forS * 1000;

function applyVerdict(
  device: DeviceEntry,
  rule: Rule,
  instance: string,
  verdict: Verdict,
  reason: Reason,
  turn: Turn,
): void {
  // A group is judged whenever anything stirs: it has no results to count.
  const says = verdict === 'between' ? undefined : verdict;
  const ring = rule.type === 'composite' ? undefined : ringOf(device, rule, instance, says, turn);
  const alert =
    findAlert(device, rule, instance) ??
    (verdict === 'fault' ? raiseAlert(device, rule, instance, reason, turn) : undefined);
  if (!alert) return;
  if (alert.view.state === 'pending') {
    if (verdict === 'clear') resolveAlert(alert, reason, turn);
    else setCounts(alert, verdict === 'fault' ? alert.faultSince || turn.now : 0, 0, turn);
    if (verdict !== 'fault' || !mayFire(device, rule, turn.now) || isInMaintenance(device, turn.now)) return;
    if (hasLasted(alert, turn.now)) {
      fireAlert(alert, reason, turn);
      markFlapping(alert, ring, reason, turn);
    } else if (ring) fireFlapping(alert, ring, reason, turn);
  } else {
    const isBack = verdict === 'fault' && alert.clearSince > 0;
    setCounts(
      alert,
      isBack ? turn.now : alert.faultSince,
      verdict === 'clear' ? alert.clearSince || turn.now : 0,
      turn,
    );
    if (verdict === 'fault' && hasLasted(alert, turn.now)) raiseSeverity(alert, turn);
    const lasts = alert.clearSince > 0 && turn.now - alert.clearSince >= rule.clearForS * 1000;
    if (lasts && !ring) resolveAlert(alert, reason, turn);
    else markFlapping(alert, ring, reason, turn);
  }
}
