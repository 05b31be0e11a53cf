import { defineProfile } from '../profile.ts';
import { changes } from '../rules/alarms.ts';
import { ENTITY_CLASS, ENTITY_DESCR, ENTITY_NAME, IF_NAME } from '../rules/names.ts';

/** HP's switches: ProCurve, and ArubaOS-Switch after it. */
const HP = '1.3.6.1.4.1.11';
const SWITCH = `${HP}.2.14.11.5.1`;
/** NETSWITCH-MIB: hpLocalMemTable, hpGlobalMemTable. */
const LOCAL_MEMORY = `${SWITCH}.1.2.1.1.1`;
const GLOBAL_MEMORY = `${SWITCH}.1.2.2.1.1`;
/** HP-ICF-CHASSIS: hpicfSensorTable. */
const SENSOR = `${HP}.2.14.11.1.2.6.1`;
/** HP-ICF-CHASSIS: hpicfPowerSupplyTable, of its trap. */
const CHASSIS_SUPPLY = `${HP}.2.14.11.1.2.11.1`;
/** FAN-MIB: hpicfFanTable. POWERSUPPLY-MIB: hpicfPsTable. */
const FAN = `${SWITCH}.54.2.1.1`;
const SUPPLY = `${SWITCH}.55.1.1.1`;
/** HP-ICF-POE-MIB: hpicfPseFeaturesTable. */
const POE = `${HP}.2.14.11.1.9.1.6.1`;
/** HP-STACK-MIB: hpStackConfig, hpStackMemberTable. */
const STACK = `${SWITCH}.69`;
const MEMBER = `${STACK}.1.3.1`;
/** HP-ICF-TRANSCEIVER-MIB: hpicfXcvrInfoTable. */
const OPTICS = `${SWITCH}.82.1.1.1.1`;
/** ENTITY-STATE-MIB: entStateOper. */
const STATE = '1.3.6.1.2.1.131.1.1.1.3';

const NO_LIGHT = [-99999999];

export const profile = defineProfile({
  name: 'procurve',
  title: 'HP ProCurve, ArubaOS-Switch',
  match: [{ sysObjectID: [`${HP}.2.3.7.11`, `${HP}.2.3.7.8`] }],
  identity: {
    kind: 'switch',
    vendor: 'HPE Aruba',
    model: [
      { from: 'sysDescr', match: '^(?:Aruba|ProCurve|HPE?) (\\S+) +Switch (\\S[^,]*?), *revision', as: '$1 $2' },
      {
        from: 'sysDescr',
        match: '^(?:Aruba|ProCurve|HPE?) ([^,]+?)(?: Switch| Stack)*(?: \\([^)]*\\))?, *revision',
      },
      { from: 'sysDescr', match: '^(?:HPE OfficeConnect Switch|HP ProCurve|HPE?) ([^,]*), P\\S[0-9.]+' },
      { from: 'sysDescr', match: '^(?:Aruba|HPE Networking) Instant On ([^,]+?)(?: Switch)?, InstantOn_' },
      { from: 'sysDescr', match: '^PROCURVE (.*) - ' },
      { from: 'sysDescr', match: '^(GbE2c)' },
    ],
    version: [
      `{${SWITCH}.1.3.0}`,
      { from: 'sysDescr', match: 'revision ([^ ,]+)' },
      { from: 'sysDescr', match: 'InstantOn_\\d+_([0-9.]+)' },
      { from: 'sysDescr', match: ', (P\\S?[0-9.]+)' },
      { from: 'sysDescr', match: '^PROCURVE .* - (\\S+)' },
    ],
    serial: [`{${HP}.2.36.1.1.2.9.0}`],
  },
  cpu: [{ name: 'Processor', used: `${SWITCH}.9.6.1.0` }],
  memory: [
    {
      name: 'Local memory {index}',
      used: `${LOCAL_MEMORY}.7`,
      free: `${LOCAL_MEMORY}.6`,
      total: `${LOCAL_MEMORY}.5`,
    },
    {
      name: 'Global memory {index}',
      used: `${GLOBAL_MEMORY}.7`,
      free: `${GLOBAL_MEMORY}.6`,
      total: `${GLOBAL_MEMORY}.5`,
    },
  ],
  sensors: [
    {
      kind: 'state',
      name: `{${SENSOR}.7}`,
      value: `${SENSOR}.4`,
      states: {
        1: ['unknown', 'unknown'],
        2: ['bad', 'critical'],
        3: ['warning', 'warning'],
        4: ['good', 'ok'],
        5: ['not present', 'unknown'],
      },
    },
    {
      kind: 'state',
      name: 'Fan {index}',
      value: `${FAN}.4`,
      states: {
        0: ['failed', 'critical'],
        1: ['removed', 'unknown'],
        2: ['off', 'unknown'],
        3: ['too slow', 'warning'],
        4: ['too fast', 'warning'],
        5: ['ok', 'ok'],
        6: ['maximum state', 'unknown'],
      },
    },
    {
      kind: 'state',
      name: 'Power supply {index}',
      value: `${SUPPLY}.2`,
      states: {
        1: ['not present', 'unknown'],
        2: ['not plugged in', 'critical'],
        3: ['powered', 'ok'],
        4: ['failed', 'critical'],
        5: ['failed for good', 'critical'],
        6: ['maximum state', 'unknown'],
        7: ['auxiliary failed', 'critical'],
        8: ['not powered', 'critical'],
        9: ['auxiliary not powered', 'critical'],
      },
    },
    { kind: 'temperature', name: 'Power supply {index}', value: `${SUPPLY}.4` },
    {
      kind: 'power',
      name: 'Power supply {index}',
      value: `${SUPPLY}.6`,
      limits: { high: { oid: `${SUPPLY}.7`, skip: [0] } },
    },
    { kind: 'power', name: 'PoE power {index}', value: `${POE}.4` },
    {
      kind: 'power',
      name: 'PoE power used {index}',
      value: `${POE}.5`,
      limits: { high: `${POE}.4` },
      skip: [{ oid: `${POE}.4`, is: [0] }],
    },
    {
      kind: 'state',
      name: 'Stack',
      value: `${STACK}.1.1.2.0`,
      states: {
        0: ['unavailable', 'unknown'],
        1: ['disabled', 'ok'],
        2: ['active', 'ok'],
        3: ['inactive fragment', 'critical'],
        4: ['active fragment', 'warning'],
      },
    },
    {
      kind: 'state',
      name: 'Stack topology',
      value: `${STACK}.1.1.4.0`,
      states: {
        0: ['unknown', 'unknown'],
        1: ['chain', 'warning'],
        2: ['ring', 'ok'],
        3: ['mesh', 'ok'],
        4: ['partial mesh', 'warning'],
      },
      skip: [{ oid: `${STACK}.1.1.2.0`, is: [0, 1] }],
    },
    {
      kind: 'state',
      name: `Stack member {index} {${MEMBER}.10}`,
      value: `${MEMBER}.9`,
      states: {
        0: ['unused', 'unknown'],
        1: ['missing', 'critical'],
        2: ['provisioned', 'unknown'],
        3: ['commander', 'ok'],
        4: ['standby', 'ok'],
        5: ['member', 'ok'],
        6: ['shut down', 'critical'],
        7: ['booting', 'warning'],
        8: ['cannot be reached', 'critical'],
        9: ['incompatible system', 'critical'],
        10: ['unknown', 'unknown'],
        11: ['standby, booting', 'warning'],
      },
    },
    {
      kind: 'state',
      name: `{${ENTITY_NAME}} {${ENTITY_DESCR}}`,
      value: STATE,
      states: {
        1: ['unknown', 'unknown'],
        2: ['disabled', 'critical'],
        3: ['enabled', 'ok'],
        4: ['testing', 'warning'],
      },
      /** Containers, power supplies, fans, sensors and ports: told above, or nobody's trouble. */
      skip: [
        { oid: ENTITY_CLASS, is: [5, 6, 7, 8, 10] },
        { oid: ENTITY_CLASS, missing: true },
      ],
    },
    {
      kind: 'temperature',
      name: `{${IF_NAME}} optics`,
      value: { oid: `${OPTICS}.11`, scale: 0.001, skip: [0, ...NO_LIGHT] },
    },
    { kind: 'voltage', name: `{${IF_NAME}} optics`, value: { oid: `${OPTICS}.12`, scale: 0.0001, skip: [0] } },
    { kind: 'current', name: `{${IF_NAME}} TX bias`, value: { oid: `${OPTICS}.13`, scale: 0.000001, skip: [0] } },
    { kind: 'dbm', name: `{${IF_NAME}} TX power`, value: { oid: `${OPTICS}.14`, scale: 0.001, skip: NO_LIGHT } },
    { kind: 'dbm', name: `{${IF_NAME}} RX power`, value: { oid: `${OPTICS}.15`, scale: 0.001, skip: NO_LIGHT } },
  ],
  traps: [
    ...changes(`${HP}.2.14.12.1.0.6`, 'hpicfPowerSupplyStatusTrap', {
      state: `${CHASSIS_SUPPLY}.2`,
      over: '^[123]$',
      bad: '^4$',
      fr: `Alimentation électrique {${CHASSIS_SUPPLY}.1} en panne`,
      en: `Power supply {${CHASSIS_SUPPLY}.1} failed`,
      key: `{${CHASSIS_SUPPLY}.1}`,
    }),
    {
      oid: `${HP}.2.14.12.1.0.3`,
      title: {
        fr: `Un capteur du commutateur a changé d’état\u202f: {${SENSOR}.7}`,
        en: `A sensor of the switch has changed its state: {${SENSOR}.7}`,
      },
      severity: 'warning',
    },
    {
      oid: `${STACK}.0.2`,
      title: { fr: 'La pile de commutateurs a changé de commandant', en: 'The stack of switches has a new commander' },
      severity: 'warning',
    },
    {
      oid: `${STACK}.0.4`,
      title: {
        fr: `Le membre {${MEMBER}.13} de la pile a changé d’état`,
        en: `Member {${MEMBER}.13} of the stack has changed its state`,
      },
      severity: 'warning',
    },
    {
      oid: `${STACK}.0.5`,
      title: { fr: 'Un commutateur n’a pas pu rejoindre la pile', en: 'A switch could not join the stack' },
      severity: 'warning',
    },
  ],
});
