import { defineProfile } from '../profile.ts';

/** Dell SmartFabric OS10. DELLEMC-OS10-CHASSIS-MIB. */
const OS10 = '1.3.6.1.4.1.674.11000.5000.100';
const CHASSIS = `${OS10}.4.1.1.3.1`;
const CARD = `${OS10}.4.1.1.4.1`;
/** os10PowerSupplyTable, os10FanTrayTable, os10FanTable. */
const PARTS = `${OS10}.4.1.2`;

/** As ifOperStatus has it. */
const STATES = {
  1: ['normal', 'ok'],
  2: ['down', 'critical'],
  3: ['testing', 'warning'],
  4: ['unknown', 'unknown'],
  5: ['dormant', 'unknown'],
  6: ['not present', 'unknown'],
  7: ['lower layer down', 'critical'],
  8: ['failed', 'critical'],
} as const;

export const profile = defineProfile({
  name: 'dell-os10',
  title: 'Dell SmartFabric OS10',
  match: [{ sysObjectID: OS10 }],
  identity: {
    kind: 'switch',
    vendor: 'Dell',
    model: [{ from: 'sysDescr', match: 'System Type: *(\\S+)' }],
    version: [{ from: 'sysDescr', match: 'OS Version: *(\\d[\\w.]*\\w)' }],
    serial: [`{${CHASSIS}.7}`, `{${CHASSIS}.6}`],
  },
  sensors: [
    { kind: 'temperature', name: 'Chassis {index}', value: `${CHASSIS}.11` },
    { kind: 'temperature', name: 'Card {index}', value: `${CARD}.5` },
    { kind: 'state', name: 'Power supply {index}', value: `${PARTS}.1.1.4`, states: STATES },
    { kind: 'state', name: 'Fan tray {index}', value: `${PARTS}.2.1.4`, states: STATES },
    { kind: 'state', name: 'Fan {index}', value: `${PARTS}.3.1.7`, states: STATES },
  ],
});
