import { defineProfile } from '../profile.ts';

/** Dell OS 9 (FTOS), and Force10's switches before it. */
const FORCE10 = '1.3.6.1.4.1.6027';
/** DELL-NETWORKING-CHASSIS-MIB: stack units, processors, power supplies and fan trays. */
const CHASSIS = `${FORCE10}.3.26.1`;
const UNIT = `${CHASSIS}.3.4.1`;
const LOAD = `${CHASSIS}.4.4.1`;
/** F10-S-SERIES-CHASSIS-MIB, of what is older. */
const OLD_UNIT = `${FORCE10}.3.10.1.2.2.1`;
const OLD_LOAD = `${FORCE10}.3.10.1.2.9.1`;
/** DELL-NETWORKING-IF-EXTENSION-MIB: dellNetIfTransceiverDataTable. */
const OPTICS = `${FORCE10}.3.11.1.3.1.1`;
/** DELL-NETWORKING-VIRTUAL-LINK-TRUNK-MIB. */
const VLT = `${FORCE10}.3.17.1`;
const PRODUCT = '1.3.6.1.4.1.674.10895.3000.1.2.100';

const LANES = [0, 1, 2, 3];
const OPTICS_NAME = `{${OPTICS}.2}`;
const PART_STATES = { 1: ['up', 'ok'], 2: ['down', 'critical'], 3: ['absent', 'unknown'] } as const;

export const profile = defineProfile({
  name: 'dell-force10',
  title: 'Dell OS 9, Force10',
  match: [{ sysObjectID: FORCE10 }],
  identity: {
    kind: 'switch',
    vendor: 'Dell',
    model: [`{${PRODUCT}.1.0}`, { from: 'sysDescr', match: 'Series: (\\S+)' }],
    version: [
      `{${PRODUCT}.4.0}`,
      { from: 'sysDescr', match: 'Software Version: (\\S+)' },
      { from: 'sysDescr', match: 'Version: (\\S+)' },
    ],
    serial: [`{${PRODUCT}.8.1.4}`, `{${PRODUCT}.8.1.2}`],
  },
  cpu: [
    { name: 'Processor {index}, 1 min', used: `${LOAD}.4` },
    { name: 'Processor {index}, 5 min', used: `${LOAD}.5` },
    { name: 'Processor {index}, 1 min', used: `${OLD_LOAD}.3` },
    { name: 'Processor {index}, 5 min', used: `${OLD_LOAD}.4` },
  ],
  memory: [
    { name: 'Memory {index}', percent: `${LOAD}.6` },
    { name: 'Memory {index}', percent: `${OLD_LOAD}.5` },
  ],
  sensors: [
    { kind: 'temperature', name: 'Stack unit {index}', value: { oid: `${UNIT}.13`, skip: [0] } },
    { kind: 'temperature', name: 'Stack unit {index}', value: { oid: `${OLD_UNIT}.14`, skip: [0] } },
    { kind: 'state', name: 'Power supply {index}', value: `${CHASSIS}.4.6.1.4`, states: PART_STATES },
    { kind: 'state', name: 'Fan tray {index}', value: `${CHASSIS}.4.7.1.4`, states: PART_STATES },
    { kind: 'temperature', name: OPTICS_NAME, value: { oid: `${OPTICS}.16`, skip: [0] } },
    { kind: 'voltage', name: OPTICS_NAME, value: { oid: `${OPTICS}.17`, skip: [0] } },
    ...LANES.flatMap(
      (lane) =>
        [
          {
            kind: 'dbm',
            name: `${OPTICS_NAME} lane ${lane + 1} TX power`,
            value: { oid: `${OPTICS}.${8 + lane}`, skip: [0] },
          },
          {
            kind: 'dbm',
            name: `${OPTICS_NAME} lane ${lane + 1} RX power`,
            value: { oid: `${OPTICS}.${12 + lane}`, skip: [0] },
          },
          {
            kind: 'current',
            name: `${OPTICS_NAME} lane ${lane + 1} TX bias`,
            value: { oid: `${OPTICS}.${18 + lane}`, skip: [0], scale: 0.001 },
          },
        ] as const,
    ),
    {
      kind: 'state',
      name: 'VLT role',
      value: `${VLT}.1.1.5`,
      states: { 0: ['standalone', 'unknown'], 1: ['primary', 'ok'], 2: ['secondary', 'ok'] },
    },
    {
      kind: 'state',
      name: 'VLT interconnect',
      value: `${VLT}.1.1.7`,
      states: { 0: ['not established', 'unknown'], 1: ['up', 'ok'], 2: ['down', 'critical'], 3: ['error', 'warning'] },
    },
    {
      kind: 'state',
      name: 'VLT interconnect bandwidth',
      value: `${VLT}.1.1.20`,
      states: { 0: ['below 80 %', 'ok'], 1: ['above 80 %', 'warning'] },
    },
    {
      kind: 'state',
      name: 'VLT port channel {index}',
      value: `${VLT}.3.1.3`,
      states: { 0: ['down', 'critical'], 1: ['up', 'ok'] },
    },
  ],
});
