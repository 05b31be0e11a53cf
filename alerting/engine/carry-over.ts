import { hasNoData, raiseSeverity, resolveAlert } from './alerts.ts';
import { quantityOf as usualOf } from './baseline/saved-usual.ts';
import type { Usual } from './baseline/usual.ts';
import type { Judged } from './compile-rules.ts';
import { quantityOf } from './forecast/saved-watch.ts';
import type { Watch } from './forecast/watch.ts';
import { readingOf as soldBy } from './sales/saved-sales.ts';
import type { SalesWatch } from './sales/watch.ts';
import type { Alert, DeviceEntry, Ring, Series, Turn } from './state.ts';
import type { Rule } from './types.ts';
import { newSamples } from './window.ts';

/*
 * A rule that is written anew is another object with the same name. What stood for the old one goes on under the new one,
 * its limits, durations and severity, as long as both are about the same thing: nobody is called twice for a limit that
 * was moved. What finds no rule to go on under is its caller's to end.
 */

/** The next sample of what a changed forecast judges comes this soon. */
const SOON_MS = 15 * 60_000;

/** Hands what is known of a device over to the rules that judge it now. Does nothing where they are those of before. */
export function carryOver(device: DeviceEntry, turn: Turn): void {
  const { judged } = device;
  for (const alert of device.alerts?.values() ?? []) {
    const next = successorOf(alert.rule, alert.view.instance, judged);
    if (next && next !== alert.rule) handAlert(alert, next, turn);
  }
  for (const [key, ring] of device.rings ?? []) handRing(key, ring, judged);
  if (device.series) {
    const left = device.series.filter((series) => handSeries(series, judged));
    device.series = left.length > 0 ? left : undefined;
  }
  device.watches = device.watches?.map((watch) => handWatch(watch, judged));
  device.usuals = device.usuals?.map((usual) => handUsual(usual, judged));
  device.sales &&= handSales(device.sales, judged);
}

/** The rule under which what `rule` says of this instance goes on; undefined where none is about the same thing. */
export function successorOf(rule: Rule, instance: string, judged: Judged): Rule | undefined {
  const next = namesake(rule, judged);
  if (next === undefined || next === rule) return next;
  if (subjectOf(next) !== subjectOf(rule)) return undefined;
  // Another pack may leave this check to another rule: nothing would ever clear it.
  return next.type !== 'status' || judged.statusRulesOf(instance).includes(next) ? next : undefined;
}

function namesake(rule: Rule, { rules }: Judged): Rule | undefined {
  if (rules.has(rule)) return rule;
  for (const next of rules) if (next.id === rule.id) return next;
  return undefined;
}

/** All of a rule that decides what its alerts are about, and how they are told apart; the rest is how grave it is, and when. */
export function subjectOf(rule: Rule): string {
  switch (rule.type) {
    case 'threshold': {
      const { type, measurement, field, tags, by, direction, window } = rule;
      const fixed = Object.entries(tags).sort(([a], [b]) => (a < b ? -1 : 1));
      return JSON.stringify([type, measurement, field, fixed, by?.toSorted(), direction, window?.aggregate ?? 'last']);
    }
    case 'forecast':
      return `${rule.type} ${rule.direction} ${quantityOf(rule)}`;
    case 'baseline':
      return `${rule.type} ${rule.direction} ${usualOf(rule)}`;
    case 'sales':
      return `${rule.type} ${soldBy(rule)}`;
    case 'composite':
      return JSON.stringify([rule.type, rule.of, rule.when, rule.rule]);
    default:
      return rule.type;
  }
}

function handAlert(alert: Alert, next: Rule, turn: Turn): void {
  // What fires for flapping alone is less grave than its rule, whatever that says.
  const isAsGrave = alert.view.severity === alert.rule.severity;
  alert.rule = next;
  // It stands for want of readings that nobody waits for any more.
  const isUnasked = hasNoData(alert) && !('noData' in next && next.noData?.does === 'alert');
  if (isUnasked) resolveAlert(alert, { code: 'no-longer-watched' }, turn);
  else if (isAsGrave) raiseSeverity(alert, turn);
}

function handRing(key: string, ring: Ring, judged: Judged): void {
  ring.rule = successorOf(ring.rule, key.slice(key.indexOf('#') + 1), judged) ?? ring.rule;
}

/** False: the rule that remembers it is another, and remembers nothing. Another window begins anew. */
function handSeries(series: Series, judged: Judged): boolean {
  const { rule, instance } = series;
  const next = successorOf(rule, instance, judged);
  if (next === undefined || next === rule || (next.type !== 'threshold' && next.type !== 'status')) return true;
  const [before, after] = [windowOf(rule), windowOf(next)];
  if (!after && !next.noData) return false;
  series.rule = next;
  if (before?.seconds !== after?.seconds || before?.aggregate !== after?.aggregate) {
    series.samples = after && newSamples();
  }
  return true;
}

const windowOf = (rule: Series['rule']) => (rule.type === 'threshold' ? rule.window : undefined);

/** Readings are worth keeping for any rule that foresees the same quantity. */
function handWatch(watch: Watch, judged: Judged): Watch {
  const next = namesake(watch.rule, judged);
  if (next?.type !== 'forecast' || next === watch.rule || quantityOf(next) !== quantityOf(watch.rule)) return watch;
  return { ...watch, rule: next, stepMs: Math.min(watch.stepMs, SOON_MS) };
}

/** What was learnt is as good for any rule that is about the same quantity. */
function handUsual(usual: Usual, judged: Judged): Usual {
  const next = namesake(usual.rule, judged);
  return next?.type === 'baseline' && usualOf(next) === usualOf(usual.rule) ? { ...usual, rule: next } : usual;
}

function handSales(watch: SalesWatch, { sales }: Judged): SalesWatch {
  return sales && soldBy(sales) === soldBy(watch.rule) ? { ...watch, rule: sales } : watch;
}
