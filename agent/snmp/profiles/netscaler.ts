import { defineProfile } from '../profile.ts';
import type { SensorStatus } from '../reading.ts';

const CITRIX = '1.3.6.1.4.1.5951';
/** NS-ROOT-MIB. */
const ROOT = `${CITRIX}.4.1.1`;
const CPU = `${ROOT}.41.6.1`;
const HA = `${ROOT}.23`;
const NODE: Readonly<Record<number, readonly [string, SensorStatus]>> = {
  0: ['unknown', 'unknown'],
  1: ['initialising', 'warning'],
  2: ['down', 'critical'],
  3: ['up', 'ok'],
  4: ['partial failure', 'warning'],
  5: ['monitors fail', 'warning'],
  6: ['monitor ok', 'ok'],
  7: ['complete failure', 'critical'],
  8: ['dumb', 'warning'],
  9: ['disabled', 'warning'],
  10: ['partial failure, SSL', 'warning'],
  11: ['route monitors fail', 'warning'],
};

export const profile = defineProfile({
  name: 'netscaler',
  title: 'Citrix NetScaler',
  match: [{ sysObjectID: CITRIX }],
  identity: {
    kind: 'appliance',
    vendor: 'Citrix',
    model: [`{${ROOT}.11.1.0}`],
    version: [{ from: `${ROOT}.1.0`, match: 'NetScaler ([^:]+):' }, `{${ROOT}.1.0}`],
    serial: [`{${ROOT}.14.0}`],
  },
  cpu: [{ name: `{${CPU}.1}`, used: `${CPU}.2` }],
  memory: [{ name: 'Memory', percent: `${ROOT}.41.2.0`, total: `${ROOT}.41.4.0`, unit: 1_048_576 }],
  sensors: [
    {
      kind: 'state',
      name: 'High availability',
      value: `${HA}.23.0`,
      states: { 0: ['no', 'ok'], 1: ['yes', 'ok'] },
    },
    {
      kind: 'state',
      name: 'High availability mode',
      value: `${ROOT}.6.0`,
      states: { 0: ['standalone', 'ok'], 1: ['primary', 'ok'], 2: ['secondary', 'ok'], 3: ['unknown', 'unknown'] },
    },
    { kind: 'state', name: 'High availability of this node', value: `${HA}.24.0`, states: NODE },
    {
      kind: 'state',
      name: 'High availability of the peer',
      value: `${HA}.3.0`,
      states: { 0: ['standalone', 'ok'], 1: ['primary', 'ok'], 2: ['secondary', 'ok'], 3: ['unknown', 'unknown'] },
    },
    { kind: 'count', name: 'SSL transactions a second', value: `${ROOT}.47.333.0` },
    { kind: 'count', name: 'HTTP requests a second', value: `${ROOT}.48.76.0` },
    { kind: 'count', name: 'Client connections', value: `${ROOT}.46.12.0` },
    { kind: 'count', name: 'Server connections', value: `${ROOT}.46.10.0` },
  ],
});
