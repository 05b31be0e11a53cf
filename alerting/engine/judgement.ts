import type { OpeningHours } from '../../protocol/inventory.ts';
import type { Priority, SlaClockName } from '../../protocol/views.ts';

/** 1 high, 2 medium, 3 low. */
export type Grade = 1 | 2 | 3;

/** Which stores, or devices at fault, something holds for; a part left out matches all. */
export interface Holder {
  /** Names of chains, `*` standing for any run of characters. */
  chains?: readonly string[];
  /** As a rule's scope has them; of the store, or of the device that is the cause. */
  attributes?: Readonly<Record<string, readonly string[]>>;
}

/** What was agreed with whoever answers and mends. */
export interface Contract extends Holder {
  /** Seconds of service per clock and priority; a priority left out has no such time. */
  targetsS: Readonly<Record<SlaClockName, Readonly<Partial<Record<Priority, number>>>>>;
  /** Left out: the store's opening hours. */
  serviceHours?: OpeningHours | 'always';
  /** Percent of a clock that are burnt when the incident goes to N1, N2, N3. */
  escalateAt: readonly [number, number, number];
}

/** What a lane sells. */
export interface Sales extends Holder {
  perLaneMinute: number;
  /** ISO 4217. */
  currency: string;
}

/** How incidents are weighed, and what was agreed about them: data, so that it can be edited. */
export interface Judgement {
  /** Priority by impact, then urgency. */
  matrix: Readonly<Record<Grade, Readonly<Record<Grade, Priority>>>>;
  impact: {
    /** Share of the store's lanes, times the weight of its class: lost, from which the impact is high. */
    highShare: number;
    /** The same of the lanes touched, lost or not, from which the impact is medium. */
    mediumShare: number;
    /** Attribute of a store that names its class. */
    classAttribute: string;
    /** By class; 1 for one that is not there. */
    weights: Readonly<Record<string, number>>;
  };
  /** The first that holds counts. */
  contracts: readonly Contract[];
  /** The first that holds counts. */
  sales: readonly Sales[];
}

/** ITIL's matrix, and nothing agreed. */
export const DEFAULT_JUDGEMENT: Judgement = {
  matrix: { 1: { 1: 1, 2: 2, 3: 3 }, 2: { 1: 2, 2: 3, 3: 4 }, 3: { 1: 3, 2: 4, 3: 5 } },
  impact: { highShare: 1, mediumShare: 0, classAttribute: 'class', weights: {} },
  contracts: [],
  sales: [],
};
