import { defineProfile } from '../profile.ts';

/** Raisecom: RAISECOM-SYSTEM-MIB and its health. */
const RAISECOM = '1.3.6.1.4.1.8886';

export const profile = defineProfile({
  name: 'raisecom',
  title: 'Raisecom',
  match: [{ sysObjectID: RAISECOM }],
  identity: {
    kind: 'switch',
    vendor: 'Raisecom',
    model: [{ from: 'sysDescr', match: '\\b([A-Z]+\\d{3,}\\S*)' }],
    version: [{ from: 'sysDescr', match: 'version ([\\w.]+)' }],
  },
  sensors: [{ kind: 'temperature', name: 'Temperature', value: `${RAISECOM}.1.1.4.2.1.0` }],
});
