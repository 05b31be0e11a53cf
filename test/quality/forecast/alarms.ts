import { defaultRulePackPath, readRulePack } from '../../../alerting/rules/read-rule-pack.ts';
import { Lab, storeOf } from '../../alerting/engine/lab.ts';
import { type Curve, LIMIT } from './growth.ts';

const HOUR_S = 3600;
/** An alarm the limit follows within this was none for nothing: three times what the rule foresees. */
const JUSTIFIED_HOURS = 72;

const { rules, ...times } = readRulePack(defaultRulePackPath);
const pack = { ...times, rules: rules.filter(({ id }) => id === 'disk-foreseen') };

export interface Alarms {
  days: number;
  /** Curves that reached the limit; of them, those whose alert stood when they did. */
  full: number;
  foretold: number;
  /** Hours from the alert to the limit, of each. */
  leads: number[];
  falseAlarms: number;
}

/** What the default pack's rule for disks says of hourly readings, by the whole engine. */
export function alarmsOf({ values }: Curve): Alarms {
  const lab = new Lab(pack, storeOf([{ name: 'server', kind: 'server' }]));
  lab.presence('server', 'birth', 86_400);
  const begin = lab.now;
  for (const value of values) {
    lab.disk('server', value);
    lab.pass(HOUR_S);
  }
  const fullAt = (values.at(-1) ?? 0) >= LIMIT ? values.length - 1 : Number.POSITIVE_INFINITY;
  const fired: number[] = [];
  let standing: number | undefined;
  // Each transition's time stands beside it: `since` is of the alert's first evidence.
  for (const { alert, at } of lab.transitions) {
    const hour = (at - begin) / 1000 / HOUR_S;
    if (hour > fullAt) break;
    if (alert.state === 'firing') fired.push(hour);
    standing = alert.state === 'firing' ? hour : undefined;
  }
  const isFull = Number.isFinite(fullAt);
  return {
    days: values.length / 24,
    full: isFull ? 1 : 0,
    foretold: isFull && standing !== undefined ? 1 : 0,
    leads: isFull && standing !== undefined ? [fullAt - standing] : [],
    falseAlarms: fired.filter((hour) => fullAt - hour > JUSTIFIED_HOURS).length,
  };
}

export const addAlarms = (all: readonly Alarms[]): Alarms =>
  all.reduce((sum, one) => ({
    days: sum.days + one.days,
    full: sum.full + one.full,
    foretold: sum.foretold + one.foretold,
    leads: [...sum.leads, ...one.leads],
    falseAlarms: sum.falseAlarms + one.falseAlarms,
  }));
