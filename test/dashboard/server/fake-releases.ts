import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import type { ReleasesPort } from '../../../dashboard/ports/releases.ts';
import type { StoreKey } from '../../../protocol/names.ts';

/** Releases: 1.1.0 is there and on its way; nothing else is known. */
export const fakeReleases = (calls: unknown[][]): ReleasesPort => ({
  list: async () => ({
    releases: [
      {
        version: '1.1.0',
        at: 5,
        by: 'zoé',
        downgrade: false,
        files: [{ platform: 'linux-x64', size: 10, packed: 5, isHere: true }],
      },
    ],
    rollout: {
      version: '1.1.0',
      attempt: 1,
      state: 'running',
      wave: 'canary',
      startedAt: 5,
      waveAt: 5,
      by: 'zoé',
      canary: ['acme/s001' as StoreKey],
      sharePercent: 5,
      whileOpen: false,
      counts: { done: 1 },
      attention: [],
    },
  }),
  async add(signed, by) {
    calls.push(['addRelease', signed.body, by]);
    return signed.body === '{}' ? 'malformed' : 'done';
  },
  async upload(version, platform, body) {
    calls.push(['uploadRelease', version, platform, body instanceof Readable ? await text(body) : '']);
    return version === '1.1.0' ? 'done' : 'no-such';
  },
  async start(wish, by) {
    calls.push(['startRollout', wish, by]);
    return wish.version === '1.1.0' ? 'done' : 'no-such';
  },
  async change(state, by) {
    calls.push(['changeRollout', state, by]);
    return state !== 'running';
  },
});
