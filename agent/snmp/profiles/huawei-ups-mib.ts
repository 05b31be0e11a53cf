import { defineProfile, type SensorRule } from '../profile.ts';
import type { SensorKind } from '../reading.ts';
import { state } from '../rules/state.ts';

/** HUAWEI-UPS-MIB: tables by device, and a column for each phase. */
const HUAWEI = '1.3.6.1.4.1.2011.6.174.1';
const IDENT = `${HUAWEI}.2.100.1`;
const OPERATION = `${HUAWEI}.2.101.1`;
const INPUT = `${HUAWEI}.3.100.1`;
const OUTPUT = `${HUAWEI}.4.100.1`;
const BYPASS = `${HUAWEI}.5.100.1`;
const BATTERY = `${HUAWEI}.6.100.1`;
const NET_SNMP = '1.3.6.1.4.1.8072.3.2.10';

const TENTH = 0.1;
const HUNDREDTH = 0.01;
/** Powers are in tenths of a kilowatt. */
const HUNDRED_WATTS = 100;
const MINUTE_OF_SECONDS = 1 / 60;
const UNTOLD = [-1, 2_147_483_647, 4_294_967_295];

const measure = (kind: SensorKind, name: string, oid: string, scale = 1): SensorRule => ({
  kind,
  name,
  value: { oid, scale, skip: UNTOLD },
});
/** Three columns from this one on. */
const phases = (kind: SensorKind, name: string, entry: string, first: number, scale: number): SensorRule[] =>
  ['A', 'B', 'C'].map((phase, at) => measure(kind, `${name} ${phase}`, `${entry}.${first + at}`, scale));

/** The cards that call themselves Net-SNMP: UPS-MIB tells theirs of one phase only, in units of its own. */
export const profile = defineProfile({
  name: 'huawei-ups-mib',
  title: 'Huawei UPS, HUAWEI-UPS-MIB',
  match: [{ sysObjectID: NET_SNMP, has: { oid: `${BATTERY}.3` } }],
  rank: 21,
  without: ['1.3.6.1.2.1.33'],
  identity: {
    kind: 'ups',
    vendor: 'Huawei',
    model: [`{${IDENT}.2}`],
    version: [`{${IDENT}.3}`],
    serial: [`{${IDENT}.5}`],
  },
  sensors: [
    state('Supply', `${OPERATION}.1`, {
      1: ['no output', 'critical'],
      2: ['bypass', 'warning'],
      3: ['normal', 'ok'],
      4: ['battery', 'critical'],
      5: ['shared', 'ok'],
      6: ['economy mode', 'ok'],
      7: ['economy mode, battery', 'critical'],
    }),
    state('Battery', `${OPERATION}.3`, {
      1: ['not connected', 'critical'],
      2: ['at rest', 'ok'],
      3: ['asleep', 'ok'],
      4: ['float charge', 'ok'],
      5: ['boost charge', 'ok'],
      6: ['discharging', 'critical'],
    }),
    ...phases('voltage', 'Input', INPUT, 1, TENTH),
    measure('frequency', 'Input', `${INPUT}.4`, HUNDREDTH),
    ...phases('current', 'Input', INPUT, 5, TENTH),
    ...phases('voltage', 'Output', OUTPUT, 1, TENTH),
    ...phases('current', 'Output', OUTPUT, 4, TENTH),
    measure('frequency', 'Output', `${OUTPUT}.7`, HUNDREDTH),
    ...phases('power', 'Output', OUTPUT, 8, HUNDRED_WATTS),
    ...phases('load', 'Output', OUTPUT, 14, TENTH),
    ...phases('voltage', 'Bypass', BYPASS, 1, TENTH),
    measure('frequency', 'Bypass', `${BYPASS}.4`, HUNDREDTH),
    measure('voltage', 'Battery', `${BATTERY}.1`, TENTH),
    measure('current', 'Battery', `${BATTERY}.2`, TENTH),
    measure('charge', 'Battery', `${BATTERY}.3`),
    measure('runtime', 'Battery', `${BATTERY}.4`, MINUTE_OF_SECONDS),
    measure('temperature', 'Battery', `${BATTERY}.6`, TENTH),
  ],
});
