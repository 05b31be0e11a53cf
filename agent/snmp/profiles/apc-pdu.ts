import { defineProfile } from '../profile.ts';

/** PowerNet-MIB: rack PDUs of all generations, transfer switches, power distribution units. */
const PRODUCTS = '1.3.6.1.4.1.318.1.1';
/** MasterSwitch: sPDUOutletControlTable. */
const S_PDU_OUTLET = `${PRODUCTS}.4.4.2.1`;
/** Automatic transfer switch of a rack: atsStatusDeviceStatus, atsInputPhaseTable, atsOutputPhaseTable. */
const ATS = `${PRODUCTS}.8.5`;
const ATS_STATUS = `${ATS}.1`;
const ATS_INPUT = `${ATS}.3.3.1`;
const ATS_OUTPUT = `${ATS}.4.3.1`;
/** rPDU, the first generation: rPDULoadStatusTable and rPDULoadBankConfigTable, rPDULoadPhaseConfigTable. */
const RPDU = `${PRODUCTS}.12`;
const RPDU_LOAD = `${RPDU}.2.3.1.1`;
const RPDU_OUTLET = `${RPDU}.3.5.1.1`;
/** rPDU2: device, phase, bank, outlet, metered outlet, and the probes on it. */
const RPDU2 = `${PRODUCTS}.26`;
const RPDU2_DEVICE = `${RPDU2}.4.3.1`;
const RPDU2_PHASE = `${RPDU2}.6.3.1`;
const RPDU2_BANK = `${RPDU2}.8.3.1`;
const RPDU2_OUTLET = `${RPDU2}.9.2.3.1`;
const RPDU2_METERED = `${RPDU2}.9.4.3.1`;
const RPDU2_PROBE = `${RPDU2}.10.2.2.1`;
/** A power distribution unit on the floor: xPDU; its transfer switch: xATS; the generator behind it. */
const XPDU = `${PRODUCTS}.15`;
const XPDU_INPUT = `${XPDU}.3.1.4.1`;
const XPDU_OUTPUT = `${XPDU}.3.4`;
const XATS = `${PRODUCTS}.17`;
const GENERATOR = `${PRODUCTS}.18.1`;
/** Easy PDU: ePDUPhaseStatusTable. */
const EPDU_PHASE = `${PRODUCTS}.30.4.2.1`;
/** NetShelter PDU of other makers' making: pduUnitStatusTable, pduOutletMeteredStatusTable, pduOutletSwitchedStatusTable. */
const CPDU_UNIT = `${PRODUCTS}.32.2.4.1`;
const CPDU_METERED = `${PRODUCTS}.32.5.9.1`;
const CPDU_SWITCHED = `${PRODUCTS}.32.5.4.1`;

const TENTH = 0.1;
const HUNDREDTH = 0.01;
const UNTOLD = [-1];
const LOAD_STATES = {
  1: ['low load', 'ok'],
  2: ['normal', 'ok'],
  3: ['near overload', 'warning'],
  4: ['overload', 'critical'],
  5: ['not supported', 'unknown'],
} as const;
const PROBE_STATES = {
  1: ['not present', 'unknown'],
  2: ['below minimum', 'critical'],
  3: ['below low', 'warning'],
  4: ['normal', 'ok'],
  5: ['above high', 'warning'],
  6: ['above maximum', 'critical'],
} as const;
const UNIT_LOAD_STATES = {
  1: ['above critical limit', 'critical'],
  2: ['above warning limit', 'warning'],
  3: ['below warning limit', 'warning'],
  4: ['below critical limit', 'critical'],
  5: ['normal', 'ok'],
} as const;
const SOURCE_STATES = { 1: ['fail', 'critical'], 2: ['ok', 'ok'] } as const;
const POSITIONS = {
  1: ['open', 'ok'],
  2: ['closed', 'ok'],
  3: ['tripped', 'critical'],
  4: ['unknown', 'unknown'],
} as const;
const QUALITIES = {
  1: ['good', 'ok'],
  2: ['low voltage', 'warning'],
  3: ['high voltage', 'warning'],
  4: ['phase imbalance', 'warning'],
  5: ['frequency out of range', 'warning'],
  6: ['bad rotation', 'warning'],
  7: ['unknown', 'unknown'],
} as const;
const LEVELS = { 1: ['ok', 'ok'], 2: ['low', 'warning'], 3: ['unknown', 'unknown'] } as const;
/** The total of a metered outlet table, which has no outlet. */
const NO_OUTLET = [{ oid: `${CPDU_METERED}.2`, is: [0] }];

export const profile = defineProfile({
  name: 'apc-pdu',
  title: 'APC power distribution',
  match: [
    `${RPDU_LOAD}.2`,
    `${RPDU}.1.16.0`,
    `${RPDU2_DEVICE}.5`,
    `${RPDU2_PHASE}.5`,
    `${RPDU2_METERED}.6`,
    `${ATS_STATUS}.2.0`,
    `${ATS_STATUS}.3.0`,
    `${S_PDU_OUTLET}.3`,
    `${XPDU_OUTPUT}.1.0`,
    `${XATS}.3.1.1.0`,
    `${EPDU_PHASE}.4`,
    `${CPDU_UNIT}.4`,
  ].map((oid) => ({ sysObjectID: '1.3.6.1.4.1.318', has: { oid } })),
  rank: 12,
  identity: { kind: 'pdu' },
  sensors: [
    {
      kind: 'state',
      name: '#{index.1} : {1.3.6.1.4.1.318.1.1.4.4.2.1.4}',
      value: `${S_PDU_OUTLET}.3`,
      states: {
        1: ['on', 'ok'],
        2: ['off', 'unknown'],
        3: ['rebooting', 'warning'],
        4: ['unknown', 'critical'],
        5: ['going on', 'ok'],
        6: ['going off', 'unknown'],
        7: ['going to reboot', 'warning'],
      },
    },
    // Rack transfer switch
    {
      kind: 'state',
      name: 'Selected source',
      value: `${ATS_STATUS}.2.0`,
      states: { 1: ['source A', 'ok'], 2: ['source B', 'ok'] },
    },
    {
      kind: 'state',
      name: 'Redundancy state',
      value: `${ATS_STATUS}.3.0`,
      states: { 1: ['redundancy lost', 'critical'], 2: ['fully redundant', 'ok'] },
    },
    {
      kind: 'state',
      name: 'Over current state',
      value: `${ATS_STATUS}.4.0`,
      states: { 1: ['over current', 'critical'], 2: ['ok', 'ok'] },
    },
    { kind: 'state', name: '5 V power supply', value: `${ATS_STATUS}.5.0`, states: SOURCE_STATES },
    { kind: 'state', name: '24 V power supply', value: `${ATS_STATUS}.6.0`, states: SOURCE_STATES },
    { kind: 'state', name: 'Global switch status', value: `${ATS_STATUS}.10.0`, states: SOURCE_STATES },
    { kind: 'state', name: 'Source A status', value: `${ATS_STATUS}.12.0`, states: SOURCE_STATES },
    { kind: 'state', name: 'Source B status', value: `${ATS_STATUS}.13.0`, states: SOURCE_STATES },
    {
      kind: 'state',
      name: 'Phase sync status',
      value: `${ATS_STATUS}.14.0`,
      states: { 1: ['in sync', 'ok'], 2: ['out of sync', 'critical'] },
    },
    { kind: 'frequency', name: 'Input {index.1}', value: { oid: `${ATS}.3.2.1.4`, skip: UNTOLD } },
    { kind: 'voltage', name: 'Input {index.1}', value: { oid: `${ATS_INPUT}.3`, skip: UNTOLD } },
    { kind: 'voltage', name: 'Output {index.1}', value: { oid: `${ATS_OUTPUT}.3`, skip: UNTOLD } },
    { kind: 'current', name: 'Output {index}', value: { oid: `${ATS_OUTPUT}.4`, scale: TENTH, skip: UNTOLD } },
    { kind: 'load', name: 'Output {index}', value: { oid: `${ATS_OUTPUT}.10`, skip: UNTOLD } },
    { kind: 'power', name: 'Output {index}', value: { oid: `${ATS_OUTPUT}.13`, skip: UNTOLD } },
    // First generation
    {
      kind: 'current',
      name: `Phase {${RPDU_LOAD}.4}`,
      value: { oid: `${RPDU_LOAD}.2`, scale: TENTH, skip: UNTOLD },
      skip: [{ oid: `${RPDU_LOAD}.4`, is: [0] }],
      limits: { highWarning: `${RPDU}.2.2.1.1.3`, high: `${RPDU}.2.2.1.1.4` },
    },
    {
      kind: 'current',
      name: `Bank {${RPDU_LOAD}.5}`,
      value: { oid: `${RPDU_LOAD}.2`, scale: TENTH, skip: UNTOLD },
      skip: [{ oid: `${RPDU_LOAD}.4`, not: [0], missing: true }],
    },
    { kind: 'voltage', name: 'Input', value: `${RPDU}.1.15.0`, skip: [{ below: 0 }] },
    { kind: 'power', name: 'Total power', value: `${RPDU}.1.16.0`, skip: [{ below: 0 }] },
    {
      kind: 'state',
      name: `Outlet {${RPDU_OUTLET}.2}`,
      value: `${RPDU_OUTLET}.4`,
      states: { 1: ['on', 'ok'], 2: ['off', 'ok'] },
    },
    // Second generation
    { kind: 'state', name: 'Device state', value: `${RPDU2_DEVICE}.4`, states: LOAD_STATES },
    {
      kind: 'state',
      name: 'Power supply state',
      value: `${RPDU2_DEVICE}.12`,
      states: { 1: ['normal', 'ok'], 2: ['alarm', 'critical'] },
    },
    { kind: 'power', name: 'Power, total', value: { oid: `${RPDU2_DEVICE}.5`, scale: 10 }, skip: [{ below: 0 }] },
    {
      kind: 'power_consumed',
      name: `Energy since {${RPDU2_DEVICE}.10}`,
      value: { oid: `${RPDU2_DEVICE}.9`, scale: TENTH },
      skip: [{ below: 0 }],
    },
    { kind: 'state', name: 'Load state, phase #{index}', value: `${RPDU2_PHASE}.4`, states: LOAD_STATES },
    {
      kind: 'current',
      name: 'Phase {index}',
      value: { oid: `${RPDU2_PHASE}.5`, scale: TENTH, skip: UNTOLD },
      skip: [{ oid: `${RPDU_LOAD}.2`, answers: true }],
    },
    { kind: 'voltage', name: 'Input {index}', value: { oid: `${RPDU2_PHASE}.6`, skip: UNTOLD } },
    { kind: 'state', name: 'Load state, bank {index}', value: `${RPDU2_BANK}.4`, states: LOAD_STATES },
    {
      kind: 'current',
      name: 'Bank {index}',
      value: { oid: `${RPDU2_BANK}.5`, scale: TENTH, skip: UNTOLD },
      skip: [{ oid: `${RPDU_LOAD}.2`, answers: true }],
    },
    {
      kind: 'state',
      name: `Outlet {${RPDU2_OUTLET}.4} {${RPDU2_OUTLET}.3}`,
      value: `${RPDU2_OUTLET}.5`,
      states: { 1: ['off', 'ok'], 2: ['on', 'ok'] },
    },
    {
      kind: 'current',
      name: `Outlet {index} {${RPDU2_METERED}.3}`,
      value: { oid: `${RPDU2_METERED}.6`, scale: TENTH, skip: UNTOLD },
    },
    { kind: 'power', name: `Outlet {index} {${RPDU2_METERED}.3}`, value: { oid: `${RPDU2_METERED}.7`, skip: UNTOLD } },
    {
      kind: 'state',
      name: 'Temperature probe status',
      value: `${RPDU2_PROBE}.9`,
      states: PROBE_STATES,
      skip: [{ is: [1] }],
    },
    {
      kind: 'state',
      name: 'Humidity probe status',
      value: `${RPDU2_PROBE}.11`,
      states: PROBE_STATES,
      skip: [{ is: [1] }],
    },
    {
      // rPDU2SensorTempHumidityStatusType 4: none installed.
      kind: 'temperature',
      name: `Temperature probe {${RPDU2_PROBE}.3}`,
      value: { oid: `${RPDU2_PROBE}.8`, scale: TENTH, skip: UNTOLD },
      skip: [{ oid: `${RPDU2_PROBE}.5`, is: [4] }],
    },
    {
      kind: 'humidity',
      name: `Humidity probe {${RPDU2_PROBE}.3}`,
      value: `${RPDU2_PROBE}.10`,
      skip: [{ oid: `${RPDU2_PROBE}.5`, is: [4] }, { below: 0 }],
    },
    // Power distribution unit on the floor
    {
      kind: 'state',
      name: `Breaker {${XPDU}.4.1.2.1.2}`,
      value: `${XPDU}.4.1.2.1.3`,
      states: { 1: ['open', 'ok'], 2: ['closed', 'ok'], 3: ['unknown', 'unknown'] },
    },
    {
      kind: 'state',
      name: 'Emergency power off',
      value: `${XPDU}.7.1.0`,
      states: { 1: ['armed', 'ok'], 2: ['disarmed', 'warning'], 3: ['unknown', 'unknown'] },
    },
    {
      kind: 'state',
      name: 'Transformer temperature',
      value: `${XPDU}.7.2.0`,
      states: { 1: ['normal', 'ok'], 2: ['over temperature', 'warning'], 4: ['unknown', 'unknown'] },
      skip: [{ is: [3] }],
    },
    {
      kind: 'state',
      name: 'Cooling fan',
      value: `${XPDU}.7.3.0`,
      states: { 1: ['normal', 'ok'], 2: ['failed', 'critical'], 4: ['unknown', 'unknown'] },
      skip: [{ is: [3] }],
    },
    { kind: 'voltage', name: 'Input phase {index} L-L', value: { oid: `${XPDU_INPUT}.2`, scale: TENTH, skip: UNTOLD } },
    { kind: 'voltage', name: 'Input phase {index} L-N', value: { oid: `${XPDU_INPUT}.3`, scale: TENTH, skip: UNTOLD } },
    { kind: 'frequency', name: 'System output', value: { oid: `${XPDU_OUTPUT}.1.0`, scale: TENTH, skip: UNTOLD } },
    { kind: 'current', name: 'Neutral', value: { oid: `${XPDU_OUTPUT}.2.0`, scale: TENTH, skip: UNTOLD } },
    { kind: 'power', name: 'Real power, total', value: { oid: `${XPDU_OUTPUT}.3.0`, scale: 100, skip: UNTOLD } },
    {
      kind: 'power',
      name: 'Apparent power, total',
      unit: 'VA',
      value: { oid: `${XPDU_OUTPUT}.4.0`, scale: 100, skip: UNTOLD },
    },
    {
      kind: 'voltage',
      name: 'Output phase {index} L-L',
      value: { oid: `${XPDU_OUTPUT}.14.1.2`, scale: TENTH, skip: UNTOLD },
    },
    {
      kind: 'voltage',
      name: 'Output phase {index} L-N',
      value: { oid: `${XPDU_OUTPUT}.14.1.3`, scale: TENTH, skip: UNTOLD },
    },
    {
      kind: 'current',
      name: 'Output phase {index}',
      value: { oid: `${XPDU_OUTPUT}.14.1.4`, scale: TENTH, skip: UNTOLD },
    },
    {
      kind: 'power',
      name: 'Real power, phase {index}',
      value: { oid: `${XPDU_OUTPUT}.14.1.5`, scale: 100, skip: UNTOLD },
    },
    {
      kind: 'power',
      name: 'Apparent power, phase {index}',
      unit: 'VA',
      value: { oid: `${XPDU_OUTPUT}.14.1.6`, scale: 100, skip: UNTOLD },
    },
    // Its transfer switch
    {
      kind: 'state',
      name: 'ATS source',
      value: `${XATS}.3.1.1.0`,
      states: {
        1: ['none', 'critical'],
        2: ['source 1', 'ok'],
        3: ['source 2', 'warning'],
        4: ['fault', 'critical'],
        5: ['unknown', 'unknown'],
      },
    },
    {
      kind: 'state',
      name: 'ATS operation mode',
      value: `${XATS}.3.1.2.0`,
      states: {
        1: ['automatic', 'ok'],
        2: ['not in automatic, abnormal', 'critical'],
        3: ['not in automatic', 'warning'],
        4: ['unknown', 'unknown'],
      },
    },
    {
      kind: 'state',
      name: 'Engine start signal',
      value: `${XATS}.3.1.4.0`,
      states: { 1: ['run', 'warning'], 2: ['stop', 'ok'], 3: ['unknown', 'unknown'] },
    },
    { kind: 'state', name: 'Source 1 switch position', value: `${XATS}.4.1.2.0`, states: POSITIONS },
    { kind: 'state', name: 'Source 2 switch position', value: `${XATS}.4.2.2.0`, states: POSITIONS },
    { kind: 'state', name: 'Source 1 quality', value: `${XATS}.4.1.4.0`, states: QUALITIES },
    { kind: 'state', name: 'Source 2 quality', value: `${XATS}.4.2.4.0`, states: QUALITIES },
    { kind: 'voltage', name: 'Source 1 {index} L-L', value: { oid: `${XATS}.4.1.7.1.2`, scale: TENTH, skip: UNTOLD } },
    { kind: 'voltage', name: 'Source 1 {index} L-N', value: { oid: `${XATS}.4.1.7.1.3`, scale: TENTH, skip: UNTOLD } },
    { kind: 'voltage', name: 'Source 2 {index} L-L', value: { oid: `${XATS}.4.2.7.1.2`, scale: TENTH, skip: UNTOLD } },
    { kind: 'voltage', name: 'Source 2 {index} L-N', value: { oid: `${XATS}.4.2.7.1.3`, scale: TENTH, skip: UNTOLD } },
    { kind: 'voltage', name: 'Output {index} L-L', value: { oid: `${XATS}.4.3.12.1.2`, scale: TENTH, skip: UNTOLD } },
    { kind: 'voltage', name: 'Output {index} L-N', value: { oid: `${XATS}.4.3.12.1.3`, scale: TENTH, skip: UNTOLD } },
    {
      kind: 'state',
      name: 'Generator status',
      value: `${GENERATOR}.2.2.0`,
      states: {
        1: ['no communication', 'warning'],
        2: ['off', 'warning'],
        3: ['ready', 'ok'],
        4: ['starting', 'ok'],
        5: ['idle', 'ok'],
        6: ['running', 'ok'],
        7: ['normal stop', 'ok'],
        8: ['emergency stop', 'critical'],
        9: ['not in automatic', 'warning'],
        10: ['shut down', 'warning'],
        11: ['unknown', 'unknown'],
      },
    },
    { kind: 'voltage', name: 'Generator battery', value: { oid: `${GENERATOR}.3.1.0`, scale: TENTH, skip: UNTOLD } },
    { kind: 'state', name: 'Generator oil level', value: `${GENERATOR}.3.5.0`, states: LEVELS },
    // Easy PDU
    { kind: 'voltage', name: 'Phase {index.-1}', value: { oid: `${EPDU_PHASE}.4`, scale: TENTH, skip: UNTOLD } },
    { kind: 'current', name: 'Phase {index.-1}', value: { oid: `${EPDU_PHASE}.5`, scale: HUNDREDTH, skip: UNTOLD } },
    { kind: 'power', name: 'Phase {index.-1}', value: { oid: `${EPDU_PHASE}.6`, skip: UNTOLD } },
    {
      kind: 'power_consumed',
      name: 'Phase {index.-1}',
      value: { oid: `${EPDU_PHASE}.10`, scale: 0.001, skip: UNTOLD },
    },
    // NetShelter PDU
    { kind: 'state', name: `Load {${CPDU_UNIT}.2}`, value: `${CPDU_UNIT}.3`, states: UNIT_LOAD_STATES },
    { kind: 'power', name: `Active power {${CPDU_UNIT}.2}`, value: `${CPDU_UNIT}.4` },
    { kind: 'power', name: `Peak power {${CPDU_UNIT}.2}`, value: `${CPDU_UNIT}.6` },
    { kind: 'power_factor', name: `{${CPDU_UNIT}.2}`, value: { oid: `${CPDU_UNIT}.13`, scale: HUNDREDTH } },
    {
      kind: 'state',
      name: `Load {${CPDU_METERED}.2} {${CPDU_METERED}.3}`,
      value: `${CPDU_METERED}.4`,
      states: UNIT_LOAD_STATES,
      skip: NO_OUTLET,
    },
    {
      kind: 'current',
      name: `Outlet {${CPDU_METERED}.2} {${CPDU_METERED}.3}`,
      value: { oid: `${CPDU_METERED}.5`, scale: HUNDREDTH },
      skip: NO_OUTLET,
    },
    {
      kind: 'power',
      name: `Outlet {${CPDU_METERED}.2} {${CPDU_METERED}.3}`,
      value: `${CPDU_METERED}.6`,
      skip: NO_OUTLET,
    },
    {
      kind: 'power_factor',
      name: `Outlet {${CPDU_METERED}.2} {${CPDU_METERED}.3}`,
      value: { oid: `${CPDU_METERED}.7`, scale: HUNDREDTH },
      skip: NO_OUTLET,
    },
    {
      kind: 'state',
      name: `Status {${CPDU_SWITCHED}.2} {${CPDU_SWITCHED}.3}`,
      value: `${CPDU_SWITCHED}.4`,
      states: { 0: ['off or unused', 'unknown'], 1: ['on', 'ok'] },
      skip: [{ oid: `${CPDU_SWITCHED}.2`, is: [0] }],
    },
  ],
});
