import { defineProfile } from '../profile.ts';

// CLAVISTER-MIB
const CLAVISTER = '1.3.6.1.4.1.5089';
const SYSTEM = `${CLAVISTER}.1.2.1`;
const SENSOR = `${SYSTEM}.11.1`;

/** clvHWSensorTable tells what it measures in words. */
const measuredIn = (unit: string) => [{ oid: `${SENSOR}.4`, matches: `^(?!(?:${unit})$)` }];

export const profile = defineProfile({
  name: 'clavister',
  title: 'Clavister',
  match: [{ sysObjectID: CLAVISTER }],
  identity: {
    kind: 'firewall',
    vendor: 'Clavister',
    version: [{ from: 'sysDescr', match: '(\\d+\\.\\d+\\.\\d+(?:\\.\\d+)?\\S*)' }],
  },
  cpu: [{ name: 'Processor', used: `${SYSTEM}.1.0` }],
  sensors: [
    { kind: 'temperature', name: `{${SENSOR}.2}`, value: `${SENSOR}.3`, skip: measuredIn('°?C|Celsius') },
    { kind: 'fanspeed', name: `{${SENSOR}.2}`, value: `${SENSOR}.3`, skip: measuredIn('RPM') },
    { kind: 'voltage', name: `{${SENSOR}.2}`, value: `${SENSOR}.3`, skip: measuredIn('V|Volts?') },
    { kind: 'count', name: 'Connections', value: `${SYSTEM}.5.0` },
  ],
});
