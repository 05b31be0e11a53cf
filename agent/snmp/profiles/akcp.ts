import { defineProfile, type SensorRule } from '../profile.ts';

/** SPAGENT-MIB: sensorProbe (1), securityProbe (2), sensorProbe+ (3) of AKCP. */
const AKCP = '1.3.6.1.4.1.3854';
/** sensorProbeTempTable, sensorProbeHumidityTable, sensorProbeSwitchTable. */
const [TEMPERATURE, HUMIDITY, SWITCH] = [`${AKCP}.1.2.2.1.16.1`, `${AKCP}.1.2.2.1.17.1`, `${AKCP}.1.2.2.1.18.1`];
const ONLINE = 2;
/** The newer have a table for each kind below these: 2 temperature, 3 humidity, 4 dry contact, 5 to 7 analog. */
const TABLES = [`${AKCP}.2.3`, `${AKCP}.2.5`, `${AKCP}.3.5`];

const TENTH = 0.1;
const FAHRENHEIT = 0;
const STATUS = {
  1: ['no status', 'unknown'],
  2: ['normal', 'ok'],
  3: ['high warning', 'warning'],
  4: ['critical', 'critical'],
  5: ['low warning', 'warning'],
  6: ['low critical', 'critical'],
  7: ['sensor error', 'unknown'],
  8: ['output low', 'ok'],
  9: ['output high', 'ok'],
} as const;

const online = (table: string) => [{ oid: `${table}.5`, not: [ONLINE] }];
/** Description, whether it is online, and the value in tenths. */
const measured = (kind: SensorRule['kind'], table: string): SensorRule => ({
  kind,
  name: `{${table}.2}`,
  value: { oid: `${table}.20`, scale: TENTH },
  limits: { low: `${table}.9`, lowWarning: `${table}.10`, highWarning: `${table}.11`, high: `${table}.12` },
});

export const profile = defineProfile({
  name: 'akcp',
  title: 'AKCP',
  match: [{ sysObjectID: AKCP }],
  identity: {
    kind: 'environment',
    vendor: 'AKCP',
    model: [{ from: 'sysDescr', match: '(SP\\d+\\S*|s\\w+Probe\\S*)' }],
    version: [{ from: 'sysDescr', match: '\\b(?:SP\\d+|v)\\s*(\\d[\\w.]*)' }],
  },
  sensors: [
    { kind: 'state', name: 'Probe status', value: `${AKCP}.1.1.2.0`, states: STATUS },
    {
      kind: 'temperature',
      name: `{${TEMPERATURE}.1}`,
      value: `${TEMPERATURE}.3`,
      skip: [...online(TEMPERATURE), { oid: `${TEMPERATURE}.12`, is: [FAHRENHEIT] }],
    },
    {
      kind: 'temperature',
      name: `{${TEMPERATURE}.1}`,
      value: { oid: `${TEMPERATURE}.3`, as: 'fahrenheit' },
      skip: [...online(TEMPERATURE), { oid: `${TEMPERATURE}.12`, not: [FAHRENHEIT], missing: true }],
    },
    { kind: 'humidity', name: `{${HUMIDITY}.1}`, value: `${HUMIDITY}.3`, skip: online(HUMIDITY) },
    {
      kind: 'state',
      name: `{${SWITCH}.1}`,
      value: `${SWITCH}.3`,
      states: STATUS,
      skip: [{ oid: `${SWITCH}.4`, not: [ONLINE] }],
    },
    ...TABLES.flatMap((table) => [
      measured('temperature', `${table}.2.1`),
      measured('humidity', `${table}.3.1`),
      { kind: 'state' as const, name: `{${table}.2.1.2}`, value: `${table}.2.1.6`, states: STATUS },
      { kind: 'state' as const, name: `{${table}.3.1.2}`, value: `${table}.3.1.6`, states: STATUS },
      { kind: 'state' as const, name: `{${table}.4.1.2}`, value: `${table}.4.1.6`, states: STATUS },
      measured('current', `${table}.5.1`),
      measured('voltage', `${table}.6.1`),
      measured('airflow', `${table}.7.1`),
    ]),
  ],
});
