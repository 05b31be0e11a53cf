import { defineProfile } from '../profile.ts';

/** KYOCERA-MIB: its general table and that of its firmware. */
const KYOCERA = '1.3.6.1.4.1.1347';
const GENERAL = `${KYOCERA}.43.5.1.1`;

export const profile = defineProfile({
  name: 'kyocera',
  title: 'Kyocera, Utax, Triumph-Adler',
  match: [{ sysObjectID: KYOCERA }, { sysDescr: '^(?:KYOCERA|UTAX|TA Triumph)' }],
  identity: {
    kind: 'printer',
    vendor: 'Kyocera',
    model: [`{${GENERAL}.1}`],
    version: [`{${KYOCERA}.43.5.4.1.5}`],
    serial: [`{${GENERAL}.28}`],
  },
});
