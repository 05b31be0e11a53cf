import type { Chain, Device, Store } from '../../protocol/inventory.ts';
import { type DeviceKey, deviceKey, type StoreKey, storeKey } from '../../protocol/names.ts';
import type { EndingAlert, RuleChange, RulesEffect } from '../../protocol/rule-changes.ts';
import type { AlertView } from '../../protocol/views.ts';
import { successorOf } from '../engine/carry-over.ts';
import { compileRules, type Judged } from '../engine/compile-rules.ts';
import { DEFAULT_CORRELATION } from '../engine/correlate/correlation.ts';
import { DEFAULT_JUDGEMENT } from '../engine/judgement.ts';
import { judgedFor, newState } from '../engine/state.ts';
import type { Rule, RulePack } from '../engine/types.ts';
import { changesBetween } from './written-values.ts';

/** Alerts that are named; of more there is only the number. */
const MOST_NAMED = 200;

export interface JudgedChain {
  inventory: readonly Chain[];
  /** What rules may ask of a device, as its agent told it. */
  observed: (device: DeviceKey) => Readonly<Record<string, string>> | undefined;
  /** What stands; more than one view of an alert counts once. */
  alerts: readonly AlertView[];
}

/** What becomes of the devices under one rule. */
interface Reach {
  devices: number;
  stores: Set<StoreKey>;
  gains: number;
  loses: number;
}

/** After so many stores it is the others' turn. */
const STORES_AT_ONCE = 50;

/**
 * What it would do to this inventory, and to what stands, were `after` to hold instead of `before`. Many stores take
 * seconds: every now and then it waits for `pause`.
 */
export async function diffPacks(
  before: RulePack,
  after: RulePack,
  chain: JudgedChain,
  pause: () => Promise<void>,
): Promise<RulesEffect> {
  const reaches = new Map<string, Reach>();
  const standing = new Standing(chain.alerts);
  const lotOf = lotsOf(before, after, chain.observed);
  const touched = { devices: 0, stores: new Set<StoreKey>() };
  let seen = 0;
  for (const { name, stores } of chain.inventory) {
    for (const store of stores) {
      if (++seen % STORES_AT_ONCE === 0) await pause();
      const key = storeKey(name, store.name);
      const here = new Map<Lot, number>();
      for (const device of store.devices) {
        const own = deviceKey(name, store.name, device.name);
        const lot = lotOf(store, device, own);
        here.set(lot, (here.get(lot) ?? 0) + 1);
        standing.judge(own, () => [lot.before, lot.after]);
      }
      standing.judge(key, () => [groupsOf(here, 'before'), groupsOf(here, 'after')]);
      for (const [lot, count] of here) {
        for (const { id, becomes } of lot.changes) reach(reaches, id, becomes, key, count);
        if (lot.changes.length === 0) continue;
        touched.devices += count;
        touched.stores.add(key);
      }
    }
  }
  const ending = standing.ending();
  return {
    rules: ruleChanges(before, after, reaches),
    values: changesBetween(settingsOf(before), settingsOf(after)),
    devices: touched.devices,
    stores: touched.stores.size,
    endingCount: ending.length,
    ending: ending.slice(0, MOST_NAMED),
  };
}

function reach(reaches: Map<string, Reach>, id: string, becomes: Becomes, store: StoreKey, count: number): void {
  const known = reaches.get(id) ?? { devices: 0, stores: new Set(), gains: 0, loses: 0 };
  reaches.set(id, known);
  known.devices += count;
  known.stores.add(store);
  if (becomes === 'gained') known.gains += count;
  if (becomes === 'lost') known.loses += count;
}

function ruleChanges(before: RulePack, after: RulePack, reaches: ReadonlyMap<string, Reach>): RuleChange[] {
  const namesOf = ({ rules }: RulePack) => new Map(rules.map((rule) => [rule.id, rule]));
  const [was, is] = [namesOf(before), namesOf(after)];
  const changeOf = (rule: Rule, what: RuleChange['what']): RuleChange[] => {
    const { id, type, title } = rule;
    const known = reaches.get(id);
    const old = was.get(id);
    const values = what === 'changed' && old ? changesBetween(old, rule) : [];
    if (what === 'changed' && values.length === 0 && !known) return [];
    const { devices = 0, stores, gains = 0, loses = 0 } = known ?? {};
    return [{ id, what, type, title, values, devices, stores: stores?.size ?? 0, gains, loses }];
  };
  return [
    ...after.rules.flatMap((rule) => changeOf(rule, was.has(rule.id) ? 'changed' : 'added')),
    ...before.rules.filter(({ id }) => !is.has(id)).flatMap((rule) => changeOf(rule, 'removed')),
  ];
}

/** All of a pack but its rules. Overrides name theirs by what they are called: its place may be another in the next pack. */
const settingsOf = ({
  rules,
  judgement = DEFAULT_JUDGEMENT,
  correlation = DEFAULT_CORRELATION,
  inheritance,
  ...settings
}: RulePack) => ({
  ...settings,
  judgement,
  correlate: correlation,
  groups: inheritance?.groups,
  ...(inheritance?.overrides.length && {
    overrides: inheritance.overrides.map((one) => ({ ...one, rules: one.rules.map((place) => rules[place]?.id) })),
  }),
});

type Becomes = 'gained' | 'lost' | 'changed';

/** What devices that are judged alike, before and after, have in common. */
interface Lot {
  before: Judged;
  after: Judged;
  changes: { id: string; becomes: Becomes }[];
}

/** Finds the lot of a device, just as judgement finds its rules: there are few. */
function lotsOf(before: RulePack, after: RulePack, observed: JudgedChain['observed']) {
  const states = [newState(before), newState(after)] as const;
  const asksAgents = [before, after].some(({ rules }) =>
    rules.some(({ scope }) => Object.keys(scope.attributes ?? {}).some((name) => name.startsWith('observed.'))),
  );
  const known = new Map<Judged, Map<Judged, Lot>>();
  return (store: Store, device: Device, key: DeviceKey): Lot => {
    const told = asksAgents ? observed(key) : undefined;
    const [was, is] = states.map((state) => {
      if (told) state.observed.set(key, told);
      const judged = judgedFor(state, store, device, key);
      state.observed.delete(key);
      return judged;
    }) as [Judged, Judged];
    const like = known.get(was) ?? new Map<Judged, Lot>();
    known.set(was, like);
    const lot = like.get(is) ?? { before: was, after: is, changes: changesOf(was, is) };
    like.set(is, lot);
    return lot;
  };
}

function changesOf(before: Judged, after: Judged): Lot['changes'] {
  const textsOf = ({ rules }: Judged) => new Map(Array.from(rules, (rule) => [rule.id, JSON.stringify(rule)]));
  const [was, is] = [textsOf(before), textsOf(after)];
  return [...new Set([...was.keys(), ...is.keys()])].flatMap((id): Lot['changes'] => {
    if (was.get(id) === is.get(id)) return [];
    return [{ id, becomes: !was.has(id) ? 'gained' : is.has(id) ? 'changed' : 'lost' }];
  });
}

/** What judges the groups of a store whose devices are of these lots. */
const groupsOf = (lots: ReadonlyMap<Lot, number>, when: 'before' | 'after'): Judged =>
  compileRules([...new Set([...lots.keys()].flatMap((lot) => [...lot[when].composites]))]);

/** The alerts that stand, by what they stand on, and those of them that find no rule to go on under. */
class Standing {
  readonly #byPlace;
  readonly #ending = new Map<string, EndingAlert>();

  constructor(alerts: readonly AlertView[]) {
    this.#byPlace = Map.groupBy(alerts, ({ device }) => device);
  }

  /** Who judges this device, or the groups of this store, before and after. Is asked only where an alert stands there. */
  judge(place: DeviceKey | StoreKey, judgedBy: () => readonly [Judged, Judged]): void {
    const alerts = this.#byPlace.get(place);
    if (!alerts) return;
    const [before, after] = judgedBy();
    for (const { key, device, rule: id, instance, severity, since, state } of alerts) {
      const rule = [...before.rules].find((one) => one.id === id);
      if (state === 'resolved' || !rule || successorOf(rule, instance, after)) continue;
      this.#ending.set(key, { key, device, rule: id, instance, severity, since, state });
    }
  }

  /** The firing ones first. */
  ending(): EndingAlert[] {
    return [...this.#ending.values()].sort((a, b) => Number(a.state === 'pending') - Number(b.state === 'pending'));
  }
}
