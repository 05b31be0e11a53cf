import { defineProfile } from '../profile.ts';

/** AVIGILON-CAMERA-MIB. */
const AVIGILON = '1.3.6.1.4.1.46202';
const STATUS = `${AVIGILON}.1.1.1`;
const TEMPERATURE = `${STATUS}.1.1`;

export const profile = defineProfile({
  name: 'avigilon',
  title: 'Avigilon',
  match: [{ sysObjectID: AVIGILON }, { sysDescr: 'avigilon' }],
  identity: { kind: 'camera', vendor: 'Avigilon' },
  sensors: [
    { kind: 'temperature', name: 'Temperature {index}', value: `${TEMPERATURE}.4` },
    {
      kind: 'state',
      name: 'Temperature Sensor Status {index}',
      value: `${TEMPERATURE}.3`,
      states: { 1: ['OK', 'ok'], 2: ['Failed', 'critical'], 3: ['Out of bounds', 'warning'] },
    },
    {
      kind: 'state',
      name: 'SD Card Storage State',
      value: `${STATUS}.5`,
      states: {
        1: ['No card', 'unknown'],
        2: ['Card detected', 'ok'],
        3: ['Card holds other data', 'warning'],
        4: ['Formatting', 'warning'],
        5: ['Looking for recordings', 'warning'],
        6: ['Read only', 'critical'],
        7: ['Ready to record', 'ok'],
        8: ['Recording', 'ok'],
        9: ['Formatting failed', 'critical'],
        10: ['Writing failed', 'critical'],
        11: ['Card too small', 'critical'],
        12: ['Card too slow', 'critical'],
        13: ['Failed', 'critical'],
      },
    },
  ],
});
