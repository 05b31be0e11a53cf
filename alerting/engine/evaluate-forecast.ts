import type { Point } from '../../protocol/messages.ts';
import type { Reason } from '../../protocol/reasons.ts';
import { applySample, correctAlert, findAlert, renameAlert, resolveAlert, type Verdict } from './alerts.ts';
import { bears } from './evaluate-threshold.ts';
import { expectedDay } from './forecast/expected-day.ts';
import { foresee, mayReach, type Outlook } from './forecast/outlook.ts';
import { isForgotten, type Watch, watchOf } from './forecast/watch.ts';
import { shareOf } from './share-of.ts';
import type { Alert, DeviceEntry, Turn } from './state.ts';
import type { ForecastRule } from './types.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** Between two samples while an alert stands: what is tidied up is soon seen. */
const ALERT_STEP_MS = 15 * MINUTE_MS;
/** Where nothing draws near, once there is a past to say so. */
const FAR_STEP_MS = 4 * HOUR_MS;
const YOUNG_MIN = 2 * 1440;
/** A device that is back has told everything by then. */
const TELLS_WITHIN_MS = HOUR_MS;

/**
 * Judges where the readings of one report are going. A reading counts only when a sample of its quantity is due, about
 * once an hour: each sample is kept with the store, so that a restart loses none.
 */
export function foreseePoints(device: DeviceEntry, points: readonly Point[], turn: Turn): void {
  const { forecasts } = device.judged;
  if (forecasts.size === 0) return;
  for (const point of points) {
    const rules = forecasts.get(point.m);
    if (rules === undefined) continue;
    for (const rule of rules) {
      const value = point.f[rule.field];
      if (value === undefined || !bears(point, rule.tags) || !holds(point, rule.when)) continue;
      const watch = watchOf(device, rule, point, turn.now);
      if (watch && turn.now - watch.sampledAt >= watch.stepMs) judgeSample(device, watch, value, turn);
    }
  }
  if (device.alerts !== undefined) endUnread(device, turn);
}

/** The disk was unplugged, or its readings gave their place to others: nothing would ever clear its alert. */
function endUnread(device: DeviceEntry, turn: Turn): void {
  if (turn.now - device.since < TELLS_WITHIN_MS) return;
  for (const alert of device.alerts?.values() ?? []) {
    if (alert.rule.type !== 'forecast') continue;
    const { instance } = alert.view;
    const watch = device.watches?.find((one) => one.rule === alert.rule && instanceOf(one) === instance);
    if (!watch || isForgotten(watch, turn.now)) resolveAlert(alert, { code: 'no-longer-watched' }, turn);
  }
}

function judgeSample(device: DeviceEntry, watch: Watch, value: number, turn: Turn): void {
  const { rule, samples } = watch;
  const sinceMin = Math.max(1, Math.round((turn.now - watch.sampledAt) / MINUTE_MS));
  samples.add(sinceMin, value, rule.overS / 60);
  watch.sampledAt = turn.now;
  // Durable, though nothing has to be judged for it.
  turn.saves.add(device.store.key);
  const instance = instanceOf(watch);
  const isStanding = findAlert(device, rule, instance) !== undefined;
  const isNear = mayReach(samples, rule, rule.clearBeyondS);
  const outlook = isStanding || isNear ? foresee(samples, rule) : undefined;
  const verdict = verdictOf(rule, value, outlook);
  if (isStanding || verdict === 'fault') {
    applySample(device, rule, instance, verdict, reasonOf(device, watch, value, outlook, turn.now), turn);
  }
  const alert = findAlert(device, rule, instance);
  if (alert && outlook && isOutdated(alert, outlook, turn.now)) {
    const reason = reasonOf(device, watch, value, outlook, turn.now);
    const tell = expectedDay(alert.view.reason) === expectedDay(reason) ? correctAlert : renameAlert;
    tell(alert, reason, turn);
  }
  if (alert) watch.stepMs = ALERT_STEP_MS;
  else if (samples.count === 1) watch.stepMs = shareOf(device.store.key) * HOUR_MS;
  else watch.stepMs = isNear || samples.spanMin < YOUNG_MIN ? HOUR_MS : FAR_STEP_MS;
}

function holds(point: Point, when: Readonly<Record<string, number>>): boolean {
  for (const field in when) if (!((point.f[field] ?? Number.NEGATIVE_INFINITY) >= (when[field] ?? 0))) return false;
  return true;
}

/**
 * At the limit the thresholds speak: a forecast neither begins there nor ends. What may be chance does not raise it, and
 * does not clear it either.
 */
function verdictOf(rule: ForecastRule, value: number, outlook: Outlook | undefined): Verdict {
  if (rule.direction === 'rising' ? value >= rule.limit : value <= rule.limit) return 'between';
  if (!outlook || outlook.expectedMs > rule.clearBeyondS * 1000) return 'clear';
  return outlook.standsOut && outlook.expectedMs <= rule.withinS * 1000 ? 'fault' : 'between';
}

function reasonOf(device: DeviceEntry, watch: Watch, value: number, outlook: Outlook | undefined, now: number): Reason {
  const { rule, apart } = watch;
  const reading = [rule.measurement, rule.field, ...apart.filter((is) => is !== undefined)].join(' ');
  const told = { reading, value, limit: rule.limit, unit: rule.unit };
  if (!outlook) return { code: 'forecast.cleared', params: told };
  const { expectedMs, earliestMs, latestMs, perDay } = outlook;
  const instant = (inMs: number) => Math.round((now + inMs) / MINUTE_MS) * MINUTE_MS;
  return {
    code: `forecast.${rule.direction}`,
    params: {
      ...told,
      perDay: Number(perDay.toPrecision(3)),
      expectedAt: instant(expectedMs),
      earliestAt: instant(earliestMs),
      ...(Number.isFinite(latestMs) ? { latestAt: instant(latestMs) } : {}),
      zone: device.store.definition.timeZone,
    },
  };
}

/** What was told last is out of its own bounds by now, or a day off: bounds may be wide. What flaps tells that instead. */
function isOutdated({ view }: Alert, { expectedMs }: Outlook, now: number): boolean {
  const { expectedAt, earliestAt, latestAt = Number.POSITIVE_INFINITY } = view.reason.params ?? {};
  if (earliestAt === undefined || view.flapping) return false;
  const at = now + expectedMs;
  return at < Number(earliestAt) || at > Number(latestAt) || Math.abs(at - Number(expectedAt)) >= DAY_MS;
}

const instanceOf = ({ rule, apart }: Watch): string =>
  rule.by.flatMap((tag, index) => (apart[index] === undefined ? [] : [`${tag}=${apart[index]}`])).join(',');
