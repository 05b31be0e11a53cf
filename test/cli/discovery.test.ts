import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Assets, createAssets } from '../../cli/server/assets.ts';
import { createDiscovery } from '../../cli/server/discovery.ts';
import { createTopology } from '../../cli/server/topology.ts';
import { Devices } from '../../collector/devices.ts';
import type { StateStore } from '../../collector/ports.ts';
import { openSqliteStateStore } from '../../collector/state/sqlite-state-store.ts';
import type { AgentConfigsPort, ConfigStanding, DiscoveryPort } from '../../dashboard/ports.ts';
import type { Device } from '../../protocol/inventory.ts';
import { type DeviceKey, nameOf, type StoreKey } from '../../protocol/names.ts';
import type { DeviceView } from '../../protocol/views.ts';

const STORE: StoreKey = 'brico/lyon';
const AGENT: DeviceKey = `${STORE}/gw`;
const NOW = 5_000;
const SPARE = {
  'found[10.1.0.7].kind': 'switch',
  'found[10.1.0.7].serial': 'S1',
  'found[10.1.0.7].name': 'SW-2.lyon.example',
  'found[10.1.0.7].credential': 'read',
};

let state: StateStore;
let devices: Devices;
let assets: Assets;
let discovery: DiscoveryPort;
let views: Partial<DeviceView>[];
/** Settings of the agent's own scope, and of its chain. */
let own: { version: number; settings: Record<string, unknown> } | undefined;
let chainWide: Record<string, unknown>;
let standing: ConfigStanding;
let seq = 0;
/** What happens just before settings are saved. */
let onSave: () => void;

const agentConfigs: Pick<AgentConfigsPort, 'device' | 'history' | 'save'> = {
  device: async (device) => ({
    device,
    title: 'gw',
    kind: 'gateway',
    standing,
    settings: { ...chainWide, ...own?.settings },
    from: {},
  }),
  history: async (scope) => (own ? [{ scope, at: 0, by: '', comment: '', ...own }] : []),
  async save({ scope, settings, basedOn, comment }, by) {
    onSave();
    if (basedOn !== (own?.version ?? 0)) return { taken: own?.version ?? 0 };
    own = { version: basedOn + 1, settings };
    return { saved: { scope, ...own, at: NOW, by, comment }, devices: 1 };
  },
};

const tell = (device: DeviceKey, facts: Record<string, string>) =>
  assets.take(device, { v: 1, boot: 'boot0001', seq: ++seq, at: NOW, facts }, NOW + seq);
const inventory = (...more: Device[]) =>
  devices.replace([
    {
      name: 'brico',
      title: 'Brico',
      stores: [
        {
          name: 'lyon',
          title: 'Lyon',
          timeZone: 'Europe/Paris',
          devices: [{ name: 'gw', kind: 'gateway' }, ...more],
        },
      ],
    },
  ]);
const listed = async () => {
  const { found, gone } = await discovery.list(undefined);
  return {
    found: found.filter(({ dismissed }) => !dismissed).map(({ address }) => address),
    gone: gone.map(({ device }) => nameOf(device)),
  };
};

beforeEach(() => {
  state = openSqliteStateStore(':memory:');
  devices = new Devices([]);
  inventory();
  assets = createAssets({ state, chains: () => devices.chains() });
  views = [];
  own = undefined;
  chainWide = {};
  standing = 'applied';
  onSave = () => {};
  discovery = createDiscovery({
    state,
    devices,
    assets,
    agentConfigs,
    devicesIn: () => views as DeviceView[],
    async addDevice(_, device) {
      inventory(...(devices.store(STORE)?.devices ?? []).filter(({ name }) => name !== 'gw'), device);
    },
    now: () => NOW,
  });
});
afterEach(async () => {
  assets.close();
  await state.close();
});

test('what is found and not in the inventory is proposed, under a name of its own', async () => {
  await tell(AGENT, { ...SPARE, 'os.name': 'Debian' });
  const { found } = await discovery.list(STORE);
  expect(found).toMatchObject([
    { address: '10.1.0.7', agent: AGENT, kind: 'switch', serial: 'S1', proposed: 'SW-2', isAcceptable: true },
  ]);
  expect((await discovery.list('brico/paris')).found).toEqual([]);
});

test('what is known is not proposed: watched, of the same MAC or address, or on its way to be watched', async () => {
  inventory({ name: 'printer', kind: 'printer', gateway: 'gw' }, { name: 'server', kind: 'server' });
  await tell(`${STORE}/server`, { 'network[eth0].mac': '02:00:00:00:00:01', 'network[eth0].addresses': '10.1.0.3' });
  await tell(AGENT, {
    'found[10.1.0.2].device': 'printer',
    'found[10.1.0.3].kind': 'server',
    'found[10.1.0.4].mac': '02:00:00:00:00:01',
    'found[10.1.0.5].kind': 'camera',
  });
  expect((await listed()).found).toEqual(['10.1.0.5']);
  own = { version: 1, settings: { snmpDevices: [{ name: 'printer', host: '10.1.0.5', credential: 'x' }] } };
  expect((await listed()).found).toEqual([]);
});

test('accepting puts it into the inventory and into the agent’s settings beside what is there, and is audited', async () => {
  const other = { name: 'ups', host: '10.1.0.9', credential: 'read' };
  chainWide = { snmpDevices: [other] };
  own = { version: 3, settings: { intervalS: 20 } };
  await tell(AGENT, SPARE);
  const as = { name: 'sw-2', kind: 'switch', title: 'Réserve' } as const;
  expect(await discovery.accept({ store: STORE, address: '10.1.0.7' }, as, 'ana')).toEqual({ device: `${STORE}/sw-2` });
  expect(devices.device(`${STORE}/sw-2`)).toEqual({ name: 'sw-2', kind: 'switch', title: 'Réserve', gateway: 'gw' });
  const added = { name: 'sw-2', host: '10.1.0.7', credential: 'read' };
  expect(own).toEqual({ version: 4, settings: { intervalS: 20, snmpDevices: [other, added] } });
  expect((await state.auditLog(1))[0]).toMatchObject({ who: 'ana', action: 'discovery.accepted' });
  expect((await listed()).found).toEqual([]);
});

test('what cannot be accepted is refused, and nothing is changed', async () => {
  inventory({ name: 'till', kind: 'till' });
  await tell(AGENT, { ...SPARE, 'found[10.1.0.8].kind': 'camera' });
  const accept = (address: string, name: string) =>
    discovery.accept({ store: STORE, address }, { name, kind: 'switch' }, 'ana');
  expect(await accept('10.1.0.99', 'x')).toEqual({ refused: 'no-such' });
  expect(await accept('10.1.0.7', 'till')).toEqual({ refused: 'name-taken' });
  expect(await accept('10.1.0.8', 'x')).toEqual({ refused: 'no-credential' });
  // An agent that listens to its own file alone.
  const line = "- { name: x, host: '10.1.0.7', credential: read }";
  standing = 'deaf';
  expect(await accept('10.1.0.7', 'x')).toEqual({ refused: 'own-file', line });
  expect(own).toBeUndefined();
  expect(devices.device(`${STORE}/x`)).toBeUndefined();
});

test('what its own file has already joins the inventory under its name, and its settings stay', async () => {
  await tell(AGENT, { ...SPARE, 'found[10.1.0.7].device': 'sw-9' });
  expect((await discovery.list(STORE)).found[0]?.proposed).toBe('sw-9');
  const as = { name: 'sw-9', kind: 'switch' } as const;
  expect(await discovery.accept({ store: STORE, address: '10.1.0.7' }, as, 'ana')).toEqual({ device: `${STORE}/sw-9` });
  expect(own).toBeUndefined();
});

test('a dismissal holds until it is taken back or something else is there', async () => {
  await tell(AGENT, SPARE);
  const place = { store: STORE, address: '10.1.0.7' };
  expect(await discovery.dismiss({ ...place, address: '10.1.0.99' }, 'x', 'leo')).toBe(false);
  expect(await discovery.dismiss(place, 'on loan', 'leo')).toBe(true);
  expect((await listed()).found).toEqual([]);
  expect((await discovery.list(STORE)).found[0]?.dismissed).toEqual({ who: 'leo', why: 'on loan', at: NOW });
  await tell(AGENT, { ...SPARE, 'found[10.1.0.7].serial': 'S2' });
  expect((await listed()).found).toEqual(['10.1.0.7']);
  await tell(AGENT, SPARE);
  expect((await listed()).found).toEqual([]);
  expect(await discovery.recall(place, 'leo')).toBe(true);
  expect(await discovery.recall(place, 'leo')).toBe(false);
  expect((await listed()).found).toEqual(['10.1.0.7']);
  expect((await state.auditLog(9)).map(({ action }) => action)).toEqual(['discovery.recalled', 'discovery.dismissed']);
});

test('gone is what its agent watches, does not find, and gets no answer from', async () => {
  const view = (name: string, more: Partial<DeviceView>): Partial<DeviceView> => ({
    key: `${STORE}/${name}`,
    title: name,
    kind: 'printer',
    gateway: 'gw',
    state: 'down',
    since: 1,
    ...more,
  });
  views = [
    view('answers', { state: 'up' }),
    view('found', {}),
    view('gone', {}),
    view('carried', {}),
    { key: AGENT, state: 'down' },
  ];
  const partition = await state.partition({ index: 0, of: 1 });
  await partition.commit({
    cursors: [],
    boots: [{ agent: `${STORE}/carried`, boot: 'boot0001', birth: '{}' }],
    log: undefined,
    judgement: { stores: [], incidents: [], tickets: [] },
    setAside: [],
    handled: [],
  });
  inventory({ name: 'found', kind: 'printer', gateway: 'gw' });
  await tell(AGENT, { 'found[10.1.0.2].device': 'found' });
  expect((await listed()).gone).toEqual(['gone']);
});

test('the tree of a store is grown from what its devices told', async () => {
  inventory({ name: 'sw', kind: 'switch' }, { name: 'till', kind: 'till' });
  await tell(`${STORE}/sw`, { 'neighbour[7].device': 'till' });
  const topology = createTopology(devices, assets);
  expect(await topology.store(STORE)).toEqual([
    { device: 'till', parent: 'sw', port: '7', evidence: 'lldp', basis: { device: 'sw', path: 'neighbour[7].device' } },
  ]);
  expect(await topology.store('brico/none')).toBeUndefined();
});

test('the inventory has it before its agent is told', async () => {
  await tell(AGENT, SPARE);
  let known: boolean | undefined;
  onSave = () => {
    known = devices.device(`${STORE}/sw-2`) !== undefined;
  };
  await discovery.accept({ store: STORE, address: '10.1.0.7' }, { name: 'sw-2', kind: 'switch' }, 'ana');
  expect(known).toBe(true);
});

test('where its agent could not be told it says so, and it can be accepted again under that name', async () => {
  await tell(AGENT, SPARE);
  const accept = () => discovery.accept({ store: STORE, address: '10.1.0.7' }, { name: 'sw-2', kind: 'switch' }, 'ana');
  onSave = () => {
    own = { version: (own?.version ?? 0) + 1, settings: {} };
  };
  expect(await accept()).toEqual({ refused: 'untold' });
  expect(devices.device(`${STORE}/sw-2`)).toMatchObject({ gateway: 'gw' });
  expect(await state.auditLog(1)).toEqual([]);
  onSave = () => {};
  views = [{ key: `${STORE}/sw-2`, reason: { code: 'presence.back' } }];
  expect(await accept()).toEqual({ refused: 'name-taken' });
  views = [{ key: `${STORE}/sw-2`, reason: { code: 'presence.unseen' } }];
  expect(await accept()).toEqual({ device: `${STORE}/sw-2` });
  expect(own?.settings.snmpDevices).toEqual([{ name: 'sw-2', host: '10.1.0.7', credential: 'read' }]);
  expect(devices.store(STORE)?.devices.map(({ name }) => name)).toEqual(['gw', 'sw-2']);
});
