import { defineProfile } from '../profile.ts';

const UPS = '1.3.6.1.2.1.33.1';

/** PowerAlert 12.04.0056 to 12.06.0067 tells UPS-MIB's currents and frequencies whole, not in tenths. */
export const profile = defineProfile({
  name: 'tripp-lite-12-04',
  title: 'Tripp Lite PowerAlert 12.04 to 12.06',
  match: [
    {
      sysObjectID: '1.3.6.1.4.1.850',
      has: { oid: `${UPS}.1.4.0`, is: '^12\\.(04\\.00(5[6-9]|[6-9])|05|06\\.00([0-5]|6[0-7]))' },
    },
  ],
  rank: 20,
  sensors: [
    { kind: 'current', name: 'Battery', value: `${UPS}.2.6.0` },
    { kind: 'frequency', name: 'Input {index.1}', value: `${UPS}.3.3.1.2` },
    { kind: 'current', name: 'Input {index.1}', value: `${UPS}.3.3.1.4` },
    { kind: 'frequency', name: 'Output', value: `${UPS}.4.2.0` },
    { kind: 'current', name: 'Output {index.1}', value: `${UPS}.4.4.1.3` },
    { kind: 'frequency', name: 'Bypass', value: `${UPS}.5.1.0` },
    { kind: 'current', name: 'Bypass {index.1}', value: `${UPS}.5.3.1.3` },
  ],
});
