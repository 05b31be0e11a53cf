import { defineProfile, type SensorRule } from '../profile.ts';

/** XCC-MIB of Lenovo's controller, and IMM-MIB of its ancestor of IBM's time: the same tables below either. */
const XCC = '1.3.6.1.4.1.19046.11.1.1';
const IMM = '1.3.6.1.4.1.2.3.51.3.1';

const HEALTH = {
  Normal: ['normal', 'ok'],
  OK: ['ok', 'ok'],
  Warning: ['warning', 'warning'],
  'Non-Critical': ['non-critical', 'warning'],
  Critical: ['critical', 'critical'],
  'Non-Recoverable': ['non-recoverable', 'critical'],
  Unknown: ['unknown', 'unknown'],
  Absent: ['absent', 'unknown'],
} as const;

const health = (name: string, value: string): SensorRule => ({ kind: 'state', name, value, states: HEALTH });

function sensorsBelow(root: string): SensorRule[] {
  const [temperature, voltage, fan] = [`${root}.1.2.1`, `${root}.2.2.1`, `${root}.3.2.1`];
  const [cpu, memory, supply, disk] = [`${root}.5.20.1`, `${root}.5.21.1`, `${root}.11.2.1`, `${root}.12.2.1`];
  return [
    {
      kind: 'state',
      name: 'System Health Status',
      value: `${root}.4.1.0`,
      states: {
        0: ['non-recoverable', 'critical'],
        2: ['critical', 'critical'],
        4: ['non-critical', 'warning'],
        255: ['normal', 'ok'],
      },
    },
    { kind: 'temperature', name: `{${temperature}.2}`, value: `${temperature}.3` },
    health(`{${temperature}.2}`, `${temperature}.11`),
    { kind: 'voltage', name: `{${voltage}.2}`, value: { oid: `${voltage}.3`, scale: 0.001 } },
    health(`{${voltage}.2}`, `${voltage}.11`),
    { kind: 'percent', name: `{${fan}.2}`, value: `${fan}.3` },
    health(`{${fan}.2}`, `${fan}.10`),
    health(`{${cpu}.2}`, `${cpu}.11`),
    health(`{${memory}.2}`, `${memory}.8`),
    health(`{${supply}.2}`, `${supply}.6`),
    health(`{${disk}.2}`, `${disk}.3`),
  ];
}

export const profile = defineProfile({
  name: 'lenovo-xcc',
  title: 'Lenovo XClarity Controller, IBM IMM',
  match: [{ sysObjectID: ['1.3.6.1.4.1.19046.11.1', '1.3.6.1.4.1.2.3.51.3'] }, { has: { oid: `${IMM}.4.1.0` } }],
  identity: {
    kind: 'bmc',
    vendor: 'Lenovo',
    model: [`{${XCC}.5.2.1.5.0}`, `{${IMM}.5.2.1.5.0}`],
    version: [`{${XCC}.5.1.1.3}`, `{${IMM}.5.1.1.3}`],
    serial: [`{${XCC}.5.2.1.3.0}`, `{${IMM}.5.2.1.3.0}`],
  },
  sensors: [...sensorsBelow(XCC), ...sensorsBelow(IMM)],
});
