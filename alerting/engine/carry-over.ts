import type { Reason } from '../../protocol/reasons.ts';
import { hasNoData, raiseSeverity, resolveAlert } from './alerts.ts';
import type { Alert, DeviceEntry, Series, Turn } from './state.ts';
import type { Rule } from './types.ts';
import { newSamples, type Window } from './window.ts';

/*
 * The rules that judge a device are others: it was moved, described anew, or its rules were edited. What stands under a rule
 * goes on under the one that bears its name now, judged by its limits from then on, as long as both are about the same thing.
 * The rest ends.
 */

const GONE: Reason = { code: 'no-longer-watched' };

/** What a rule is about. Its limits and durations may change under what stands; with one of these it is another rule. */
const ABOUT = ['type', 'measurement', 'field', 'tags', 'by', 'direction', 'of', 'when', 'rule'] as const;

/** To be called when `device.judged` is another. Once more does nothing more. */
export function carryOver(device: DeviceEntry, turn: Turn): void {
  for (const alert of device.alerts?.values() ?? []) carryAlert(alert, turn);
  carryRings(device);
  device.series = kept(device.series?.filter((series) => carrySeries(device, series)));
  device.watches = kept(device.watches?.filter((watch) => carryRule(device, watch)));
}

/** The rule of this name, if it judges such a thing on the device. */
export function ruleNamed(device: DeviceEntry, id: string, instance: string): Rule | undefined {
  for (const rule of device.judged.rules) {
    if (rule.id !== id) continue;
    // It may leave this check to another rule: nothing would ever clear it.
    const isLeft = rule.type === 'status' && !device.judged.statusRulesOf(instance).includes(rule);
    return isLeft ? undefined : rule;
  }
  return undefined;
}

function carryAlert(alert: Alert, turn: Turn): void {
  const before = alert.rule;
  const isKept = carryRule(alert.device, alert, alert.view.instance);
  const { rule } = alert;
  if (isKept && rule === before) return;
  // It stands for want of readings that nobody waits for any more.
  const isUnasked = hasNoData(alert) && !('noData' in rule && rule.noData?.does === 'alert');
  if (!isKept || isUnasked) resolveAlert(alert, GONE, turn);
  else if (!alert.view.flapping && alert.view.severity === before.severity) raiseSeverity(alert, turn);
}

function carryRings(device: DeviceEntry): void {
  for (const [key, ring] of device.rings ?? []) {
    if (!carryRule(device, ring, key.slice(key.indexOf('#') + 1))) device.rings?.delete(key);
  }
  if (device.rings?.size === 0) device.rings = undefined;
}

/** A rule that has changed its window begins it anew. */
function carrySeries(device: DeviceEntry, series: Series): boolean {
  const before = windowOf(series.rule);
  if (!carryRule(device, series, series.instance)) return false;
  const window = windowOf(series.rule);
  if (window?.seconds !== before?.seconds || window?.aggregate !== before?.aggregate) {
    series.samples = window && newSamples();
  }
  return window !== undefined || series.rule.noData !== undefined;
}

const windowOf = (rule: Series['rule']): Window | undefined => (rule.type === 'threshold' ? rule.window : undefined);

/** Puts the device's rule of the same name in the place of the one it had; false when there is none about the same thing. */
function carryRule<R extends Rule>(device: DeviceEntry, holder: { rule: R }, instance = ''): boolean {
  const { rule: before } = holder;
  if (device.judged.rules.has(before)) return true;
  const rule = ruleNamed(device, before.id, instance);
  if (!rule || aboutOf(rule) !== aboutOf(before)) return false;
  holder.rule = rule as R;
  return true;
}

const aboutOf = (rule: Rule): string =>
  JSON.stringify(ABOUT.map((name) => (rule as Partial<Record<(typeof ABOUT)[number], unknown>>)[name]));

const kept = <Item>(items: Item[] | undefined): Item[] | undefined => (items?.length ? items : undefined);
