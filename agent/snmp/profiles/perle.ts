import { defineProfile } from '../profile.ts';

export const profile = defineProfile({
  name: 'perle',
  title: 'Perle',
  match: [{ sysObjectID: '1.3.6.1.4.1.1966' }],
  identity: {
    kind: [
      { kind: 'switch', sysDescr: '\\bIDS-|switch' },
      { kind: 'router', sysDescr: 'IRG\\d|router' },
      { kind: 'appliance' },
    ],
    vendor: 'Perle',
    model: [{ from: 'sysDescr', match: '((?:IOLAN|IDS|IRG|MCR)\\S*)' }],
    version: [{ from: 'sysDescr', match: '[vV](?:ersion )?(\\d[\\w.]+)' }],
  },
});
