import { defineProfile } from '../profile.ts';
import { PROBE_HARDWARE, PROBE_SOFTWARE } from '../rules/names.ts';

export const profile = defineProfile({
  name: 'planet',
  title: 'PLANET',
  match: [{ sysObjectID: '1.3.6.1.4.1.10456' }],
  identity: {
    kind: 'switch',
    vendor: 'Planet',
    model: [{ from: 'sysDescr', match: '(?:PLANET )?\\b([A-Z]+-\\d\\S*)' }, `{${PROBE_HARDWARE}}`],
    version: [`{${PROBE_SOFTWARE}}`, { from: 'sysDescr', match: 'v(\\d[\\w.]+)' }],
  },
});
