import { defineProfile } from '../profile.ts';
import { PROBE_HARDWARE, PROBE_SOFTWARE } from '../rules/names.ts';

export const profile = defineProfile({
  name: 'trendnet',
  title: 'TRENDnet',
  match: [{ sysObjectID: '1.3.6.1.4.1.28866' }],
  identity: {
    kind: 'switch',
    vendor: 'TRENDnet',
    model: [{ from: 'sysDescr', match: '\\b(T\\w+-\\w+)' }, `{${PROBE_HARDWARE}}`],
    version: [`{${PROBE_SOFTWARE}}`, { from: 'sysDescr', match: 'v?(\\d+\\.\\d[\\w.]*)' }],
  },
});
