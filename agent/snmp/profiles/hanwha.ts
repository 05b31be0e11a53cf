import { defineProfile } from '../profile.ts';

/** Hanwha's cameras, Samsung's before: nothing but the standard MIBs, and sysName is the model until somebody renames it. */
export const profile = defineProfile({
  name: 'hanwha',
  title: 'Hanwha Vision',
  match: [{ sysObjectID: '1.3.6.1.4.1.36849' }],
  identity: { vendor: 'Hanwha Vision', model: [{ from: 'sysName', match: '^([A-Z]{2,4}-[A-Z]?\\d{3,}\\w*)$' }] },
});
