import type { Evidence as Seen } from '../../protocol/messages.ts';
import type { Reason } from '../../protocol/reasons.ts';
import { missSales } from './sales/watch.ts';
import { expectAnew } from './series.ts';
import type { DeviceEntry, Presence, StoreEntry, Turn } from './state.ts';
import { isProven, provenLoss } from './store-evidence.ts';
import { noteChange, noteDurable, noteStir } from './turn.ts';
import type { PresenceEvidence } from './types.ts';

/** Where no silence rule says otherwise, a connected device counts as silent after this many intervals. */
const DEFAULT_INTERVALS = 3;
/** Silence is looked at on whole seconds, so that the deadlines of many devices come together. */
const SILENCE_GRAIN_MS = 1000;

/** What presence says about a device's silence. `none`: no evidence either way. `dated`: from before a restart. */
export type Evidence = 'heard' | 'silent' | 'stopped' | 'none' | 'dated';

/** Whether the agent that watches the device is heard itself; a device with its own agent always is watched. */
export function isWatched(device: DeviceEntry): boolean {
  return device.watcher === undefined || isHeard(device.watcher);
}

export function isHeard(device: DeviceEntry): boolean {
  return device.presence === 'online' && !device.unsure && isWatched(device);
}

export function evidenceOf(device: DeviceEntry): Evidence {
  if (device.presence === 'unseen' || !isWatched(device)) return 'none';
  if (device.confirmBy > 0) return 'dated';
  if (device.presence === 'online') return 'heard';
  return device.presence === 'stopped' ? 'stopped' : 'silent';
}

/** The device speaks, and with it the agent that watches it. The hot path: touches two numbers when all is well. */
export function hear(device: DeviceEntry, turn: Turn): void {
  if (device.watcher) hear(device.watcher, turn);
  device.heardAt = turn.now;
  if (device.presence !== 'online' || device.confirmBy !== 0 || device.unsure) comeBack(device, turn);
}

/** Takes evidence about presence. What the watching agent says of a device is also a sign of life of that agent. */
export function takeEvidence(
  device: DeviceEntry,
  evidence: PresenceEvidence,
  { seen, intervalS }: { seen?: Seen | undefined; intervalS?: number | undefined },
  turn: Turn,
): void {
  if (intervalS !== undefined && intervalS !== device.intervalS) {
    device.intervalS = intervalS;
    noteDurable(turn, device.store);
  }
  if (evidence === 'birth' || evidence === 'online') {
    hear(device, turn);
    return;
  }
  // A connection that breaks after the goodbye tells nothing new.
  if (evidence === 'lost' && device.presence === 'stopped') return;
  if (evidence === 'unreachable' && device.watcher) hear(device.watcher, turn);
  if (device.unsure) noteChange(turn, device.store);
  else if (device.confirmBy > 0) noteStir(turn);
  device.confirmBy = 0;
  device.unsure = false;
  setPresence(device, evidence, reasonFor(device, evidence, seen), turn);
}

/** Whatever time alone tells: silence that has lasted long enough, and patience that is over. */
export function advancePresence(store: StoreEntry, turn: Turn): void {
  for (const device of store.watchersFirst) {
    if (turn.now < presenceDueAt(device)) continue;
    if (device.confirmBy > 0) {
      device.confirmBy = 0;
      device.unsure = false;
      if (device.presence === 'online') setPresence(device, 'lost', { code: 'presence.no-return' }, turn);
      else noteChange(turn, store);
    } else {
      const seconds = Math.round((turn.now - device.heardAt) / 1000);
      setPresence(device, 'silent', { code: 'presence.silent', params: { seconds } }, turn);
    }
  }
}

/** When `advancePresence` has to look at the device again. */
export function presenceDueAt(device: DeviceEntry): number {
  if (device.presence === 'unseen' || !isWatched(device)) return Number.POSITIVE_INFINITY;
  if (device.confirmBy > 0) return device.confirmBy;
  if (device.presence !== 'online') return Number.POSITIVE_INFINITY;
  const intervals = device.judged.silence?.intervals ?? DEFAULT_INTERVALS;
  const silentAt = device.heardAt + intervals * device.intervalS * 1000;
  return Math.ceil(silentAt / SILENCE_GRAIN_MS) * SILENCE_GRAIN_MS;
}

/** After a start: what was known has to be heard again before its absence counts. */
export function datePresence(store: StoreEntry, turn: Turn): void {
  for (const device of store.devices) {
    if (device.presence === 'unseen') continue;
    // What is gone already was last heard when it was.
    if (device.presence === 'online') device.heardAt = turn.now;
    if (device.offlineAt > 0) device.offlineAt = turn.now;
    if (device.battery) device.battery = { ...device.battery, saidAt: turn.now };
    if (device.backup) device.backup = { ...device.backup, saidAt: turn.now };
    device.confirmBy = turn.now + turn.state.pack.graceS * 1000;
  }
}

function comeBack(device: DeviceEntry, turn: Turn): void {
  const confirmBy = turn.now + turn.state.pack.graceS * 1000;
  const wasOnline = device.presence === 'online';
  const wasSure = wasOnline && !device.unsure;
  device.confirmBy = 0;
  device.unsure = false;
  expectAnew(device, !wasSure, turn.now);
  missSales(device);
  if (!wasOnline) setPresence(device, 'online', { code: 'presence.back' }, turn);
  if (wasSure) noteStir(turn);
  else restartCounts(device, turn);
  for (const watched of device.watched) {
    if (watched.presence === 'unseen') continue;
    if (!wasSure) watched.unsure = true;
    if (!wasSure || watched.confirmBy > 0) watched.confirmBy = confirmBy;
  }
}

/** No samples came meanwhile: a fault that is only half confirmed is counted anew. */
function restartCounts(device: DeviceEntry, turn: Turn): void {
  for (const alert of device.alerts?.values() ?? []) {
    if (alert.rule.type === 'silence') continue;
    if (alert.view.state === 'pending') alert.faultSince = 0;
    alert.clearSince = 0;
  }
  noteChange(turn, device.store);
}

function setPresence(device: DeviceEntry, presence: Presence, reason: Reason, turn: Turn): void {
  if (device.presence === presence && device.reason.code === reason.code) return;
  if (!isLoss(presence) || !isLoss(device.presence)) device.since = turn.now;
  device.presence = presence;
  device.reason = reason;
  noteChange(turn, device.store);
}

const isLoss = (state: Presence): boolean => state === 'lost' || state === 'silent' || state === 'unreachable';

/** What was once seen in the store stays the reason until the device is back, whatever is merely concluded later. */
function reasonFor(device: DeviceEntry, evidence: 'lost' | 'stopped' | 'unreachable', seen?: Seen): Reason {
  if (evidence !== 'stopped') {
    if (isLoss(device.presence) && isProven(device.reason)) return device.reason;
    const proven = seen && device.watcher && provenLoss(seen, device.watcher.key);
    if (proven) return proven;
  }
  if (evidence === 'unreachable') {
    return { code: 'presence.unreachable', params: { watcher: device.watcher?.key ?? device.key } };
  }
  return { code: `presence.${evidence}` };
}
