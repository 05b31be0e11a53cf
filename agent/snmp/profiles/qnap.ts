import { defineProfile } from '../profile.ts';
import { state } from '../rules/state.ts';
import { WINDOWS } from '../rules/windows.ts';

/** NAS-MIB: what QTS told from the first, in texts, and since version 4 the tables of `storageManager`. */
const QNAP = '1.3.6.1.4.1.24681.1';
const SYSTEM = `${QNAP}.2`;
const [HARD_DISK, OLD_FAN, OLD_VOLUME] = [`${SYSTEM}.11.1`, `${SYSTEM}.15.1`, `${SYSTEM}.17.1`];
const COMPONENTS = `${QNAP}.4.1.1.1.1`;
const [ENCLOSURE, FAN, SUPPLY, DISK] = [
  `${COMPONENTS}.1.2.1`,
  `${COMPONENTS}.2.2.1`,
  `${COMPONENTS}.3.2.1`,
  `${COMPONENTS}.5.2.1`,
];
const [RAID, POOL] = [`${QNAP}.4.1.1.1.2.1.2.1`, `${QNAP}.4.1.1.1.2.2.2.1`];
/** entPhysicalFirmwareRev. */
const FIRMWARE = '1.3.6.1.2.1.47.1.1.1.1.9';

const NONE = { below: 0 };
const OK_OR_FAILED = { 0: ['ok', 'ok'], '-1': ['failed', 'critical'] } as const;

/** NAS-MIB's events, and where their texts stand. */
const EVENTS = '1.3.6.1.4.1.24681.1.10';
const QNAP_TEXT = '1.3.6.1.4.1.24681.1.1';

export const profile = defineProfile({
  name: 'qnap',
  title: 'QNAP NAS',
  match: [
    { sysObjectID: '1.3.6.1.4.1.24681' },
    { sysDescr: '^Linux (TS|TVS|TBS|TDS|HS|SS|ES|TES|QGD)-' },
    { notSysObjectID: WINDOWS, has: { oid: `${SYSTEM}.12.0` } },
  ],
  identity: {
    kind: 'nas',
    vendor: 'QNAP',
    model: [`{${ENCLOSURE}.3}`, `{${SYSTEM}.12.0}`],
    version: [{ from: FIRMWARE, match: '"?([^"]+)' }],
    serial: [`{${ENCLOSURE}.4}`],
  },
  sensors: [
    { kind: 'temperature', name: `Enclosure {${ENCLOSURE}.2}`, value: `${ENCLOSURE}.7`, skip: [NONE] },
    { kind: 'temperature', name: 'CPU', value: `${COMPONENTS}.4.2.0`, skip: [NONE] },
    { kind: 'temperature', name: 'PSU {index}', value: `${SUPPLY}.6`, skip: [NONE] },
    { kind: 'temperature', name: `Disk {index} {${DISK}.8}`, value: `${DISK}.6`, skip: [NONE] },
    { kind: 'fanspeed', name: 'FAN {index}', value: `${FAN}.5`, skip: [NONE] },
    { kind: 'fanspeed', name: 'PSU {index}', value: `${SUPPLY}.5`, skip: [NONE] },
    state('FAN {index}', `${FAN}.4`, OK_OR_FAILED),
    state('PSU {index}', `${SUPPLY}.4`, OK_OR_FAILED),
    state('Disk {index}', `${DISK}.5`, {
      0: ['good', 'ok'],
      1: ['warning', 'warning'],
      2: ['abnormal', 'critical'],
      '-1': ['error', 'critical'],
    }),
    state('RAID {index}', `${RAID}.5`, {
      0: ['ready', 'ok'],
      1: ['degraded', 'critical'],
      2: ['rebuilding', 'warning'],
      3: ['synchronizing', 'warning'],
      4: ['failure', 'critical'],
      5: ['offline', 'critical'],
      6: ['migrating', 'warning'],
    }),
    state('Pool {index}', `${POOL}.5`, {
      0: ['ready', 'ok'],
      '-1': ['warning', 'warning'],
      '-2': ['not ready', 'warning'],
      '-3': ['error', 'critical'],
    }),
    state('Disk {index}', `${HARD_DISK}.4`, {
      0: ['ready', 'ok'],
      '-4': ['unknown', 'unknown'],
      '-5': ['no disk', 'unknown'],
      '-6': ['invalid', 'critical'],
      '-9': ['read or write error', 'critical'],
    }),
    state('Disk {index} SMART', `${HARD_DISK}.7`, {
      GOOD: ['good', 'ok'],
      Normal: ['normal', 'ok'],
      Warning: ['warning', 'warning'],
      Abnormal: ['abnormal', 'critical'],
      '--': ['no disk', 'unknown'],
    }),
    { kind: 'temperature', name: 'CPU', value: { oid: `${SYSTEM}.5.0`, match: '(\\d+)' } },
    { kind: 'temperature', name: 'System', value: { oid: `${SYSTEM}.6.0`, match: '(\\d+)' } },
    { kind: 'temperature', name: `{${HARD_DISK}.2}`, value: { oid: `${HARD_DISK}.3`, match: '^(\\d+) ?C' } },
    { kind: 'fanspeed', name: `{${OLD_FAN}.2}`, value: { oid: `${OLD_FAN}.3`, match: '^(\\d+) ?RPM' } },
    state(
      `{${OLD_VOLUME}.2}`,
      { oid: `${OLD_VOLUME}.6`, match: '(\\w+)' },
      {
        Ready: ['ready', 'ok'],
        Rebuilding: ['rebuilding', 'warning'],
        Synchronizing: ['synchronizing', 'warning'],
        Migrating: ['migrating', 'warning'],
        Degraded: ['degraded', 'critical'],
        Failure: ['failure', 'critical'],
        Unmounted: ['unmounted', 'critical'],
      },
    ),
  ],
  traps: [
    {
      oid: `${EVENTS}.2`,
      name: 'eventWarning',
      title: { fr: `Avertissement du NAS\u202f: {${QNAP_TEXT}.102}`, en: `NAS warning: {${QNAP_TEXT}.102}` },
      severity: 'warning',
    },
    {
      oid: `${EVENTS}.4`,
      name: 'eventError',
      title: { fr: `Erreur du NAS\u202f: {${QNAP_TEXT}.103}`, en: `NAS error: {${QNAP_TEXT}.103}` },
      severity: 'critical',
    },
  ],
});
