import { defineProfile } from '../profile.ts';

// FORTINET-FORTIMANAGER-FORTIANALYZER-MIB, which both products answer
const FORTIANALYZER = '1.3.6.1.4.1.12356.102';
const FORTIMANAGER = '1.3.6.1.4.1.12356.103';
const SYSTEM = `${FORTIMANAGER}.2.1`;

export const profile = defineProfile({
  name: 'fortimanager',
  title: 'Fortinet FortiManager, FortiAnalyzer',
  match: [{ sysObjectID: [FORTIMANAGER, FORTIANALYZER] }],
  identity: {
    kind: 'appliance',
    vendor: 'Fortinet',
    model: ['{1.3.6.1.2.1.47.1.1.1.1.13.1}'],
    version: [`{${SYSTEM}.7.0}`],
    serial: ['{1.3.6.1.4.1.12356.100.1.1.1.0}', '{1.3.6.1.2.1.47.1.1.1.1.11.1}'],
  },
  cpu: [{ name: 'Processor', used: `${SYSTEM}.1.0` }],
  memory: [{ name: 'Main Memory', used: `${SYSTEM}.2.0`, total: `${SYSTEM}.3.0`, unit: 1024 }],
  storage: [{ name: 'Disk', used: `${SYSTEM}.4.0`, total: `${SYSTEM}.5.0`, unit: 1024 * 1024 }],
});
