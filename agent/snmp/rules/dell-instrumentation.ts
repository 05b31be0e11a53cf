import type { SensorRule } from '../profile.ts';
import { state } from './state.ts';

/** DellStatus. */
export const STATUS = {
  1: ['other', 'unknown'],
  2: ['unknown', 'unknown'],
  3: ['ok', 'ok'],
  4: ['non-critical', 'warning'],
  5: ['critical', 'critical'],
  6: ['non-recoverable', 'critical'],
} as const;
/** DellStatusProbe. */
const PROBE = {
  1: ['other', 'unknown'],
  2: ['unknown', 'unknown'],
  3: ['ok', 'ok'],
  4: ['above its warning limit', 'warning'],
  5: ['above its critical limit', 'critical'],
  6: ['far above its limit', 'critical'],
  7: ['below its warning limit', 'warning'],
  8: ['below its critical limit', 'critical'],
  9: ['far below its limit', 'critical'],
  10: ['failed', 'critical'],
} as const;
const REDUNDANCY = {
  1: ['other', 'unknown'],
  2: ['unknown', 'unknown'],
  3: ['full', 'ok'],
  4: ['degraded', 'warning'],
  5: ['lost', 'critical'],
  6: ['not redundant', 'ok'],
  7: ['redundancy offline', 'warning'],
} as const;

/** A probe's limits: upper critical, upper and lower warning, lower critical. */
const limits = (table: string, scale: number) => ({
  high: { oid: `${table}.10`, scale },
  highWarning: { oid: `${table}.11`, scale },
  lowWarning: { oid: `${table}.12`, scale },
  low: { oid: `${table}.13`, scale },
});
/** Types of amperage probes, and of voltage probes the one that only says good or bad. */
const [PSU_AMPS, PSU_WATTS, SYSTEM_AMPS, SYSTEM_WATTS] = [23, 24, 25, 26];
const DISCRETE = 16;

/** What iDRAC and OpenManage Server Administrator lay out alike: power, cooling, chassis, processors, memory. */
export function instrumentation(root: string): SensorRule[] {
  const [volts, amps, fans, temperatures] = [
    `${root}.600.20.1`,
    `${root}.600.30.1`,
    `${root}.700.12.1`,
    `${root}.700.20.1`,
  ];
  const supply = `${root}.600.12.1`;
  return [
    {
      kind: 'temperature',
      name: `{${temperatures}.8}`,
      value: { oid: `${temperatures}.6`, scale: 0.1 },
      limits: limits(temperatures, 0.1),
      skip: [{ oid: `${temperatures}.7`, is: [DISCRETE] }],
    },
    state(`{${temperatures}.8}`, `${temperatures}.5`, PROBE),
    { kind: 'fanspeed', name: `{${fans}.8}`, value: `${fans}.6`, limits: limits(fans, 1) },
    state(`{${fans}.8}`, `${fans}.5`, PROBE),
    {
      kind: 'voltage',
      name: `{${volts}.8}`,
      value: { oid: `${volts}.6`, scale: 0.001 },
      limits: limits(volts, 0.001),
      skip: [{ oid: `${volts}.7`, is: [DISCRETE] }],
    },
    state(`{${volts}.8}`, `${volts}.5`, PROBE),
    {
      kind: 'current',
      name: `{${amps}.8}`,
      value: { oid: `${amps}.6`, scale: 0.1 },
      skip: [{ oid: `${amps}.7`, not: [PSU_AMPS, SYSTEM_AMPS] }],
    },
    {
      kind: 'power',
      name: `{${amps}.8}`,
      value: `${amps}.6`,
      skip: [{ oid: `${amps}.7`, not: [PSU_WATTS, SYSTEM_WATTS] }],
    },
    state(`{${amps}.8}`, `${amps}.5`, PROBE),
    { kind: 'voltage', name: `{${supply}.8}`, value: `${supply}.16` },
    state(`{${supply}.8}`, `${supply}.5`, STATUS),
    state(`{${root}.600.10.1.7}`, `${root}.600.10.1.5`, REDUNDANCY),
    state(`{${root}.600.50.1.7}`, `${root}.600.50.1.5`, PROBE),
    state('Intrusion', `${root}.300.70.1.5`, STATUS),
    state('Intrusion Reading', `${root}.300.70.1.6`, {
      1: ['closed', 'ok'],
      2: ['opened', 'critical'],
      3: ['was opened', 'warning'],
      4: ['sensor failed', 'warning'],
    }),
    state(`{${root}.1100.50.1.8}`, `${root}.1100.50.1.5`, STATUS),
  ];
}
