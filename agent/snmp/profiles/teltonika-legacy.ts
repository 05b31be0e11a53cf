import { defineProfile } from '../profile.ts';

// TELTONIKA-MIB: RutOS before version 7
const TELTONIKA = '1.3.6.1.4.1.48690';
const DEVICE = `${TELTONIKA}.1`;
const MOBILE = `${TELTONIKA}.2`;

/** States are told in words. */
export const profile = defineProfile({
  name: 'teltonika-legacy',
  title: 'Teltonika RutOS before version 7',
  match: [{ sysObjectID: ['1.3.6.1.4.1.8072.3.2.10', TELTONIKA], has: { oid: `${MOBILE}.14.0` } }],
  identity: {
    kind: 'router',
    vendor: 'Teltonika',
    model: [`{${DEVICE}.7.0}`],
    version: [`{${MOBILE}.14.0}`],
    serial: [`{${DEVICE}.5.0}`],
  },
  facts: {
    'modem.operator': [`{${MOBILE}.5.0}`],
    'modem.network': [`{${MOBILE}.8.0}`],
    'modem.registration': [`{${MOBILE}.3.0}`],
  },
  sensors: [
    { kind: 'runtime', name: 'Connection Uptime', value: { oid: `${MOBILE}.17.0`, scale: 1 / 60 } },
    { kind: 'temperature', name: 'Module Temp', value: { oid: `${MOBILE}.9.0`, scale: 0.1 } },
    { kind: 'signal', name: 'Signal Level', value: `${MOBILE}.4.0` },
    { kind: 'sinr', name: 'SINR', value: `${MOBILE}.22.0` },
    { kind: 'rsrp', name: 'RSRP', value: `${MOBILE}.23.0` },
    { kind: 'rsrq', name: 'RSRQ', value: `${MOBILE}.24.0` },
    {
      kind: 'state',
      name: 'SIM State',
      value: `${MOBILE}.1.0`,
      states: {
        inserted: ['inserted', 'ok'],
        'not inserted': ['not inserted', 'critical'],
        unknown: ['unknown', 'unknown'],
      },
    },
    {
      kind: 'state',
      name: 'Pin State',
      value: `${MOBILE}.2.0`,
      states: {
        'PIN REQUIRED': ['PIN REQUIRED', 'critical'],
        'NOT READY': ['NOT READY', 'warning'],
        READY: ['READY', 'ok'],
        unknown: ['unknown', 'unknown'],
        'SIM not inserted': ['SIM not inserted', 'critical'],
      },
    },
    {
      kind: 'state',
      name: 'Mobile Net State',
      value: `${MOBILE}.3.0`,
      states: {
        searching: ['searching', 'warning'],
        'registered (home)': ['registered (home)', 'ok'],
        'registered (roaming)': ['registered (roaming)', 'warning'],
        unknown: ['unknown', 'unknown'],
        unregistered: ['unregistered', 'critical'],
        denied: ['denied', 'critical'],
      },
    },
    {
      kind: 'state',
      name: `Connection State ({${MOBILE}.5.0})`,
      value: `${MOBILE}.7.0`,
      states: {
        connected: ['connected', 'ok'],
        disconnected: ['disconnected', 'critical'],
        'not connected': ['not connected', 'critical'],
      },
    },
    {
      kind: 'state',
      name: `Connection Type ({${MOBILE}.5.0})`,
      value: `${MOBILE}.8.0`,
      states: {
        LTE: ['LTE', 'ok'],
        '4G': ['4G', 'ok'],
        '3G': ['3G', 'warning'],
        '2G': ['2G', 'warning'],
        WCDMA: ['WCDMA', 'ok'],
        UMTS: ['UMTS', 'ok'],
        HSDPA: ['HSDPA', 'ok'],
        HSUPA: ['HSUPA', 'ok'],
        'HSPA+': ['HSPA+', 'ok'],
        'HSDPA+HSUPA': ['HSDPA+HSUPA', 'ok'],
        GSM: ['GSM', 'warning'],
        GPRS: ['GPRS', 'warning'],
        EDGE: ['EDGE', 'warning'],
        'No service': ['No service', 'critical'],
        unknown: ['unknown', 'unknown'],
      },
    },
  ],
});
