import type { Static } from 'typebox';
import { globMatcher } from '../../protocol/glob.ts';
import { chainOf, type DeviceKey, type StoreKey, storeOf } from '../../protocol/names.ts';
import {
  type Inheritance,
  levelOf,
  type Override,
  type OverridePlace,
  rankOf,
  type Settings,
  type StoreGroup,
} from '../engine/inheritance.ts';
import type { Rule } from '../engine/types.ts';
import type { Groups, Overrides } from './override-schema.ts';
import { RULE_SCHEMAS } from './rule-pack-schema.ts';
import type { RuleFault } from './schema-faults.ts';

type WrittenOverride = Static<typeof Overrides>[number];
type WrittenGroup = Static<typeof Groups>[string];

/** The part of a pack's file that says where its rules differ. */
export interface WrittenInheritance {
  groups?: Static<typeof Groups>;
  overrides?: Static<typeof Overrides>;
}

/** A rule as its file writes it. */
interface WrittenRule {
  id: string;
  type: keyof typeof RULE_SCHEMAS;
}

/** How the rules of a pack are read: what one gets wrong, and what it becomes. */
export interface RuleReader<Written extends WrittenRule> {
  faultsOf(rule: unknown, path: string): RuleFault[];
  toRule(rule: Written): Rule;
}

/** What makes a rule the one it is: what it judges, not from where. */
const FIXED: ReadonlySet<string> = new Set([
  ...['id', 'title', 'type', 'kinds', 'attributes', 'measurement', 'field', 'tags', 'by', 'direction', 'unit'],
  ...['check', 'except', 'of', 'when', 'rule', 'session'],
]);
const LAST = ['severity', 'urgency', 'hours', 'for', 'clearFor'];

/** What may be set of each type of rule; its own limits first. */
const SETTINGS = Object.fromEntries(
  Object.entries(RULE_SCHEMAS).map(([type, { properties }]) => {
    const own = Object.keys(properties).filter((name) => !FIXED.has(name) && !LAST.includes(name));
    return [type, [...own, ...LAST.filter((name) => name in properties)]];
  }),
);

const settingsOf = (rule: WrittenRule): Settings =>
  Object.fromEntries(
    (SETTINGS[rule.type] ?? []).flatMap((name) => {
      const value = (rule as unknown as Settings)[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );

/** What is wrong with the groups and overrides of a pack whose rules are without fault, and which fit their schema. */
export function faultsOfInheritance<Written extends WrittenRule>(
  { groups = {}, overrides = [] }: WrittenInheritance,
  rules: readonly Written[],
  reader: RuleReader<Written>,
): RuleFault[] {
  const faults = [
    ...Object.entries(groups).flatMap(([name, group]) => faultsOfGroup(group, `/groups/${name}`)),
    ...overrides.flatMap((written, index) => faultsOfOverride(written, `/overrides/${index}`, groups, rules, reader)),
  ];
  return faults.length > 0 ? faults : faultsBetween(groups, overrides, rules, reader);
}

/** How the rules differ from place to place, of a file known to be without fault. */
export function toInheritance<Written extends WrittenRule>(
  { groups = {}, overrides = [] }: WrittenInheritance,
  rules: readonly Written[],
  { faultsOf, toRule }: RuleReader<Written>,
): Inheritance<Rule> {
  return {
    groups: Object.fromEntries(Object.entries(groups).map(([name, group]) => [name, toGroup(group)])),
    overrides: overrides.map((written) => toOverride(written, rules)),
    settings: rules.map(settingsOf),
    variantOf(place, settings) {
      const rule = rules[place];
      if (!rule) return undefined;
      const written = merged(rule, settings);
      return faultsOf(written, '').length > 0 ? undefined : toRule(written);
    },
  };
}

function merged<Written extends WrittenRule>(rule: Written, settings: Settings): Written {
  const entries = Object.entries({ ...rule, ...settings });
  return Object.fromEntries(entries.filter(([, value]) => value !== null)) as unknown as Written;
}

function faultsOfGroup({ title: _, ...asked }: WrittenGroup, path: string): RuleFault[] {
  if (Object.keys(asked).length > 0) return [];
  return [{ path, message: 'must say which stores it takes: chains, attributes, regions or stores' }];
}

function faultsOfOverride<Written extends WrittenRule>(
  written: WrittenOverride,
  path: string,
  groups: Record<string, unknown>,
  rules: readonly Written[],
  reader: RuleReader<Written>,
): RuleFault[] {
  const { at, set, enabled } = written;
  const faults = faultsOfPlace(at, `${path}/at`, groups);
  if (set === undefined && enabled === undefined) faults.push({ path, message: 'must have set, enabled or both' });
  const named = faultsOfRules(written, `${path}/rule`, rules);
  if (named.length > 0) return [...faults, ...named];
  for (const place of takenBy(written, rules)) {
    const rule = rules[place] as Written;
    faults.push(...(set === undefined ? [] : faultsOfSettings(rule, set, `${path}/set`, reader)));
  }
  return unique(faults);
}

function faultsOfPlace(at: WrittenOverride['at'], path: string, groups: Record<string, unknown>): RuleFault[] {
  const { kind, ...where } = at;
  const [first, second] = Object.keys(where);
  if (second !== undefined) return [{ path, message: `must name one of ${first} and ${second}` }];
  if (kind !== undefined && first === 'device') {
    return [{ path: `${path}/kind`, message: 'must be left out: a device is of one kind' }];
  }
  if (at.group === undefined || Object.hasOwn(groups, at.group)) return [];
  const known = Object.keys(groups).join(', ') || 'there is none';
  return [{ path: `${path}/group`, message: `must be one of groups (${known}); it is ${at.group}` }];
}

function faultsOfRules(
  { at, rule: named, set }: WrittenOverride,
  path: string,
  rules: readonly WrittenRule[],
): RuleFault[] {
  return [named].flat().flatMap((name, index) => {
    const own = typeof named === 'string' ? path : `${path}/${index}`;
    const matching = rules.filter(({ id }) => globMatcher(name)(id));
    if (matching.length === 0) return [{ path: own, message: `names no rule of this pack: ${name}` }];
    const found = matching.filter((rule) => isTaken(rule, name, set));
    if (found.length === 0) {
      const asked = Object.keys(set ?? {}).join(', ');
      return [{ path: own, message: `names no rule whose type has all of ${asked}: ${name}` }];
    }
    if (!isOfDevices(at) || found.some(({ type }) => type !== 'composite')) return [];
    const message = `must judge devices: ${found[0]?.id} judges groups, of which a store has one; name a chain, a group of stores or a store`;
    return [{ path: own, message }];
  });
}

function faultsOfSettings<Written extends WrittenRule>(
  rule: Written,
  set: Record<string, unknown>,
  path: string,
  { faultsOf }: RuleReader<Written>,
): RuleFault[] {
  const known = SETTINGS[rule.type] ?? [];
  const unknown = Object.keys(set).filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    return unknown.map((name) => ({
      path: `${path}/${name}`,
      message: `is no setting of ${rule.id}, a rule of type ${rule.type}; it has ${known.join(', ')}`,
    }));
  }
  return faultsOf(merged(rule, toSettings(set)), path).map((fault) => ofRule(fault, rule));
}

const ofRule = ({ path, message }: RuleFault, { id }: WrittenRule): RuleFault => ({
  path,
  message: `${message} (in ${id})`,
});

/** Of two overrides of which the wider surely holds wherever the narrower does, the narrower has to go with both. */
function faultsBetween<Written extends WrittenRule>(
  groups: Static<typeof Groups>,
  written: readonly WrittenOverride[],
  rules: readonly Written[],
  reader: RuleReader<Written>,
): RuleFault[] {
  const overrides = written.map((override) => toOverride(override, rules));
  const byRule = Map.groupBy(
    overrides.flatMap(({ rules: places, set }, index) =>
      Object.keys(set).length === 0 ? [] : places.map((place) => ({ place, index })),
    ),
    ({ place }) => place,
  );
  const find = widerThan(overrides, groups);
  const faults: RuleFault[] = [];
  for (const [place, named] of byRule) {
    const rule = rules[place] as Written;
    const naming = new Set(named.map(({ index }) => index));
    for (const { index } of named) {
      const wider = find(index).filter((one) => naming.has(one));
      const last = wider.at(-1);
      if (last === undefined) continue;
      const settings = Object.assign({}, ...[...wider, index].map((one) => overrides[one]?.set));
      const found = reader.faultsOf(merged(rule, settings), `/overrides/${index}/set`);
      faults.push(
        ...found.map(({ path, message }) => ({
          path,
          message: `with what /overrides/${last} sets there: ${message} (in ${rule.id})`,
        })),
      );
    }
  }
  return unique(faults);
}

/** Finds the overrides that surely hold wherever this one does, and come before it: the most general first. */
function widerThan(overrides: readonly Override[], groups: Static<typeof Groups>): (index: number) => number[] {
  const byPlace = Map.groupBy(overrides.keys(), (index) => whereOf((overrides[index] as Override).at));
  const groupsOf = new Map<string, string[]>();
  for (const [name, { stores = [] }] of Object.entries(groups))
    for (const store of stores) groupsOf.set(store, [...(groupsOf.get(store) ?? []), name]);
  return (index) => {
    const { at } = overrides[index] as Override;
    const store = at.device === undefined ? at.store : storeOf(at.device);
    const chain = store === undefined ? at.chain : chainOf(store);
    const group = [at.group ?? groupsOf.get(store ?? '') ?? []].flat();
    const places: OverridePlace[] = [
      {},
      ...(chain === undefined ? [] : [{ chain }]),
      ...group.map((name) => ({ group: name })),
      ...(store === undefined ? [] : [{ store }]),
      ...(at.device === undefined ? [] : [{ device: at.device }]),
    ];
    const rank = rankOf(at);
    const isWider = (one: number) => {
      const { at: other } = overrides[one] as Override;
      const takesKinds = other.kinds === undefined || at.kinds?.every((kind) => other.kinds?.includes(kind));
      return takesKinds && (rankOf(other) < rank || (rankOf(other) === rank && one < index));
    };
    return places
      .flatMap((place) => byPlace.get(whereOf(place)) ?? [])
      .filter(isWider)
      .sort((a, b) => rankOf((overrides[a] as Override).at) - rankOf((overrides[b] as Override).at) || a - b);
  };
}

const whereOf = ({ chain, group, store, device }: OverridePlace): string => [chain, group, store, device].join(' ');

function toGroup({ attributes, stores, ...rest }: WrittenGroup): StoreGroup {
  const lists = Object.entries(attributes ?? {}).map(([name, texts]) => [name, [texts].flat()] as const);
  return {
    ...rest,
    ...(attributes && { attributes: Object.fromEntries(lists) }),
    ...(stores && { stores: stores as StoreKey[] }),
  };
}

function toOverride(written: WrittenOverride, rules: readonly WrittenRule[]): Override {
  const { set = {}, enabled, why } = written;
  return {
    at: toPlace(written.at),
    rules: takenBy(written, rules),
    set: toSettings(set),
    ...(enabled !== undefined && { enabled }),
    ...(why !== undefined && { why }),
  };
}

const toPlace = ({ chain, group, store, kind, device }: WrittenOverride['at']): OverridePlace => ({
  ...(chain !== undefined && { chain }),
  ...(group !== undefined && { group }),
  ...(store !== undefined && { store: store as StoreKey }),
  ...(kind !== undefined && { kinds: [kind].flat() }),
  ...(device !== undefined && { device: device as DeviceKey }),
});

/** Who keeps what stood waits for nothing: what the rule itself says of that is left out. */
const toSettings = (set: Record<string, unknown>): Settings => ({
  ...(set.noData === 'keep' && { after: null }),
  ...(set as Settings),
});

/** Places of the rules an override names. A group of devices has one rule for all: a pattern passes it over where it is narrower. */
function takenBy({ at, rule: named, set }: WrittenOverride, rules: readonly WrittenRule[]): number[] {
  const names = [named].flat().map((name) => ({ name, takes: globMatcher(name) }));
  return rules.flatMap((rule, place) =>
    names.some(({ name, takes }) => takes(rule.id) && isTaken(rule, name, set)) &&
    !(rule.type === 'composite' && isOfDevices(at))
      ? [place]
      : [],
  );
}

/** A pattern takes the rules whose type has all that is set; one named in full is meant, whatever is set of it. */
const isTaken = ({ id, type }: WrittenRule, name: string, set: Record<string, unknown> = {}): boolean =>
  id === name || Object.keys(set).every((setting) => SETTINGS[type]?.includes(setting));

const isOfDevices = (at: WrittenOverride['at']): boolean => ['kind', 'device'].includes(levelOf(toPlace(at)));

const unique = (faults: readonly RuleFault[]): RuleFault[] => [
  ...new Map(faults.map((fault) => [`${fault.path} ${fault.message}`, fault])).values(),
];
