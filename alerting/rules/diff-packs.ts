import type { Chain, Device, Store } from '../../protocol/inventory.ts';
import { type DeviceKey, deviceKey, type StoreKey, storeKey } from '../../protocol/names.ts';
import type { EndingAlert, RuleChange, RulesEffect } from '../../protocol/rule-changes.ts';
import type { AlertView } from '../../protocol/views.ts';
import { successorOf } from '../engine/carry-over.ts';
import { compileRules, type Judged } from '../engine/compile-rules.ts';
import { DEFAULT_JUDGEMENT } from '../engine/judgement.ts';
import { type Described, describeDevice, matchScopes } from '../engine/scope.ts';
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

/** Who is judged by a rule, before and after. */
interface Reach {
  devices: number;
  stores: Set<StoreKey>;
  gains: number;
  loses: number;
}

/** What it would do to this inventory, and to what stands, were `after` to hold instead of `before`. */
export function diffPacks(before: RulePack, after: RulePack, chain: JudgedChain): RulesEffect {
  const [was, is] = [namedIn(before), namedIn(after)];
  const reaches = new Map<string, Reach>([...was.keys(), ...is.keys()].map((id) => [id, newReach()]));
  const values = new Map<string, RuleChange['values']>();
  for (const [id, rule] of is) {
    const old = was.get(id);
    values.set(id, old ? changesBetween(old, rule) : []);
  }
  const isTouched = (id: string) => !was.has(id) || !is.has(id) || (values.get(id)?.length ?? 0) > 0;
  const lots = lotsOf(before, after);
  const asked = new Set(chain.alerts.map(({ device }) => device));
  const judged = new Map<DeviceKey | StoreKey, Judged>();
  const touched = { devices: 0, stores: new Set<StoreKey>() };
  for (const { name, stores } of chain.inventory) {
    for (const store of stores) {
      const key = storeKey(name, store.name);
      const here = new Map<Lot, number>();
      for (const device of store.devices) {
        const own = deviceKey(name, store.name, device.name);
        const lot = lots(store, device, () => chain.observed(own));
        if (asked.has(own)) judged.set(own, lot.after);
        here.set(lot, (here.get(lot) ?? 0) + 1);
      }
      for (const [lot, count] of here) {
        for (const { id, isGained, isLost } of lot.rules) {
          const reach = reaches.get(id) as Reach;
          reach.devices += count;
          reach.stores.add(key);
          if (isGained) reach.gains += count;
          if (isLost) reach.loses += count;
        }
        if (!lot.rules.some(({ id, isGained, isLost }) => isGained || isLost || isTouched(id))) continue;
        touched.devices += count;
        touched.stores.add(key);
      }
      if (!asked.has(key)) continue;
      const groups = new Set([...here.keys()].flatMap(({ after }) => [...after.composites]));
      judged.set(key, compileRules([...groups]));
    }
  }
  const changeOf = (rule: Rule, what: RuleChange['what']): RuleChange[] => {
    const { id, type, title } = rule;
    const { devices, stores, gains, loses } = reaches.get(id) as Reach;
    const changed = values.get(id) ?? [];
    if (what === 'changed' && changed.length + gains + loses === 0) return [];
    return [{ id, what, type, title, values: changed, devices, stores: stores.size, gains, loses }];
  };
  const ending = endingOf(chain.alerts, was, judged);
  return {
    rules: [
      ...after.rules.flatMap((rule) => changeOf(rule, was.has(rule.id) ? 'changed' : 'added')),
      ...before.rules.filter(({ id }) => !is.has(id)).flatMap((rule) => changeOf(rule, 'removed')),
    ],
    values: changesBetween(settingsOf(before), settingsOf(after)),
    devices: touched.devices,
    stores: touched.stores.size,
    endingCount: ending.length,
    ending: ending.slice(0, MOST_NAMED),
  };
}

const namedIn = ({ rules }: RulePack): ReadonlyMap<string, Rule> => new Map(rules.map((rule) => [rule.id, rule]));

const newReach = (): Reach => ({ devices: 0, stores: new Set(), gains: 0, loses: 0 });

const settingsOf = ({ rules: _, judgement = DEFAULT_JUDGEMENT, ...settings }: RulePack) => ({ ...settings, judgement });

/** What devices of one description have in common. */
interface Lot {
  after: Judged;
  /** Every rule that judges them, before or after. */
  rules: { id: string; isGained: boolean; isLost: boolean }[];
}

/** Devices that are alike in all that any rule asks are judged alike: there are few such lots. */
function lotsOf(before: RulePack, after: RulePack) {
  const packs = [before, after].map((pack) => ({ pack, scopes: matchScopes(pack) }));
  const asked = [
    ...new Set(packs.flatMap(({ pack }) => pack.rules.flatMap(({ scope }) => Object.keys(scope.attributes ?? {})))),
  ];
  const asksAgents = asked.some((name) => name.startsWith('observed.'));
  const known = new Map<string, Lot>();
  return (store: Store, device: Device, observed: () => Described['observed']): Lot => {
    const described = describeDevice(store, device, asksAgents ? observed() : undefined);
    const name = JSON.stringify([device.kind, ...asked.map((attribute) => attributeOf(described, attribute))]);
    const lot = known.get(name);
    if (lot) return lot;
    const [was, is] = packs.map(({ pack, scopes }) =>
      compileRules(scopes.rulesFor(described).flatMap((place) => pack.rules[place] ?? [])),
    ) as [Judged, Judged];
    const made = { after: is, rules: rulesOf(was, is) };
    known.set(name, made);
    return made;
  };
}

function attributeOf(described: Described, attribute: string): string | null {
  const dot = attribute.indexOf('.');
  const from = described[attribute.slice(0, dot) as Exclude<keyof Described, 'kind'>];
  const name = attribute.slice(dot + 1);
  return from && Object.hasOwn(from, name) ? (from[name] ?? null) : null;
}

function rulesOf(before: Judged, after: Judged): Lot['rules'] {
  const idsOf = ({ rules }: Judged) => new Set(Array.from(rules, ({ id }) => id));
  const [was, is] = [idsOf(before), idsOf(after)];
  return [...new Set([...was, ...is])].map((id) => ({ id, isGained: !was.has(id), isLost: !is.has(id) }));
}

/** Firing ones first. Of a device, or a store, that is not in the inventory nothing is known. */
function endingOf(
  alerts: readonly AlertView[],
  was: ReadonlyMap<string, Rule>,
  judged: ReadonlyMap<DeviceKey | StoreKey, Judged>,
): EndingAlert[] {
  const ending = new Map<string, EndingAlert>();
  for (const { key, device, rule, instance, severity, since, state } of alerts) {
    const after = judged.get(device as DeviceKey);
    const before = was.get(rule);
    if (state === 'resolved' || !after || !before || successorOf(before, instance, after)) continue;
    ending.set(key, { key, device, rule, instance, severity, since, state });
  }
  return [...ending.values()].sort((a, b) => Number(a.state === 'pending') - Number(b.state === 'pending'));
}
