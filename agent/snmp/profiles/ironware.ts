import { defineProfile } from '../profile.ts';
import { IF_DESCR } from '../rules/names.ts';

/** Ruckus ICX and FastIron; Brocade and Foundry before it: FOUNDRY-SN-AGENT-MIB and others. */
const FOUNDRY = '1.3.6.1.4.1.1991';
const CHASSIS = `${FOUNDRY}.1.1.1`;
const AGENT = `${FOUNDRY}.1.1.2`;
/** snAgentBrdTable, snAgentCpuUtilTable, snAgentTempTable, snAgentTemp2Table. */
const BOARD = `${AGENT}.2.1.1`;
const CPU = `${AGENT}.11.1.1`;
const TEMPERATURE = `${AGENT}.13.1.1`;
const TEMPERATURE_2 = `${AGENT}.13.3.1`;
const DRAM = `${AGENT}.12.4`;
/** FOUNDRY-SN-SWITCH-GROUP-MIB: snIfOpticalMonitoringInfoTable. FOUNDRY-SN-STACKING-MIB. */
const OPTICS = `${FOUNDRY}.1.1.3.3.6.1`;
const STACK = `${FOUNDRY}.1.1.3.31`;
const UNIT = `${STACK}.2.2.1`;

/** Half degrees. */
const HALF = 0.5;
const PART_STATES = { 1: ['other', 'unknown'], 2: ['normal', 'ok'], 3: ['failure', 'critical'] } as const;
const PORT_STATES = { 1: ['other', 'unknown'], 2: ['up', 'ok'], 3: ['down', 'critical'] } as const;
const UNSTACKED = { oid: `${STACK}.1.1.0`, not: [1] };
/** The mean of 300 seconds, of the intervals there are. */
const FIVE_MINUTES = { index: '(?<!\\.300)$' };

export const profile = defineProfile({
  name: 'ironware',
  title: 'Ruckus ICX, Brocade FastIron',
  match: [{ sysObjectID: FOUNDRY }],
  identity: {
    kind: [
      { kind: 'router', sysDescr: 'NetIron|\\b(?:MLX|CER|XMR)' },
      { kind: 'appliance', sysDescr: 'ServerIron' },
      { kind: 'switch' },
    ],
    vendor: 'Ruckus',
    model: [
      { from: 'sysDescr', match: '\\b((?:ICX|FCX|FESX|FES|FGS|FLS|FWS|FSX|FI|TI|SI|MLX|CES|CER|NI|BI)\\w*\\d[\\w-]*)' },
      { from: 'sysDescr', match: '(?:Inc\\.|Stacking System) ([^,]+), ?IronWare' },
    ],
    version: [`{${AGENT}.1.11.0}`, { from: 'sysDescr', match: 'IronWare Version V?(\\S+)' }],
    serial: [`{${CHASSIS}.1.2.0}`],
  },
  cpu: [
    { name: 'Slot {index.1} CPU {index.2}', used: { oid: `${CPU}.6`, scale: 0.01 }, skip: [FIVE_MINUTES] },
    {
      name: 'Slot {index.1} CPU {index.2}',
      used: `${CPU}.5`,
      skip: [FIVE_MINUTES, { oid: `${CPU}.6`, answers: true }],
    },
    { name: 'Processor', used: `${AGENT}.1.52.0`, skip: [{ oid: `${CPU}.4`, answers: true }] },
  ],
  memory: [
    { name: 'System memory', free: `${DRAM}.3.0`, total: `${DRAM}.2.0` },
    { name: `{${BOARD}.2}`, percent: { oid: `${BOARD}.28`, scale: 0.01 } },
    // snAgGblDynMem…, of those that have neither
    {
      name: 'System memory',
      free: `${AGENT}.1.55.0`,
      total: `${AGENT}.1.54.0`,
      skip: [
        { oid: `${BOARD}.28`, answers: true },
        { oid: `${DRAM}.2.0`, answers: true },
      ],
    },
  ],
  sensors: [
    {
      kind: 'state',
      name: `Power supply {index} {${CHASSIS}.2.1.1.2}`,
      value: `${CHASSIS}.2.1.1.3`,
      states: PART_STATES,
      skip: [{ is: [1] }, { oid: `${CHASSIS}.2.1.1.2`, matches: 'not present' }],
    },
    { kind: 'state', name: `Fan {index} {${CHASSIS}.3.1.1.2}`, value: `${CHASSIS}.3.1.1.3`, states: PART_STATES },
    {
      kind: 'temperature',
      name: `{${TEMPERATURE}.3}`,
      value: { oid: `${TEMPERATURE}.4`, scale: HALF },
      skip: [{ oid: `${TEMPERATURE_2}.5`, answers: true }],
    },
    {
      kind: 'temperature',
      name: `{index.1}/{index.2} {${TEMPERATURE_2}.4}`,
      value: { oid: `${TEMPERATURE_2}.5`, scale: HALF },
    },
    { kind: 'temperature', name: `{${IF_DESCR}} optics`, value: `${OPTICS}.1` },
    { kind: 'dbm', name: `{${IF_DESCR}} TX power`, value: `${OPTICS}.2` },
    { kind: 'dbm', name: `{${IF_DESCR}} RX power`, value: `${OPTICS}.3` },
    { kind: 'current', name: `{${IF_DESCR}} TX bias`, value: { oid: `${OPTICS}.4`, scale: 0.001 } },
    {
      kind: 'state',
      name: 'Stacking',
      value: `${STACK}.1.1.0`,
      states: { 0: ['none', 'unknown'], 1: ['enabled', 'ok'], 2: ['disabled', 'ok'] },
    },
    {
      kind: 'state',
      name: 'Unit {index} stacking',
      value: `${UNIT}.5`,
      states: { 1: ['local', 'ok'], 2: ['remote', 'ok'], 3: ['reserved', 'critical'], 4: ['empty', 'critical'] },
      skip: [UNSTACKED],
    },
    {
      kind: 'state',
      name: 'Unit {index} stack port 1',
      value: `${UNIT}.8`,
      states: PORT_STATES,
      skip: [UNSTACKED, { oid: `${UNIT}.7`, is: [0] }],
    },
    {
      kind: 'state',
      name: 'Unit {index} stack port 2',
      value: `${UNIT}.10`,
      states: PORT_STATES,
      skip: [UNSTACKED, { oid: `${UNIT}.9`, is: [0] }],
    },
  ],
});
