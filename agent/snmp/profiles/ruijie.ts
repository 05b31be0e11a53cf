import { defineProfile } from '../profile.ts';
import { ruijie } from '../rules/ruijie.ts';

const RUIJIE = '1.3.6.1.4.1.4881';
const { identity, cpu, memory, sensors } = ruijie(`${RUIJIE}.1.1.10.2`);

export const profile = defineProfile({
  name: 'ruijie',
  title: 'Ruijie, Reyee',
  match: [{ sysObjectID: RUIJIE }],
  identity: {
    kind: [
      { kind: 'access-point', sysDescr: '\\b(?:AP|RAP)\\d|access point' },
      { kind: 'router', sysDescr: 'router|gateway|\\b(?:EG|RSR)\\d' },
      { kind: 'switch' },
    ],
    vendor: 'Ruijie',
    ...identity,
  },
  cpu,
  memory,
  sensors,
});
