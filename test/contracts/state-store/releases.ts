import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { KeptRelease, Rollout, StateStore } from '../../../collector/ports.ts';
import type { DeviceKey, StoreKey } from '../../../protocol/names.ts';
import type { Release } from '../../../protocol/releases.ts';
import { type OpenedStateStore, type OpenStateStore, writesOf } from './fixtures.ts';

const kept = (version: string, at: number): KeptRelease => {
  const file = { platform: 'linux-x64' as const, sha256: 'a'.repeat(64), size: 10, packed: 5 };
  const release: Release = { v: 1, version, at, files: [file] };
  return { release, signed: { v: 1, body: JSON.stringify(release), sig: `${'A'.repeat(86)}==` }, at, by: 'zoé' };
};

const rollout: Rollout = {
  version: '1.2.0',
  attempt: 1,
  state: 'running',
  wave: 'canary',
  startedAt: 5,
  waveAt: 5,
  by: 'zoé',
  canary: ['acme/s001' as StoreKey],
  share: 0.05,
  soakMs: 1,
  returnMs: 2,
  mayFail: 0.1,
  spreadS: 60,
  bytesPerSecond: 1024,
  whileOpen: false,
};
const device = (name: string) => `acme/s001/${name}` as DeviceKey;

export function releaseContract(open: OpenStateStore): void {
  describe('releases', () => {
    let opened: OpenedStateStore;
    let store: StateStore;
    beforeEach(async () => {
      opened = await open();
      ({ store } = opened);
    });
    afterEach(() => opened.destroy());

    test('a version is added once, and the newest comes first', async () => {
      expect(await store.releases.add(kept('1.2.0', 1))).toBe(true);
      expect(await store.releases.add(kept('1.10.0', 2))).toBe(true);
      expect(await store.releases.add(kept('1.2.0', 3))).toBe(false);
      ({ store } = await opened.reopen());
      expect(await store.releases.list()).toEqual([kept('1.10.0', 2), kept('1.2.0', 1)]);
    });

    test('a rollout is kept with the devices told, and a new one begins with none', async () => {
      expect(await store.releases.rollout()).toBeUndefined();
      await store.releases.begin(rollout);
      const first = { tell: [device('t1'), device('t2')], takeBack: [], at: 7 };
      expect(await store.releases.advance(rollout, rollout, first)).toBe(true);
      const paused = { ...rollout, state: 'paused' as const };
      const second = { tell: [device('t2'), device('t3')], takeBack: [device('t1')], at: 9 };
      expect(await store.releases.advance(rollout, paused, second)).toBe(true);
      ({ store } = await opened.reopen());
      expect(await store.releases.rollout()).toEqual(paused);
      expect(await store.releases.told()).toEqual(
        new Map([
          [device('t2'), 9],
          [device('t3'), 9],
        ]),
      );
      await store.releases.begin({ ...rollout, attempt: 2 });
      expect(await store.releases.told()).toEqual(new Map());
      expect((await store.releases.rollout())?.attempt).toBe(2);
    });

    test('who read it before somebody else moved it changes nothing', async () => {
      await store.releases.begin(rollout);
      const aborted = { ...rollout, state: 'aborted' as const };
      expect(await store.releases.advance(rollout, aborted, { tell: [], takeBack: [], at: 7 })).toBe(true);
      const next = { ...rollout, wave: 'share' as const };
      expect(await store.releases.advance(rollout, next, { tell: [device('t1')], takeBack: [], at: 8 })).toBe(false);
      expect(await store.releases.rollout()).toEqual(aborted);
      expect(await store.releases.told()).toEqual(new Map());
    });

    test('what agents run is read from their births, some at a time', async () => {
      const update = { platform: 'linux-x64', trying: '1.2.0' };
      const birth = (agent: object) => JSON.stringify({ v: 1, agent });
      await opened.partition.commit(
        writesOf({
          boots: [
            { agent: device('t2'), boot: 'b2', birth: birth({ version: '1.1.0', update }) },
            { agent: device('t1'), boot: 'b1', birth: birth({ version: '1.0.0' }) },
            { agent: device('t3'), boot: 'b3', birth: undefined },
          ],
        }),
      );
      expect(await store.releases.running('', 1)).toEqual([{ device: device('t1'), version: '1.0.0' }]);
      expect(await store.releases.running(device('t1'), 9)).toEqual([
        { device: device('t2'), version: '1.1.0', update },
      ]);
    });
  });
}
