import { defineProfile } from '../profile.ts';
import { fastpath } from '../rules/fastpath.ts';
import { RADLAN_CPU, RADLAN_SENSORS } from '../rules/radlan.ts';

/** PowerConnect and N-series (DNOS 6): FASTPATH or RADLAN within, Dell-Vendor-MIB around it. */
const DELL = '1.3.6.1.4.1.674.10895';
const PRODUCT = `${DELL}.3000.1.2.100`;
const ENVIRONMENT = `${DELL}.3000.1.2.110.7`;
const { cpu, memory, sensors } = fastpath(`${DELL}.5000.2.6132.1.1`);

const STATES = {
  1: ['normal', 'ok'],
  2: ['warning', 'warning'],
  3: ['critical', 'critical'],
  4: ['shut down', 'critical'],
  5: ['not present', 'unknown'],
  6: ['not functioning', 'critical'],
} as const;

export const profile = defineProfile({
  name: 'dell-powerconnect',
  title: 'Dell PowerConnect, N-series',
  match: [{ sysObjectID: DELL }],
  identity: {
    kind: 'switch',
    vendor: 'Dell',
    model: [
      `{${PRODUCT}.1.0}`,
      {
        from: 'sysDescr',
        match: '((?:PowerConnect |Dell Networking |Dell EMC Networking )?[A-Z]?\\d{2,}[A-Z-]*)',
      },
    ],
    version: [`{${PRODUCT}.4.0}`, { from: 'sysDescr', match: ', (\\d+\\.[\\d.]+)' }],
    serial: [`{${PRODUCT}.8.1.4}`, `{${PRODUCT}.8.1.2}`],
  },
  cpu: [
    ...cpu,
    /** Before version 6. */
    {
      name: 'Processor',
      used: { oid: `${DELL}.5000.2.6132.1.1.1.1.4.4.0`, match: '(\\d+\\.\\d+)\\s*%' },
      skip: [{ oid: `${DELL}.5000.2.6132.1.1.1.1.4.9.0`, answers: true }],
    },
    ...RADLAN_CPU,
  ],
  memory,
  sensors: [
    ...sensors,
    ...RADLAN_SENSORS,
    { kind: 'state', name: `{${ENVIRONMENT}.1.1.2}`, value: `${ENVIRONMENT}.1.1.3`, states: STATES },
    { kind: 'state', name: `{${ENVIRONMENT}.2.1.2}`, value: `${ENVIRONMENT}.2.1.3`, states: STATES },
  ],
});
