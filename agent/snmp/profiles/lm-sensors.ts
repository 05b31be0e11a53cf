import { defineProfile } from '../profile.ts';

const SENSORS = '1.3.6.1.4.1.2021.13.16';
const THOUSANDTH = 0.001;

/** LM-SENSORS-MIB: a Linux host's own sensors, in thousandths. */
export const profile = defineProfile({
  name: 'lm-sensors',
  title: 'LM-SENSORS-MIB',
  match: 'any',
  rank: 0,
  sensors: [
    {
      kind: 'temperature',
      name: `{${SENSORS}.2.1.2}`,
      value: { oid: `${SENSORS}.2.1.3`, scale: THOUSANDTH },
      skip: [{ is: [0] }, { above: 200_000 }],
    },
    { kind: 'fanspeed', name: `{${SENSORS}.3.1.2}`, value: `${SENSORS}.3.1.3`, skip: [{ is: [0] }] },
    {
      kind: 'voltage',
      name: `{${SENSORS}.4.1.2}`,
      value: { oid: `${SENSORS}.4.1.3`, scale: THOUSANDTH },
      skip: [{ is: [0] }, { above: 1_000_000 }],
    },
  ],
});
