import { defineProfile } from '../profile.ts';

/** 3Com's own switches, and those that Huawei-3Com made for it: HUAWEI-DEVICE-MIB and LswDEVM below 3Com's number. */
const THREECOM = '1.3.6.1.4.1.43';
const HUAWEI = `${THREECOM}.45.1`;
const DEVICE = `${HUAWEI}.2.23.1.9.1`;

const PART_STATES = {
  1: ['active', 'ok'],
  2: ['not active', 'critical'],
  3: ['not installed', 'unknown'],
  4: ['unsupported', 'warning'],
} as const;

export const profile = defineProfile({
  name: '3com',
  title: '3Com',
  match: [{ sysObjectID: THREECOM }],
  identity: {
    kind: 'switch',
    vendor: '3Com',
    model: [{ from: 'sysDescr', match: '^(?:3Com )?(.*?)(?: Software|,|$)' }],
    version: [{ from: 'sysDescr', match: 'Version (?:3Com OS )?(\\S+)' }],
  },
  cpu: [{ name: 'Processor {index}', used: `${HUAWEI}.6.1.1.1.3` }],
  memory: [{ name: 'Memory {index}', free: `${HUAWEI}.6.1.2.1.1.3`, total: `${HUAWEI}.6.1.2.1.1.2` }],
  sensors: [
    { kind: 'state', name: 'Fan {index}', value: `${DEVICE}.1.1.2`, states: PART_STATES },
    { kind: 'state', name: 'Power supply {index}', value: `${DEVICE}.2.1.2`, states: PART_STATES },
  ],
});
