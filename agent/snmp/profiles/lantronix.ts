import { defineProfile } from '../profile.ts';

export const profile = defineProfile({
  name: 'lantronix',
  title: 'Lantronix',
  match: [{ sysObjectID: '1.3.6.1.4.1.244' }],
  identity: {
    kind: [{ kind: 'switch', sysDescr: '\\bS(?:M|I)\\d|switch' }, { kind: 'appliance' }],
    vendor: 'Lantronix',
    model: [{ from: 'sysDescr', match: '(?:Lantronix )?(\\S+)' }],
    version: [{ from: 'sysDescr', match: '[vV](?:ersion )?(\\d[\\w.]+)' }],
  },
});
