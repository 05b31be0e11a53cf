import { defineProfile } from '../profile.ts';
import { PROBE_HARDWARE, PROBE_SOFTWARE } from '../rules/names.ts';

export const profile = defineProfile({
  name: 'linksys',
  title: 'Linksys',
  match: [{ sysObjectID: '1.3.6.1.4.1.3955' }],
  identity: {
    kind: 'switch',
    vendor: 'Linksys',
    model: [{ from: 'sysDescr', match: '\\b((?:LGS|SRW|SLM)\\w+)' }, `{${PROBE_HARDWARE}}`],
    version: [`{${PROBE_SOFTWARE}}`],
  },
});
