import { defineProfile } from '../profile.ts';

/** KONICAMINOLTA's firmware table: its version, and what it runs on. */
const KONICA = '1.3.6.1.4.1.18334';
const FIRMWARE = `${KONICA}.1.1.1.1.6`;

export const profile = defineProfile({
  name: 'konica-minolta',
  title: 'Konica Minolta, Develop, Olivetti',
  match: [{ sysObjectID: KONICA }, { sysDescr: '^(?:KONICA MINOLTA|Develop ineo|Olivetti)' }],
  identity: {
    kind: 'printer',
    vendor: 'Konica Minolta',
    model: [{ from: `${FIRMWARE}.2.1.0`, match: '^(?:KONICA MINOLTA )?(.+)$' }],
    version: [`{${FIRMWARE}.1.0}`],
  },
});
