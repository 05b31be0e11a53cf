import { defineProfile, type SensorRule } from '../profile.ts';

/** Geist, since Vertiv: GEIST-MIB-V3, GEIST-V4-MIB (Watchdog), VERTIV-V5-MIB (rack PDUs). */
const V3 = '1.3.6.1.4.1.21239.2';
const V4 = '1.3.6.1.4.1.21239.5.1';
const V5 = '1.3.6.1.4.1.21239.5.2';
const PHASE5 = `${V5}.3.2.1`;

const TENTH = 0.1;
const AVAILABLE = 1;

/** Of V3, a table's columns: 3 is the name, 4 whether it is there. */
const v3 = (kind: SensorRule['kind'], table: number, column: number, part = ''): SensorRule => ({
  kind,
  name: `{${V3}.${table}.1.3} ${part}`,
  value: `${V3}.${table}.1.${column}`,
  skip: [{ oid: `${V3}.${table}.1.4`, not: [AVAILABLE] }],
});
const v4 = (kind: SensorRule['kind'], table: number, column: number, scale: number): SensorRule => ({
  kind,
  name: `{${V4}.${table}.1.3}`,
  value: { oid: `${V4}.${table}.1.${column}`, scale },
  skip: [{ oid: `${V4}.${table}.1.4`, not: [AVAILABLE] }],
});

export const profile = defineProfile({
  name: 'geist',
  title: 'Vertiv Geist',
  match: [{ sysObjectID: '1.3.6.1.4.1.21239' }],
  identity: {
    kind: [
      { kind: 'pdu', sysObjectID: V5 },
      { kind: 'pdu', has: { oid: `${V3}.14.1.5` } },
      { kind: 'pdu', has: { oid: `${V3}.25.1.6` } },
      { kind: 'environment' },
    ],
    vendor: 'Vertiv Geist',
    model: [`{${V3}.1.4.0}`, `{${V4}.1.1.0}`, `{${V5}.1.1.0}`],
    version: [`{${V3}.1.2.0}`, `{${V4}.1.2.0}`, `{${V5}.1.2.0}`],
    serial: [`{${V3}.2.1.2}`, `{${V4}.2.1.2}`],
  },
  sensors: [
    // Climate unit, temperature, air flow, contact, dew point, switched, 3-channel, relay … of V3
    v3('temperature', 2, 5),
    v3('humidity', 2, 7),
    v3('voltage', 2, 14),
    v3('voltage', 3, 6),
    v3('temperature', 4, 5),
    v3('temperature', 5, 5),
    v3('humidity', 5, 7),
    ...['A', 'B', 'C'].map((phase, at) => v3('voltage', 11, 6 + 9 * at, phase)),
    v3('temperature', 13, 8),
    ...['A', 'B', 'C'].map((phase, at) => v3('voltage', 14, 5 + 7 * at, phase)),
    v3('temperature', 17, 5),
    v3('humidity', 17, 7),
    v3('voltage', 19, 5, 'A'),
    v3('voltage', 19, 7, 'B'),
    v3('temperature', 19, 13, 'A'),
    v3('temperature', 19, 14, 'B'),
    v3('voltage', 22, 5),
    v3('voltage', 23, 5),
    ...['A', 'B', 'C'].map((phase, at) => v3('voltage', 25, 6 + 8 * at, phase)),
    v3('temperature', 26, 5),
    v3('temperature', 31, 6),
    v3('humidity', 31, 8),
    v3('temperature', 32, 5),
    v3('humidity', 32, 7),
    v3('voltage', 33, 5),
    // Internal, temperature, air flow, dew point, three temperatures, temperature and humidity, power of V4
    v4('temperature', 2, 5, TENTH),
    v4('humidity', 2, 6, 1),
    v4('temperature', 4, 5, TENTH),
    v4('temperature', 5, 5, TENTH),
    v4('humidity', 5, 7, 1),
    v4('temperature', 6, 5, TENTH),
    v4('humidity', 6, 6, 1),
    v4('temperature', 8, 6, TENTH),
    v4('humidity', 8, 7, 1),
    v4('temperature', 9, 5, TENTH),
    v4('humidity', 9, 6, 1),
    v4('voltage', 10, 6, 1),
    v4('current', 10, 10, TENTH),
    { kind: 'voltage', name: 'Phase {index}', value: { oid: `${PHASE5}.4`, scale: TENTH } },
    { kind: 'current', name: 'Phase {index}', value: { oid: `${PHASE5}.8`, scale: 0.01 } },
    { kind: 'power', name: 'Phase {index}', value: `${PHASE5}.12` },
    { kind: 'power_consumed', name: 'Phase {index}', value: { oid: `${PHASE5}.15`, scale: 0.001 } },
  ],
});
