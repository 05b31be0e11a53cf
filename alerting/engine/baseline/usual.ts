import type { Point } from '../../../protocol/messages.ts';
import { HOURS_OF_WEEK } from '../hour-of-week.ts';
import type { BaselineRule } from '../types.ts';
import { WeekCurve } from '../week-curve.ts';
import { newSamples, type Samples } from '../window.ts';
import { rooted } from './rooted.ts';
import { cut, Spread } from './spread.ts';

/*
 * What is usual of one quantity, by the hour of the week: the level of each, from means of hours out of which what lies
 * far off is cut, and the spread about it. All of it is in roots of the readings, so that a busy noon and a quiet night
 * share one spread.
 */

/** Such hours of the week a level is taken from, at least. */
const KNOWN_FROM = 1.5;
/** Before, the same hour of so many days. */
const DAYS = 2.5;
/** Readings after which one counts a third in the spread: a week of one in half a minute. */
const SPREAD_ROWS = 20_000;
const SPREAD_FROM = 100;

/** Of one quantity of a device, for one rule. */
export interface Usual {
  readonly rule: BaselineRule;
  /** Of each tag in the rule's `by`, what this quantity's points bear. */
  readonly apart: readonly (string | undefined)[];
  readonly curve: WeekCurve;
  readonly spread: Spread;
  /** Of a rule with a window. */
  readonly samples: Samples | undefined;
  /** The hour being learnt: which of the week, whether its day is one as any other, the sum and number of its readings. */
  hour: number;
  isOrdinary: boolean;
  sum: number;
  readings: number;
  heardAt: number;
}

interface Learning {
  usuals: Usual[] | undefined;
  judged: { rules: ReadonlySet<unknown> };
}

/** Tags are the agents' choice: beyond this many on a device, new ones are left out. */
const MAX_PER_DEVICE = 8;
/** One that was not read for so long gives its place to a new one, and its alert ends. */
const FORGOTTEN_MS = 3 * 86_400_000;

export const isForgotten = ({ heardAt }: Usual, now: number): boolean => now - heardAt > FORGOTTEN_MS;

/** What is known of the point's quantity, begun if need be. Makes no garbage when it is there. */
export function usualOf(device: Learning, rule: BaselineRule, point: Point, now: number): Usual | undefined {
  device.usuals ??= [];
  for (const usual of device.usuals) if (usual.rule === rule && isOf(usual, point)) return usual;
  if (device.usuals.length >= MAX_PER_DEVICE) {
    const forgotten = device.usuals.findIndex((usual) => isForgotten(usual, now));
    if (forgotten < 0) return undefined;
    device.usuals.splice(forgotten, 1);
  }
  const usual = newUsual(
    rule,
    rule.by.map((tag) => point.t?.[tag]),
  );
  device.usuals.push(usual);
  return usual;
}

/** Forgets what was learnt for rules that no longer judge the device. */
export function endUsuals(device: Learning): void {
  const left = device.usuals?.filter(({ rule }) => device.judged.rules.has(rule));
  device.usuals = left?.length ? left : undefined;
}

/** What is usual in that hour, as a root; undefined while too little is known. */
export const levelAt = ({ curve, spread }: Usual, hour: number): number | undefined =>
  spread.count < SPREAD_FROM ? undefined : knownAt(curve, hour);

const knownAt = (curve: WeekCurve, hour: number): number | undefined =>
  curve.weightAt(hour) >= KNOWN_FROM ? curve.levelAt(hour) : ofDays(curve, hour);

/** Takes a reading. `anew`: what was usual holds no more, this is what is. */
export function learn(usual: Usual, value: number, hour: number, isOrdinary: boolean, anew: boolean): void {
  if (hour !== usual.hour) turnHour(usual, hour, isOrdinary, anew);
  if (!usual.isOrdinary) return;
  const root = rooted(value);
  const { spread, curve } = usual;
  const level = knownAt(curve, hour);
  const distance = level === undefined ? 0 : root - level;
  usual.sum += level === undefined || anew ? root : level + cut(distance, spread.limit);
  usual.readings++;
  if (level !== undefined && !anew) spread.learn(distance);
}

/** It is not known what this hour is as long as something is wrong: it teaches nothing. */
export function skipHour(usual: Usual): void {
  usual.sum = 0;
  usual.readings = 0;
}

export function newUsual(rule: BaselineRule, apart: Usual['apart'], curve = WeekCurve.empty()): Usual {
  const samples = rule.window && newSamples();
  const spread = new Spread(SPREAD_ROWS);
  return { rule, apart, curve, spread, samples, hour: -1, isOrdinary: false, sum: 0, readings: 0, heardAt: 0 };
}

function turnHour(usual: Usual, hour: number, isOrdinary: boolean, anew: boolean): void {
  if (usual.readings > 0) {
    const level = usual.sum / usual.readings;
    if (anew) usual.curve.forget(usual.hour);
    usual.curve.learn(usual.hour, level, 1);
    // As sure of it as of what was seen twice.
    if (anew) usual.curve.learn(usual.hour, level, 1);
  }
  usual.hour = hour;
  usual.isOrdinary = isOrdinary;
  skipHour(usual);
}

/** The mean of the same hour of all days, once there are enough. */
function ofDays(curve: WeekCurve, hour: number): number | undefined {
  let sum = 0;
  let weights = 0;
  for (let at = hour % 24; at < HOURS_OF_WEEK; at += 24) {
    const weight = curve.weightAt(at);
    sum += weight * curve.levelAt(at);
    weights += weight;
  }
  return weights >= DAYS ? sum / weights : undefined;
}

function isOf({ rule, apart }: Usual, point: Point): boolean {
  for (let index = 0; index < apart.length; index++) {
    if (point.t?.[rule.by[index] as string] !== apart[index]) return false;
  }
  return true;
}
