import { defineProfile } from '../profile.ts';
import { WINDOWS } from '../rules/windows.ts';

/** BSS-RCP-MIB. */
const BOSCH = '1.3.6.1.4.1.3967';
const SYSTEM = `${BOSCH}.1.1`;
const IDENTIFICATION = `${SYSTEM}.1`;
const TENTH = 0.1;
const HUNDREDTH = 0.01;

export const profile = defineProfile({
  name: 'bosch-camera',
  title: 'Bosch cameras',
  // Some run Net-SNMP under its own sysObjectID.
  match: [{ sysObjectID: BOSCH }, { notSysObjectID: WINDOWS, has: { oid: `${IDENTIFICATION}.7.0`, is: 'bosch' } }],
  identity: {
    kind: 'camera',
    vendor: 'Bosch',
    model: [`{${SYSTEM}.5.1.0}`],
    version: [`{${IDENTIFICATION}.5.0}`],
    serial: [{ from: `${IDENTIFICATION}.6.0`, octets: 'hex' }],
  },
  cpu: [{ name: 'Processor {index}', used: { oid: `${SYSTEM}.9.1.1`, as: 'rest' } }],
  storage: [{ name: 'Local storage', percent: `${SYSTEM}.11.0` }],
  sensors: [
    { kind: 'temperature', name: 'Temp Sensor {index}', value: { oid: `${SYSTEM}.7.1.1`, scale: TENTH } },
    { kind: 'fanspeed', name: 'Fan {index}', value: `${SYSTEM}.8.1.1` },
    { kind: 'humidity', name: 'Humidity {index}', value: { oid: `${SYSTEM}.13.1.1`, scale: HUNDREDTH } },
    { kind: 'power', name: 'PoE granted', value: { oid: `${SYSTEM}.10.0`, scale: TENTH, skip: [0] } },
    {
      kind: 'state',
      name: 'Video signal {index}',
      value: `${BOSCH}.1.3.1.1.1`,
      states: { 0: ['Signal', 'ok'], 1: ['No signal', 'critical'] },
    },
  ],
});
