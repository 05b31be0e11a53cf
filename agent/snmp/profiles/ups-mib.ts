import { defineProfile } from '../profile.ts';

/** UPS-MIB, RFC 1628: what most makers' UPSes answer, beside their own or instead of it. */
const UPS = '1.3.6.1.2.1.33.1';
const IDENT = `${UPS}.1`;
const BATTERY = `${UPS}.2`;
/** upsInputTable, upsOutputTable, upsBypassTable: a row for each line, that is phase. */
const INPUT = `${UPS}.3.3.1`;
const OUTPUT = `${UPS}.4.4.1`;
const BYPASS = `${UPS}.5.3.1`;

/** Tenths, as the MIB has frequencies and currents and the battery's voltage. */
const TENTH = 0.1;
/** What cards send for what their UPS does not tell. */
const UNTOLD = [-1, 65535, 65534, 32767, 2147483647, 4294967295];
/** In tenths, a card that multiplies before it sends. */
const UNTOLD_TENTHS = [...UNTOLD, 655350];

export const profile = defineProfile({
  name: 'ups-mib',
  title: 'UPS-MIB',
  match: 'any',
  rank: 0,
  identity: {
    kind: [
      { kind: 'ups', has: { oid: `${BATTERY}.1.0` } },
      { kind: 'ups', has: { oid: `${UPS}.4.1.0` } },
    ],
    model: [`{${IDENT}.1.0} {${IDENT}.2.0}`, `{${IDENT}.2.0}`],
    version: [`{${IDENT}.3.0}`, `{${IDENT}.4.0}`],
  },
  sensors: [
    {
      kind: 'state',
      name: 'Battery status',
      value: `${BATTERY}.1.0`,
      states: {
        1: ['unknown', 'unknown'],
        2: ['normal', 'ok'],
        3: ['low', 'critical'],
        4: ['depleted', 'critical'],
      },
    },
    {
      kind: 'state',
      name: 'Output source',
      value: `${UPS}.4.1.0`,
      states: {
        1: ['other', 'unknown'],
        2: ['none', 'critical'],
        3: ['normal', 'ok'],
        4: ['bypass', 'warning'],
        5: ['battery', 'critical'],
        6: ['booster', 'warning'],
        7: ['reducer', 'warning'],
      },
    },
    {
      kind: 'state',
      name: 'UPS test',
      value: `${UPS}.7.3.0`,
      states: {
        1: ['passed', 'ok'],
        2: ['passed with warnings', 'warning'],
        3: ['failed', 'critical'],
        4: ['aborted', 'warning'],
        5: ['in progress', 'ok'],
        6: ['none initiated', 'unknown'],
      },
    },
    { kind: 'runtime', name: 'Time on battery', value: { oid: `${BATTERY}.2.0`, scale: 1 / 60, skip: UNTOLD } },
    { kind: 'runtime', name: 'Estimated battery time remaining', value: { oid: `${BATTERY}.3.0`, skip: UNTOLD } },
    {
      kind: 'charge',
      name: 'Battery charge remaining',
      value: `${BATTERY}.4.0`,
      skip: [{ below: 0, above: 100 }],
    },
    { kind: 'voltage', name: 'Battery', value: { oid: `${BATTERY}.5.0`, scale: TENTH, skip: UNTOLD_TENTHS } },
    { kind: 'current', name: 'Battery', value: { oid: `${BATTERY}.6.0`, scale: TENTH, skip: UNTOLD_TENTHS } },
    { kind: 'temperature', name: 'Battery', value: { oid: `${BATTERY}.7.0`, skip: UNTOLD } },
    { kind: 'frequency', name: 'Input {index.1}', value: { oid: `${INPUT}.2`, scale: TENTH, skip: UNTOLD_TENTHS } },
    { kind: 'voltage', name: 'Input {index.1}', value: { oid: `${INPUT}.3`, skip: UNTOLD } },
    { kind: 'current', name: 'Input {index.1}', value: { oid: `${INPUT}.4`, scale: TENTH, skip: UNTOLD_TENTHS } },
    { kind: 'power', name: 'Input {index.1}', value: { oid: `${INPUT}.5`, skip: UNTOLD } },
    { kind: 'frequency', name: 'Output', value: { oid: `${UPS}.4.2.0`, scale: TENTH, skip: UNTOLD_TENTHS } },
    { kind: 'voltage', name: 'Output {index.1}', value: { oid: `${OUTPUT}.2`, skip: UNTOLD } },
    { kind: 'current', name: 'Output {index.1}', value: { oid: `${OUTPUT}.3`, scale: TENTH, skip: UNTOLD_TENTHS } },
    { kind: 'power', name: 'Output {index.1}', value: { oid: `${OUTPUT}.4`, skip: UNTOLD } },
    { kind: 'load', name: 'Output {index.1}', value: { oid: `${OUTPUT}.5`, skip: UNTOLD } },
    { kind: 'frequency', name: 'Bypass', value: { oid: `${UPS}.5.1.0`, scale: TENTH, skip: UNTOLD_TENTHS } },
    { kind: 'voltage', name: 'Bypass {index.1}', value: { oid: `${BYPASS}.2`, skip: UNTOLD } },
    { kind: 'current', name: 'Bypass {index.1}', value: { oid: `${BYPASS}.3`, scale: TENTH, skip: UNTOLD_TENTHS } },
    { kind: 'power', name: 'Bypass {index.1}', value: { oid: `${BYPASS}.4`, skip: UNTOLD } },
    {
      kind: 'count',
      name: 'Alarms present',
      value: { oid: `${UPS}.6.1.0`, skip: UNTOLD },
      limits: { highWarning: 0 },
    },
  ],
});
