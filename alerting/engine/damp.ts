import type { Reason } from '../../protocol/reasons.ts';
import { addQuiet, addResult, isFlapping, percentOf, resultsToRest } from './flapping.ts';
import type { Evidence } from './presence.ts';
import type { DeviceEntry, Ring, Turn } from './state.ts';
import type { Rule, SilenceRule } from './types.ts';

/*
 * What comes and goes is one alert that stays open. Each (device, rule, instance) that changed lately has its ring of
 * results; whoever has been steady for 20 of them has none.
 *
 * Of a check's status each sample is a result, and its changes count from the first: one that fails every other minute never
 * lasts as long as its rule asks, and is a fault all the same. Of a reading they count from when its alert has fired:
 * a peak now and then is what `for` is there to overlook.
 *
 * Of silence a result is one reporting interval, by the clock: a loss or a return is a change, the time between them
 * as many results without one, whether heard or not. So a figure means the same for a till that reports, for one that is gone,
 * and for a device whose neighbours only say that it answers. A goodbye is a decision, and no result.
 */

/** A ring of samples of which none changed anything for so long is forgotten, however few they were. */
const STALE_MS = 3_600_000;

/** Instances come from tags, which agents choose: beyond this, stale ones go, and where there are none new ones are left out. */
const MAX_RINGS_PER_DEVICE = 200;

/** Whether any ring of this rule is kept for the device. Makes no strings. */
export function hasRingOf(device: DeviceEntry, rule: Rule): boolean {
  if (device.rings === undefined) return false;
  for (const ring of device.rings.values()) if (ring.rule === rule) return true;
  return false;
}

/** Takes a sample as a result; one that says neither leaves `says` out. Returns its ring while it flaps. */
export function dampSample(
  device: DeviceEntry,
  rule: Rule,
  instance: string,
  says: 'fault' | 'clear' | undefined,
  turn: Turn,
): Ring | undefined {
  const key = `${rule.id}#${instance}`;
  const kept = device.rings?.get(key);
  if (kept && isStale(kept, turn.now)) forgetRing(device, key);
  const known = device.rings?.get(key);
  const wasBad = kept?.isBad ?? isHeldBad(device, key);
  const isBad = says === undefined ? wasBad : says === 'fault';
  const isReading = rule.type === 'threshold' || rule.type === 'baseline';
  const counts = !isReading || device.alerts?.get(key)?.view.state === 'firing';
  if (!known && (isBad === wasBad || !counts)) return undefined;
  const ring = known ?? beginRing(device, rule, key, turn.now);
  if (!ring) return undefined;
  ring.changes = addResult(ring.changes, isBad !== wasBad);
  if (isBad !== wasBad) ring.changedAt = turn.now;
  ring.isBad = isBad;
  ring.isFlapping = isFlapping(ring.changes, ring.isFlapping);
  if (ring.changes === 0) forgetRing(device, key);
  // Durable, though it alone gives the store nothing to judge.
  turn.saves.add(device.store.key);
  return ring.isFlapping ? ring : undefined;
}

/** Takes what is known of a silence now. Returns its ring while it flaps. */
export function dampSilence(device: DeviceEntry, rule: SilenceRule, evidence: Evidence, turn: Turn): Ring | undefined {
  const key = `${rule.id}#`;
  const known = device.rings?.get(key);
  const wasBad = known?.isBad ?? isHeldBad(device, key);
  const isBad = evidence === 'silent' || (evidence !== 'heard' && wasBad);
  if (isBad === wasBad) return known && calm(device, key, known, turn);
  const ring = known ?? beginRing(device, rule, key, turn.now);
  if (!ring) return undefined;
  ring.changes = addResult(addQuiet(ring.changes, Math.max(0, resultsSince(device, ring, turn.now) - 1)), true);
  ring.changedAt = turn.now;
  ring.isBad = isBad;
  ring.isFlapping = isFlapping(ring.changes, ring.isFlapping);
  turn.saves.add(device.store.key);
  return ring.isFlapping ? ring : undefined;
}

/** The ring of a device whose presence comes and goes, as of when it was last judged. */
export function flappingRingOf(device: DeviceEntry): Ring | undefined {
  const ring = silenceRing(device);
  return ring?.isFlapping ? ring : undefined;
}

/** When time alone ends the flapping of a device's silence, or its ring. */
export function calmDueAt(device: DeviceEntry): number {
  const ring = silenceRing(device);
  if (!ring) return Number.POSITIVE_INFINITY;
  return ring.changedAt + resultsToRest(ring.changes, ring.isFlapping) * resultMs(device);
}

/** Forgets the rings of rules that judge the device no more. */
export function endRings(device: DeviceEntry, isJudged: (rule: Rule) => boolean): void {
  for (const [key, { rule }] of device.rings ?? []) if (!isJudged(rule)) device.rings?.delete(key);
  if (device.rings?.size === 0) device.rings = undefined;
}

/** That it flaps, of what, and how much. */
export function flappingReason({ rule, changes }: Ring, { params }: Reason): Reason {
  const percent = percentOf(changes);
  if (rule.type === 'silence') return { code: 'presence.flapping', params: { percent } };
  return { code: rule.type === 'status' ? 'status.flapping' : 'threshold.flapping', params: { ...params, percent } };
}

function silenceRing({ judged: { silence }, rings }: DeviceEntry): Ring | undefined {
  return silence && rings?.get(`${silence.id}#`);
}

/** Time passes without a change. */
function calm(device: DeviceEntry, key: string, ring: Ring, turn: Turn): Ring | undefined {
  const changes = addQuiet(ring.changes, resultsSince(device, ring, turn.now));
  const flaps = isFlapping(changes, ring.isFlapping);
  if (flaps !== ring.isFlapping || changes === 0) turn.saves.add(device.store.key);
  ring.isFlapping = flaps;
  if (changes === 0) forgetRing(device, key);
  return flaps ? ring : undefined;
}

const resultMs = ({ intervalS }: DeviceEntry): number => Math.max(1, Math.round(intervalS * 1000));

const resultsSince = (device: DeviceEntry, { changedAt }: Ring, now: number): number =>
  Math.max(0, Math.floor((now - changedAt) / resultMs(device)));

/** Without a ring it has long been what its alert says. */
const isHeldBad = ({ alerts }: DeviceEntry, key: string): boolean => alerts?.get(key)?.clearSince === 0;

function beginRing(device: DeviceEntry, rule: Rule, key: string, now: number): Ring | undefined {
  device.rings ??= new Map();
  if (device.rings.size >= MAX_RINGS_PER_DEVICE) dropStale(device, now);
  if (device.rings.size >= MAX_RINGS_PER_DEVICE) return undefined;
  const ring: Ring = { rule, changes: 0, isBad: false, isFlapping: false, changedAt: 0 };
  device.rings.set(key, ring);
  return ring;
}

/** A check that is never told again has no sample to end its ring. That of an alert that flaps ends with it. */
function dropStale({ rings, alerts }: DeviceEntry, now: number): void {
  for (const [key, ring] of rings ?? []) if (isStale(ring, now) && !alerts?.get(key)?.view.flapping) rings?.delete(key);
}

/** When a ring of samples has not changed for long; never for one of silence, which time itself turns. */
export const staleAt = ({ rule, changedAt }: Ring): number =>
  rule.type === 'silence' ? Number.POSITIVE_INFINITY : changedAt + STALE_MS;

export const isStale = (ring: Ring, now: number): boolean => now >= staleAt(ring);

export function forgetRing(device: DeviceEntry, key: string): void {
  device.rings?.delete(key);
  if (device.rings?.size === 0) device.rings = undefined;
}
