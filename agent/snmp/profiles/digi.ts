import { defineProfile } from '../profile.ts';

// DIGI-DEVICE-INFO-MIB
const DIGI = '1.3.6.1.4.1.332';
const INFO = `${DIGI}.11.6.1`;

export const profile = defineProfile({
  name: 'digi',
  title: 'Digi',
  match: [{ sysObjectID: DIGI }],
  identity: {
    kind: 'router',
    vendor: 'Digi',
    model: [
      `{${INFO}.1.0}`,
      { from: 'sysDescr', match: '^(?:Digi )?((?:Connect|TransPort|WR\\d|EX\\d|IX\\d|TX\\d)[^,;]*)' },
    ],
    version: [`{${INFO}.2.0}`, { from: 'sysDescr', match: 'Ver(?:sion)?[: ]+(\\S+?)[,;]?(?:\\s|$)' }],
  },
  memory: [{ name: 'Memory', free: `${INFO}.9.0`, total: `${INFO}.8.0` }],
});
