import { defineProfile } from '../profile.ts';

// CONEL-INFO-MIB, CONEL-STATUS-MIB, CONEL-MOBILE-MIB, CONEL-IO-MIB
const CONEL = '1.3.6.1.4.1.30140';
const IO = `${CONEL}.2.3`;
const STATUS = `${CONEL}.3`;
const MOBILE = `${CONEL}.4`;
const INFO = `${CONEL}.6`;

const TECHNOLOGY = {
  2: 'GPRS',
  4: 'EDGE',
  6: 'UMTS',
  8: 'HSDPA',
  10: 'HSUPA',
  12: 'HSPA',
  14: 'LTE',
  16: 'CDMA',
  18: 'EV-DO',
  20: 'EV-DO rev. 0',
  22: 'EV-DO rev. A',
  24: 'EV-DO rev. B',
  26: 'NB-IoT',
  28: 'LTE-M',
  30: '5G NSA',
  32: '5G SA',
};
const REGISTRATION = { 1: 'idle', 2: 'searching', 3: 'denied', 4: 'home', 5: 'roaming' };

const io = (number: number, name: string) =>
  ({ kind: 'state', name, value: `${IO}.${number}.0`, states: { 0: ['off', 'ok'], 1: ['on', 'ok'] } }) as const;

export const profile = defineProfile({
  name: 'advantech-router',
  title: 'Advantech (Conel) routers',
  match: [{ sysObjectID: CONEL }, { sysObjectID: '1.3.6.1.4.1.8072.3.2.10', has: { oid: `${INFO}.1.0` } }],
  identity: {
    kind: 'router',
    vendor: 'Advantech',
    model: [`{${INFO}.1.0}`],
    version: [`{${INFO}.2.0}`],
    serial: [`{${INFO}.3.0}`],
  },
  // Of its first modem, or of the second where the first has none.
  facts: {
    'modem.operator': [`{${MOBILE}.24.0}`, `{${MOBILE}.124.0}`],
    'modem.network': [
      { from: `${MOBILE}.1.0`, map: TECHNOLOGY },
      { from: `${MOBILE}.101.0`, map: TECHNOLOGY },
    ],
    'modem.registration': [
      { from: `${MOBILE}.23.0`, map: REGISTRATION },
      { from: `${MOBILE}.123.0`, map: REGISTRATION },
    ],
  },
  cpu: [{ name: 'Processor', used: `${STATUS}.6.0` }],
  memory: [{ name: 'Memory', used: `${STATUS}.8.0`, total: `${STATUS}.10.0`, unit: 1024 }],
  sensors: [
    { kind: 'temperature', name: 'Temperature', value: `${STATUS}.3.0` },
    { kind: 'voltage', name: 'Voltage', value: { oid: `${STATUS}.4.0`, scale: 0.001 } },
    {
      kind: 'state',
      name: 'RTC battery status',
      value: `${STATUS}.5.0`,
      states: { 0: ['failed', 'critical'], 1: ['ok', 'ok'] },
    },
    io(1, 'IO BIN0 status'),
    io(3, 'IO BIN1 status'),
    io(2, 'IO OUT0 status'),
    io(4, 'IO OUT1 status'),
    { kind: 'rssi', name: 'Mobile 1 RSSI', value: `${MOBILE}.30.0` },
    { kind: 'rsrp', name: 'Mobile 1 RSRP', value: `${MOBILE}.32.0` },
    { kind: 'rsrq', name: 'Mobile 1 RSRQ', value: `${MOBILE}.33.0` },
    { kind: 'sinr', name: 'Mobile 1 SINR', value: `${MOBILE}.41.0` },
    { kind: 'rssi', name: 'Mobile 2 RSSI', value: `${MOBILE}.130.0` },
    { kind: 'rsrp', name: 'Mobile 2 RSRP', value: `${MOBILE}.132.0` },
    { kind: 'rsrq', name: 'Mobile 2 RSRQ', value: `${MOBILE}.133.0` },
    { kind: 'sinr', name: 'Mobile 2 SINR', value: `${MOBILE}.141.0` },
  ],
});
