import { exceptionOn } from '../../protocol/holidays.ts';
import type { Point } from '../../protocol/messages.ts';
import type { Reason } from '../../protocol/reasons.ts';
import { applySample, findAlert, isFollowed, resolveAlert, type Verdict } from './alerts.ts';
import { rooted, squared } from './baseline/rooted.ts';
import { isForgotten, learn, levelAt, skipHour, type Usual, usualOf } from './baseline/usual.ts';
import { bears } from './evaluate-threshold.ts';
import { dateIn, hourOfWeek } from './hour-of-week.ts';
import { keepLearnt } from './keep-learnt.ts';
import { isInMaintenance } from './maintenance/suppress.ts';
import type { Alert, DeviceEntry, StoreEntry, Turn } from './state.ts';
import type { BaselineRule } from './types.ts';
import { addSample } from './window.ts';

/*
 * A reading far from what is usual at this hour of the week. While it is, nothing of it is learnt, lest the fault become
 * usual; what has lasted for days is what is usual now. Days with hours of their own, and planned work, are neither
 * learnt nor judged.
 */

/** A device that is back has told everything by then. */
const TELLS_WITHIN_MS = 3_600_000;

/** Judges how far the readings of one report are from what is usual. A usual reading makes no garbage. */
export function judgeUsual(device: DeviceEntry, points: readonly Point[], turn: Turn): void {
  const { baselines } = device.judged;
  if (baselines.size === 0) return;
  for (const point of points) {
    const rules = baselines.get(point.m);
    if (rules === undefined) continue;
    for (const rule of rules) {
      const value = point.f[rule.field];
      if (value === undefined || !bears(point, rule.tags)) continue;
      const usual = usualOf(device, rule, point, turn.now);
      if (!usual) continue;
      usual.heardAt = turn.now;
      const judged = rule.window && usual.samples ? addSample(usual.samples, rule.window, value, turn.now) : value;
      if (judged !== undefined) judgeReading(device, usual, judged, turn);
    }
  }
  keepLearnt(device.store, turn);
  if (device.alerts !== undefined) endUnread(device, turn);
}

function judgeReading(device: DeviceEntry, usual: Usual, value: number, turn: Turn): void {
  const { rule } = usual;
  const { store } = device;
  const hour = hourOfWeek(store.definition.timeZone, turn.now);
  const isOrdinary = hour === usual.hour ? usual.isOrdinary : isOrdinaryDay(store, turn.now);
  if (!isOrdinary || isInMaintenance(device, turn.now)) {
    skipHour(usual);
    return;
  }
  const level = levelAt(usual, hour);
  const verdict = level === undefined ? 'between' : verdictOf(usual, level, value);
  const before = device.alerts && findAlert(device, rule, instanceOf(usual));
  if (level !== undefined && (verdict === 'fault' || isFollowed(device, rule)))
    applySample(device, rule, instanceOf(usual), verdict, reasonOf(usual, level, value, verdict), turn);
  const lasts = before !== undefined && turn.now - before.view.since >= rule.adaptS * 1000;
  const stands = verdict === 'fault' || before !== undefined;
  if (stands && !lasts) skipHour(usual);
  else learn(usual, value, hour, isOrdinary, lasts);
}

/** Far enough by its spread and in itself; it is gone within the smaller distance, of either. */
function verdictOf({ rule, spread }: Usual, level: number, value: number): Verdict {
  const distance = rooted(value) - level;
  const side = rule.direction === 'both' ? Math.sign(distance) : rule.direction === 'above' ? 1 : -1;
  const roots = side * distance;
  const size = side * (value - squared(level));
  if (roots >= rule.raise * spread.value && size >= rule.least) return 'fault';
  return roots <= rule.clear * spread.value || size <= (rule.least * rule.clear) / rule.raise ? 'clear' : 'between';
}

function reasonOf({ rule, spread, apart }: Usual, level: number, value: number, verdict: Verdict): Reason {
  const expected = squared(level);
  const isAbove = rule.direction === 'above' || (rule.direction === 'both' && value >= expected);
  const sign = isAbove ? 1 : -1;
  const bySpread = squared(level + sign * rule.raise * spread.value);
  const limit = isAbove ? Math.max(bySpread, expected + rule.least) : Math.min(bySpread, expected - rule.least);
  const reading = [rule.measurement, rule.field, ...apart.filter((is) => is !== undefined)].join(' ');
  const over = rule.window && { aggregate: rule.window.aggregate, windowS: rule.window.seconds };
  const figures = { value, expected: Number(expected.toPrecision(3)), limit: Number(limit.toPrecision(3)) };
  const code = verdict === 'clear' ? 'baseline.cleared' : isAbove ? 'baseline.above' : 'baseline.below';
  return { code, params: { reading, ...figures, unit: rule.unit, ...over } };
}

/** Holidays and days with hours of their own are not as their weekday is. */
const isOrdinaryDay = ({ definition: { hours, timeZone } }: StoreEntry, now: number): boolean =>
  hours === undefined || exceptionOn(hours, dateIn(timeZone, now)) === undefined;

/** What it was about is told no more: nothing would ever clear its alert. */
function endUnread(device: DeviceEntry, turn: Turn): void {
  if (turn.now - device.since < TELLS_WITHIN_MS) return;
  for (const alert of device.alerts?.values() ?? []) {
    const usual = alert.rule.type === 'baseline' ? device.usuals?.find((one) => isAbout(one, alert)) : undefined;
    if (alert.rule.type === 'baseline' && (!usual || isForgotten(usual, turn.now)))
      resolveAlert(alert, { code: 'no-longer-watched' }, turn);
  }
}

const isAbout = (usual: Usual, { rule, view }: Alert): boolean =>
  usual.rule === rule && instanceOf(usual) === view.instance;

const instanceOf = ({ rule, apart }: { rule: BaselineRule; apart: Usual['apart'] }): string =>
  rule.by.flatMap((tag, index) => (apart[index] === undefined ? [] : [`${tag}=${apart[index]}`])).join(',');
