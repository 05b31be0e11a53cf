import { defineProfile } from '../profile.ts';
import type { SensorStatus } from '../reading.ts';

/** Cisco's small business products: SF, SG, SX, CBS and Catalyst 1200 and 1300 with one MIB, access points with another. */
const CISCO = '1.3.6.1.4.1.9';
const PRODUCTS = `${CISCO}.6.1`;
const ACCESS_POINTS = [`${PRODUCTS}.31`, `${PRODUCTS}.32`, `${PRODUCTS}.34`];
const OTHERS = [`${PRODUCTS}.23.1.1.1`, `${PRODUCTS}.37`];
const SWITCH_MIB = `${PRODUCTS}.101`;
/** ESW 500, by their product numbers. */
const ESW = [1058, 1059, 1060, 1061, 1062, 1063, 1064, 1176, 1177].map((product) => `${CISCO}.1.${product}`);

/** CISCOSB-Physicaldescription-MIB: rlPhdUnitGenParamTable, rlPhdUnitEnvParamTable. */
const UNIT = `${SWITCH_MIB}.53.14.1`;
const ENVIRONMENT = `${SWITCH_MIB}.53.15.1`;
/** CISCOSB-HWENVIROMENT: rlEnvMonFanStatusTable, rlEnvMonSupplyStatusTable, rlEnvFanDataTable. */
const FAN = `${SWITCH_MIB}.83.1.1.1`;
const SUPPLY = `${SWITCH_MIB}.83.1.2.1`;
const FAN_DATA = `${SWITCH_MIB}.83.5.1.1`;
const ABSENT = 5;
const MONITORED: Readonly<Record<number, readonly [string, SensorStatus]>> = {
  1: ['normal', 'ok'],
  2: ['warning', 'warning'],
  3: ['critical', 'critical'],
  4: ['shutdown', 'critical'],
  6: ['not functioning', 'critical'],
  7: ['not available', 'unknown'],
  8: ['backing up', 'warning'],
  9: ['reading failed', 'unknown'],
};
/** CISCOSB-rlInterfaces: swIfOperSuspendedStatus; ifDescr and ifOperStatus. */
const SUSPENDED = `${SWITCH_MIB}.43.1.1.24`;
const [PORT, PORT_STATUS] = ['1.3.6.1.2.1.2.2.1.2', '1.3.6.1.2.1.2.2.1.8'];
const PORT_ABSENT = 6;
/** rlCpuUtilDuringLastMinute of CISCOSB-rndMng; 101 where it is not measured. */
const CPU = `${SWITCH_MIB}.1.8.0`;
/** CISCOSB-POE-MIB: rlPethPsePortTable in milliwatts, indexed by unit and port. */
const POE_PORT = `${SWITCH_MIB}.108.1.1`;

export const profile = defineProfile({
  name: 'cisco-small-business',
  title: 'Cisco Small Business, CBS, Catalyst 1200 and 1300',
  match: [
    { sysObjectID: [PRODUCTS, ...ESW, '1.3.6.1.4.1.3955.6'], notSysObjectID: OTHERS },
    { sysDescr: '^Catalyst 1[23]00' },
    { sysDescr: '^(CBS|SF|SG|SX)\\d{3}|^Linksys SLM' },
  ],
  identity: {
    kind: [
      { kind: 'access-point', sysObjectID: ACCESS_POINTS },
      { kind: 'access-point', sysDescr: '\\bWAP\\d' },
      { kind: 'router', sysDescr: '\\bRV\\d' },
      { kind: 'switch' },
    ],
    vendor: 'Cisco',
    model: [
      { from: 'sysDescr', match: '^(CBS\\S+|S[FGX]\\S*-\\S+)' },
      { from: 'sysDescr', match: '\\b((?:WAP|RV)\\d[\\w-]*)' },
      `{${UNIT}.11}`,
      { from: 'sysObjectID', map: { [`${PRODUCTS}.89.26.1`]: 'SG220-26' } },
      { from: 'sysDescr', match: '^(Catalyst 1[23]00\\S*)' },
    ],
    version: [
      `Software {${UNIT}.2}, Firmware {${UNIT}.3}`,
      `Software {${UNIT}.2}`,
      { from: 'sysDescr', match: 'Version ([\\w.()]+)' },
    ],
    serial: [`{${UNIT}.5}`],
  },
  cpu: [{ name: 'CPU', used: { oid: CPU, skip: [101] } }],
  sensors: [
    {
      kind: 'state',
      name: 'Fan {index}',
      value: `${FAN}.3`,
      states: MONITORED,
      skip: [{ is: [ABSENT] }],
    },
    {
      kind: 'state',
      name: 'Power supply {index}',
      value: `${SUPPLY}.3`,
      states: MONITORED,
      skip: [{ is: [ABSENT] }],
    },
    {
      kind: 'temperature',
      name: 'Fan {index}',
      value: { oid: `${FAN_DATA}.2`, skip: [0] },
      limits: { highWarning: 91, high: 95 },
    },
    { kind: 'fanspeed', name: 'Fan {index}', value: { oid: `${FAN_DATA}.3`, skip: [0] } },
    {
      kind: 'temperature',
      name: 'Unit {index}',
      value: `${ENVIRONMENT}.10`,
      limits: { highWarning: { oid: `${ENVIRONMENT}.12`, skip: [0] }, high: { oid: `${ENVIRONMENT}.13`, skip: [0] } },
      /** The older form of the table has the sensor's status there. */
      skip: [{ oid: 'sysDescr', matches: '^S[FG][23]00' }, { below: 5 }],
    },
    {
      kind: 'power',
      name: `{${PORT}@-1} PoE`,
      value: { oid: `${POE_PORT}.5`, scale: 0.001, skip: [0] },
    },
    {
      kind: 'state',
      name: `{${PORT}} suspended`,
      value: SUSPENDED,
      states: { 1: ['suspended', 'critical'], 2: ['not suspended', 'ok'] },
      skip: [
        { oid: PORT, matches: '^(?!.*ethernet)', missing: true },
        { oid: PORT_STATUS, is: [PORT_ABSENT] },
      ],
    },
  ],
});
