import { defineProfile, type SensorRule } from '../profile.ts';

/** PDU2-MIB: PX2, PX3; of each thing measured a table with its sensors' type at the end of the index. */
const PDU2 = '1.3.6.1.4.1.13742.6';
const UNIT = `${PDU2}.3.2.1.1`;
/** Its measurements' table, the column of its label and of its name, and how many numbers tell which one. */
const PARTS = [
  { part: 'Inlet', table: `${PDU2}.5.2.3.1`, label: `${PDU2}.3.3.3.1.2`, name: `${PDU2}.3.3.3.1.3` },
  { part: 'Circuit breaker', table: `${PDU2}.5.3.3.1`, label: `${PDU2}.3.4.3.1.2`, name: `${PDU2}.3.4.3.1.3` },
  { part: 'Outlet', table: `${PDU2}.5.4.3.1`, label: `${PDU2}.3.5.3.1.2`, name: `${PDU2}.3.5.3.1.3` },
] as const;
/** SensorTypeEnumeration, and the decimal places it is told with. */
const TYPES = [
  { type: 1, kind: 'current', scale: 0.001 },
  { type: 4, kind: 'voltage', scale: 1 },
  { type: 5, kind: 'power', scale: 1 },
  { type: 7, kind: 'power_factor', scale: 0.01 },
  { type: 8, kind: 'power_consumed', scale: 0.001 },
  { type: 23, kind: 'frequency', scale: 0.1 },
] as const;
/** externalSensorMeasurementsTable, externalSensorConfigurationTable. */
const PROBE = `${PDU2}.5.5.3.1`;
const PROBE_TYPE = `${PDU2}.3.6.3.1.2`;
const PROBE_NAME = `${PDU2}.3.6.3.1.4`;
const UNAVAILABLE = -1;
/** PDU-MIB: PX, Dominion. */
const OLD = '1.3.6.1.4.1.13742.4.1';
const OLD_OUTLET = `${OLD}.2.2.1`;
const OLD_POLE = `${OLD}.21.2.1`;

const MILLI = 0.001;
const UNTOLD = [-1];

const probe = (type: number): Pick<SensorRule, 'name' | 'skip'> => ({
  name: `{${PROBE_NAME}}`,
  skip: [
    { oid: PROBE_TYPE, not: [type], missing: true },
    { oid: `${PROBE}.3`, is: [UNAVAILABLE] },
  ],
});
const door = (type: number, closed: string, open: string): SensorRule => ({
  kind: 'state',
  ...probe(type),
  value: `${PROBE}.4`,
  states: { 0: [closed, 'ok'], 1: [open, 'warning'] },
});

export const profile = defineProfile({
  name: 'raritan',
  title: 'Raritan PDU',
  match: [{ sysObjectID: ['1.3.6.1.4.1.13742.4', '1.3.6.1.4.1.13742.6'] }],
  identity: {
    kind: 'pdu',
    vendor: 'Raritan',
    model: [`{${UNIT}.3}`, `{${OLD}.1.12.0}`],
    version: [`{${PDU2}.3.2.3.1.6}`, `{${OLD}.1.1.0}`],
    serial: [`{${UNIT}.4}`, `{${OLD}.1.2.0}`],
  },
  sensors: [
    ...PARTS.flatMap(({ part, table, label, name }) =>
      TYPES.map(
        ({ type, kind, scale }): SensorRule => ({
          kind,
          name: `${part} {${label}@2} {${name}@2}`,
          value: { oid: `${table}.4`, scale },
          skip: [{ index: `\\.(?!${type}$)\\d+$` }, { oid: `${table}.3`, is: [UNAVAILABLE] }],
        }),
      ),
    ),
    ...PARTS.map(
      ({ part, table, label, name }): SensorRule => ({
        kind: 'state',
        name: `${part} {${label}@2} {${name}@2}`,
        value: `${table}.3`,
        states: { 0: ['open', 'critical'], 1: ['closed', 'ok'], 7: ['on', 'ok'], 8: ['off', 'ok'] },
        skip: [{ index: '\\.(?!1[45]$)\\d+$' }, { is: [UNAVAILABLE] }],
      }),
    ),
    { kind: 'temperature', ...probe(10), value: { oid: `${PROBE}.4`, scale: 0.1 } },
    { kind: 'humidity', ...probe(11), value: `${PROBE}.4` },
    door(43, 'closed', 'open'),
    door(49, 'locked', 'unlocked'),
    door(50, 'locked', 'unlocked'),
    { kind: 'current', name: 'Unit', value: { oid: `${OLD}.3.1.1.0`, scale: MILLI, skip: UNTOLD } },
    { kind: 'voltage', name: 'Unit', value: { oid: `${OLD}.3.1.2.0`, scale: MILLI, skip: UNTOLD } },
    { kind: 'power', name: 'Unit', value: { oid: `${OLD}.3.1.3.0`, skip: UNTOLD } },
    { kind: 'current', name: `Inlet {${OLD_POLE}.2}`, value: { oid: `${OLD_POLE}.3`, scale: MILLI, skip: UNTOLD } },
    { kind: 'voltage', name: `Inlet {${OLD_POLE}.2}`, value: { oid: `${OLD_POLE}.4`, scale: MILLI, skip: UNTOLD } },
    {
      kind: 'current',
      name: `{${OLD_OUTLET}.2}`,
      value: { oid: `${OLD_OUTLET}.4`, scale: MILLI },
      skip: [{ below: 0 }],
    },
    {
      kind: 'voltage',
      name: `{${OLD_OUTLET}.2}`,
      value: { oid: `${OLD_OUTLET}.6`, scale: MILLI },
      skip: [{ below: 0 }],
    },
    { kind: 'power', name: `{${OLD_OUTLET}.2}`, value: `${OLD_OUTLET}.7`, skip: [{ below: 0 }] },
    {
      kind: 'state',
      name: `{${OLD_OUTLET}.2}`,
      value: `${OLD_OUTLET}.3`,
      states: { '-1': ['error', 'critical'], 0: ['off', 'ok'], 1: ['on', 'ok'], 2: ['cycling', 'warning'] },
    },
  ],
});
