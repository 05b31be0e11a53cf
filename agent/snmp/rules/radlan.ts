import type { CpuRule, SensorRule } from '../profile.ts';

/** Marvell's RADLAN, which several makers sell: rlCpuUtilDuringLastMinute, and rlPhdUnitEnvParamTable by unit. */
const RADLAN = '1.3.6.1.4.1.89';
const UNIT = `${RADLAN}.53.15.1`;

type States = NonNullable<SensorRule['states']>;

const STATES: States = {
  1: ['normal', 'ok'],
  2: ['warning', 'warning'],
  3: ['critical', 'critical'],
  4: ['shut down', 'critical'],
  5: ['not present', 'unknown'],
  6: ['not functioning', 'critical'],
  7: ['not available', 'unknown'],
  8: ['backing up', 'warning'],
  9: ['reading failed', 'unknown'],
};
const state = (name: string, column: number): SensorRule => ({
  kind: 'state',
  name: `Unit {index} ${name}`,
  value: `${UNIT}.${column}`,
  states: STATES,
});

/** Of the last minute, or where that is not told of the last second; 101 says that it is not measured. */
export const RADLAN_CPU: readonly CpuRule[] = [
  { name: 'CPU', used: { oid: `${RADLAN}.1.8.0`, skip: [101] } },
  { name: 'CPU', used: { oid: `${RADLAN}.1.7.0`, skip: [101] }, skip: [{ oid: `${RADLAN}.1.8.0`, answers: true }] },
];
export const RADLAN_SENSORS: readonly SensorRule[] = [
  state('power supply', 2),
  state('redundant power supply', 3),
  ...[1, 2, 3, 4, 5].map((fan) => state(`fan ${fan}`, fan + 3)),
  { kind: 'temperature', name: 'Unit {index}', value: { oid: `${UNIT}.9`, skip: [0] } },
];
