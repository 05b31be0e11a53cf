import { defineProfile } from '../profile.ts';
import { PROBE_HARDWARE, PROBE_SOFTWARE } from '../rules/names.ts';

export const profile = defineProfile({
  name: 'phoenix-contact',
  title: 'Phoenix Contact',
  match: [{ sysObjectID: '1.3.6.1.4.1.4346' }],
  identity: {
    kind: 'switch',
    vendor: 'Phoenix Contact',
    model: [{ from: 'sysDescr', match: '\\b(FL (?:SWITCH|NAT|MGUARD)[^,]*)' }, `{${PROBE_HARDWARE}}`],
    version: [`{${PROBE_SOFTWARE}}`],
  },
});
