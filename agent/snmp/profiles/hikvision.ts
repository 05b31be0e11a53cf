import { defineProfile } from '../profile.ts';
import { WINDOWS } from '../rules/windows.ts';

/** HIK-DEVICE-MIB: cameras. Its numbers are texts such as `27 PERCENT`. */
const CAMERA = '1.3.6.1.4.1.39165.1';
/** HIKVISION-MIB: recorders. */
const RECORDER = '1.3.6.1.4.1.50001.1';
const ENTITY_TYPE = `${RECORDER}.100.0`;
const DISK = `${RECORDER}.241.1`;
const MEBIBYTE = 1024 ** 2;

export const profile = defineProfile({
  name: 'hikvision',
  title: 'Hikvision',
  match: [
    { sysObjectID: ['1.3.6.1.4.1.39165', '1.3.6.1.4.1.50001'] },
    { sysDescr: 'hikvision' },
    { notSysObjectID: WINDOWS, has: { oid: `${CAMERA}.1.0`, is: '-' } },
  ],
  identity: {
    kind: [
      { kind: 'nvr', has: { oid: ENTITY_TYPE, is: '1|2' } },
      { kind: 'nvr', has: { oid: `${CAMERA}.1.0`, is: '^(?:i?DS-[789]|.*[NDX]VR)' } },
      { kind: 'camera' },
    ],
    vendor: 'Hikvision',
    model: [`{${CAMERA}.1.0}`, { from: ENTITY_TYPE, map: { 1: 'DVR', 2: 'NVR', 3: 'IPC' } }],
    version: [`{${CAMERA}.3.0}`],
    serial: [`{${RECORDER}.3.0}`],
  },
  cpu: [{ name: 'CPU', used: `${CAMERA}.7.0` }],
  memory: [
    { name: 'Memory', percent: `${CAMERA}.11.0` },
    { name: 'Memory', percent: `${RECORDER}.221.0`, total: `${RECORDER}.220.0`, unit: MEBIBYTE },
  ],
  storage: [
    { name: 'Storage', percent: `${CAMERA}.9.0`, skip: [{ oid: `${CAMERA}.8.0`, matches: '^0\\b' }] },
    { name: `Disk {index.1} {${DISK}.2}`, free: `${DISK}.4`, total: `${DISK}.5`, unit: MEBIBYTE },
  ],
  sensors: [
    {
      kind: 'state',
      name: `Disk {index.1} {${DISK}.2}`,
      value: `${DISK}.3`,
      states: {
        0: ['Normal', 'ok'],
        1: ['Unformatted', 'warning'],
        2: ['Abnormal', 'critical'],
        3: ['SMART failed', 'critical'],
        4: ['Mismatch', 'warning'],
        5: ['Idle', 'ok'],
        6: ['Not online', 'critical'],
        10: ['Repairing', 'warning'],
        11: ['Formatting', 'warning'],
      },
    },
    {
      kind: 'state',
      name: 'Device status',
      value: `${RECORDER}.230.0`,
      states: { 1: ['Online', 'ok'], 2: ['Absent', 'critical'], 255: ['Unknown', 'unknown'] },
    },
  ],
});
