import type { Point } from '../../protocol/messages.ts';
import { applySample, hasAlertOf, type Verdict } from './alerts.ts';
import type { DeviceEntry, Turn } from './state.ts';
import type { ThresholdRule } from './types.ts';

/** Judges the readings of one report. A healthy reading of a healthy device makes no garbage. */
export function judgePoints(device: DeviceEntry, points: readonly Point[], turn: Turn): void {
  for (const point of points) {
    const rules = device.judged.thresholds.get(point.m);
    if (rules === undefined) continue;
    for (const rule of rules) {
      const value = point.f[rule.field];
      if (value !== undefined && bears(point, rule.tags)) judgeReading(device, rule, point, value, turn);
    }
  }
}

function judgeReading(device: DeviceEntry, rule: ThresholdRule, point: Point, value: number, turn: Turn): void {
  const verdict = verdictOf(rule, value);
  if (verdict !== 'fault' && !hasAlertOf(device, rule)) return;
  const tags = apartTags(rule, point);
  const instance = tags.map(([tag, is]) => `${tag}=${is}`).join(',');
  const reading = [rule.measurement, rule.field, ...tags.map(([, is]) => is)].join(' ');
  const limit = verdict === 'clear' ? rule.clear : rule.raise;
  const code = verdict === 'clear' ? 'threshold.cleared' : (`threshold.${rule.direction}` as const);
  applySample(device, rule, instance, verdict, { code, params: { reading, value, limit, unit: rule.unit } }, turn);
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

/** Whether the point has each of these tags. Makes no garbage. */
export function bears(point: Point, tags: Readonly<Record<string, string>>): boolean {
  for (const tag in tags) if (point.t?.[tag] !== tags[tag]) return false;
  return true;
}

/** The tags that tell this alert from its siblings, by name. */
function apartTags(rule: ThresholdRule, point: Point): [string, string][] {
  const tags = Object.entries(point.t ?? {});
  const apart = tags.filter(([tag]) => (rule.by ? rule.by.includes(tag) : !Object.hasOwn(rule.tags, tag)));
  return apart.sort(([a], [b]) => (a < b ? -1 : 1));
}
