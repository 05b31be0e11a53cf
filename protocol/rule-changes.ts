import type { AlertView } from './views.ts';

/** A value as a file of rules writes it; absent where it is not there. */
export interface ValueChange {
  path: string;
  before?: string;
  after?: string;
}

export const RULE_CHANGES = ['added', 'removed', 'changed'] as const;

/** What becomes of one rule. */
export interface RuleChange {
  id: string;
  what: (typeof RULE_CHANGES)[number];
  type: string;
  title: { fr: string; en: string };
  /** Of a rule that is changed. */
  values: ValueChange[];
  /** Devices it judges otherwise, those it gains and loses among them, and their stores. */
  devices: number;
  stores: number;
  /** Devices it judges from then on only, and those it judges no longer. */
  gains: number;
  loses: number;
}

/** An alert that stands and would find no rule to go on under. */
export type EndingAlert = Pick<AlertView, 'key' | 'device' | 'rule' | 'instance' | 'severity' | 'since'> & {
  state: 'pending' | 'firing';
};

/** What other rules would do, or did. */
export interface RulesEffect {
  /** As the new rules stand; those that are gone come last. */
  rules: RuleChange[];
  /** What is no rule's: settling, weighing, deadlines, cost. */
  values: ValueChange[];
  /** Devices that are judged otherwise, and their stores. */
  devices: number;
  stores: number;
  /** Alerts that end, and the first of them, those that fire before those that are pending. */
  endingCount: number;
  ending: EndingAlert[];
}
