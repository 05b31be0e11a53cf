import { defineProfile, type SensorRule } from '../profile.ts';

/** smHealthMonitorTable of SUPERMICRO-HEALTH-MIB: SuperDoctor 5, on the server's own system. */
const HEALTH = '1.3.6.1.4.1.10876.2.1.1.1.1';
const [NAME, TYPE, READING, HIGH, LOW] = [`${HEALTH}.2`, `${HEALTH}.3`, `${HEALTH}.4`, `${HEALTH}.5`, `${HEALTH}.6`];
const MONITORED = `${HEALTH}.10`;
const [FAN, VOLTAGE, TEMPERATURE] = [0, 1, 2];

type Measuring = Pick<SensorRule, 'kind' | 'limits'> & { type: number; scale: number };
const measuring = ({ type, scale, ...rule }: Measuring): SensorRule => ({
  ...rule,
  name: `{${NAME}}`,
  value: { oid: READING, scale },
  skip: [
    { oid: TYPE, not: [type], missing: true },
    { oid: MONITORED, is: [0, 2] },
  ],
});
const limit = (oid: string, scale: number) => ({ oid, scale, skip: [0] });

export const profile = defineProfile({
  name: 'supermicro-superdoctor',
  title: 'Supermicro SuperDoctor',
  match: [{ has: { oid: TYPE } }],
  identity: { vendor: 'Supermicro' },
  sensors: [
    measuring({ kind: 'temperature', type: TEMPERATURE, scale: 1, limits: { high: limit(HIGH, 1) } }),
    measuring({ kind: 'fanspeed', type: FAN, scale: 1, limits: { low: limit(LOW, 1) } }),
    measuring({
      kind: 'voltage',
      type: VOLTAGE,
      scale: 0.001,
      limits: { low: limit(LOW, 0.001), high: limit(HIGH, 0.001) },
    }),
  ],
});
