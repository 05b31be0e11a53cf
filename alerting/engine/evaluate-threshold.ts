import type { Point } from '../../protocol/messages.ts';
import { applySample, isFollowed, type Verdict } from './alerts.ts';
import { tellAgain } from './evaluate-no-data.ts';
import { apartTags, hearReading, instanceOf, readingOf } from './series.ts';
import type { DeviceEntry, Turn } from './state.ts';
import type { ThresholdRule } from './types.ts';
import { addSample } from './window.ts';

/** Judges the readings of one report. A healthy reading of a healthy device makes no garbage. */
export function judgePoints(device: DeviceEntry, points: readonly Point[], turn: Turn): void {
  for (const point of points) {
    const rules = device.judged.thresholds.get(point.m);
    if (rules === undefined) continue;
    for (const rule of rules) {
      const value = point.f[rule.field];
      if (value === undefined || !bears(point, rule.tags)) continue;
      if (rule.window || rule.noData) judgeSeries(device, rule, point, value, turn);
      else judgeReading(device, rule, point, value, turn);
    }
  }
}

/** The reading of a rule that remembers more than the last. */
function judgeSeries(device: DeviceEntry, rule: ThresholdRule, point: Point, value: number, turn: Turn): void {
  const series = hearReading(device, rule, point.t ?? {}, turn);
  const judged = rule.window && series?.samples ? addSample(series.samples, rule.window, value, turn.now) : value;
  if (rule.window && !series) return;
  if (judged !== undefined) judgeReading(device, rule, point, judged, turn);
  else if (series) tellAgain(device, series, turn);
}

function judgeReading(device: DeviceEntry, rule: ThresholdRule, point: Point, value: number, turn: Turn): void {
  const verdict = verdictOf(rule, value);
  if (verdict !== 'fault' && !isFollowed(device, rule)) return;
  const tags = apartTags(rule, point.t ?? {});
  const instance = instanceOf(tags);
  const reading = readingOf(rule, tags);
  const limit = verdict === 'clear' ? rule.clear : rule.raise;
  const code = verdict === 'clear' ? 'threshold.cleared' : (`threshold.${rule.direction}` as const);
  const over = rule.window && { aggregate: rule.window.aggregate, windowS: rule.window.seconds };
  const params = { reading, value, limit, unit: rule.unit, ...over };
  applySample(device, rule, instance, verdict, { code, params }, turn);
}

/** Both limits belong to what they announce: at `raise` it is a fault, at `clear` it is gone. */
function verdictOf(rule: ThresholdRule, value: number): Verdict {
  if (rule.direction === 'above') {
    if (value >= rule.raise) return 'fault';
    return value <= rule.clear ? 'clear' : 'between';
  }
  if (value <= rule.raise) return 'fault';
  return value >= rule.clear ? 'clear' : 'between';
}

/** Of a tag: whatever it says, as long as it is there. */
const ANY = '*';

/** Whether the point has each of these tags. Makes no garbage. */
export function bears(point: Point, tags: Readonly<Record<string, string>>): boolean {
  for (const tag in tags) {
    const is = point.t?.[tag];
    if (tags[tag] === ANY ? is === undefined : is !== tags[tag]) return false;
  }
  return true;
}
