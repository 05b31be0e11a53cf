import { defineProfile } from '../profile.ts';

export const profile = defineProfile({
  name: 'lexmark',
  title: 'Lexmark',
  match: [{ sysDescr: 'Lexmark' }, { sysObjectID: '1.3.6.1.4.1.641', notSysDescr: 'toshiba|dell|source technologies' }],
  identity: {
    kind: 'printer',
    vendor: 'Lexmark',
    model: [{ from: 'sysDescr', match: 'Lexmark (\\S+) version' }],
    version: [{ from: 'sysDescr', match: '\\bversion (\\S+)' }],
  },
});
