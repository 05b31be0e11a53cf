import { defineProfile, type SensorRule } from '../profile.ts';
import type { SensorStatus } from '../reading.ts';

/** CHECKPOINT-MIB. */
const CHECK_POINT = '1.3.6.1.4.1.2620';
const PRODUCTS = `${CHECK_POINT}.1`;
const FIREWALL = `${PRODUCTS}.1`;
const VPN = `${PRODUCTS}.2`;
const HA = `${PRODUCTS}.5`;
const SVN = `${PRODUCTS}.6`;
const HARDWARE = `${SVN}.7`;
const MANAGEMENT = `${PRODUCTS}.7`;
const SECURE_XL = `${PRODUCTS}.36.1`;
/** tunnelTable: the tunnels kept up. */
const TUNNEL = `${CHECK_POINT}.500.9002.1`;

type States = Readonly<Record<string, readonly [string, SensorStatus]>>;
const OUT_OF_RANGE: States = {
  0: ['in range', 'ok'],
  1: ['out of range', 'critical'],
  2: ['reading error', 'unknown'],
};
/** Temperatures, fans, voltages: the tables have one form. */
const TEMPERATURES = `${HARDWARE}.8.1.1`;
const FANS = `${HARDWARE}.8.2.1`;
const VOLTAGES = `${HARDWARE}.8.3.1`;
const outOfRange = (table: string): SensorRule => ({
  kind: 'state',
  name: `{${table}.2}`,
  value: `${table}.6`,
  states: OUT_OF_RANGE,
});

const UPDATE: States = {
  failed: ['failed', 'critical'],
  'up-to-date': ['up to date', 'ok'],
  new: ['new', 'ok'],
  degrade: ['degraded', 'warning'],
  unknown: ['unknown', 'unknown'],
};
const LICENCE: States = {
  valid: ['valid', 'ok'],
  expired: ['expired', 'critical'],
  'about-to-expire': ['about to expire', 'warning'],
  'not-associated': ['not associated', 'ok'],
  unknown: ['unknown', 'unknown'],
};
const update = (name: string, oid: string): SensorRule => ({
  kind: 'state',
  name: `${name} update`,
  value: `${PRODUCTS}.${oid}.0`,
  states: UPDATE,
});
const licence = (name: string, oid: string): SensorRule => ({
  kind: 'state',
  name: `${name} subscription`,
  value: `${PRODUCTS}.${oid}.0`,
  states: LICENCE,
});

export const profile = defineProfile({
  name: 'checkpoint',
  title: 'Check Point Gaia, Gaia Embedded',
  match: [{ sysObjectID: CHECK_POINT }, { sysObjectID: '1.3.6.1.4.1.8072', sysDescr: 'cp\\w*( |_)?gaia|Check ?Point' }],
  identity: {
    kind: 'firewall',
    vendor: 'Check Point',
    model: [`{${SVN}.16.7.0}`, `{${SVN}.16.9.0}`],
    version: [`{${SVN}.4.1.0}`, `{${SVN}.1.0}`],
    serial: [`{${SVN}.16.3.0}`],
  },
  cpu: [{ name: 'CPU {index.1}', used: `${HARDWARE}.5.1.5` }],
  sensors: [
    outOfRange(TEMPERATURES),
    outOfRange(FANS),
    outOfRange(VOLTAGES),
    {
      kind: 'state',
      name: 'Power supply {index.1}',
      value: `${HARDWARE}.9.1.1.2`,
      states: {
        Up: ['up', 'ok'],
        Present: ['present', 'ok'],
        Down: ['down', 'critical'],
        'Not Present': ['not present', 'unknown'],
        Dummy: ['dummy', 'unknown'],
      },
    },
    {
      kind: 'state',
      name: 'RAID {index.1}',
      value: `${HARDWARE}.7.1.1.6`,
      states: {
        0: ['optimal', 'ok'],
        1: ['degraded', 'warning'],
        2: ['failed', 'critical'],
        '-1': ['unknown', 'unknown'],
      },
    },
    {
      kind: 'state',
      name: 'RAID {index.1} type',
      value: `${HARDWARE}.7.1.1.3`,
      states: {
        0: ['RAID 0', 'ok'],
        1: ['RAID 1E', 'ok'],
        2: ['RAID 1', 'ok'],
        3: ['RAID 10', 'ok'],
        4: ['RAID 4', 'ok'],
        5: ['RAID 5', 'ok'],
        6: ['RAID 6', 'ok'],
        7: ['RAID 60', 'ok'],
        8: ['RAID 50', 'ok'],
      },
    },
    {
      kind: 'state',
      name: 'Cluster started',
      value: `${HA}.5.0`,
      states: { no: ['no', 'critical'], yes: ['yes', 'ok'] },
    },
    {
      kind: 'state',
      name: 'Cluster member',
      value: `${HA}.6.0`,
      states: {
        down: ['down', 'critical'],
        active: ['active', 'ok'],
        standby: ['standby', 'ok'],
        'active attention': ['active, needs attention', 'warning'],
      },
    },
    {
      kind: 'state',
      name: 'Cluster',
      value: `${HA}.101.0`,
      states: { 0: ['ok', 'ok'], 1: ['needs attention', 'warning'], 2: ['down', 'critical'] },
    },
    {
      kind: 'state',
      name: `VPN {${TUNNEL}.2} {${TUNNEL}.1}`,
      value: `${TUNNEL}.3`,
      states: {
        0: ['unknown', 'unknown'],
        3: ['up', 'ok'],
        4: ['destroyed', 'unknown'],
        129: ['idle', 'unknown'],
        130: ['phase 1', 'warning'],
        131: ['down', 'critical'],
        132: ['starting', 'warning'],
      },
    },
    {
      kind: 'state',
      name: 'SecureXL',
      value: `${SECURE_XL}.1.0`,
      states: { disabled: ['disabled', 'warning'], enabled: ['enabled', 'ok'] },
    },
    {
      kind: 'state',
      name: 'Log servers',
      value: `${FIREWALL}.30.1.0`,
      states: { 0: ['ok', 'ok'], 1: ['warning', 'warning'], 2: ['error', 'critical'] },
    },
    {
      kind: 'state',
      name: `Log server {${FIREWALL}.30.3.1.2}`,
      value: `${FIREWALL}.30.3.1.3`,
      states: { 0: ['ok', 'ok'], 1: ['error', 'critical'], 2: ['not active', 'critical'] },
    },
    {
      kind: 'state',
      name: 'Logging',
      value: `${FIREWALL}.30.5.0`,
      states: {
        0: ['to the log servers', 'ok'],
        1: ['local, as configured', 'ok'],
        2: ['local, for want of a connection', 'critical'],
        3: ['local, for too high a rate', 'critical'],
      },
    },
    {
      kind: 'state',
      name: 'Management',
      value: `${MANAGEMENT}.101.0`,
      states: { 0: ['ok', 'ok'], 1: ['needs attention', 'warning'], 2: ['problem', 'critical'] },
    },
    {
      kind: 'state',
      name: 'Management server',
      value: `${MANAGEMENT}.5.0`,
      states: { active: ['active', 'ok'], standby: ['standby', 'ok'] },
    },
    {
      kind: 'state',
      name: 'Management daemon',
      value: `${MANAGEMENT}.6.0`,
      states: { 0: ['down', 'warning'], 1: ['up', 'ok'] },
    },
    {
      kind: 'state',
      name: `Gateway {${MANAGEMENT}.14.4.1.1}`,
      value: `${MANAGEMENT}.14.4.1.3`,
      states: { disconnected: ['disconnected', 'critical'], connected: ['connected', 'ok'] },
    },
    update('URL filtering', '43.2.1'),
    update('Application control', '39.2.1'),
    update('Antivirus', '46.5.1'),
    update('Anti-bot', '46.1.1'),
    licence('URL filtering', '43.1.1'),
    licence('Application control', '39.1.1'),
    licence('Antivirus', '46.3.1'),
    licence('Anti-bot', '46.2.1'),
    licence('Anti-spam', '46.4.1'),
    { kind: 'temperature', name: `{${TEMPERATURES}.2}`, value: `${TEMPERATURES}.3` },
    { kind: 'fanspeed', name: `{${FANS}.2}`, value: `${FANS}.3` },
    { kind: 'voltage', name: `{${VOLTAGES}.2}`, value: `${VOLTAGES}.3` },
    {
      kind: 'count',
      name: 'Connections',
      value: `${FIREWALL}.25.3.0`,
      limits: { high: { oid: `${FIREWALL}.25.10.0`, skip: [0] } },
    },
    { kind: 'count', name: 'Connections, peak', value: `${FIREWALL}.25.4.0` },
    { kind: 'count', name: 'Connections, limit', value: `${FIREWALL}.25.10.0` },
    { kind: 'count', name: 'Connections a second', value: `${FIREWALL}.26.11.6.0` },
    { kind: 'count', name: 'Connections in SecureXL', value: `${SECURE_XL}.2.0` },
    { kind: 'count', name: 'IKE associations', value: `${VPN}.9.1.1.0` },
    { kind: 'count', name: 'IPsec associations, inbound', value: `${VPN}.5.2.1.0` },
    { kind: 'count', name: 'IPsec associations, outbound', value: `${VPN}.5.2.3.0` },
    { kind: 'count', name: 'Logs received a second', value: `${MANAGEMENT}.14.1.0` },
    { kind: 'count', name: 'Logs received a second, peak', value: `${MANAGEMENT}.14.2.0` },
    { kind: 'count', name: 'Logs a second', value: `${FIREWALL}.30.7.0` },
  ],
});
