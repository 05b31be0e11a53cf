import type { Device, Store } from '../../protocol/inventory.ts';
import type { DeviceKey } from '../../protocol/names.ts';
import type { RuleLevel } from '../../protocol/rule-views.ts';
import { type Inheritance, levelOf, type Override, type Settings } from './inheritance.ts';
import { type FindOverrides, layOverrides } from './layers.ts';
import { describeDevice, matchScopes } from './scope.ts';
import type { Rule, RulePack } from './types.ts';

/*
 * A rule is what its pack says, with what the overrides say that hold for a device, from the most general to the most specific.
 * Each is taken whole or not at all: one that does not go together with what stands before it, such as a `raise` beyond the
 * `clear` of a wider place, is passed over for that rule and that device.
 */

/** Where a value comes from: the pack itself, or one of its overrides by its place in the file. */
export type Origin = { level: 'pack' } | { level: RuleLevel; override: number };

/** A rule as it judges one device. */
export interface EffectiveRule {
  /** With the values that count. */
  rule: Rule;
  enabled: boolean;
  enabledFrom: Origin;
  /** In the order of the rule's file. */
  settings: readonly { name: string; value: NonNullable<Settings[string]>; from: Origin }[];
  /** Places of the overrides that were passed over. */
  passedOver: readonly number[];
}

/** One of the forms a rule takes; equal ones are one, and have one name. */
export interface Variant {
  name: string;
  rule: Rule;
}

/** What overrides make of a pack's rules. */
export interface Inherited {
  findOverrides: FindOverrides;
  /** The rule at this place of the pack as these overrides have it; undefined where they switch it off. */
  variantAt(place: number, held: readonly number[]): Variant | undefined;
}

const PACK: Origin = { level: 'pack' };

/** By the very rules: packs that share what is inherited may not share those. */
const laidOut = new WeakMap<readonly Rule[], Inherited>();

/** Lays out a pack's overrides, once; undefined where it has none. */
export function inheritedIn({ rules, inheritance }: RulePack): Inherited | undefined {
  if (!inheritance || inheritance.overrides.length === 0) return undefined;
  const known = laidOut.get(rules) ?? layOut(rules, inheritance);
  laidOut.set(rules, known);
  return known;
}

function layOut(rules: readonly Rule[], inheritance: Inheritance<Rule>): Inherited {
  const forms = rules.map((rule, place) => formsOf(rule, place, inheritance));
  const touched = touchedBy(inheritance);
  return {
    findOverrides: layOverrides(inheritance),
    variantAt: (place, held) => forms[place]?.(held.filter((index) => touched[index]?.has(place))),
  };
}

/** The forms one rule takes, each made once: under these overrides, which all name it. */
function formsOf(
  base: Rule,
  place: number,
  inheritance: Inheritance<Rule>,
): (held: readonly number[]) => Variant | undefined {
  const asWritten: Variant = { name: `${place}`, rule: base };
  const bySettings = new Map([[textOf(inheritance.settings[place] ?? {}), asWritten]]);
  const byOverrides = new Map<string, Variant | undefined>();

  function intern(settings: Settings): Variant | undefined {
    const text = textOf(settings);
    const known = bySettings.get(text);
    const rule = known ? undefined : inheritance.variantOf(place, settings);
    if (!rule) return known;
    const made = { name: `${place}:${bySettings.size}`, rule };
    bySettings.set(text, made);
    return made;
  }

  return (held) => {
    if (held.length === 0) return asWritten;
    const key = held.join();
    if (byOverrides.has(key)) return byOverrides.get(key);
    const { settings, enabled } = inherit(inheritance, place, held, intern);
    const variant = enabled ? intern(settings) : undefined;
    byOverrides.set(key, variant);
    return variant;
  };
}

const touchedBy = ({ overrides }: Inheritance<Rule>): ReadonlySet<number>[] =>
  overrides.map(({ rules }) => new Set(rules));

/** One text for equal settings, in whatever order they were set. */
const textOf = (settings: Settings): string =>
  JSON.stringify(
    Object.entries(settings)
      .filter(([, value]) => value !== null)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );

interface Merged {
  settings: Settings;
  from: Readonly<Record<string, Origin>>;
  enabled: boolean;
  enabledFrom: Origin;
  passedOver: number[];
}

/** Lays these overrides of a rule over it, the most general first. `tried`: undefined where settings do not go together. */
function inherit(
  { settings, overrides }: Inheritance<Rule>,
  place: number,
  held: readonly number[],
  tried: (settings: Settings) => unknown,
): Merged {
  const merged: Merged = {
    settings: settings[place] ?? {},
    from: {},
    enabled: true,
    enabledFrom: PACK,
    passedOver: [],
  };
  for (const index of held) {
    const { at, set, enabled } = overrides[index] as Override;
    const next = { ...merged.settings, ...set };
    if (Object.keys(set).length > 0 && tried(next) === undefined) {
      merged.passedOver.push(index);
      continue;
    }
    const origin: Origin = { level: levelOf(at), override: index };
    merged.settings = next;
    merged.from = { ...merged.from, ...Object.fromEntries(Object.keys(set).map((name) => [name, origin])) };
    if (enabled === undefined) continue;
    merged.enabled = enabled;
    merged.enabledFrom = origin;
  }
  return merged;
}

/** Finds the rules that take a device, those that are switched off for it among them, with where each value comes from. */
export type ReadRules = (
  store: Store,
  device: Device,
  key: DeviceKey,
  observed?: Readonly<Record<string, string>>,
) => EffectiveRule[];

/** Lays a pack out to be asked for the effective rules of many devices. Of silence, only the rule that counts is told. */
export function readEffectiveRules(pack: RulePack): ReadRules {
  const { rules, inheritance = NOTHING_INHERITED } = pack;
  const scopes = matchScopes(pack);
  const findOverrides = layOverrides(inheritance);
  const touched = touchedBy(inheritance);
  return (store, device, key, observed) => {
    const held = findOverrides(store, device, key);
    const found = scopes.rulesFor(describeDevice(store, device, observed)).map((place) => {
      const own = held.filter((index) => touched[index]?.has(place));
      return effectiveOf(rules[place] as Rule, place, inheritance, own);
    });
    const silence = found.find(({ rule, enabled }) => enabled && rule.type === 'silence');
    return found.filter((one) => one.rule.type !== 'silence' || !one.enabled || one === silence);
  };
}

const NOTHING_INHERITED: Inheritance<Rule> = { groups: {}, overrides: [], settings: [], variantOf: () => undefined };

function effectiveOf(
  base: Rule,
  place: number,
  inheritance: Inheritance<Rule>,
  held: readonly number[],
): EffectiveRule {
  const merged = inherit(inheritance, place, held, (tried) => inheritance.variantOf(place, tried));
  const { settings, from, enabled, enabledFrom, passedOver } = merged;
  return {
    rule: settings === inheritance.settings[place] ? base : (inheritance.variantOf(place, settings) ?? base),
    enabled,
    enabledFrom,
    settings: Object.entries(settings).flatMap(([name, value]) =>
      value === null ? [] : [{ name, value, from: from[name] ?? PACK }],
    ),
    passedOver,
  };
}
