import { defineProfile } from '../profile.ts';

/** Extreme VOSS (Fabric Engine), Avaya VSP and Nortel before it: RAPID-CITY. */
const RAPID_CITY = '1.3.6.1.4.1.2272';
/** rcChasPowerSupplyOperStatusTable, rcChasFanTable. */
const CHASSIS = `${RAPID_CITY}.1.4`;
const SUPPLY = `${CHASSIS}.8.1.1`;
const FAN = `${CHASSIS}.7.1.1`;
/** rcKhiSlotPerformanceTable. */
const LOAD = `${RAPID_CITY}.1.85.10.1.1`;
/** rcVossSystemTemperatureTable. */
const TEMPERATURE = `${RAPID_CITY}.1.101.1.1.2.1`;

export const profile = defineProfile({
  name: 'extreme-voss',
  title: 'Extreme VOSS, Avaya VSP',
  match: [{ sysObjectID: RAPID_CITY }, { sysObjectID: '1.3.6.1.4.1.1916', sysDescr: '\\bVOSS\\b|^VSP|Fabric Engine' }],
  identity: {
    kind: 'switch',
    vendor: 'Extreme Networks',
    model: [{ from: 'sysDescr', match: '^(\\S+) +\\(' }],
    version: [
      { from: `${RAPID_CITY}.1.1.7.0`, match: '(\\d+\\.\\d+[\\d.]+\\w*)' },
      { from: 'sysDescr', match: '\\(v?(\\d[^)]+)\\)' },
    ],
    serial: [`{${CHASSIS}.2.0}`],
  },
  cpu: [{ name: 'Processor {index}', used: `${LOAD}.3` }],
  memory: [{ name: 'Memory {index}', used: `${LOAD}.6`, free: `${LOAD}.7`, unit: 1024 }],
  sensors: [
    {
      kind: 'temperature',
      name: `{${TEMPERATURE}.2}`,
      value: `${TEMPERATURE}.3`,
      limits: { highWarning: `${TEMPERATURE}.4`, high: `${TEMPERATURE}.5` },
    },
    {
      kind: 'state',
      name: `{${TEMPERATURE}.2}`,
      value: `${TEMPERATURE}.6`,
      states: { 1: ['normal', 'ok'], 2: ['warning', 'warning'], 3: ['critical', 'critical'] },
    },
    {
      kind: 'state',
      name: 'Fan {index}',
      value: `${FAN}.2`,
      states: { 1: ['unknown', 'unknown'], 2: ['up', 'ok'], 3: ['down', 'critical'] },
    },
    { kind: 'temperature', name: 'Fan {index}', value: { oid: `${FAN}.3`, skip: [0] } },
    {
      kind: 'state',
      name: 'Power supply {index}',
      value: `${SUPPLY}.2`,
      states: { 1: ['unknown', 'unknown'], 2: ['empty', 'unknown'], 3: ['up', 'ok'], 4: ['down', 'critical'] },
    },
  ],
});
