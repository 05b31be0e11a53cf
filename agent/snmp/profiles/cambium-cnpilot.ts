import { defineProfile } from '../profile.ts';

// CAMBIUM-MIB of cnPilot and XV
const CNPILOT = '1.3.6.1.4.1.17713.22';
const ACCESS_POINT = `${CNPILOT}.1.1.1`;
const RADIO = `${CNPILOT}.1.2.1`;

export const profile = defineProfile({
  name: 'cambium-cnpilot',
  title: 'Cambium cnPilot, XV, XE',
  match: [{ sysObjectID: CNPILOT }],
  identity: {
    kind: 'access-point',
    vendor: 'Cambium Networks',
    model: [`{${ACCESS_POINT}.5}`, { from: 'sysDescr', match: '^(?:Cambium )?(cnPilot \\S+|X[VE]\\S+)' }],
    serial: [`{${ACCESS_POINT}.4}`],
    version: [`{${ACCESS_POINT}.8}`],
  },
  cpu: [{ name: 'Processor', used: `${ACCESS_POINT}.6` }],
  sensors: [
    { kind: 'clients', name: 'Clients', value: `${ACCESS_POINT}.14` },
    { kind: 'clients', name: 'Clients, radio {index}', value: `${RADIO}.5` },
    { kind: 'power', unit: 'dBm', name: 'Transmit Power, radio {index}', value: `${RADIO}.8` },
    { kind: 'noise-floor', name: 'Noise Floor, radio {index}', value: `${RADIO}.16` },
  ],
});
