import { defineProfile } from '../profile.ts';
import { state } from '../rules/state.ts';
import { WINDOWS } from '../rules/windows.ts';

/** SYNOLOGY-SYSTEM-, DISK-, RAID-, UPS- and EBOX-MIB. Memory and volumes are told as of any Linux. */
const SYNOLOGY = '1.3.6.1.4.1.6574';
const SYSTEM = `${SYNOLOGY}.1`;
const DISK = `${SYNOLOGY}.2.1.1`;
const RAID = `${SYNOLOGY}.3.1.1`;
const UPS = `${SYNOLOGY}.4`;
const EXPANSION = `${SYNOLOGY}.105.1.1`;
const MODEL = `${SYSTEM}.5.1.0`;

const NORMAL_OR_FAILED = { 1: ['normal', 'ok'], 2: ['failed', 'critical'] } as const;

export const profile = defineProfile({
  name: 'synology',
  title: 'Synology DSM',
  match: [{ sysObjectID: SYNOLOGY }, { notSysObjectID: WINDOWS, has: { oid: MODEL } }],
  identity: {
    kind: 'nas',
    vendor: 'Synology',
    model: [`{${MODEL}}`],
    version: [{ from: `${SYSTEM}.5.3.0`, match: '(?:DSM )?(\\S+)' }],
    serial: [`{${SYSTEM}.5.2.0}`],
  },
  sensors: [
    state('System', `${SYSTEM}.1.0`, NORMAL_OR_FAILED),
    { kind: 'temperature', name: 'System', value: `${SYSTEM}.2.0` },
    state('Power', `${SYSTEM}.3.0`, NORMAL_OR_FAILED),
    state('FAN - System', `${SYSTEM}.4.1.0`, NORMAL_OR_FAILED),
    state('FAN - CPU', `${SYSTEM}.4.2.0`, NORMAL_OR_FAILED),
    state('Upgrade Availability', `${SYSTEM}.5.4.0`, {
      1: ['available', 'warning'],
      2: ['none', 'ok'],
      3: ['connecting', 'unknown'],
      4: ['disconnected', 'unknown'],
      5: ['others', 'unknown'],
    }),
    state(`{${DISK}.2} {${DISK}.3}`, `${DISK}.5`, {
      1: ['normal', 'ok'],
      2: ['initialized', 'warning'],
      3: ['not initialized', 'warning'],
      4: ['system partition failed', 'critical'],
      5: ['crashed', 'critical'],
    }),
    { kind: 'temperature', name: `{${DISK}.2} {${DISK}.3}`, value: `${DISK}.6` },
    { kind: 'count', name: `{${DISK}.2} {${DISK}.3} bad sectors`, value: `${DISK}.9`, skip: [{ below: 0 }] },
    { kind: 'percent', name: `{${DISK}.2} {${DISK}.3} life left`, value: `${DISK}.11`, skip: [{ below: 0 }] },
    state(`{${DISK}.2} {${DISK}.3} health`, `${DISK}.13`, {
      1: ['normal', 'ok'],
      2: ['warning', 'warning'],
      3: ['critical', 'critical'],
      4: ['failing', 'critical'],
    }),
    state(`{${RAID}.2}`, `${RAID}.3`, {
      1: ['normal', 'ok'],
      2: ['repairing', 'warning'],
      3: ['migrating', 'warning'],
      4: ['expanding', 'warning'],
      5: ['deleting', 'warning'],
      6: ['creating', 'warning'],
      7: ['syncing', 'warning'],
      8: ['parity checking', 'warning'],
      9: ['assembling', 'warning'],
      10: ['cancelling', 'warning'],
      11: ['degraded', 'critical'],
      12: ['crashed', 'critical'],
      13: ['data scrubbing', 'warning'],
      14: ['deploying', 'warning'],
      15: ['being undeployed', 'warning'],
      16: ['mounting cache', 'warning'],
      17: ['unmounting cache', 'warning'],
      18: ['expanding, unfinished SHR', 'warning'],
      19: ['converting SHR to pool', 'warning'],
      20: ['migrating SHR 1 to SHR 2', 'warning'],
      21: ['unknown', 'unknown'],
    }),
    state(`Expansion unit {${EXPANSION}.2}`, `${EXPANSION}.3`, {
      1: ['normal', 'ok'],
      2: ['poor', 'warning'],
      3: ['disconnected', 'critical'],
    }),
    // the UPS that is plugged in at its USB port, as Network UPS Tools tell it
    state('UPS', `${UPS}.2.1.0`, {
      OL: ['on line', 'ok'],
      'OL CHRG': ['on line, charging', 'ok'],
      'OL CHRG LB': ['on line, charging, battery low', 'warning'],
      OB: ['on battery', 'warning'],
      'OB DISCHRG': ['on battery', 'warning'],
      'OB LB': ['on battery, battery low', 'critical'],
      'OB DISCHRG LB': ['on battery, battery low', 'critical'],
      'OL RB': ['on line, replace the battery', 'warning'],
    }),
    { kind: 'charge', name: 'UPS battery', value: `${UPS}.3.1.1.0` },
    { kind: 'runtime', name: 'UPS runtime', value: { oid: `${UPS}.3.6.1.0`, scale: 1 / 60 } },
    { kind: 'load', name: 'UPS load', value: `${UPS}.2.12.1.0` },
  ],
});
