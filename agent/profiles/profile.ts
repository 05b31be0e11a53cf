import type { CheckEntry } from '../check-entry.ts';
import type { Words } from '../words.ts';

/** A value a device sets in `vars`. */
export interface Variable {
  about: Words;
  example: string | number;
  default?: string | number;
}

/** A ready set of checks for one kind of device. */
export interface Profile {
  title: Words;
  /** What a device says of itself in `vars`. A check whose variables nobody sets is left out. */
  vars: Readonly<Record<string, Variable>>;
  checks: readonly CheckEntry[];
}

const MINUTE = 60;
const HOUR = 3600;

/** How a text names a variable. */
export const variable = (name: string): string => `\${${name}}`;

/** What every host is measured by on Linux: read from /proc, so each report may have it. */
export const LINUX_HOST: readonly CheckEntry[] = [
  ...['cpu', 'mem', 'swap', 'disk', 'diskio', 'net', 'system'].map((type) => ({ type })),
  // A look at each process of the host.
  { type: 'processes', everyS: MINUTE },
  { type: 'temperature', everyS: MINUTE },
  { type: 'reboot', everyS: HOUR },
  { type: 'updates', everyS: 6 * HOUR, timeoutMs: 60_000 },
];

/** The same on Windows, where the slower readings start a program of the system. */
export const WINDOWS_HOST: readonly CheckEntry[] = [
  ...['cpu', 'mem', 'system'].map((type) => ({ type })),
  ...['swap', 'disk', 'net', 'processes'].map((type) => ({ type, everyS: MINUTE, timeoutMs: 20_000 })),
  { type: 'reboot', everyS: HOUR, timeoutMs: 20_000 },
  { type: 'updates', everyS: 6 * HOUR, timeoutMs: 60_000 },
  { type: 'antivirus', everyS: HOUR, timeoutMs: 30_000 },
];

export const HOST_VARS = {
  timeServer: {
    about: { fr: 'serveur de temps du magasin', en: 'time server of the store' },
    example: '10.0.0.1',
  },
  gateway: {
    about: { fr: 'routeur du magasin, à interroger par ping', en: 'router of the store, to be pinged' },
    example: '10.0.0.254',
  },
  service: {
    about: { fr: 'service qui doit tourner', en: 'service that must run' },
    example: 'cups',
  },
} satisfies Profile['vars'];

/** What a host is asked by its own network, where it says whom to ask. */
export const HOST_NETWORK: readonly CheckEntry[] = [
  { type: 'ntp', name: 'time', server: variable('timeServer'), everyS: 5 * MINUTE },
  { type: 'ping', name: 'gateway', hosts: [variable('gateway')], everyS: MINUTE },
  { type: 'service', name: 'service', services: [variable('service')], everyS: MINUTE, timeoutMs: 20_000 },
];

/** On Linux the health of a disk and the age of virus signatures depend on programs not every image has. */
export const LINUX_EXTRA_VARS = {
  disk: { about: { fr: 'disque à suivre par SMART', en: 'disk to follow through SMART' }, example: '/dev/sda' },
  clamav: {
    about: { fr: 'dossier des signatures de ClamAV', en: 'folder of ClamAV’s signatures' },
    example: '/var/lib/clamav',
  },
} satisfies Profile['vars'];
export const LINUX_EXTRA: readonly CheckEntry[] = [
  { type: 'smart', devices: [variable('disk')], sudo: true, everyS: HOUR, timeoutMs: 30_000 },
  { type: 'antivirus', folder: variable('clamav'), everyS: HOUR },
];
