/** What the collector needs from its stores and its broker: a file each. */
export * from './ports/broker.ts';
export * from './ports/cluster.ts';
export * from './ports/metrics.ts';
export * from './ports/partition.ts';
export * from './ports/state.ts';
