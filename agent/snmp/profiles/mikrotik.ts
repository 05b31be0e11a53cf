import { defineProfile } from '../profile.ts';
import { alarms } from '../rules/alarms.ts';

// MIKROTIK-MIB
const MIKROTIK = '1.3.6.1.4.1.14988.1.1';
const STATION = `${MIKROTIK}.1.1.1`;
const RADIO = `${MIKROTIK}.1.3.1`;
const RADIO_60G = `${MIKROTIK}.1.8.1`;
const STATION_60G = `${MIKROTIK}.1.9.1`;
const HEALTH = `${MIKROTIK}.3`;
const GAUGE = `${MIKROTIK}.3.100.1`;
const INTERFACE_NAME = `${MIKROTIK}.14.1.1.2`;
const POE = `${MIKROTIK}.15.1.1`;
const MODEM = `${MIKROTIK}.16.1.1`;
const OPTICAL = `${MIKROTIK}.19.1.1`;
const CONNECTIONS = `${MIKROTIK}.22.1`;
const IF_ADMIN_STATUS = '1.3.6.1.2.1.2.2.1.7';

/** mtxrLTEModemAccessTechnology, as the modem answers +CREG. */
const RADIO_NETWORK = {
  0: 'GSM',
  1: 'GSM',
  2: 'UMTS',
  3: 'EDGE',
  4: 'HSDPA',
  5: 'HSUPA',
  6: 'HSPA',
  7: 'LTE',
  11: '5G SA',
  13: '5G NSA',
};

const psuStates = { 0: ['fail', 'critical'], 1: ['ok', 'ok'] } as const;
const opticalFault = { 0: ['no', 'ok'], 1: ['yes', 'critical'], 2: ['null', 'unknown'] } as const;
/** A port that is switched off has no light, and should not. */
const switchedOff = { oid: IF_ADMIN_STATUS, is: [2] };
const noFrequency = { oid: `${RADIO}.7`, is: [0] };

/** mtxrGaugeTable keeps all kinds in one column, told apart by their unit. */
const gauge = (unit: number) => ({
  name: `{${GAUGE}.2}`,
  skip: [{ oid: `${GAUGE}.4`, not: [unit] }],
});

export const profile = defineProfile({
  name: 'mikrotik',
  title: 'MikroTik RouterOS',
  match: [{ sysObjectID: '1.3.6.1.4.1.14988.1' }],
  identity: {
    kind: [{ kind: 'switch', sysDescr: '^RouterOS C[RS]S\\d' }, { kind: 'router' }],
    vendor: 'MikroTik',
    model: [{ from: 'sysDescr', match: '^RouterOS (\\S+)' }],
    version: [`{${MIKROTIK}.4.4.0}`],
    serial: [`{${MIKROTIK}.7.3.0}`],
  },
  // Its MIB does not tell the operator.
  facts: {
    'modem.network': [{ from: `${MODEM}.6`, map: RADIO_NETWORK }],
    'modem.imei': [`{${MODEM}.11}`],
    'modem.sim': [`{${MODEM}.13}`],
  },
  sensors: [
    // mtxrHealth
    { kind: 'temperature', name: 'Temperature', value: { oid: `${HEALTH}.10.0`, scale: 0.1 } },
    { kind: 'temperature', name: 'Processor Temperature', value: { oid: `${HEALTH}.11.0`, scale: 0.1 } },
    { kind: 'voltage', name: 'Voltage', value: { oid: `${HEALTH}.8.0`, scale: 0.1 } },
    { kind: 'power', name: 'Power', value: { oid: `${HEALTH}.12.0`, scale: 0.1 } },
    { kind: 'current', name: 'Current', value: { oid: `${HEALTH}.13.0`, scale: 0.001 } },
    { kind: 'state', name: 'Power Supply', value: `${HEALTH}.15.0`, states: psuStates },
    { kind: 'state', name: 'Backup Power Supply', value: `${HEALTH}.16.0`, states: psuStates },
    { kind: 'fanspeed', name: 'Fan 1', value: `${HEALTH}.17.0` },
    { kind: 'fanspeed', name: 'Fan 2', value: `${HEALTH}.18.0` },
    // mtxrGaugeTable
    { kind: 'temperature', ...gauge(1), value: `${GAUGE}.3` },
    { kind: 'fanspeed', ...gauge(2), value: `${GAUGE}.3` },
    { kind: 'voltage', ...gauge(3), value: { oid: `${GAUGE}.3`, scale: 0.1 } },
    { kind: 'current', ...gauge(4), value: { oid: `${GAUGE}.3`, scale: 0.1 } },
    { kind: 'power', ...gauge(5), value: { oid: `${GAUGE}.3`, scale: 0.1 } },
    { kind: 'state', ...gauge(6), value: `${GAUGE}.3`, states: { 0: ['ok', 'ok'], 1: ['fail', 'critical'] } },
    // mtxrPOETable
    {
      kind: 'state',
      name: `{${POE}.2} POE`,
      value: `${POE}.3`,
      states: {
        1: ['disabled', 'unknown'],
        2: ['waitingForLoad', 'unknown'],
        3: ['poweredOn', 'ok'],
        4: ['overload', 'critical'],
        5: ['shortCircuit', 'critical'],
        6: ['voltageTooLow', 'critical'],
        7: ['currentTooLow', 'warning'],
        8: ['powerReset', 'warning'],
        9: ['voltageTooHigh', 'critical'],
        10: ['controllerError', 'critical'],
        11: ['controllerUpgrade', 'ok'],
        12: ['poeInDetected', 'ok'],
        13: ['noValidPsu', 'warning'],
        14: ['controllerInit', 'ok'],
        15: ['lowVoltageTooLow', 'critical'],
      },
    },
    { kind: 'voltage', name: `{${POE}.2} POE`, value: { oid: `${POE}.4`, scale: 0.1 } },
    { kind: 'current', name: `{${POE}.2} POE`, value: { oid: `${POE}.5`, scale: 0.001 } },
    { kind: 'power', name: `{${POE}.2} POE`, value: { oid: `${POE}.6`, scale: 0.1 } },
    // mtxrOpticalTable, by ifIndex
    {
      kind: 'state',
      name: `{${OPTICAL}.2} Rx loss`,
      value: `${OPTICAL}.3`,
      states: opticalFault,
      skip: [switchedOff],
    },
    {
      kind: 'state',
      name: `{${OPTICAL}.2} Tx fault`,
      value: `${OPTICAL}.4`,
      states: opticalFault,
      skip: [switchedOff],
    },
    { kind: 'temperature', name: `{${OPTICAL}.2}`, value: `${OPTICAL}.6` },
    { kind: 'voltage', name: `{${OPTICAL}.2}`, value: { oid: `${OPTICAL}.7`, scale: 0.001 } },
    { kind: 'current', name: `{${OPTICAL}.2} Tx Bias`, value: { oid: `${OPTICAL}.8`, scale: 0.001 } },
    { kind: 'dbm', name: `{${OPTICAL}.2} Tx`, value: { oid: `${OPTICAL}.9`, scale: 0.001 } },
    { kind: 'dbm', name: `{${OPTICAL}.2} Rx`, value: { oid: `${OPTICAL}.10`, scale: 0.001 } },
    // mtxrLTEModemTable, by ifIndex
    { kind: 'rsrq', name: `{${INTERFACE_NAME}}: Signal RSRQ`, value: `${MODEM}.3` },
    { kind: 'rsrp', name: `{${INTERFACE_NAME}}: Signal RSRP`, value: `${MODEM}.4` },
    { kind: 'sinr', name: `{${INTERFACE_NAME}}: Signal SINR`, value: `${MODEM}.7` },
    { kind: 'rssi', name: `{${INTERFACE_NAME}}: Signal RSSI`, value: { oid: `${MODEM}.2`, skip: [0] } },
    // mtxrWlApTable
    { kind: 'clients', name: `SSID: {${RADIO}.4}`, value: `${RADIO}.6` },
    { kind: 'frequency', unit: 'MHz', name: `SSID: {${RADIO}.4}`, value: `${RADIO}.7`, skip: [noFrequency] },
    { kind: 'noise-floor', name: `SSID: {${RADIO}.4}`, value: `${RADIO}.9` },
    // a 0 is a protocol that does not tell it
    { kind: 'ccq', name: `SSID: {${RADIO}.4}`, value: { oid: `${RADIO}.10`, skip: [0] } },
    { kind: 'rate', name: `SSID: {${RADIO}.4} Tx`, value: `${RADIO}.2`, skip: [{ oid: `${RADIO}.3`, is: [0] }] },
    { kind: 'rate', name: `SSID: {${RADIO}.4} Rx`, value: `${RADIO}.3`, skip: [{ oid: `${RADIO}.2`, is: [0] }] },
    // mtxrWlStatTable: this device as a client
    {
      kind: 'frequency',
      unit: 'MHz',
      name: `SSID: {${STATION}.5}`,
      value: { oid: `${STATION}.7`, skip: [0] },
    },
    { kind: 'ccq', name: `SSID: {${STATION}.5} Tx`, value: { oid: `${STATION}.9`, skip: [0] } },
    { kind: 'ccq', name: `SSID: {${STATION}.5} Rx`, value: { oid: `${STATION}.10`, skip: [0] } },
    { kind: 'rate', name: `SSID: {${STATION}.5} Tx`, value: { oid: `${STATION}.2`, skip: [0] } },
    { kind: 'rate', name: `SSID: {${STATION}.5} Rx`, value: { oid: `${STATION}.3`, skip: [0] } },
    { kind: 'signal', name: `SSID: {${STATION}.5}`, value: `${STATION}.4` },
    // mtxrWl60GTable, mtxrWl60GStaTable
    {
      kind: 'state',
      name: 'Mode',
      value: `${RADIO_60G}.2`,
      states: {
        0: ['AP Bridge', 'ok'],
        1: ['Station Bridge', 'ok'],
        2: ['Sniff', 'ok'],
        3: ['Bridge', 'ok'],
      },
    },
    {
      kind: 'state',
      name: 'Station Connected',
      value: `${RADIO_60G}.4`,
      states: { 0: ['disconnected', 'critical'], 1: ['connected', 'ok'] },
    },
    { kind: 'frequency', unit: 'MHz', name: `60G: {${RADIO_60G}.3}`, value: `${RADIO_60G}.6` },
    { kind: 'quality', name: `60G: {${RADIO_60G}.3}`, value: `${RADIO_60G}.8` },
    { kind: 'rssi', name: `60G: {${RADIO_60G}.3}`, value: `${RADIO_60G}.12` },
    { kind: 'rate', name: `60G: {${RADIO_60G}.3}`, value: { oid: `${RADIO_60G}.13`, scale: 1_000_000 } },
    {
      kind: 'distance',
      name: `60G: Sta > {${STATION_60G}.3}`,
      value: { oid: `${STATION_60G}.10`, scale: 0.00001 },
    },
    { kind: 'count', name: 'DHCP leases', value: `${MIKROTIK}.6.1.0` },
    { kind: 'count', name: 'Connections', value: `${CONNECTIONS}.1.0` },
    { kind: 'count', name: 'IPv4 connections', value: `${CONNECTIONS}.2.0` },
    { kind: 'count', name: 'IPv6 connections', value: `${CONNECTIONS}.3.0` },
  ],
  traps: alarms(`${MIKROTIK}.9.0`, [
    [2, 'mtxrTemperatureException', 'critical', 'Processeur trop chaud', 'Processor too hot'],
  ]),
});
