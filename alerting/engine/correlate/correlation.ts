/** How what several stores have in common is found: data, so that it can be edited. */
export interface Correlation {
  /** Stores that fail within this many seconds of one another may have failed together. */
  windowS: number;
  /** Fewer stores than this are told well enough one by one. */
  stores: number;
  /** The chance of naming a mere coincidence that is put up with, 0 to 1, after correction for all that was tried. */
  significance: number;
  /** What strikes store by store: failures that stand, of a longer time. It is looked at far more often, and must say more. */
  creep: {
    /** Stores that still fail and began to within this many seconds of one another. */
    windowS: number;
    /** As above, of one look. */
    significance: number;
  };
  /** Seconds without a failing store before a major incident resolves. */
  quietS: number;
  /** Seconds a few stores may stay away after all others are back, before they are taken for faults of their own. */
  strayS: number;
  /** From this many stores on it is P1. */
  p1Stores: number;
  /** Whether incidents beneath a major one get tickets of their own. */
  childTickets: 'withhold' | 'each';
  storm: {
    /** More new incidents than this in a chain within `withinS` seconds are a storm. */
    incidents: number;
    withinS: number;
  };
}

export const DEFAULT_CORRELATION: Correlation = {
  windowS: 300,
  stores: 3,
  significance: 0.05,
  creep: { windowS: 7_200, significance: 0.001 },
  quietS: 60,
  strayS: 600,
  p1Stores: 10,
  childTickets: 'withhold',
  storm: { incidents: 20, withinS: 60 },
};
