import type { Reason } from '../../protocol/reasons.ts';
import type { AlertView } from '../../protocol/views.ts';
import { isInMaintenance, releasedAt } from './maintenance/suppress.ts';
import type { Alert, DeviceEntry, Turn } from './state.ts';
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
export function hasAlertOf(device: DeviceEntry, rule: Rule): boolean {
  if (device.alerts === undefined) return false;
  for (const alert of device.alerts.values()) if (alert.rule === rule) return true;
  return false;
}

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
  const { device, view } = alert;
  alert.view = { ...view, state: 'resolved', reason };
  device.alerts?.delete(`${view.rule}#${view.instance}`);
  if (device.alerts?.size === 0) device.alerts = undefined;
  turn.transitions.push({ alert: alert.view, from: view.state, at: turn.now });
  if (alert.incident) {
    alert.incident.alerts.set(view.key, alert.view);
    noteIncident(turn, alert.incident, { code: 'incident.alert-cleared', params: { alert: view.key } });
  }
  noteChange(turn, device.store);
}

/** It is known by now why: the alert and its incident say so. */
export function explainAlert(alert: Alert, reason: Reason, turn: Turn): void {
  if (alert.view.reason.code === reason.code) return;
  alert.view = { ...alert.view, reason };
  if (alert.incident) {
    alert.incident.alerts.set(alert.view.key, alert.view);
    noteIncident(turn, alert.incident);
  }
  noteChange(turn, alert.device.store);
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
  verdict: Verdict,
  reason: Reason,
  turn: Turn,
): void {
  const alert =
    findAlert(device, rule, instance) ??
    (verdict === 'fault' ? raiseAlert(device, rule, instance, reason, turn) : undefined);
  if (!alert) return;
  if (alert.view.state === 'pending') {
    if (verdict === 'clear') resolveAlert(alert, reason, turn);
    else setCounts(alert, verdict === 'fault' ? alert.faultSince || turn.now : 0, 0, turn);
    const from = Math.max(alert.faultSince, releasedAt(device, turn.now));
    const lasts = alert.faultSince > 0 && turn.now - from >= rule.forS * 1000;
    if (verdict === 'fault' && lasts && (rule.hours === 'always' || device.store.open)) fireAlert(alert, reason, turn);
  } else {
    setCounts(alert, alert.faultSince, verdict === 'clear' ? alert.clearSince || turn.now : 0, turn);
    const lasts = alert.clearSince > 0 && turn.now - alert.clearSince >= rule.clearForS * 1000;
    if (lasts) resolveAlert(alert, reason, turn);
  }
}
