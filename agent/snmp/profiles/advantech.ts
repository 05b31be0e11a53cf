import { defineProfile } from '../profile.ts';

/** Advantech EKI: ADVANTECH-EKI-PRONEER-MIB. */
const ADVANTECH = '1.3.6.1.4.1.10297';
const OPTICS = `${ADVANTECH}.202.7000.2.5.2.1`;

export const profile = defineProfile({
  name: 'advantech',
  title: 'Advantech EKI',
  match: [{ sysObjectID: ADVANTECH }],
  identity: {
    kind: 'switch',
    vendor: 'Advantech',
    model: [{ from: 'sysDescr', match: '\\b(EKI-\\S+)' }],
    version: [{ from: 'sysDescr', match: 'v(\\d[\\d.]+)' }],
  },
  sensors: [
    { kind: 'temperature', name: 'Port {index} optics', value: `${OPTICS}.2` },
    { kind: 'voltage', name: 'Port {index} optics', value: `${OPTICS}.3` },
    { kind: 'current', name: 'Port {index} TX bias', value: { oid: `${OPTICS}.4`, scale: 0.001 } },
    { kind: 'dbm', name: 'Port {index} TX power', value: `${OPTICS}.5` },
    { kind: 'dbm', name: 'Port {index} RX power', value: `${OPTICS}.6` },
  ],
});
