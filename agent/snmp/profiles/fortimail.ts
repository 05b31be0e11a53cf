import { defineProfile } from '../profile.ts';

// FORTINET-FORTIMAIL-MIB
const SYSTEM = '1.3.6.1.4.1.12356.105.1';
const QUEUE = `${SYSTEM}.103.2.1`;

export const profile = defineProfile({
  name: 'fortimail',
  title: 'Fortinet FortiMail',
  match: [{ sysObjectID: '1.3.6.1.4.1.12356.105' }],
  identity: {
    kind: 'appliance',
    vendor: 'Fortinet',
    model: [`{${SYSTEM}.1.0}`],
    version: [`{${SYSTEM}.3.0}`],
    serial: [`{${SYSTEM}.2.0}`, '{1.3.6.1.4.1.12356.100.1.1.1.0}'],
  },
  cpu: [{ name: 'Processor', used: `${SYSTEM}.6.0` }],
  memory: [{ name: 'Physical Memory', percent: `${SYSTEM}.7.0` }],
  storage: [
    { name: 'Log disk', percent: `${SYSTEM}.8.0` },
    { name: 'Mail disk', percent: `${SYSTEM}.9.0` },
  ],
  sensors: [{ kind: 'count', name: `Mail queue {${QUEUE}.2}`, value: `${QUEUE}.3` }],
});
