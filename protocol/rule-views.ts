/** Where a value of a rule may come from, the most general first: what comes later wins. */
export const RULE_LEVELS = ['pack', 'chain', 'group', 'store', 'kind', 'device'] as const;
export type RuleLevel = (typeof RULE_LEVELS)[number];

/** What says a value: the rule pack itself, or one of its overrides. */
export interface RuleOrigin {
  level: RuleLevel;
  /** The chain, group, store, kinds or device it names; absent of the pack. */
  name?: string;
  /** Of kinds: the chain, group or store it is limited to. */
  within?: string;
  /** Of a group. */
  title?: { fr: string; en: string };
  /** Its place in the pack’s `overrides`, from 0. */
  override?: number;
  why?: string;
}

/** A rule as it judges one device, each value with where it comes from. */
export interface RuleView {
  id: string;
  title: { fr: string; en: string };
  type: string;
  /** What it judges: a measurement and its field, names of checks, the kinds of a group. */
  about: string;
  /** Of its limits, where it has one. */
  unit?: string;
  enabled: boolean;
  enabledFrom: RuleOrigin;
  /** Named and written as in the rule’s file. */
  settings: { name: string; value: number | string | string[]; from: RuleOrigin }[];
  /** Overrides that do not go together with what wider places set: they are passed over. */
  passedOver: RuleOrigin[];
}

/** A rule as its pack says it, before any override, and whom it judges. */
export interface PackRule extends Pick<RuleView, 'id' | 'title' | 'type' | 'about' | 'unit'> {
  /** Kinds of devices it is limited to; absent: of any kind. */
  kinds?: string[];
  /** Attributes it asks for, each with the texts one of which fits. */
  attributes?: Record<string, string[]>;
  /** Named and written as in the rule’s file. */
  settings: { name: string; value: number | string | string[] }[];
  /** Overrides that name it. */
  overrides: number;
  /** Devices it judges now, and their stores. */
  devices: number;
  stores: number;
}
