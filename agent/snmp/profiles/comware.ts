import { defineProfile } from '../profile.ts';
import { ENTITY_CLASS, ENTITY_DESCR, ENTITY_NAME, ENTITY_SERIAL, IF_NAME } from '../rules/names.ts';

/** H3C, and HPE's and 3Com's switches of its making. */
const H3C = '1.3.6.1.4.1.25506';
/** HH3C-ENTITY-EXT-MIB: hh3cEntityExtStateTable, ManuTable, PowerTable; by entity. */
const ENTITY = `${H3C}.2.6.1`;
const STATE = `${ENTITY}.1.1.1`;
/** HH3C-LswDEVM-MIB: fans and power supplies. */
const DEVICE = `${H3C}.8.35.9.1`;
/** HH3C-TRANSCEIVER-INFO-MIB: hh3cTransceiverInfoTable; by interface. */
const OPTICS = `${H3C}.2.70.1.1.1`;

const NONE = [2147483647];
const PART_STATES = {
  1: ['active', 'ok'],
  2: ['not active', 'critical'],
  3: ['not installed', 'unknown'],
  4: ['unsupported', 'warning'],
} as const;
/** Ports answer 0: only what has memory of its own has a processor. */
const WITHOUT_MEMORY = { oid: `${STATE}.8`, is: [0] };
const DISABLED = { oid: '1.3.6.1.2.1.2.2.1.7', is: [2] };

export const profile = defineProfile({
  name: 'comware',
  title: 'H3C, HPE Comware',
  match: [{ sysObjectID: H3C }],
  identity: {
    kind: [
      { kind: 'access-point', sysDescr: '\\bWA\\d{4}|access point' },
      { kind: 'wireless-controller', sysDescr: '\\bWX\\d{4}' },
      { kind: 'firewall', sysDescr: 'SecPath|\\bF\\d{4}' },
      { kind: 'router', sysDescr: '\\b(?:MSR|SR|ER)\\d+' },
      { kind: 'switch' },
    ],
    vendor: 'HPE / H3C',
    model: [
      {
        from: 'sysDescr',
        match: '[\\r\\n]+(?:HPE FF |HPE |HP |H3C |3Com )?([^\\r\\n]+?)(?: Software Version[^\\r\\n]*)? *[\\r\\n]',
      },
      {
        from: ENTITY_DESCR,
        match: '^(?:H3C )?(.+?)(?: Software Version.*)?$',
        where: { oid: ENTITY_CLASS, is: '3' },
      },
    ],
    version: [{ from: 'sysDescr', match: 'Version ([0-9.]+)' }],
    serial: [`{${ENTITY}.2.1.1.2}`, { from: ENTITY_SERIAL, where: { oid: ENTITY_CLASS, is: '3' } }],
  },
  cpu: [{ name: `{${ENTITY_NAME}}`, used: `${STATE}.6`, skip: [WITHOUT_MEMORY] }],
  memory: [
    {
      name: `{${ENTITY_NAME}}`,
      percent: `${STATE}.8`,
      total: { oid: `${STATE}.10`, skip: [0] },
      skip: [WITHOUT_MEMORY],
    },
  ],
  sensors: [
    { kind: 'state', name: 'Fan {index}', value: `${DEVICE}.1.1.2`, states: PART_STATES },
    { kind: 'state', name: 'Power Supply {index}', value: `${DEVICE}.2.1.2`, states: PART_STATES },
    {
      kind: 'state',
      name: `{${ENTITY_NAME}}`,
      value: `${STATE}.19`,
      states: {
        2: ['normal', 'ok'],
        3: ['failed its self-test', 'critical'],
        4: ['absent', 'unknown'],
        11: ['PoE error', 'warning'],
        21: ['stack error', 'critical'],
        22: ['stack port blocked', 'warning'],
        23: ['stack port failed', 'critical'],
        31: ['transceiver receives nothing', 'unknown'],
        32: ['transceiver does not send', 'warning'],
        33: ['transceiver neither sends nor receives', 'warning'],
        41: ['fan error', 'critical'],
        51: ['power supply error', 'critical'],
        61: ['redundant supply error', 'warning'],
        71: ['module faulty', 'critical'],
        81: ['sensor error', 'warning'],
        91: ['hardware faulty', 'critical'],
      },
      /** Power supplies, fans and modules; 1 is what has none. */
      skip: [{ oid: ENTITY_CLASS, not: [6, 7, 9] }, { oid: ENTITY_CLASS, missing: true }, { is: [1] }],
    },
    {
      kind: 'temperature',
      name: `{${ENTITY_NAME}}`,
      value: { oid: `${STATE}.12`, skip: [65535] },
      limits: { highWarning: { oid: `${STATE}.13`, skip: [0, 65535] } },
      /** Ports and containers repeat what the board measures. */
      skip: [
        { oid: ENTITY_CLASS, not: [8, 9] },
        { oid: ENTITY_CLASS, missing: true },
      ],
    },
    {
      kind: 'power',
      name: `{${ENTITY_NAME}} power`,
      value: { oid: `${ENTITY}.3.1.1.3`, scale: 0.001, skip: [0] },
    },
    {
      kind: 'temperature',
      name: `{${IF_NAME}} optics`,
      value: { oid: `${OPTICS}.15`, skip: NONE },
      limits: {
        highWarning: { oid: `${OPTICS}.20`, scale: 0.001, skip: [0, ...NONE] },
        high: { oid: `${OPTICS}.18`, scale: 0.001, skip: [0, ...NONE] },
      },
      skip: [DISABLED],
    },
    {
      kind: 'voltage',
      name: `{${IF_NAME}} optics`,
      value: { oid: `${OPTICS}.16`, scale: 0.01, skip: NONE },
      skip: [DISABLED],
    },
    {
      kind: 'current',
      name: `{${IF_NAME}} TX bias`,
      value: { oid: `${OPTICS}.17`, scale: 0.00001, skip: NONE },
      skip: [DISABLED],
    },
    {
      kind: 'dbm',
      name: `{${IF_NAME}} TX power`,
      value: { oid: `${OPTICS}.9`, scale: 0.01, skip: NONE },
      skip: [DISABLED],
    },
    {
      kind: 'dbm',
      name: `{${IF_NAME}} RX power`,
      value: { oid: `${OPTICS}.12`, scale: 0.01, skip: NONE },
      skip: [DISABLED],
    },
  ],
});
