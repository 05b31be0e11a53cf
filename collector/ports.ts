/** What the collector needs from its stores and its broker: a file each. */
export * from './ports/admission.ts';
export * from './ports/agent-configs.ts';
export * from './ports/audit.ts';
export * from './ports/availability.ts';
export * from './ports/broker.ts';
export * from './ports/cluster.ts';
export * from './ports/commands.ts';
export * from './ports/discovery.ts';
export * from './ports/events.ts';
export * from './ports/facts.ts';
export * from './ports/judged.ts';
export * from './ports/maintenance.ts';
export * from './ports/metrics.ts';
export * from './ports/partition.ts';
export * from './ports/releases.ts';
export * from './ports/rule-revisions.ts';
export * from './ports/state.ts';
