import type { Point } from '../../protocol/messages.ts';
import type { Reason } from '../../protocol/reasons.ts';
import { findAlert, fireAlert, raiseAlert, resolveAlert } from './alerts.ts';
import { hourOfWeek } from './hour-of-week.ts';
import { keepLearnt, keepNow } from './keep-learnt.ts';
import { isInMaintenance } from './maintenance/suppress.ts';
import { isHeard } from './presence.ts';
import {
  count,
  endPause,
  expectedIn,
  limitFor,
  limitOf,
  newSalesWatch,
  ofNone,
  pass,
  pause,
  type SalesWatch,
  unlikeliness,
} from './sales/watch.ts';
import type { Alert, DeviceEntry, Quiet, StoreEntry, Turn } from './state.ts';
import type { SalesRule } from './types.ts';

/*
 * All is green, and nothing sells. A till is called when it has sold nothing for a time that its own curve makes
 * improbable, while the other tills of its store go on selling; a store, when none of its tills sells. A till that has
 * not sold since the store opened, and does not tell that somebody is at it, is a lane nobody has opened yet.
 */

const HOUR_MS = 3_600_000;
/** Between two readings: what lies between those further apart was not seen. */
const HOLE_MS = 15 * 60_000;
/** Sales the other tills are expected to have made of late, to say anything of the store. */
const TELLING = 2;
/** By how much a store's hours vary beyond chance: weather and football reach all its tills. */
const STORE_SPREAD = 0.1;
/** A store that is this much slower than ever is still a store at work. */
const SLOWEST = 0.05;
/** Nobody waits longer for a sale of a till that was given up. */
const GIVEN_UP_MS = 72 * HOUR_MS;
/** A pause is kept each time it has grown by such a share of what is told: a restart moves its alert by no more. */
const KEPT_SHARE = 1 / 4;

/** Judges what one report says of sales. */
export function judgeSales(device: DeviceEntry, points: readonly Point[], turn: Turn): void {
  const { sales: rule } = device.judged;
  if (rule === undefined) return;
  for (const point of points) {
    const total = point.m === rule.measurement ? point.f[rule.field] : undefined;
    if (total === undefined) continue;
    device.sales ??= newSalesWatch(rule);
    const session = rule.session === undefined ? undefined : point.f[rule.session];
    judgeReading(device, device.sales, total, session === undefined ? undefined : session > 0, turn);
    keepLearnt(device.store, turn);
  }
  if (device.alerts !== undefined) giveUp(device, rule, turn);
}

function judgeReading(
  device: DeviceEntry,
  watch: SalesWatch,
  total: number,
  isStaffed: boolean | undefined,
  turn: Turn,
): void {
  const { store } = device;
  const { now } = turn;
  const seenMs = watch.heardAt === 0 ? 0 : now - watch.heardAt;
  const gain = count(watch, total);
  const alert = findAlert(device, watch.rule, '');
  if (gain > 0) sell(device, watch, alert, turn);
  if (!store.open || isStaffed === false || isInMaintenance(device, now)) {
    endPause(watch, 0);
    watch.heardAt = 0;
    if (!store.open) store.quiet = undefined;
    else if (alert && isStaffed === false) resolveAlert(alert, { code: 'sales.unstaffed' }, turn);
    return;
  }
  watch.heardAt = now;
  if (seenMs <= 0 || seenMs > HOLE_MS) return;
  const hour = hourOfWeek(store.definition.timeZone, now);
  pass(watch, hour, seenMs, gain, alert?.view.state !== 'firing');
  if (gain > 0) return;
  const expected = expectedIn(watch, hour, seenMs);
  const pace = paceOf(store, device, watch.rule, now);
  const before = unlikeliness(watch);
  pause(watch, expected * slowed(pace));
  const isLonger = hasGrown(before, unlikeliness(watch), watch.rule);
  if (lengthen(store.quiet, expected, watch.rule) || (isLonger && alert?.view.state !== 'firing')) {
    keepNow(store, turn);
  }
  if (judgeStore(store, watch.rule, turn) || alert?.view.state === 'firing') return;
  const mayJudge = isStaffed === true || watch.soldAt > 0;
  if (!mayJudge || !(pace * 100 >= watch.rule.others)) return;
  const size = unlikeliness(watch);
  if (size < limitFor(watch, isStaffed === true)) return;
  const reason = reasonOf('sales.silent', watch.expected, size, watch.soldAt, now);
  const raised = alert ?? raiseAlert(device, watch.rule, '', reason, turn);
  if (raised) fireAlert(raised, reason, turn);
}

/** The pause of the store grows with each till's. Returns whether it is to be kept. */
function lengthen(quiet: Quiet | undefined, expected: number, rule: SalesRule): boolean {
  if (!quiet) return false;
  const before = ofNone(quiet.expected, STORE_SPREAD);
  quiet.expected += expected * quiet.pace;
  return before < limitOf(rule) && hasGrown(before, ofNone(quiet.expected, STORE_SPREAD), rule);
}

function hasGrown(before: number, size: number, rule: SalesRule): boolean {
  const step = limitOf(rule) * KEPT_SHARE;
  return Math.floor(size / step) > Math.floor(before / step);
}

/**
 * A sale ends whatever its absence had raised, of the till and of the store. One that nobody saw, between two readings
 * far apart, may be as late as the second: nothing is held against the till for the time between.
 */
function sell(device: DeviceEntry, watch: SalesWatch, alert: Alert | undefined, turn: Turn): void {
  const { store } = device;
  endPause(watch, turn.now);
  const pace = paceOf(store, undefined, watch.rule, turn.now);
  store.quiet ??= { soldAt: 0, expected: 0, pace: 1 };
  store.quiet.soldAt = turn.now;
  store.quiet.expected = 0;
  store.quiet.pace = Math.max(SLOWEST, slowed(pace));
  if (alert) resume(alert, device, turn);
  const ofStore = store.whole && findAlert(store.whole, watch.rule, '');
  if (ofStore) resume(ofStore, device, turn);
}

const resume = (alert: Alert, { key }: DeviceEntry, turn: Turn): void =>
  resolveAlert(alert, { code: 'sales.resumed', params: { device: key } }, turn);

/** Judges the store as a whole. Returns whether its alert stands. */
function judgeStore(store: StoreEntry, rule: SalesRule, turn: Turn): boolean {
  const { whole, quiet } = store;
  if (!whole) return false;
  const alert = findAlert(whole, rule, '');
  if (alert?.view.state === 'firing') return true;
  if (!quiet || isInMaintenance(whole, turn.now)) return false;
  const size = ofNone(quiet.expected, STORE_SPREAD);
  if (size < limitOf(rule)) return false;
  const tills = store.devices.filter((till) => isJudgedAlike(till, rule));
  // A till that is not heard may sell.
  if (tills.length < 2 || !tills.every((till) => isHeard(till) && isSeen(till, turn.now))) return false;
  const { params, code } = reasonOf('sales.store-silent', quiet.expected, size, quiet.soldAt, turn.now);
  const reason = { code, params: { ...params, of: 'lanes', bad: tills.length, total: tills.length } };
  const raised = alert ?? raiseAlert(whole, rule, '', reason, turn);
  if (raised) fireAlert(raised, reason, turn);
  return raised !== undefined;
}

/** By the same rule, though perhaps with limits of its own. */
const isJudgedAlike = ({ sales }: DeviceEntry, rule: SalesRule): boolean => sales?.rule.id === rule.id;

const isSeen = ({ sales }: DeviceEntry, now: number): boolean =>
  sales !== undefined && sales.heardAt > 0 && now - sales.heardAt <= HOLE_MS;

/**
 * What the tills of a store but one have sold of late, of what they were expected to: 1 is as ever; NaN where they are
 * expected to sell next to nothing. A till that is the only one is judged by itself.
 */
function paceOf(store: StoreEntry, but: DeviceEntry | undefined, rule: SalesRule, now: number): number {
  let sold = 0;
  let expected = 0;
  let others = 0;
  for (const device of store.devices) {
    if (device === but || !device.sales || !isJudgedAlike(device, rule)) continue;
    others++;
    if (!isSeen(device, now)) continue;
    sold += device.sales.lately;
    expected += device.sales.latelyExpected;
  }
  if (others === 0) return 1;
  return expected < TELLING ? Number.NaN : sold / expected;
}

/** A quiet store is expected to sell less, a busy one no more than ever; nor is one of which nothing is known. */
const slowed = (pace: number): number => (pace >= 0 ? Math.min(1, pace) : 1);

function reasonOf(
  code: 'sales.silent' | 'sales.store-silent',
  expected: number,
  size: number,
  soldAt: number,
  now: number,
) {
  // One chance in so many; beyond, nobody tells the difference.
  const odds = Number(Math.min(1e12, Math.exp(size)).toPrecision(1));
  const params: Record<string, string | number> = { expected: Math.round(expected), odds };
  if (soldAt > 0) params.seconds = Math.round((now - soldAt) / 1000);
  return { code, params } satisfies Reason;
}

/** A lane that was closed for good, or whose counter is told no more: nothing would ever clear its alert. */
function giveUp(device: DeviceEntry, rule: SalesRule, turn: Turn): void {
  for (const on of [device, device.store.whole]) {
    const alert = on && findAlert(on, rule, '');
    if (alert && turn.now - alert.view.since >= GIVEN_UP_MS) resolveAlert(alert, { code: 'sales.given-up' }, turn);
  }
}
