import { afterEach, beforeEach, expect, test } from 'vitest';
import { createFollower, type Follower, type Shown } from '../../alerting/follower.ts';
import type { KnownStore } from '../../alerting/incident-view.ts';
import type { MaintenanceWindow } from '../../protocol/maintenance.ts';
import type { StoreKey } from '../../protocol/names.ts';
import { JudgeRig, makeStore, PACK } from './judge-rig.ts';

let rig: JudgeRig;
let follower: Follower;
let read: number;
const known = new Map<StoreKey, KnownStore>([
  ['demo/001', { definition: makeStore('001', 'Nantes'), simulated: false }],
  ['demo/002', { definition: makeStore('002', 'Brest'), simulated: false }],
]);

beforeEach(async () => {
  rig = await JudgeRig.open();
  follower = createFollower({ pack: () => PACK, now: () => rig.now });
  follower.define(known);
  read = 0;
  await rig.birth();
  await rig.pass(300);
});
afterEach(() => rig.close());

/** Hands over what the judge has written since, as the store tells it. */
function follow(): Shown {
  const writes = rig.judgements.slice(read).map((judgement) => judgement.writes);
  read = rig.judgements.length;
  return follower.take({
    judgement: writes.flatMap(({ stores }) => stores),
    incidents: writes.flatMap(({ incidents }) => incidents.map(({ incident }) => incident)),
  });
}

const byKey = <T extends { key: string }>(list: readonly T[]) => [...list].sort((a, b) => (a.key < b.key ? -1 : 1));

function expectSame(): void {
  const [theirs, ours] = [rig.judge.snapshot(), follower.snapshot()];
  expect(byKey(ours.stores)).toEqual(byKey(theirs.stores));
  expect(byKey(ours.incidents)).toEqual(byKey(theirs.incidents));
}

test('shows what the judge shows, from outage to recovery', async () => {
  follow();
  expectSame();
  await rig.hear('lost', 'demo/001/till-2');
  const { stores } = follow();
  expect(stores.map(({ key, state }) => [key, state])).toEqual([['demo/001', 'degraded']]);
  expectSame();
  await rig.pass(10);
  follow();
  expectSame();
  expect(follower.store('demo/001')?.tile.incident).toMatchObject({ number: 1 });
  await rig.hear('online', 'demo/001/till-2');
  await rig.pass(200);
  follow();
  expectSame();
  expect(follower.snapshot().incidents).toMatchObject([{ number: 1, state: 'resolved' }]);
});

test('knows the devices of a store with their alerts', async () => {
  await rig.hear('lost', 'demo/001/till-2');
  await rig.pass(10);
  follow();
  const told = follower.device('demo/001/till-2');
  expect(told).toMatchObject({ state: 'down', alerts: [{ state: 'firing' }] });
  expect(told?.alerts).toEqual(rig.judge.device('demo/001/till-2')?.alerts);
  expect(follower.devices({ store: 'demo/001' })).toHaveLength(4);
  expect(follower.devices({})).toHaveLength(8);
  expect(follower.store('demo/009')).toBeUndefined();
  expect(follower.device('demo/001/till-9')).toBeUndefined();
});

test('a store never heard of is shown too, one that leaves is not, and one renamed has its new name', () => {
  const fresh = createFollower({ pack: () => PACK, now: () => rig.now });
  expect(fresh.define(known).stores.map(({ key, state }) => [key, state])).toEqual([
    ['demo/001', 'blind'],
    ['demo/002', 'blind'],
  ]);
  const renamed = new Map([['demo/001' as StoreKey, { definition: makeStore('001', 'Rezé'), simulated: false }]]);
  expect(fresh.define(renamed)).toMatchObject({ stores: [{ title: 'Rezé' }], gone: ['demo/002'] });
  expect(fresh.define(renamed)).toEqual({ stores: [], gone: [], incidents: [] });
});

test('the desk’s answer reaches the tile', async () => {
  await rig.hear('lost', 'demo/001/till-2');
  await rig.pass(10);
  follow();
  const [incident] = follower.snapshot().incidents;
  if (!incident) throw new Error('no incident');
  const { stores } = follower.take({
    judgement: [],
    incidents: [{ ...incident, ticket: 'INC9', ticketState: 'open' }],
  });
  expect(stores).toMatchObject([{ key: 'demo/001', incident: { ticket: 'INC9' } }]);
});

test('knows who is heard, whatever is shown: a till that is well, and one that has gone', async () => {
  follow();
  const heard = () =>
    follower
      .presences('demo/001')
      .filter(({ isHeard }) => isHeard)
      .map(({ device }) => device);
  expect(heard()).toContain('demo/001/till-2');
  expect(follower.presences('demo/001')).toEqual(rig.judge.presences('demo/001'));
  await rig.hear('lost', 'demo/001/till-2');
  follow();
  expect(heard()).not.toContain('demo/001/till-2');
  expect(heard()).toContain('demo/001/till-1');
});

test('shows what is in maintenance as its judge does', async () => {
  const window: MaintenanceWindow = {
    ...{ id: 'w', kind: 'maintenance', title: 'Nuit', who: 'Inès', why: 'version 8' },
    scope: { places: ['demo/001'] },
    timeZone: 'UTC',
    start: new Date(rig.now - 600_000).toISOString().slice(0, 16),
    end: new Date(rig.now + 3_600_000).toISOString().slice(0, 16),
  };
  let windows: readonly MaintenanceWindow[] = [];
  follower = createFollower({ pack: () => PACK, now: () => rig.now, maintenance: () => windows });
  follower.define(known);
  follow();
  windows = [window];
  expect(follower.replan().stores).toMatchObject([{ key: 'demo/001', state: 'maintenance' }]);
  await rig.feed({ kind: 'maintenance', windows });
  follow();
  expectSame();
});
