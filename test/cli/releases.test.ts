import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createReleases, type ReleaseRooms } from '../../cli/server/releases.ts';
import { Devices } from '../../collector/devices.ts';
import type { StateStore } from '../../collector/ports.ts';
import { openSqliteStateStore } from '../../collector/state/sqlite-state-store.ts';
import type { DeviceKey, StoreKey } from '../../protocol/names.ts';
import { agentTopic } from '../../protocol/topics.ts';
import { makeChain, makeStore } from '../alerting/judge-rig.ts';

const CANARY: StoreKey = 'demo/001';
const TILL: DeviceKey = `${CANARY}/till-1`;
const wish = (version: string) => ({
  version,
  canary: [CANARY],
  sharePercent: 5,
  soakMinutes: 60,
  returnMinutes: 30,
  mayFailPercent: 5,
  spreadMinutes: 1,
  kbPerSecond: 256,
  whileOpen: true,
});

let dataDir: string;
let state: StateStore;
beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'vigie-releases-'));
  state = openSqliteStateStore(':memory:', { now: () => 1 });
  for (const version of ['1.1.0', '1.2.0']) {
    const files = [{ platform: 'linux-x64' as const, sha256: 'a'.repeat(64), size: 10, packed: 5 }];
    const release = { v: 1 as const, version, at: 1, files };
    const signed = { v: 1 as const, body: JSON.stringify(release), sig: `${'A'.repeat(86)}==` };
    await state.releases.add({ release, signed, at: 1, by: 'zoé' });
    mkdirSync(join(dataDir, 'releases', version), { recursive: true });
    writeFileSync(join(dataDir, 'releases', version, 'linux-x64.zst'), 'kept.');
  }
});
afterEach(async () => {
  await state.close();
  rmSync(dataDir, { recursive: true });
});

const open = (given: Partial<ReleaseRooms> = {}) =>
  createReleases({
    state,
    devices: new Devices([makeChain([makeStore('001', 'Nantes')])]),
    broker: { publish: async () => {} } as unknown as ReleaseRooms['broker'],
    dataDir,
    presences: () => [],
    isInCharge: () => true,
    log: { error: (_what: unknown, message: string) => expect.fail(message) } as unknown as ReleaseRooms['log'],
    now: () => 1,
    ...given,
  }).port;

test('every rollout has a greater number, so that a version that was refused once is tried again', async () => {
  const releases = open();
  const attempts: unknown[] = [];
  for (const version of ['1.1.0', '1.2.0', '1.1.0']) {
    expect(await releases.start(wish(version), 'zoé')).toBe('done');
    attempts.push((await state.releases.rollout())?.attempt);
    expect(await releases.change('aborted', 'zoé')).toBe(true);
  }
  expect(attempts).toEqual([1, 2, 3]);
});

test('the next rollout waits until the one before is taken back, wherever that is done', async () => {
  const elsewhere = open({ isInCharge: () => false });
  await elsewhere.start(wish('1.1.0'), 'zoé');
  const rollout = await state.releases.rollout();
  if (!rollout) return expect.fail('no rollout');
  await state.releases.advance(rollout, rollout, { tell: [TILL], takeBack: [], at: 1 });
  await elsewhere.change('aborted', 'zoé');
  expect(await elsewhere.start(wish('1.2.0'), 'zoé')).toBe('running');
  const told: unknown[] = [];
  const publish = async (topic: string, payload: unknown) => void told.push([topic, payload]);
  const inCharge = open({ broker: { publish } as unknown as ReleaseRooms['broker'] });
  expect(await inCharge.start(wish('1.2.0'), 'zoé')).toBe('done');
  expect(told).toEqual([[agentTopic(TILL, 'release'), '']]);
});

test('what a person says counts also when a step moves the rollout in between', async () => {
  await open().start(wish('1.1.0'), 'zoé');
  const { releases } = state;
  let moves = 1;
  const between: StateStore['releases'] = {
    ...releases,
    async rollout() {
      const rollout = await releases.rollout();
      if (rollout && moves-- > 0)
        await releases.advance(rollout, { ...rollout, wave: 'share' }, { tell: [], takeBack: [], at: 1 });
      return rollout;
    },
  };
  const releasesBetween = open({ state: { ...state, releases: between }, isInCharge: () => false });
  expect(await releasesBetween.change('aborted', 'zoé')).toBe(true);
  expect(await releases.rollout()).toMatchObject({ state: 'aborted', wave: 'share' });
});
