/** What one value a rule may make of the readings of some time. `rate` and `delta` are of counters. */
export const AGGREGATES = ['last', 'avg', 'min', 'max', 'p95', 'rate', 'delta', 'count'] as const;
export type Aggregate = (typeof AGGREGATES)[number];
