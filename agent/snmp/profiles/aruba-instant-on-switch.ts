import { defineProfile } from '../profile.ts';
import { RADLAN_CPU } from '../rules/radlan.ts';

/** Instant On switches stand below the same sysObjectIDs as ProCurve's, and have none of its load tables. */
export const profile = defineProfile({
  name: 'aruba-instant-on-switch',
  title: 'HPE Aruba Instant On (switches)',
  rank: 20,
  match: [{ sysObjectID: '1.3.6.1.4.1.11', sysDescr: 'Instant ?On' }],
  identity: { kind: 'switch', vendor: 'HPE Aruba' },
  cpu: [{ name: 'CPU', used: '1.3.6.1.4.1.11.2.1.9' }, ...RADLAN_CPU],
});
