import { defineProfile } from '../profile.ts';

/** NETONIX-SWITCH-MIB. */
const NETONIX = '1.3.6.1.4.1.46242';
const POWERED = ['24V', '48V', '24VH', '48VH', '54V', '24VH2', '48VH2', '48VHW', '48V4W'];

export const profile = defineProfile({
  name: 'netonix',
  title: 'Netonix',
  match: [{ sysObjectID: NETONIX }, { sysDescr: '^Netonix' }],
  identity: {
    kind: 'switch',
    vendor: 'Netonix',
    model: [{ from: 'sysDescr', match: 'Netonix (.*)' }],
    version: [{ from: `${NETONIX}.1.0`, match: '^(.*\\d)' }],
  },
  sensors: [
    { kind: 'fanspeed', name: 'Fan {index}', value: `${NETONIX}.2.1.2` },
    { kind: 'temperature', name: `{${NETONIX}.3.1.2}`, value: `${NETONIX}.3.1.3` },
    { kind: 'voltage', name: `{${NETONIX}.4.1.2}`, value: { oid: `${NETONIX}.4.1.3`, scale: 0.01 } },
    {
      kind: 'state',
      name: 'Port {index} PoE',
      value: `${NETONIX}.5.1.2`,
      states: {
        Off: ['off', 'ok'],
        ...Object.fromEntries(POWERED.map((power) => [power, [power, 'ok'] as const])),
      },
    },
    { kind: 'power', name: 'Power used', value: { oid: `${NETONIX}.6.0`, scale: 0.1 } },
    { kind: 'current', name: 'Input current', value: { oid: `${NETONIX}.7.0`, scale: 0.1 } },
  ],
});
