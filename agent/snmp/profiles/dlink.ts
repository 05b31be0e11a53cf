import { defineProfile } from '../profile.ts';
import { PROBE_SOFTWARE } from '../rules/names.ts';

/** D-Link's switches: the managed ones' older MIBs (12), and DLINKSW of the newer ones (14). */
const DLINK = '1.3.6.1.4.1.171';
/** AGENT-GENERAL-MIB, EQUIPMENT-MIB. */
const AGENT = `${DLINK}.12.1.1`;
const EQUIPMENT = `${DLINK}.12.11.1`;
const POWER = `${EQUIPMENT}.6.1`;
const FAN = `${EQUIPMENT}.7.1`;
const TEMPERATURE = `${EQUIPMENT}.8.1`;
const UNIT = `${EQUIPMENT}.9.4.1`;
/** DLINKSW-ENTITY-EXT-MIB: its tables of temperatures, fans and supplies, memory and processor. */
const ENTITY = `${DLINK}.14.5.1`;
const TEMP = `${ENTITY}.1.1.1`;
const FANS = `${ENTITY}.1.2.1`;
const SUPPLY = `${ENTITY}.1.3.1`;

export const profile = defineProfile({
  name: 'dlink',
  title: 'D-Link',
  match: [{ sysObjectID: `${DLINK}.10` }],
  identity: {
    kind: [
      { kind: 'access-point', sysDescr: '\\bD(?:AP|WL)-|access point' },
      { kind: 'router', sysDescr: '\\b(?:DSR|DFL|DIR)-' },
      { kind: 'switch' },
    ],
    vendor: 'D-Link',
    model: [
      { from: 'sysDescr', match: '(?:^|D-Link )(D\\w{2}-\\S+)' },
      { from: 'sysDescr', match: '^(?:D-Link )?(\\S+)' },
    ],
    version: [`{${PROBE_SOFTWARE}}`, `{${UNIT}.11}`, { from: 'sysDescr', match: '\\S+ +(\\d[0-9.]+)' }],
    serial: [`{${UNIT}.17}`, `{${AGENT}.12.0}`],
  },
  cpu: [
    { name: 'Processor', used: `${AGENT}.6.1.0` },
    { name: 'Processor {index}', used: `${ENTITY}.7.1.4` },
  ],
  memory: [
    { name: 'Memory {index}', percent: `${AGENT}.9.1.4`, skip: [{ above: 100 }] },
    { name: 'Memory {index}', used: `${ENTITY}.6.1.4`, free: `${ENTITY}.6.1.5`, total: `${ENTITY}.6.1.3`, unit: 1024 },
  ],
  sensors: [
    { kind: 'temperature', name: 'Unit {index}', value: `${TEMPERATURE}.2` },
    {
      kind: 'state',
      name: 'Power supply {index}',
      value: `${POWER}.3`,
      states: {
        0: ['other', 'unknown'],
        1: ['low voltage', 'critical'],
        2: ['overcurrent', 'critical'],
        3: ['working', 'ok'],
        4: ['failed', 'critical'],
        5: ['connected', 'ok'],
        6: ['disconnected', 'unknown'],
      },
    },
    {
      kind: 'state',
      name: 'Fan {index}',
      value: `${FAN}.3`,
      states: {
        0: ['other', 'unknown'],
        1: ['working', 'ok'],
        2: ['failed', 'critical'],
        3: ['slow', 'ok'],
        4: ['slow', 'ok'],
        5: ['medium', 'ok'],
        6: ['fast', 'ok'],
      },
    },
    {
      kind: 'temperature',
      name: `{${TEMP}.3}`,
      value: `${TEMP}.4`,
      limits: { low: `${TEMP}.5`, high: `${TEMP}.6` },
    },
    {
      kind: 'state',
      name: `{${TEMP}.3}`,
      value: `${TEMP}.7`,
      states: { 1: ['ok', 'ok'], 2: ['abnormal', 'critical'] },
    },
    {
      kind: 'state',
      name: `{${FANS}.3}`,
      value: `${FANS}.4`,
      states: { 1: ['ok', 'ok'], 2: ['fault', 'critical'] },
    },
    {
      kind: 'state',
      name: `{${SUPPLY}.3}`,
      value: `${SUPPLY}.6`,
      states: { 1: ['in operation', 'ok'], 2: ['failed', 'critical'], 3: ['empty', 'unknown'] },
    },
  ],
});
