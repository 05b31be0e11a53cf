import { defineProfile } from '../profile.ts';

/** POWER-ETHERNET-MIB: what a switch gives to phones, access points and cameras. */
const MIB = '1.3.6.1.2.1.105';
/** pethPsePortTable and pethMainPseTable. */
const PORT = `${MIB}.1.1.1`;
const MAIN = `${MIB}.1.3.1.1`;

export const profile = defineProfile({
  name: 'power-ethernet',
  title: 'POWER-ETHERNET-MIB',
  match: 'any',
  rank: 0,
  sensors: [
    { kind: 'power', name: 'PoE budget {index}', value: `${MAIN}.2` },
    { kind: 'power', name: 'PoE used {index}', value: `${MAIN}.4`, limits: { high: `${MAIN}.2` } },
    {
      kind: 'state',
      name: 'PoE {index}',
      value: `${MAIN}.3`,
      states: { 1: ['on', 'ok'], 2: ['off', 'unknown'], 3: ['faulty', 'critical'] },
    },
    {
      kind: 'state',
      name: 'PoE port {index}',
      value: `${PORT}.6`,
      states: {
        3: ['delivering power', 'ok'],
        4: ['fault', 'warning'],
        5: ['test', 'unknown'],
        6: ['other fault', 'warning'],
      },
      /** Disabled, or nothing there that wants power. */
      skip: [{ is: [1, 2] }],
    },
  ],
  traps: [
    {
      oid: `${MIB}.0.2`,
      title: { fr: 'La puissance PoE dépasse le seuil réglé', en: 'PoE power is above the threshold that was set' },
      severity: 'warning',
    },
    {
      oid: `${MIB}.0.3`,
      title: { fr: 'La puissance PoE est repassée sous le seuil', en: 'PoE power is below the threshold again' },
      severity: 'clears',
      clears: `${MIB}.0.2`,
    },
  ],
});
