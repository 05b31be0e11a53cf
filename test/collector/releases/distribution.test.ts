import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Rollout, StateStore } from '../../../collector/ports.ts';
import { Distribution } from '../../../collector/releases/distribution.ts';
import { openSqliteStateStore } from '../../../collector/state/sqlite-state-store.ts';
import type { Chain } from '../../../protocol/inventory.ts';
import type { DeviceKey, StoreKey } from '../../../protocol/names.ts';
import type { Release, UpdateState } from '../../../protocol/releases.ts';
import { agentTopic } from '../../../protocol/topics.ts';
import { writesOf } from '../../contracts/state-store/fixtures.ts';

const MINUTE = 60_000;
const STORE: StoreKey = 'acme/s001';
const TILL: DeviceKey = `${STORE}/till-1`;
const chain: Chain = {
  name: 'acme',
  title: 'Acme',
  stores: [
    {
      name: 's001',
      title: 'Un',
      region: 'Ouest',
      timeZone: 'Europe/Paris',
      devices: [{ name: 'till-1', kind: 'till', lane: 1 }],
    },
  ],
};
const rollout: Rollout = {
  version: '1.1.0',
  attempt: 1,
  state: 'running',
  wave: 'canary',
  startedAt: 0,
  waveAt: 0,
  by: 'zoé',
  canary: [STORE],
  share: 0.05,
  soakMs: 60 * MINUTE,
  returnMs: 30 * MINUTE,
  mayFail: 0.05,
  spreadS: 60,
  bytesPerSecond: 1024,
  whileOpen: true,
};

let state: StateStore;
let time: number;
let isHeard: boolean;
/** What the broker was given, and what it does with it. */
let published: [topic: string, payload: string][];
let publish: () => Promise<void>;
/** Runs while a step looks at the stores. */
let meanwhile: () => void;
let reads: number;

beforeEach(async () => {
  time = 100 * MINUTE;
  isHeard = true;
  published = [];
  publish = async () => {};
  meanwhile = () => {};
  reads = 0;
  state = openSqliteStateStore(':memory:', { now: () => time });
  const release: Release = {
    v: 1,
    version: '1.1.0',
    at: 1,
    files: [{ platform: 'linux-x64', sha256: 'a'.repeat(64), size: 10, packed: 5 }],
  };
  const signed = { v: 1 as const, body: JSON.stringify(release), sig: `${'A'.repeat(86)}==` };
  await state.releases.add({ release, signed, at: 1, by: 'zoé' });
  await state.releases.begin(rollout);
});
afterEach(() => state.close());

async function runs(version: string, update: Partial<UpdateState> = {}): Promise<void> {
  const birth = JSON.stringify({ v: 1, agent: { version, update: { platform: 'linux-x64', ...update } } });
  const partition = await state.partition({ index: 0, of: 1 });
  await partition.commit(writesOf({ boots: [{ agent: TILL, boot: `b${version}`, birth }] }));
}

const distribute = () =>
  new Distribution({
    state: {
      audit: state.audit,
      releases: {
        ...state.releases,
        running(...asked) {
          reads += 1;
          return state.releases.running(...asked);
        },
      },
    },
    chains: () => [chain],
    presences() {
      meanwhile();
      return [{ device: TILL, isHeard, since: 0 }];
    },
    hoursOf: () => undefined,
    async publish(topic, payload) {
      await publish();
      published.push([topic, String(payload)]);
    },
    now: () => time,
  });

const begin = async () => {
  await runs('1.0.0');
  const distribution = distribute();
  await distribution.step();
  expect(await state.releases.told()).toEqual(new Map([[TILL, time]]));
  return distribution;
};
const abort = () =>
  state.releases.advance(rollout, { ...rollout, state: 'aborted' }, { tell: [], takeBack: [], at: 1 });

test('silence from before this process watched is none: after a restart a till has its time to come back', async () => {
  await begin();
  await runs('1.1.0', { trying: '1.1.0' });
  time += 600 * MINUTE;
  isHeard = false;
  const restarted = distribute();
  await restarted.step();
  expect(restarted.standings.get(TILL)).toBe('trying');
  time += rollout.returnMs;
  await restarted.step();
  expect((await state.releases.rollout())?.state).toBe('running');
  time += 1;
  await restarted.step();
  expect((await state.releases.rollout())?.state).toBe('stopped');
});

test('an abort that comes while a step looks around is not overwritten, and nobody is told', async () => {
  await runs('1.0.0');
  meanwhile = () => void abort();
  await distribute().step();
  expect((await state.releases.rollout())?.state).toBe('aborted');
  expect(await state.releases.told()).toEqual(new Map());
  expect(published).toEqual([]);
});

test('whom it was told is forgotten only once it is taken back', async () => {
  const distribution = await begin();
  await abort();
  publish = () => Promise.reject(new Error('the broker is away'));
  await expect(distribution.step()).rejects.toThrow('the broker is away');
  expect([...(await state.releases.told()).keys()]).toEqual([TILL]);
  publish = async () => {};
  await distribution.step();
  expect(published.at(-1)).toEqual([agentTopic(TILL, 'release'), '']);
  expect(await state.releases.told()).toEqual(new Map());
});

test('who had to leave it to another process tells everybody again', async () => {
  const distribution = await begin();
  await distribution.step();
  expect(published).toHaveLength(1);
  distribution.rest();
  await distribution.step();
  expect(published).toHaveLength(2);
});

test('a rollout that is over is looked at rarely', async () => {
  const distribution = await begin();
  await abort();
  await distribution.step();
  const before = reads;
  await distribution.step();
  await distribution.step();
  expect(reads).toBe(before);
  time += 10 * MINUTE;
  await distribution.step();
  expect(reads).toBe(before + 1);
});
