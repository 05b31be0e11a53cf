import type { AgentEntry, ConfigStanding, DeviceConfig, EnrolTokenEntry, ROLLOUT_STATES, WAVES } from '../../ports.ts';

export type { UpdateStanding } from '../../ports.ts';
export type { ConfigStanding };
export type CertificateState = AgentEntry['certificate']['state'];
export type TokenState = EnrolTokenEntry['state'];
export type RolloutState = (typeof ROLLOUT_STATES)[number];
export type Wave = (typeof WAVES)[number];

/** A device's configuration as the list tells it. */
export type ConfigRow = DeviceConfig & Pick<AgentEntry, 'state' | 'lastReportAt'>;
