import { defineProfile, type SensorRule, type UsageRule } from '../profile.ts';
import { alarms, changes } from '../rules/alarms.ts';
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
const NOTICES = `${DLINK}.12.11.2.2`;
/** DLINKSW-ENTITY-EXT-MIB: its tables of temperatures, fans and supplies, memory and processor. */
const ENTITY = `${DLINK}.14.5.1`;
const TEMP = `${ENTITY}.1.1.1`;
const FANS = `${ENTITY}.1.2.1`;
const SUPPLY = `${ENTITY}.1.3.1`;
/** The same of the smart DGS-1250. */
const SMART_ENTITY = `${DLINK}.11.165.1000.5.1`;

function environmentOf(entity: string): SensorRule[] {
  const [temperature, fan, supply] = [1, 2, 3].map((table) => `${entity}.1.${table}.1`);
  return [
    {
      kind: 'temperature',
      name: `{${temperature}.3}`,
      value: `${temperature}.4`,
      limits: { low: `${temperature}.5`, high: `${temperature}.6` },
    },
    {
      kind: 'state',
      name: `{${temperature}.3}`,
      value: `${temperature}.7`,
      states: { 1: ['ok', 'ok'], 2: ['abnormal', 'critical'] },
    },
    {
      kind: 'state',
      name: `{${fan}.3}`,
      value: `${fan}.4`,
      states: { 1: ['ok', 'ok'], 2: ['fault', 'critical'] },
    },
    {
      kind: 'state',
      name: `{${supply}.3}`,
      value: `${supply}.6`,
      states: { 1: ['in operation', 'ok'], 2: ['failed', 'critical'], 3: ['empty', 'unknown'] },
    },
  ];
}

/** dEntityExtMemoryUtilTable: by unit and kind, of which the first is working memory and the others keep files. */
function memoryOf(entity: string): UsageRule {
  const table = `${entity}.4.1`;
  return {
    name: 'Memory {index.1}',
    used: `${table}.4`,
    free: `${table}.5`,
    total: `${table}.3`,
    unit: 1024,
    skip: [{ index: '\\.[23]$' }],
  };
}

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
    version: [
      `{${PROBE_SOFTWARE}}`,
      `{${ENTITY}.8.1.3}`,
      `{${SMART_ENTITY}.8.1.3}`,
      `{${UNIT}.11}`,
      { from: 'sysDescr', match: '\\S+ +(\\d[0-9.]+)' },
    ],
    serial: [`{${UNIT}.17}`, `{${AGENT}.12.0}`],
  },
  cpu: [
    { name: 'Processor', used: `${AGENT}.6.1.0` },
    { name: 'Processor {index}', used: `${ENTITY}.7.1.4` },
    { name: 'Processor {index}', used: `${SMART_ENTITY}.7.1.5` },
  ],
  memory: [
    { name: 'Memory {index}', percent: `${AGENT}.9.1.4`, skip: [{ above: 100 }] },
    memoryOf(ENTITY),
    memoryOf(SMART_ENTITY),
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
    ...environmentOf(ENTITY),
    ...environmentOf(SMART_ENTITY),
  ],
  traps: [
    ...alarms(
      `${NOTICES}.2.0`,
      [[2, 'swPowerFailure', 'critical', 'Alimentation électrique en panne', 'Power supply failed', 3]],
      `{${POWER}.1}.{${POWER}.2}`,
    ),
    ...alarms(
      `${NOTICES}.3.0`,
      [[1, 'swFanFailure', 'critical', 'Ventilateur en panne', 'Fan failed', 2]],
      `{${FAN}.1}.{${FAN}.2}`,
    ),
    ...alarms(`${NOTICES}.4.0`, [
      [1, 'swHighTemperature', 'critical', 'Température trop élevée', 'Temperature too high', 2],
    ]),
    ...changes(`${DLINK}.14.5.0.1`, 'dEntityExtFanStatusChg', {
      state: `${FANS}.4`,
      over: '^1$',
      bad: '^2$',
      fr: 'Ventilateur en panne',
      en: 'Fan failed',
      key: `{${FANS}.1}.{${FANS}.2}`,
    }),
    ...changes(`${DLINK}.14.5.0.2`, 'dEntityExtThermalStatusChg', {
      state: `${TEMP}.7`,
      over: '^1$',
      bad: '^2$',
      fr: 'Température anormale',
      en: 'Temperature abnormal',
      key: `{${TEMP}.1}.{${TEMP}.2}`,
    }),
    ...changes(`${DLINK}.14.5.0.3`, 'dEntityExtPowerStatusChg', {
      state: `${SUPPLY}.6`,
      over: '^1$',
      bad: '^2$',
      fr: 'Alimentation électrique en panne',
      en: 'Power supply failed',
      key: `{${SUPPLY}.1}.{${SUPPLY}.2}`,
    }),
  ],
});
