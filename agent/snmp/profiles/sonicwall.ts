import { defineProfile } from '../profile.ts';

// SNWL-COMMON-MIB and SONICWALL-FIREWALL-IP-STATISTICS-MIB
const SONICWALL = '1.3.6.1.4.1.8741';
const COMMON = `${SONICWALL}.2.1.1`;
const STATISTICS = `${SONICWALL}.1.3.1`;
// SONICWALL-SMA-APPLIANCE-SYSTEM-HEALTH: the SMA and SRA gateways
const SMA = `${SONICWALL}.6.2.1`;

export const profile = defineProfile({
  name: 'sonicwall',
  title: 'SonicWall',
  match: [{ sysObjectID: SONICWALL }, { sysDescr: '^SonicWALL ' }],
  identity: {
    kind: 'firewall',
    vendor: 'SonicWall',
    model: [`{${COMMON}.1.0}`, { from: 'sysDescr', match: '^SonicWALL (.+?) \\(' }],
    version: [`{${COMMON}.3.0}`, { from: 'sysDescr', match: '\\((SonicOS .+?)\\)' }],
    serial: [`{${COMMON}.2.0}`],
  },
  cpu: [
    { name: 'CPU', used: `${STATISTICS}.3.0` },
    { name: 'CPU', used: `${SMA}.3.0` },
  ],
  memory: [
    { name: 'Memory Utilization', percent: `${STATISTICS}.4.0` },
    { name: 'Memory Utilization', percent: `${SMA}.4.0` },
  ],
  sensors: [
    {
      kind: 'count',
      name: 'Connections',
      value: `${STATISTICS}.2.0`,
      limits: { high: `${STATISTICS}.1.0` },
    },
  ],
});
