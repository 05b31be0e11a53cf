import { defineProfile } from '../profile.ts';

/** TeraStation and LinkStation: a Linux that says in sysDescr what it is. */
export const profile = defineProfile({
  name: 'buffalo',
  title: 'Buffalo NAS',
  match: [{ sysDescr: '^BUFFALO ' }],
  identity: {
    kind: 'nas',
    vendor: 'Buffalo',
    model: [{ from: 'sysDescr', match: 'BUFFALO (.*) Ver' }],
    version: [{ from: 'sysDescr', match: 'Ver\\.?\\s*(\\S+)' }],
  },
});
