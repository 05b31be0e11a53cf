import { emptyState, nextDue, step } from '../../alerting/engine/engine.ts';
import type { EngineEvent, RulePack } from '../../alerting/engine/types.ts';
import { parseRulePack } from '../../alerting/rules/parse-rule-pack.ts';
import { defaultRulePackPath, readRulePack } from '../../alerting/rules/read-rule-pack.ts';
import type { Point } from '../../protocol/messages.ts';
import { type DeviceKey, deviceKey, storeKey } from '../../protocol/names.ts';
import type { Figure } from './figure.ts';
import { DEVICES_PER_STORE, memoryChain, storeName } from './memory-chain.ts';
import { ruleForEveryValue, VALUE_NAMES, VALUES_PER_REPORT } from './report-shape.ts';

const STORES = 10_000;
const DEVICES = STORES * DEVICES_PER_STORE;
const INTERVAL_S = 30;
/** Rounds of reports that are counted, after two that are not. */
const ROUNDS = 4;
/** Monday, 10:00 in Paris. */
const START = Date.parse('2026-03-09T09:00:00Z');

const NAMES = ['the default rules', 'a rule more for every value', 'the same, 2 % of the devices in trouble'];
const NOMS = ['les règles par défaut', 'une règle de plus par valeur', 'de même, 2 % des équipements en défaut'];

/**
 * What judging alone costs, on one processor: 160,000 devices report 20 values every 30 s, in simulated time, with
 * everything that time brings. Nothing is decoded, stored or sent.
 */
export async function benchStep(): Promise<Figure[]> {
  const standard = readRulePack(defaultRulePackPath);
  const every = parseRulePack(ruleForEveryValue(), 'bench');
  const runs = [
    [standard, 0],
    [every, 0],
    [every, 50],
  ] as const;
  return runs.map(([pack, troubledEvery], index) => ({
    what: `a point judged, 160,000 devices: ${NAMES[index]}`,
    fr: `un point jugé, 160 000 équipements : ${NOMS[index]}`,
    value: judged(pack, troubledEvery),
    unit: 'µs',
    budget: '10 µs',
  }));
}

/** CPU microseconds per point. Of every `troubledEvery` devices one has a full disk for three rounds of four, and fires; 0: none. */
function judged(pack: RulePack, troubledEvery: number): number {
  let state = emptyState(pack);
  let now = START;
  let opened = 0;
  const take = (event: EngineEvent) => {
    const result = step(state, event, now);
    state = result.state;
    for (const effect of result.effects) if (effect.kind === 'incident' && effect.desk === 'open') opened++;
  };
  const [chain] = memoryChain(STORES).chains;
  for (const definition of chain?.stores ?? []) {
    take({ kind: 'inventory', store: storeKey('bench', definition.name), simulated: true, definition });
  }
  const devices = Array.from({ length: DEVICES }, (_, index): DeviceKey => {
    const store = storeName(index % STORES);
    return deviceKey('bench', store, `d${Math.floor(index / STORES)}`);
  });
  for (const device of devices) take({ kind: 'presence', device, evidence: 'birth', at: now, intervalS: INTERVAL_S });

  const perSecond = Math.ceil(DEVICES / INTERVAL_S);
  const round = (number: number) => {
    const [well, ill] = [pointsOf(50 + number), pointsOf(50 + number, 97)];
    for (let index = 0; index < DEVICES; index++) {
      if (index % perSecond === 0) now += 1000;
      while ((nextDue(state) ?? Number.POSITIVE_INFINITY) <= now) take({ kind: 'tick' });
      const device = devices[index] as DeviceKey;
      const isIll = troubledEvery > 0 && index % troubledEvery === 0 && number % 4 !== 3;
      take({ kind: 'report', device, at: now, late: false, points: isIll ? ill : well, statuses: [] });
    }
  };
  round(0);
  round(1);
  const before = process.cpuUsage();
  for (let number = 2; number < 2 + ROUNDS; number++) round(number);
  const { user, system } = process.cpuUsage(before);
  if (opened > 0 !== troubledEvery > 0) throw new Error(`${opened} incidents opened: that is another load`);
  return (user + system) / (ROUNDS * DEVICES * VALUES_PER_REPORT);
}

/** The 20 values of a report, all `value`; the disk `full` where that is said. */
function pointsOf(value: number, full = value): Point[] {
  return [...Map.groupBy(VALUE_NAMES, ([measurement]) => measurement)].map(([m, names]) => ({
    m,
    ...(m === 'disk' && { t: { path: '/' } }),
    f: Object.fromEntries(names.map(([, field]) => [field, m === 'disk' && field === 'used_percent' ? full : value])),
  }));
}
