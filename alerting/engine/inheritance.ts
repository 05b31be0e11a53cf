import type { DeviceKind } from '../../protocol/inventory.ts';
import type { DeviceKey, StoreKey } from '../../protocol/names.ts';
import { RULE_LEVELS, type RuleLevel } from '../../protocol/rule-views.ts';

/** Settings of a rule by their names, as its file writes them, e.g. `for: 5 min`. `null`: left out. */
export type Settings = Readonly<Record<string, number | string | readonly string[] | null>>;

/** Stores under one name: those that fit all the conditions there are, and those that are listed. */
export interface StoreGroup {
  title?: { fr: string; en: string };
  /** Names of chains, `*` standing for any run of characters. */
  chains?: readonly string[];
  /** As a rule's scope has them, of the store alone: `store.carrier`. */
  attributes?: Readonly<Record<string, readonly string[]>>;
  /** `*` standing for any run of characters, in any case. */
  regions?: readonly string[];
  stores?: readonly StoreKey[];
}

/** Where an override holds: everywhere it names. One of chain, group, store and device at most; kinds beside the first three. */
export interface OverridePlace {
  chain?: string;
  group?: string;
  store?: StoreKey;
  kinds?: readonly DeviceKind[];
  device?: DeviceKey;
}

/** Other values for some rules of the pack, in one place. */
export interface Override {
  at: OverridePlace;
  /** Places of these rules in the pack. */
  rules: readonly number[];
  set: Settings;
  /** Whether they judge there at all; left out: as they did. */
  enabled?: boolean;
  why?: string;
}

/** How the rules of a pack differ from place to place. */
export interface Inheritance<Rule> {
  groups: Readonly<Record<string, StoreGroup>>;
  /** In the order of the file: of two of one level, the later wins. */
  overrides: readonly Override[];
  /** By the rule's place in the pack: its settings as written. */
  settings: readonly Settings[];
  /** The rule at this place of the pack with these settings in the place of its own; undefined where they do not go together. */
  variantOf(place: number, settings: Settings): Rule | undefined;
}

/** Which level an override is of. */
export function levelOf({ chain, group, store, kinds, device }: OverridePlace): RuleLevel {
  if (device !== undefined) return 'device';
  if (kinds !== undefined) return 'kind';
  if (store !== undefined) return 'store';
  if (group !== undefined) return 'group';
  return chain === undefined ? 'pack' : 'chain';
}

/** Greater for what is more specific. Of two for kinds, the one for the narrower part of the stores. */
export const rankOf = (at: OverridePlace): number => {
  const { kinds: _, ...within } = at;
  return RULE_LEVELS.indexOf(levelOf(at)) * RULE_LEVELS.length + RULE_LEVELS.indexOf(levelOf(within));
};
