import type { Reason } from '../../protocol/reasons.ts';
import { explainAlert, findAlert, fireAlert, raiseAlert, resolveAlert, setCounts } from './alerts.ts';
import { evidenceOf } from './presence.ts';
import type { Alert, DeviceEntry, StoreEntry, Turn } from './state.ts';
import { isProven } from './store-evidence.ts';

/** Raises, holds and clears the silence alerts of a store, from what presence says now. */
export function judgeSilence(store: StoreEntry, turn: Turn): void {
  for (const device of store.devices) judgeDevice(device, turn);
}

/**
 * Confirms the pending silences that have lasted. `heldUntil` says how long fold wants to see whether others share the
 * cause.
 */
export function confirmSilence(store: StoreEntry, heldUntil: (device: DeviceEntry) => number, turn: Turn): void {
  for (;;) {
    const due = silenceAlerts(store).filter((alert) => turn.now >= confirmDueAt(alert, heldUntil));
    for (const alert of due) fireAlert(alert, alert.device.reason, turn);
    // What is confirmed now may be what others waited for.
    if (due.length === 0) return;
  }
}

/** When the silences of a store have to be looked at again. Opening and closing wake the store by themselves. */
export function silenceDueAt(store: StoreEntry, heldUntil: (device: DeviceEntry) => number): number {
  let dueAt = Number.POSITIVE_INFINITY;
  for (const alert of silenceAlerts(store)) {
    dueAt = Math.min(dueAt, confirmDueAt(alert, heldUntil));
    const isClearing = alert.clearSince > 0 && evidenceOf(alert.device) === 'heard';
    if (isClearing) dueAt = Math.min(dueAt, alert.clearSince + alert.rule.clearForS * 1000);
  }
  return dueAt;
}

function judgeDevice(device: DeviceEntry, turn: Turn): void {
  const rule = device.judged.silence;
  if (!rule) return;
  const alert = findAlert(device, rule, '');
  const evidence = evidenceOf(device);
  if (!alert) {
    if (evidence === 'silent' || evidence === 'stopped') raiseAlert(device, rule, '', device.reason, turn);
    return;
  }
  if (evidence === 'silent' && isProven(device.reason)) explainAlert(alert, device.reason, turn);
  if (alert.view.state === 'pending') {
    if (evidence === 'heard') resolveAlert(alert, device.reason, turn);
    else if (evidence === 'none') resolveAlert(alert, lostWatcher(device), turn);
  } else if (evidence !== 'dated') {
    setCounts(alert, alert.faultSince, evidence === 'heard' ? alert.clearSince || turn.now : 0, turn);
    const lasts = alert.clearSince > 0 && turn.now - alert.clearSince >= rule.clearForS * 1000;
    if (lasts) resolveAlert(alert, device.reason, turn);
  }
}

/** Infinity: not before something else happens. */
function confirmDueAt(alert: Alert, heldUntil: (device: DeviceEntry) => number): number {
  const { device, rule, view } = alert;
  const evidence = evidenceOf(device);
  const waits = evidence === 'dated' || (rule.hours === 'open' && !device.store.open);
  if (view.state !== 'pending' || rule.type !== 'silence' || waits) return Number.POSITIVE_INFINITY;
  const patienceS = evidence === 'stopped' ? rule.stoppedForS : rule.forS;
  return Math.max(device.since + patienceS * 1000, heldUntil(device));
}

function silenceAlerts(store: StoreEntry): Alert[] {
  const alerts: Alert[] = [];
  for (const device of store.devices) {
    const rule = device.alerts === undefined ? undefined : device.judged.silence;
    const alert = rule && findAlert(device, rule, '');
    if (alert) alerts.push(alert);
  }
  return alerts;
}

function lostWatcher(device: DeviceEntry): Reason {
  return { code: 'presence.watcher-lost', params: { watcher: device.watcher?.key ?? device.key } };
}
