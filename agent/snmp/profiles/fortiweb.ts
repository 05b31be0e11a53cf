import { defineProfile } from '../profile.ts';

// FORTINET-FORTIWEB-MIB
const FORTIWEB = '1.3.6.1.4.1.12356.107';
const SYSTEM = `${FORTIWEB}.2.1`;

export const profile = defineProfile({
  name: 'fortiweb',
  title: 'Fortinet FortiWeb',
  match: [{ sysObjectID: FORTIWEB }],
  identity: {
    kind: 'appliance',
    vendor: 'Fortinet',
    model: [{ from: `${SYSTEM}.2.0`, match: '^(\\S+)' }],
    version: [{ from: `${SYSTEM}.2.0`, match: ' ([\\d.]+)' }],
    serial: ['{1.3.6.1.4.1.12356.100.1.1.1.0}', '{1.3.6.1.2.1.47.1.1.1.1.11.1}'],
  },
  cpu: [{ name: 'Processor', used: `${SYSTEM}.5.0` }],
  memory: [{ name: 'Physical Memory', percent: `${SYSTEM}.7.0`, total: `${SYSTEM}.8.0`, unit: 1_000_000 }],
  storage: [{ name: 'Disk', percent: `${SYSTEM}.9.0`, total: `${SYSTEM}.10.0`, unit: 1_000_000 }],
});
