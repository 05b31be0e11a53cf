import { defineProfile, type SensorRule, type Skip } from '../profile.ts';
import type { SensorKind } from '../reading.ts';

/** entPhySensorTable (RFC 3433), and of the same index entPhysicalDescr and entPhysicalName. */
const SENSOR = '1.3.6.1.2.1.99.1.1.1';
const [TYPE, PREFIX, PLACES, VALUE, STATUS, UNITS] = [
  `${SENSOR}.1`,
  `${SENSOR}.2`,
  `${SENSOR}.3`,
  `${SENSOR}.4`,
  `${SENSOR}.5`,
  `${SENSOR}.6`,
];
const DESCRIPTION = '1.3.6.1.2.1.47.1.1.1.1.2';
const NAME = '1.3.6.1.2.1.47.1.1.1.1.7';

const UNAVAILABLE = 2;
/** What agents send where they have no value. */
const NONE = [-127, -1_000_000_000, 1_000_000_000, -2_147_483_648, 2_147_483_647];
const CFM = 35.3147;

/** By its name, or where it has none by its description. */
function measuring(kind: SensorKind, types: readonly number[], skip: readonly Skip[] = [], scale = 1): SensorRule[] {
  const value = { oid: VALUE, decimal: { prefix: PREFIX, places: PLACES }, scale, skip: NONE };
  const skips = [{ oid: TYPE, not: types, missing: true }, { oid: STATUS, is: [UNAVAILABLE] }, ...skip];
  return [
    { kind, name: `{${NAME}}`, value, skip: [...skips, { oid: NAME, is: [''], missing: true }] },
    { kind, name: `{${DESCRIPTION}}`, value, skip: [...skips, { oid: NAME, matches: '.' }] },
  ];
}

/** ENTITY-SENSOR-MIB. The type `other` is one before there was one for dBm. */
export const profile = defineProfile({
  name: 'entity-sensor',
  title: 'ENTITY-SENSOR-MIB',
  match: 'any',
  rank: 0,
  sensors: [
    ...measuring('voltage', [3, 4]),
    ...measuring('current', [5]),
    ...measuring('power', [6]),
    ...measuring('frequency', [7]),
    ...measuring('temperature', [8]),
    ...measuring('humidity', [9]),
    ...measuring('fanspeed', [10]),
    ...measuring('airflow', [11], [], CFM),
    ...measuring('dbm', [14]),
    ...measuring('dbm', [1], [{ oid: NAME, matches: '^(?!.*[rt]x power)', missing: true }]),
    ...measuring(
      'dbm',
      [1],
      [
        { oid: NAME, matches: '[rt]x power' },
        { oid: UNITS, matches: '^(?!\\s*dBm)', missing: true },
      ],
    ),
  ],
});
