import { defineProfile } from '../profile.ts';

/** ZebraNet's own print servers (ESI-MIB): their ifSpeed is rubbish. */
export const profile = defineProfile({
  name: 'zebra-print-server',
  title: 'ZebraNet print servers',
  rank: 20,
  match: [{ sysObjectID: '1.3.6.1.4.1.683', sysDescr: 'zebra' }],
  without: ['1.3.6.1.2.1.2.2.1.5'],
});
