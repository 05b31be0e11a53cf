import { defineProfile } from '../profile.ts';
import { alarms } from '../rules/alarms.ts';

/** CPS-MIB: CyberPower's UPSes, PDUs, transfer switches and their probe. */
const CPS = '1.3.6.1.4.1.3808';
const UPS = `${CPS}.1.1.1`;
const BATTERY = `${UPS}.2`;
const INPUT = `${UPS}.3`;
const OUTPUT = `${UPS}.4`;
/** ePDU of the first generation: identity, ePDULoadStatusTable, ePDUOutletStatusTable. */
const PDU = `${CPS}.1.1.3`;
const LOAD = `${PDU}.2.3.1.1`;
const OUTLET = `${PDU}.3.5.1.1`;
/** ePDU2: device, phase, bank. */
const PDU2 = `${CPS}.1.1.6`;
const DEVICE2 = `${PDU2}.3.4.1`;
const PHASE2 = `${PDU2}.4.4.1`;
const BANK2 = `${PDU2}.5.4.1`;
const ENVIRONMENT = `${CPS}.1.1.4`;
const CONTACT = `${ENVIRONMENT}.4.2.1`;
const TRAP = `${CPS}.0`;

const TENTH = 0.1;
const UNTOLD = [-1, 65535];
const LOAD_STATES = {
  1: ['low load', 'ok'],
  2: ['normal', 'ok'],
  3: ['near overload', 'warning'],
  4: ['overload', 'critical'],
} as const;

export const profile = defineProfile({
  name: 'cyberpower',
  title: 'CyberPower',
  match: [{ sysObjectID: CPS }],
  without: ['1.3.6.1.2.1.33'],
  identity: {
    kind: [
      { kind: 'ups', has: { oid: `${OUTPUT}.1.1.0` } },
      { kind: 'ups', has: { oid: `${UPS}.1.1.1.0` } },
      { kind: 'pdu', has: { oid: `${LOAD}.2` } },
      { kind: 'pdu', has: { oid: `${PDU}.1.5.0` } },
      { kind: 'pdu', has: { oid: `${DEVICE2}.4` } },
      { kind: 'ups' },
    ],
    vendor: 'CyberPower',
    model: [`{${UPS}.1.1.1.0}`, `{${PDU}.1.5.0}`, `{${PDU2}.2.1.1.8}`],
    version: [`{${UPS}.1.2.1.0}`, `{${PDU}.1.3.0}`, `{${PDU2}.2.1.1.6}`],
    serial: [`{${UPS}.1.2.3.0}`, `{${PDU}.1.6.0}`, `{${PDU2}.2.1.1.9}`],
  },
  sensors: [
    {
      kind: 'state',
      name: 'Battery status',
      value: `${BATTERY}.1.1.0`,
      states: {
        1: ['unknown', 'unknown'],
        2: ['normal', 'ok'],
        3: ['low', 'critical'],
        4: ['not present', 'critical'],
      },
    },
    {
      kind: 'state',
      name: 'Battery replace indicator',
      value: `${BATTERY}.2.5.0`,
      states: { 1: ['no', 'ok'], 2: ['replace', 'critical'] },
    },
    {
      // What last made it switch to battery.
      kind: 'state',
      name: 'Input line fail cause',
      value: `${INPUT}.2.5.0`,
      states: {
        1: ['no transfer', 'ok'],
        2: ['high voltage', 'critical'],
        3: ['brown out', 'critical'],
        4: ['self test', 'warning'],
      },
    },
    {
      kind: 'state',
      name: 'Input status',
      value: `${INPUT}.2.6.0`,
      states: {
        1: ['normal', 'ok'],
        2: ['over voltage', 'critical'],
        3: ['under voltage', 'critical'],
        4: ['frequency failure', 'critical'],
        5: ['blackout', 'critical'],
      },
    },
    {
      kind: 'state',
      name: 'Output status',
      value: `${OUTPUT}.1.1.0`,
      states: {
        1: ['unknown', 'unknown'],
        2: ['online', 'ok'],
        3: ['on battery', 'critical'],
        4: ['on boost', 'warning'],
        5: ['on sleep', 'warning'],
        6: ['off', 'critical'],
        7: ['rebooting', 'warning'],
        8: ['eco mode', 'ok'],
        9: ['on bypass', 'warning'],
        10: ['on buck', 'warning'],
        11: ['on overload', 'critical'],
      },
    },
    { kind: 'charge', name: 'Battery capacity', value: { oid: `${BATTERY}.2.1.0`, skip: UNTOLD } },
    { kind: 'voltage', name: 'Battery voltage', value: { oid: `${BATTERY}.2.2.0`, scale: TENTH, skip: UNTOLD } },
    { kind: 'temperature', name: 'Battery temperature', value: { oid: `${BATTERY}.2.3.0`, skip: UNTOLD } },
    { kind: 'runtime', name: 'Battery runtime', value: { oid: `${BATTERY}.2.4.0`, scale: 1 / 6000 } },
    { kind: 'runtime', name: 'Time on battery', value: { oid: `${BATTERY}.1.2.0`, scale: 1 / 6000 } },
    { kind: 'voltage', name: 'Input line voltage', value: { oid: `${INPUT}.2.1.0`, scale: TENTH, skip: UNTOLD } },
    { kind: 'frequency', name: 'Input', value: { oid: `${INPUT}.2.4.0`, scale: TENTH, skip: UNTOLD } },
    { kind: 'voltage', name: 'Output voltage', value: { oid: `${OUTPUT}.2.1.0`, scale: TENTH, skip: UNTOLD } },
    { kind: 'frequency', name: 'Output', value: { oid: `${OUTPUT}.2.2.0`, scale: TENTH, skip: UNTOLD } },
    { kind: 'load', name: 'Load', value: { oid: `${OUTPUT}.2.3.0`, skip: UNTOLD } },
    { kind: 'current', name: 'Output', value: { oid: `${OUTPUT}.2.4.0`, scale: TENTH, skip: UNTOLD } },
    { kind: 'power', name: 'Output', value: { oid: `${OUTPUT}.2.5.0`, skip: UNTOLD } },
    { kind: 'current', name: 'Input {index}', value: { oid: `${LOAD}.2`, scale: TENTH, skip: UNTOLD } },
    { kind: 'state', name: 'Load state {index}', value: `${LOAD}.3`, states: LOAD_STATES },
    { kind: 'voltage', name: 'Input {index}', value: { oid: `${LOAD}.6`, scale: TENTH, skip: UNTOLD } },
    { kind: 'power', name: 'Input {index}', value: { oid: `${LOAD}.7`, skip: UNTOLD } },
    {
      kind: 'state',
      name: `Outlet {${OUTLET}.2}`,
      value: `${OUTLET}.4`,
      states: { 1: ['on', 'ok'], 2: ['off', 'ok'] },
    },
    { kind: 'state', name: `Load state {${DEVICE2}.3}`, value: `${DEVICE2}.4`, states: LOAD_STATES },
    { kind: 'power', name: `Load {${DEVICE2}.3}`, value: { oid: `${DEVICE2}.5`, scale: 10, skip: UNTOLD } },
    { kind: 'state', name: 'Load state, phase {index}', value: `${PHASE2}.4`, states: LOAD_STATES },
    { kind: 'current', name: 'Phase {index}', value: { oid: `${PHASE2}.5`, scale: TENTH, skip: UNTOLD } },
    { kind: 'voltage', name: 'Phase {index}', value: { oid: `${PHASE2}.6`, scale: TENTH, skip: UNTOLD } },
    { kind: 'state', name: 'Load state, bank {index}', value: `${BANK2}.4`, states: LOAD_STATES },
    { kind: 'current', name: 'Bank {index}', value: { oid: `${BANK2}.5`, scale: TENTH, skip: UNTOLD } },
    {
      kind: 'temperature',
      name: 'Environment sensor',
      value: { oid: `${ENVIRONMENT}.2.1.0`, scale: TENTH, as: 'fahrenheit', skip: UNTOLD },
    },
    { kind: 'humidity', name: 'Environment sensor', value: { oid: `${ENVIRONMENT}.3.1.0`, skip: UNTOLD } },
    {
      // A contact with the name it came with has nothing connected.
      kind: 'state',
      name: `{${CONTACT}.2}`,
      value: `${CONTACT}.3`,
      states: { 1: ['normal', 'ok'], 2: ['abnormal', 'critical'] },
      skip: [{ oid: `${CONTACT}.2`, matches: '^Contact#\\d' }],
    },
  ],
  traps: [
    {
      oid: `${TRAP}.1`,
      title: { fr: 'Communication perdue avec l’onduleur', en: 'Communication with the UPS lost' },
      severity: 'warning',
    },
    {
      oid: `${TRAP}.8`,
      title: { fr: 'Communication rétablie', en: 'Communication restored' },
      severity: 'clears',
      clears: `${TRAP}.1`,
    },
    ...alarms(TRAP, [
      [2, 'upsOverload', 'critical', 'Onduleur en surcharge', 'UPS overloaded', 19],
      [3, 'upsDiagnosticsFailed', 'critical', 'Autotest de l’onduleur en échec', 'UPS self-test failed', 10],
      [4, 'upsDischarged', 'critical', 'Batterie de l’onduleur déchargée', 'UPS battery discharged', 20],
      [16, 'upsOverTemp', 'critical', 'Onduleur trop chaud', 'UPS too hot', 17],
      [23, 'upsChargerFailure', 'critical', 'Chargeur de batterie en panne', 'Battery charger failed', 24],
      [38, 'upsHardwareFault', 'critical', 'Panne matérielle de l’onduleur', 'UPS hardware fault'],
      [39, 'upsBatteryNotPresent', 'critical', 'Batterie de l’onduleur absente', 'UPS battery missing'],
      [42, 'upsEnterBypassMode', 'warning', 'Onduleur en dérivation', 'UPS on bypass', 43],
      [
        101,
        'ePDUCommunicationLost',
        'warning',
        'Communication perdue avec la PDU',
        'Communication with the PDU lost',
        100,
      ],
      [108, 'ePDUNearOverload', 'warning', 'PDU presque en surcharge', 'PDU near overload', 109],
      [110, 'ePDUOverload', 'critical', 'PDU en surcharge', 'PDU overloaded', 111],
      [
        120,
        'ePDUPowerSupply1Fail',
        'critical',
        'Alimentation 1 de la PDU en panne',
        'Power supply 1 of the PDU failed',
        121,
      ],
      [
        122,
        'ePDUPowerSupply2Fail',
        'critical',
        'Alimentation 2 de la PDU en panne',
        'Power supply 2 of the PDU failed',
        123,
      ],
    ]),
    { oid: `${TRAP}.5`, title: { fr: 'Onduleur sur batterie', en: 'UPS on battery' }, severity: 'warning' },
    {
      oid: `${TRAP}.9`,
      title: { fr: 'Courant rétabli', en: 'Power restored' },
      severity: 'clears',
      clears: `${TRAP}.5`,
    },
    { oid: `${TRAP}.7`, title: { fr: 'Batterie de l’onduleur faible', en: 'UPS battery low' }, severity: 'critical' },
    {
      oid: `${TRAP}.11`,
      title: { fr: 'Batterie de nouveau suffisante', en: 'Battery no longer low' },
      severity: 'clears',
      clears: `${TRAP}.7`,
    },
    { oid: `${TRAP}.12`, title: { fr: 'Onduleur arrêté', en: 'UPS turned off' }, severity: 'critical' },
    {
      oid: `${TRAP}.50`,
      title: { fr: 'Batterie de l’onduleur à remplacer', en: 'UPS battery needs replacement' },
      severity: 'warning',
    },
  ],
});
