import { defineProfile } from '../profile.ts';

export const profile = defineProfile({
  name: 'vyos',
  title: 'VyOS, Vyatta',
  match: [
    { sysObjectID: ['1.3.6.1.4.1.44641', '1.3.6.1.4.1.30803'], notSysDescr: '^Edge' },
    { sysDescr: '^(VyOS|Vyatta)' },
  ],
  identity: {
    kind: 'router',
    vendor: 'VyOS',
    model: [{ from: '1.3.6.1.2.1.47.1.1.1.1.13.1' }],
    version: [{ from: 'sysDescr', match: '(?:VyOS|Vyatta) (?:VyOS )?(\\S+)' }],
  },
});
