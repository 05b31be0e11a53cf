import { defineProfile } from '../profile.ts';

const SHARP = '1.3.6.1.4.1.2385';

export const profile = defineProfile({
  name: 'sharp',
  title: 'Sharp',
  match: [{ sysObjectID: SHARP }, { sysDescr: '^SHARP ' }],
  identity: {
    kind: 'printer',
    vendor: 'Sharp',
    model: [`{${SHARP}.2.1.3.2.1.4.13501.1302}`, { from: 'sysDescr', match: '^SHARP (\\S+)' }],
    version: [`{${SHARP}.2.1.1.2.1.2}`],
  },
});
