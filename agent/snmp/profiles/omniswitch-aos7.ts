import { defineProfile } from '../profile.ts';
import { ENTITY_CLASS, ENTITY_NAME, ENTITY_SERIAL, IF_NAME } from '../rules/names.ts';
import { omniswitch } from '../rules/omniswitch.ts';

/** Alcatel-Lucent OmniSwitch, AOS 7 and 8. */
const AOS7 = '1.3.6.1.4.1.6486.801';
/** ALCATEL-IND1-HEALTH-MIB: healthModuleTable; slot 0 is the control module. */
const HEALTH = `${AOS7}.1.2.1.16.1.1.1.1.1`;
/** ALCATEL-IND1-CHASSIS-MIB: chasChassisTable, alaChasEntPhysFanTable. */
const CHASSIS = `${AOS7}.1.1.1.3.1.1.3.1`;
const FAN = `${AOS7}.1.1.1.3.1.1.11.1`;
/** ALCATEL-IND1-PORT-MIB: ddmPortInfoTable; by interface and lane. */
const OPTICS = `${AOS7}.1.2.1.5.1.1.2.6.1`;
/** ALCATEL-IND1-VIRTUAL-CHASSIS-MIB. */
const VIRTUAL = `${AOS7}.1.2.1.69.1.1`;

const MILLI = 0.001;
const PORT = `{${IF_NAME}@1}`;
const NONE = [0, -2147483648];

export const profile = defineProfile({
  name: 'omniswitch-aos7',
  title: 'Alcatel-Lucent OmniSwitch, AOS 7 and 8',
  match: [{ sysObjectID: AOS7 }],
  identity: {
    kind: 'switch',
    vendor: 'Alcatel-Lucent',
    model: [{ from: 'sysDescr', match: '\\b(OS\\S+)' }],
    version: [{ from: 'sysDescr', match: '(\\d+\\.\\d+\\.\\S+)' }],
    serial: [{ from: ENTITY_SERIAL, where: { oid: ENTITY_CLASS, is: '3' } }],
  },
  cpu: [{ name: 'Processor', used: `${HEALTH}.11.0` }],
  memory: [{ name: 'Memory {index}', percent: `${HEALTH}.8` }],
  sensors: [
    ...omniswitch(AOS7, { certified: 4, told: 'TRANSCEIVER' }),
    {
      kind: 'fanspeed',
      name: `{${ENTITY_NAME}@1} fan {index.2}`,
      value: `${FAN}.4`,
      skip: [{ oid: `${FAN}.3`, is: [2] }],
    },
    {
      kind: 'state',
      name: `{${ENTITY_NAME}@1} fan {index.2}`,
      value: `${FAN}.2`,
      states: { 0: ['no status', 'critical'], 1: ['not running', 'warning'], 2: ['running', 'ok'] },
    },
    {
      kind: 'temperature',
      name: `{${ENTITY_NAME}} temperature`,
      value: { oid: `${CHASSIS}.8`, skip: [0] },
    },
    { kind: 'temperature', name: `${PORT} optics`, value: { oid: `${OPTICS}.2`, scale: MILLI, skip: NONE } },
    { kind: 'voltage', name: `${PORT} optics`, value: { oid: `${OPTICS}.7`, scale: MILLI, skip: NONE } },
    { kind: 'current', name: `${PORT} TX bias`, value: { oid: `${OPTICS}.12`, scale: MILLI, skip: NONE } },
    { kind: 'dbm', name: `${PORT} TX power`, value: { oid: `${OPTICS}.17`, scale: MILLI, skip: NONE } },
    {
      kind: 'dbm',
      name: `${PORT} RX power`,
      value: { oid: `${OPTICS}.22`, scale: MILLI, skip: [-2147483648] },
      skip: [{ oid: `${OPTICS}.17`, is: [0] }],
    },
    {
      kind: 'state',
      name: 'Virtual chassis unit {index}',
      value: `${VIRTUAL}.2.1.5`,
      states: {
        0: ['starting', 'ok'],
        1: ['running', 'ok'],
        2: ['invalid chassis id', 'critical'],
        3: ['hello down', 'critical'],
        4: ['duplicate chassis id', 'critical'],
        5: ['mismatching image', 'critical'],
        6: ['mismatching chassis type', 'critical'],
        7: ['mismatching hello interval', 'critical'],
        8: ['mismatching control VLAN', 'critical'],
        9: ['mismatching group', 'critical'],
        10: ['mismatching licence', 'critical'],
        11: ['invalid licence', 'critical'],
        12: ['split topology', 'critical'],
        13: ['shut down by command', 'critical'],
        14: ['shut down by failure', 'critical'],
      },
    },
    {
      kind: 'state',
      name: `Virtual chassis link {${IF_NAME}@-1}`,
      value: `${VIRTUAL}.7.1.3`,
      states: { 0: ['disabled', 'warning'], 1: ['up', 'ok'], 2: ['down', 'critical'] },
    },
  ],
});
