import type { Reason } from '../../protocol/reasons.ts';
import {
  explainAlert,
  findAlert,
  fireAlert,
  fireFlapping,
  markFlapping,
  raiseAlert,
  raiseSeverity,
  resolveAlert,
  setCounts,
} from './alerts.ts';
import { calmDueAt, dampSilence, flappingRingOf, forgetRing } from './damp.ts';
import { mayFire } from './evaluate-opening.ts';
import { isInMaintenance } from './maintenance/suppress.ts';
import { explainedUntil } from './maintenance/taken.ts';
import { type Evidence, evidenceOf } from './presence.ts';
import type { Alert, DeviceEntry, Ring, StoreEntry, Turn } from './state.ts';
import { isProven } from './store-evidence.ts';
import type { SilenceRule } from './types.ts';

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
    const due = silenceAlerts(store).filter((alert) => turn.now >= confirmDueAt(alert, heldUntil, turn.now));
    for (const alert of due) confirm(alert, turn);
    // What is confirmed now may be what others waited for.
    if (due.length === 0) return;
  }
}

/** When the silences of a store have to be looked at again. Opening and closing wake the store by themselves, and planned work does. */
export function silenceDueAt(store: StoreEntry, heldUntil: (device: DeviceEntry) => number, now: number): number {
  let dueAt = Number.POSITIVE_INFINITY;
  for (const device of store.devices) dueAt = Math.min(dueAt, calmDueAt(device));
  for (const alert of silenceAlerts(store)) {
    dueAt = Math.min(dueAt, confirmDueAt(alert, heldUntil, now), lastDueAt(alert, now));
    const isClearing = alert.clearSince > 0 && evidenceOf(alert.device) === 'heard' && !flappingRingOf(alert.device);
    if (isClearing) dueAt = Math.min(dueAt, alert.clearSince + alert.rule.clearForS * 1000);
  }
  return dueAt;
}

function judgeDevice(device: DeviceEntry, turn: Turn): void {
  const rule = device.judged.silence;
  if (!rule) return;
  const alert = findAlert(device, rule, '');
  const evidence = evidenceOf(device);
  const ring = ringOf(device, rule, evidence, turn);
  if (!alert) {
    if (evidence === 'silent' || evidence === 'stopped') raiseAlert(device, rule, '', device.reason, turn);
    return;
  }
  if (evidence === 'silent' && isProven(device.reason) && !alert.view.flapping)
    explainAlert(alert, device.reason, turn);
  if (alert.view.state === 'pending') {
    if (evidence === 'heard') resolveAlert(alert, device.reason, turn);
    else if (evidence === 'none') resolveAlert(alert, lostWatcher(device), turn);
  } else if (evidence !== 'dated') {
    setCounts(alert, alert.faultSince, evidence === 'heard' ? alert.clearSince || turn.now : 0, turn);
    const lasts = alert.clearSince > 0 && turn.now - alert.clearSince >= rule.clearForS * 1000;
    if (turn.now >= lastDueAt(alert, turn.now)) raiseSeverity(alert, turn);
    if (lasts && !ring) resolveAlert(alert, device.reason, turn);
    else markFlapping(alert, ring, device.reason, turn);
  }
}

/** What comes and goes while it is worked on does not flap. */
function ringOf(device: DeviceEntry, rule: SilenceRule, evidence: Evidence, turn: Turn): Ring | undefined {
  if (!isInMaintenance(device, turn.now)) return dampSilence(device, rule, evidence, turn);
  forgetRing(device, `${rule.id}#`);
  return undefined;
}

function confirm(alert: Alert, turn: Turn): void {
  const { device } = alert;
  const ring = flappingRingOf(device);
  if (ring && turn.now < patientUntil(alert, turn.now)) {
    fireFlapping(alert, ring, device.reason, turn);
  } else {
    fireAlert(alert, device.reason, turn);
    markFlapping(alert, ring, device.reason, turn);
  }
}

/** Infinity: not before something else happens. */
function confirmDueAt(alert: Alert, heldUntil: (device: DeviceEntry) => number, now: number): number {
  const { device, rule, view } = alert;
  const evidence = evidenceOf(device);
  const waits = evidence === 'dated' || !mayFire(device, rule, now) || isInMaintenance(device, now);
  if (view.state !== 'pending' || rule.type !== 'silence' || waits) return Number.POSITIVE_INFINITY;
  const isFlapping = evidence === 'silent' && flappingRingOf(device) !== undefined;
  return Math.max(isFlapping ? device.since : patientUntil(alert, now), heldUntil(device));
}

/** When a silence that fired for flapping alone will have lasted as long as its rule asks; never in maintenance. */
function lastDueAt(alert: Alert, now: number): number {
  const isLess = alert.view.state === 'firing' && alert.view.severity !== alert.rule.severity;
  const isSilent = evidenceOf(alert.device) === 'silent';
  return isLess && isSilent && !isInMaintenance(alert.device, now)
    ? patientUntil(alert, now)
    : Number.POSITIVE_INFINITY;
}

function patientUntil({ device, rule }: Alert, now: number): number {
  const isStopped = rule.type === 'silence' && evidenceOf(device) === 'stopped';
  return Math.max(device.since, explainedUntil(device, now)) + (isStopped ? rule.stoppedForS : rule.forS) * 1000;
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
