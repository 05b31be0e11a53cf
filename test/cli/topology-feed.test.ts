import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { EngineEvent } from '../../alerting/engine/types.ts';
import { type Assets, createAssets } from '../../cli/server/assets.ts';
import { createTopologyFeed, type TopologyFeed } from '../../cli/server/topology-feed.ts';
import { Devices } from '../../collector/devices.ts';
import type { StateStore } from '../../collector/ports.ts';
import { openSqliteStateStore } from '../../collector/state/sqlite-state-store.ts';
import type { Chain, Device } from '../../protocol/inventory.ts';
import type { DeviceKey, StoreKey } from '../../protocol/names.ts';

const LYON: StoreKey = 'brico/lyon';
const BREST: StoreKey = 'brico/brest';
const DEVICES: Device[] = [
  { name: 'sw-1', kind: 'switch' },
  { name: 'sw-2', kind: 'switch' },
  { name: 'till-1', kind: 'till', lane: 1 },
];
const SEES = { 'neighbour[Gi24].device': 'sw-2', 'neighbour[Gi24].port': 'Te1' };
const TREE = { 'sw-2': { parent: 'sw-1', port: 'Gi24', evidence: 'lldp' } };

const chain = (devices: Device[]): Chain => ({
  name: 'brico',
  title: 'Brico',
  stores: ['lyon', 'brest'].map((name) => ({ name, title: name, timeZone: 'Europe/Paris', devices })),
});

let state: StateStore;
let devices: Devices;
let assets: Assets;
let feed: TopologyFeed;
let sent: EngineEvent[];
let troubles: number;
/** What the judge says to what it is sent. */
let answer: () => Promise<void>;
let seq: number;

async function tell(device: DeviceKey, facts: Record<string, string>): Promise<void> {
  seq += 1;
  await assets.take(device, { v: 1, boot: 'boot0001', seq, at: seq, facts }, seq);
  feed.noteFacts(device, facts);
}

const startFeed = () =>
  createTopologyFeed({
    devices,
    assets,
    async submit(event) {
      await answer();
      sent.push(event);
    },
    onTrouble: () => {
      troubles += 1;
    },
  });

beforeEach(() => {
  vi.useFakeTimers();
  state = openSqliteStateStore(':memory:');
  devices = new Devices([]);
  devices.replace([chain(DEVICES)]);
  assets = createAssets({ state, chains: () => devices.chains() });
  sent = [];
  seq = 0;
  troubles = 0;
  answer = async () => {};
  feed = startFeed();
});
afterEach(async () => {
  feed.stop();
  assets.close();
  await state.close();
  vi.useRealTimers();
});

test('a tree is told when it is seen, once, and again when it changes', async () => {
  await tell(`${LYON}/sw-1`, SEES);
  await tell(`${LYON}/sw-2`, { 'os.hostname': 'sw-2' });
  await vi.advanceTimersByTimeAsync(1_000);
  expect(sent).toEqual([{ kind: 'topology', store: LYON, parents: TREE }]);
  await tell(`${LYON}/sw-1`, SEES);
  await vi.advanceTimersByTimeAsync(5_000);
  expect(sent).toHaveLength(1);
  await tell(`${LYON}/sw-1`, { 'neighbour[Gi24].device': 'till-1' });
  await vi.advanceTimersByTimeAsync(1_000);
  expect(sent.at(-1)).toMatchObject({ parents: { 'till-1': { parent: 'sw-1' } } });
});

test('what was known before is given at the start, of the stores that are served, and not told again', async () => {
  await tell(`${LYON}/sw-1`, SEES);
  await tell(`${BREST}/sw-1`, SEES);
  feed.stop();
  feed = startFeed();
  expect(await feed.begin([LYON])).toEqual([[LYON, TREE]]);
  feed.noteStores([LYON, BREST]);
  await vi.advanceTimersByTimeAsync(5_000);
  expect(sent).toEqual([]);
});

test('a store whose devices see nobody costs nothing', async () => {
  const toldOf = vi.spyOn(assets, 'toldOf');
  await tell(`${LYON}/till-1`, { 'network[eth0].mac': '02:00:00:00:00:01', 'os.name': 'Debian' });
  await vi.advanceTimersByTimeAsync(5_000);
  expect(toldOf).not.toHaveBeenCalled();
});

test('a device that leaves the inventory leaves the tree', async () => {
  await tell(`${LYON}/sw-1`, SEES);
  await vi.advanceTimersByTimeAsync(1_000);
  devices.replace([chain(DEVICES.filter(({ name }) => name !== 'sw-2'))]);
  feed.noteStores([LYON]);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(sent.at(-1)).toEqual({ kind: 'topology', store: LYON, parents: {} });
});

test('a tree that could not be told is told a second later', async () => {
  answer = () => Promise.reject(new Error('disk full'));
  await tell(`${LYON}/sw-1`, SEES);
  await vi.advanceTimersByTimeAsync(1_000);
  expect([sent.length, troubles]).toEqual([0, 1]);
  answer = async () => {};
  await vi.advanceTimersByTimeAsync(1_000);
  expect(sent).toHaveLength(1);
});
