import { defineProfile } from '../profile.ts';

/** ExtremeXOS, Switch Engine. */
const EXTREME = '1.3.6.1.4.1.1916';
/** EXTREME-SYSTEM-MIB. */
const SYSTEM = `${EXTREME}.1.1.1`;
const FAN = `${SYSTEM}.9.1`;
const SUPPLY = `${SYSTEM}.27.1`;
/** EXTREME-SOFTWARE-MONITOR-MIB: extremeCpuMonitor, extremeMemoryMonitorSystemTable. */
const CPU = `${EXTREME}.1.32.1`;
const MEMORY = `${EXTREME}.1.32.2.2.1`;
const TRAP = `${EXTREME}.0`;

export const profile = defineProfile({
  name: 'extreme-xos',
  title: 'ExtremeXOS',
  match: [{ sysObjectID: EXTREME, notSysDescr: '\\bVOSS\\b|^VSP|Fabric Engine|HiveOS|HiveAP' }],
  identity: {
    kind: 'switch',
    vendor: 'Extreme Networks',
    model: [{ from: 'sysDescr', match: '\\(([^)]+)\\) version' }],
    version: [{ from: 'sysDescr', match: 'version ([\\d.]+)' }],
  },
  cpu: [{ name: 'Processor', used: `${CPU}.2.0` }],
  memory: [{ name: 'Memory {index}', free: `${MEMORY}.3`, total: `${MEMORY}.2`, unit: 1024 }],
  sensors: [
    { kind: 'temperature', name: 'Chassis', value: { oid: `${SYSTEM}.8.0`, skip: [0] } },
    {
      kind: 'state',
      name: 'Over temperature',
      value: `${SYSTEM}.7.0`,
      states: { 1: ['too hot', 'critical'], 2: ['no', 'ok'] },
    },
    { kind: 'power', name: 'Power usage', value: { oid: `${SYSTEM}.40.1.0`, scale: 0.001 } },
    { kind: 'fanspeed', name: `Fan {${FAN}.1}`, value: `${FAN}.4` },
    {
      kind: 'state',
      name: `Fan {${FAN}.1}`,
      value: `${FAN}.2`,
      states: { 1: ['operational', 'ok'], 2: ['not operational', 'critical'] },
    },
    {
      kind: 'state',
      name: 'Power supply {index}',
      value: `${SUPPLY}.2`,
      states: {
        1: ['not present', 'unknown'],
        2: ['ok', 'ok'],
        3: ['present, not ok', 'critical'],
        4: ['present, power off', 'warning'],
      },
    },
  ],
  traps: [
    {
      oid: `${TRAP}.6`,
      title: { fr: 'Température du commutateur trop élevée', en: 'The switch is too hot' },
      severity: 'critical',
    },
    {
      oid: `${TRAP}.7`,
      title: { fr: `Ventilateur {${FAN}.1} en panne`, en: `Fan {${FAN}.1} has failed` },
      severity: 'critical',
      key: `{${FAN}.1}`,
    },
    {
      oid: `${TRAP}.8`,
      title: { fr: `Ventilateur {${FAN}.1} rétabli`, en: `Fan {${FAN}.1} works again` },
      severity: 'clears',
      clears: `${TRAP}.7`,
      key: `{${FAN}.1}`,
    },
    {
      oid: `${TRAP}.10`,
      title: { fr: `Alimentation {${SUPPLY}.1} en panne`, en: `Power supply {${SUPPLY}.1} has failed` },
      severity: 'critical',
      key: `{${SUPPLY}.1}`,
    },
    {
      oid: `${TRAP}.11`,
      title: { fr: `Alimentation {${SUPPLY}.1} rétablie`, en: `Power supply {${SUPPLY}.1} works again` },
      severity: 'clears',
      clears: `${TRAP}.10`,
      key: `{${SUPPLY}.1}`,
    },
  ],
});
