import { defineProfile, type SensorRule } from '../profile.ts';

/** Sentry4-MIB, and Sentry3-MIB of the PDUs before. */
const ST4 = '1.3.6.1.4.1.1718.4.1';
const UNIT = `${ST4}.2`;
const CORD = `${ST4}.3`;
const LINE = `${ST4}.4`;
const PHASE = `${ST4}.5`;
const PROTECTOR = `${ST4}.6`;
const BRANCH = `${ST4}.7`;
const OUTLET = `${ST4}.8`;
const PROBE_TEMPERATURE = `${ST4}.9`;
const PROBE_HUMIDITY = `${ST4}.10`;
const ST3 = '1.3.6.1.4.1.1718.3';
const INFEED = `${ST3}.2.2.1`;
const OUTLET3 = `${ST3}.2.3.1`;
const PROBE3 = `${ST3}.2.5.1`;
const FAHRENHEIT = 1;

const TENTH = 0.1;
const HUNDREDTH = 0.01;
const UNTOLD = [-1];
/** DeviceStatus. */
const STATUS = {
  0: ['normal', 'ok'],
  1: ['disabled', 'ok'],
  2: ['purged', 'ok'],
  5: ['reading', 'ok'],
  6: ['settling', 'ok'],
  7: ['not found', 'critical'],
  8: ['lost', 'critical'],
  9: ['read error', 'critical'],
  10: ['no communication', 'critical'],
  11: ['power error', 'critical'],
  12: ['breaker tripped', 'critical'],
  13: ['fuse blown', 'critical'],
  14: ['low alarm', 'critical'],
  15: ['low warning', 'warning'],
  16: ['high warning', 'warning'],
  17: ['high alarm', 'critical'],
  18: ['alarm', 'critical'],
  19: ['under limit', 'warning'],
  20: ['over limit', 'warning'],
  21: ['memory failure', 'critical'],
  22: ['profile error', 'critical'],
  23: ['conflict', 'critical'],
} as const;
/** DeviceState. */
const STATE = { 0: ['unknown', 'unknown'], 1: ['on', 'ok'], 2: ['off', 'warning'] } as const;

const status = (name: string, oid: string): SensorRule => ({ kind: 'state', name, value: oid, states: STATUS });
const state = (name: string, oid: string): SensorRule => ({ kind: 'state', name, value: oid, states: STATE });

export const profile = defineProfile({
  name: 'servertech',
  title: 'Server Technology Sentry',
  match: [{ sysObjectID: '1.3.6.1.4.1.1718' }],
  identity: {
    kind: 'pdu',
    vendor: 'Server Technology',
    model: [`{${UNIT}.2.1.5}`, `{${ST3}.2.1.1.8}`, { from: 'sysDescr', match: '^(.+?)(?: Version|$)' }],
    version: [`{${ST4}.1.1.3.0}`, `{${ST3}.1.1.0}`],
    serial: [`{${UNIT}.2.1.4}`, `{${ST3}.2.1.1.9}`, `{${ST3}.1.2.0}`],
  },
  sensors: [
    status('Unit {index} status', `${UNIT}.3.1.1`),
    state('Input cord {index} state', `${CORD}.3.1.1`),
    status('Input cord {index} status', `${CORD}.3.1.2`),
    status('Input cord {index} active power status', `${CORD}.3.1.4`),
    status('Input cord {index} apparent power status', `${CORD}.3.1.6`),
    status('Input cord {index} power factor status', `${CORD}.3.1.9`),
    status('Input cord {index} out of balance status', `${CORD}.3.1.13`),
    { kind: 'power', name: 'Input cord {index}', value: { oid: `${CORD}.3.1.3`, skip: UNTOLD } },
    {
      kind: 'power_factor',
      name: 'Input cord {index}',
      value: { oid: `${CORD}.3.1.8`, scale: HUNDREDTH, skip: UNTOLD },
    },
    {
      kind: 'power_consumed',
      name: 'Input cord {index}',
      value: { oid: `${CORD}.3.1.10`, scale: TENTH, skip: UNTOLD },
    },
    { kind: 'frequency', name: 'Input cord {index}', value: { oid: `${CORD}.3.1.11`, scale: TENTH, skip: UNTOLD } },
    { kind: 'percent', name: 'Out of balance {index}', value: { oid: `${CORD}.3.1.12`, scale: TENTH, skip: UNTOLD } },
    state('Line {index} state', `${LINE}.3.1.1`),
    status('Line {index} status', `${LINE}.3.1.2`),
    { kind: 'current', name: 'Line {index}', value: { oid: `${LINE}.3.1.3`, scale: HUNDREDTH, skip: UNTOLD } },
    state('Phase {index} state', `${PHASE}.3.1.1`),
    status('Phase {index} status', `${PHASE}.3.1.2`),
    status('Phase {index} voltage status', `${PHASE}.3.1.4`),
    status('Phase {index} power factor status', `${PHASE}.3.1.11`),
    { kind: 'voltage', name: 'Phase {index}', value: { oid: `${PHASE}.3.1.3`, scale: TENTH, skip: UNTOLD } },
    { kind: 'current', name: 'Phase {index}', value: { oid: `${PHASE}.3.1.6`, scale: HUNDREDTH, skip: UNTOLD } },
    { kind: 'power', name: 'Phase {index}', value: { oid: `${PHASE}.3.1.8`, skip: UNTOLD } },
    status('Over-current protector {index} status', `${PROTECTOR}.3.1.1`),
    state('Branch {index} state', `${BRANCH}.3.1.1`),
    status('Branch {index} status', `${BRANCH}.3.1.2`),
    status('Branch {index} current status', `${BRANCH}.3.1.4`),
    { kind: 'current', name: 'Branch {index}', value: { oid: `${BRANCH}.3.1.3`, scale: HUNDREDTH, skip: UNTOLD } },
    status('Outlet {index} status', `${OUTLET}.3.1.2`),
    {
      kind: 'temperature',
      name: 'Probe {index}',
      value: { oid: `${PROBE_TEMPERATURE}.3.1.1`, scale: TENTH },
      skip: [{ below: -400 }],
    },
    { kind: 'humidity', name: 'Probe {index}', value: { oid: `${PROBE_HUMIDITY}.3.1.1`, skip: UNTOLD } },
    { kind: 'current', name: `{${INFEED}.3}`, value: { oid: `${INFEED}.7`, scale: HUNDREDTH, skip: UNTOLD } },
    { kind: 'voltage', name: `{${INFEED}.3}`, value: { oid: `${INFEED}.11`, scale: TENTH, skip: UNTOLD } },
    { kind: 'power', name: `{${INFEED}.3}`, value: { oid: `${INFEED}.12`, skip: UNTOLD } },
    {
      kind: 'state',
      name: `{${OUTLET3}.3}`,
      value: `${OUTLET3}.5`,
      states: { 0: ['off', 'ok'], 1: ['on', 'ok'], 2: ['off, waiting', 'ok'], 3: ['on, waiting', 'ok'] },
    },
    {
      kind: 'temperature',
      name: `{${PROBE3}.3}`,
      value: { oid: `${PROBE3}.6`, scale: TENTH, skip: UNTOLD },
      skip: [{ oid: `${PROBE3}.13`, is: [FAHRENHEIT] }],
    },
    {
      kind: 'temperature',
      name: `{${PROBE3}.3}`,
      value: { oid: `${PROBE3}.6`, scale: TENTH, skip: UNTOLD, as: 'fahrenheit' },
      skip: [{ oid: `${PROBE3}.13`, not: [FAHRENHEIT], missing: true }],
    },
    { kind: 'humidity', name: `{${PROBE3}.3}`, value: { oid: `${PROBE3}.10`, skip: UNTOLD } },
  ],
});
