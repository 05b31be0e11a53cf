import { defineProfile } from '../profile.ts';

// AH-SYSTEM-MIB, AH-INTERFACE-MIB
const AEROHIVE = '1.3.6.1.4.1.26928';
const INTERFACE_NAME = `${AEROHIVE}.1.1.1.2.1.1.1.1`;
const RADIO = `${AEROHIVE}.1.1.1.2.1.5.1`;
const SYSTEM = `${AEROHIVE}.1.2`;

export const profile = defineProfile({
  name: 'aerohive',
  title: 'Aerohive, ExtremeCloud IQ access points',
  match: [{ sysObjectID: AEROHIVE }],
  identity: {
    kind: 'access-point',
    vendor: 'Aerohive',
    model: [`{${SYSTEM}.6.0}`, { from: 'sysDescr', match: '^(.*), HiveOS' }],
    version: [
      { from: `${SYSTEM}.12.0`, match: '^(?:HiveOS )?(.*)$' },
      { from: 'sysDescr', match: 'HiveOS (.*)$' },
    ],
    serial: [`{${SYSTEM}.5.0}`],
  },
  cpu: [{ name: 'Processor', used: `${SYSTEM}.3.0` }],
  memory: [{ name: 'Memory', percent: `${SYSTEM}.4.0` }],
  sensors: [
    { kind: 'clients', name: 'Clients', value: `${SYSTEM}.9.0` },
    { kind: 'temperature', name: 'Internal Temperature', value: { oid: `${SYSTEM}.10.0`, skip: [0] } },
    {
      kind: 'frequency',
      unit: 'MHz',
      name: `Frequency {${INTERFACE_NAME}}`,
      value: { oid: `${RADIO}.1`, as: 'channel' },
    },
  ],
});
