import { afterEach, describe, expect, test, vi } from 'vitest';
import { demoInventory } from '../../../cli/demo/chain.ts';
import { plannedFaults } from '../../../cli/demo/plan.ts';
import type { DemoDay } from '../../../cli/demo/scenario.ts';
import { type SimulatorEvent, type SimulatorOptions, startSimulator } from '../../../cli/demo/simulator.ts';
import { sitesOf } from '../../../cli/demo/sites.ts';
import { agentClientId } from '../../../protocol/topics.ts';
import { startTestBroker } from './test-broker.ts';

const STORES = 5;
const DEVICES = 65;
const QUIET: DemoDay = { calmS: 3600, everyS: 3600, happenings: [{ atS: 0, what: 'wan-cut', forS: 60 }] };
const soon = { timeout: 12_000, interval: 25 };

const opened: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0).reverse()) await close();
});

async function openBroker(port?: number) {
  const broker = await startTestBroker(port);
  opened.push(() => broker.close());
  return broker;
}

function simulate(options: Pick<SimulatorOptions, 'url'> & Partial<SimulatorOptions>) {
  const events: SimulatorEvent[] = [];
  const simulator = startSimulator({
    inventory: demoInventory({ seed: 1, stores: STORES, devices: DEVICES, now: Date.now() }),
    day: QUIET,
    seed: 1,
    intervalS: 1,
    keepaliveS: 1,
    connectOverS: 0.1,
    now: Date.now,
    log: (event) => events.push(event),
    ...options,
  });
  opened.push(() => simulator.stop());
  return { simulator, events };
}

/** A simulator with a collector there, all connected. */
async function simulateConnected(options: Partial<SimulatorOptions> = {}) {
  const broker = await openBroker();
  await broker.setCollector(true);
  const run = simulate({ url: broker.url, ...options });
  await vi.waitFor(() => expect(run.events).toContainEqual({ kind: 'connected', gateways: STORES, of: STORES }), soon);
  return { broker, ...run };
}

test('every gateway says who it is and how each of its devices is, all of it retained', async () => {
  const { broker } = await simulateConnected();
  await vi.waitFor(() => expect(broker.of('status')).toHaveLength(DEVICES), soon);
  const births = broker.of('birth');
  expect(births).toHaveLength(STORES);
  expect(births.flatMap(({ message }) => message.watches ?? [])).toHaveLength(DEVICES - STORES);
  for (const { message, device, store, retain } of broker.of('status')) {
    const birth = births.find((each) => each.store === store);
    expect(retain).toBe(true);
    expect(message).toMatchObject({ online: true, boot: birth?.message.boot });
    expect(message.by).toBe(device === 'gateway' ? undefined : 'gateway');
    if (message.by) expect(birth?.message.watches).toContain(device);
  }
  expect(broker.misfits).toEqual([]);
});

test('reports wait for a collector, go as historical once it is there, and are numbered without a gap', async () => {
  const broker = await openBroker();
  const { simulator } = simulate({ url: broker.url });
  await vi.waitFor(() => expect(simulator.stats().waiting).toBeGreaterThan(2 * DEVICES), soon);
  expect(broker.of('report')).toEqual([]);

  const since = Date.now();
  await broker.setCollector(true);
  const historical = () => broker.of('report').filter(({ message }) => message.historical);
  const live = () => broker.of('report').filter(({ message }) => !message.historical);
  await vi.waitFor(() => {
    expect(historical().length).toBeGreaterThan(2 * DEVICES);
    expect(new Set(live().map(({ store, device }) => `${store}/${device}`)).size).toBe(DEVICES);
  }, soon);
  expect(live().every(({ message }) => message.at >= since)).toBe(true);

  await simulator.stop();
  for (const [, reports] of Map.groupBy(broker.of('report'), ({ store }) => store)) {
    const numbers = reports.map(({ message }) => message.seq).sort((a, b) => a - b);
    expect(numbers).toEqual(numbers.map((_, i) => i + 1));
    expect(new Set(reports.map(({ message }) => message.boot)).size).toBe(1);
    const inOrder = reports.filter(({ message }) => !message.historical).map(({ message }) => message.seq);
    expect(inOrder).toEqual(inOrder.toSorted((a, b) => a - b));
  }
  expect(broker.misfits).toEqual([]);
});

test('where the collector gives receipts, reports wait for theirs', async () => {
  const broker = await openBroker();
  await broker.setCollector(true, true);
  const { simulator } = simulate({ url: broker.url });
  await vi.waitFor(() => expect(broker.of('report').length).toBeGreaterThan(2 * DEVICES), soon);
  expect(simulator.stats().acknowledged).toBe(0);
  const runs = Map.groupBy(broker.of('report'), ({ store, message }) => `${store} ${message.boot}`);
  let told = 0;
  for (const [run, reports] of runs) {
    const [store = '', boot = ''] = run.split(' ');
    const seqs = [...new Set(reports.map(({ message }) => message.seq))].sort((a, b) => a - b).slice(0, 64);
    told += seqs.length;
    await broker.sendReceipt(`demo/${store}/gateway`, { boot, seen: seqs.map((seq) => [seq, seq]) });
  }
  await vi.waitFor(() => expect(simulator.stats().acknowledged).toBe(told), soon);
});

test('a WAN cut is silent until the keepalive; after it come the same run and the reports of the meantime', async () => {
  const { broker, simulator } = await simulateConnected();
  await vi.waitFor(() => expect(broker.of('report').length).toBeGreaterThan(DEVICES), soon);
  const [fault] = simulator.trigger({ what: 'wan-cut', where: { store: '003' }, forS: 4 });
  if (!fault) throw new Error('nothing was cut');
  const client = agentClientId('demo', '003', 'gateway');
  const fromStore = () => broker.heard.filter(({ store }) => store === '003');
  const births = () => broker.of('birth').filter(({ store }) => store === '003');

  const lost = await vi.waitFor(() => {
    const will = broker.of('status').find(({ message }) => message.reason === 'lost');
    if (!will) throw new Error('the broker has not noticed yet');
    return will;
  }, soon);
  expect(lost).toMatchObject({ store: '003', device: 'gateway', message: { boot: births()[0]?.message.boot } });
  expect(broker.hungUp).not.toContain(client);
  expect(fromStore().filter(({ heardAt }) => heardAt > fault.from + 200)).toEqual([lost]);

  const meanwhile = () =>
    broker
      .of('report')
      .filter(({ store, message }) => store === '003' && message.historical && message.at > fault.from);
  await vi.waitFor(() => {
    expect(births()).toHaveLength(2);
    expect(meanwhile().length).toBeGreaterThan(20);
  }, soon);
  expect(births()[1]?.message.boot).toBe(births()[0]?.message.boot);
  expect(births()[1]?.heardAt).toBeGreaterThanOrEqual(fault.until);
  const numbers = broker
    .of('report')
    .filter(({ store }) => store === '003')
    .map(({ message }) => message.seq);
  expect(new Set(numbers).size).toBe(numbers.length);
  expect(broker.of('status').filter(({ message }) => message.reason === 'lost')).toHaveLength(1);
}, 20_000);

test('a till that freezes is said unreachable by its gateway, is silent, and comes back as freshly started', async () => {
  const { broker, simulator } = await simulateConnected();
  const [fault] = simulator.trigger({ what: 'till-freezes', forS: 4 });
  const [, store, device] = fault?.device?.split('/') ?? [];
  if (!fault || !device) throw new Error('no till froze');
  const about = <T extends { store: string; device: string }>(heard: T[]) =>
    heard.filter((each) => each.store === store && each.device === device);
  await vi.waitFor(() => {
    expect(about(broker.of('status')).map(({ message }) => message.online)).toEqual([true, false, true]);
    expect(about(broker.of('report')).at(-1)?.message.at).toBeGreaterThanOrEqual(fault.until);
  }, soon);
  expect(about(broker.of('status'))[1]?.message).toMatchObject({ by: 'gateway', reason: 'unreachable' });
  const within = broker.of('report').filter(({ message }) => message.at > fault.from + 150 && message.at < fault.until);
  expect(about(within)).toEqual([]);
  expect(within.filter((each) => each.store === store).length).toBeGreaterThan(10);
  const uptime = about(broker.of('report'))
    .at(-1)
    ?.message.points.find(({ m }) => m === 'system')?.f.uptime;
  expect(uptime).toBeLessThan(10);
});

test('when power fails the UPS reports it, tills are missed, all is silent, and a new run begins', async () => {
  const { broker, simulator } = await simulateConnected();
  const [fault] = simulator.trigger({ what: 'power-fails', where: { store: '002' }, forS: 4 });
  if (!fault) throw new Error('power did not fail');
  const ofStore = <T extends { store: string }>(heard: T[]) => heard.filter(({ store }) => store === '002');
  await vi.waitFor(() => expect(ofStore(broker.of('birth'))).toHaveLength(2), soon);

  const told = ofStore(broker.heard).filter(({ heardAt }) => heardAt >= fault.from);
  const onBattery = told.findIndex(
    (each) =>
      each.kind === 'report' &&
      each.message.statuses?.some(({ check, status }) => check === 'ups:power' && status === 'critical'),
  );
  const missed = told.findIndex((each) => each.kind === 'status' && each.message.reason === 'unreachable');
  const lost = told.findIndex((each) => each.kind === 'status' && each.message.reason === 'lost');
  expect(onBattery).toBeGreaterThanOrEqual(0);
  expect(missed).toBeGreaterThan(onBattery);
  expect(lost).toBeGreaterThan(missed);
  expect(broker.hungUp).not.toContain(agentClientId('demo', '002', 'gateway'));

  const [before, after] = ofStore(broker.of('birth')).map(({ message }) => message.boot);
  expect(after && before && after > before).toBe(true);
  await vi.waitFor(() => {
    const anew = ofStore(broker.of('report')).filter(({ message }) => message.boot === after);
    expect(anew.map(({ message }) => message.seq)).toContain(1);
  }, soon);
}, 20_000);

describe('the broker', () => {
  test('may come late: the agents try on, and say so once', async () => {
    const early = await startTestBroker();
    await early.close();
    const { events } = simulate({ url: early.url });
    await vi.waitFor(() => expect(events).toEqual([{ kind: 'no-broker', code: 'ECONNREFUSED' }]), soon);
    await openBroker(early.port);
    await vi.waitFor(() => expect(events).toContainEqual({ kind: 'connected', gateways: STORES, of: STORES }), soon);
    expect(events.filter(({ kind }) => kind === 'no-broker')).toHaveLength(1);
  });

  test('may go and come again', async () => {
    const { broker, events } = await simulateConnected();
    await broker.close();
    await vi.waitFor(() => expect(events).toContainEqual({ kind: 'connected', gateways: 0, of: STORES }), soon);
    const back = await openBroker(broker.port);
    await back.setCollector(true);
    await vi.waitFor(
      () => expect(new Set(back.of('report').map(({ device, store }) => store + device)).size).toBe(DEVICES),
      soon,
    );
  });
});

test('the day happens as it was planned', async () => {
  const day: DemoDay = {
    calmS: 10,
    everyS: 100,
    happenings: [
      { atS: 10, what: 'disk-fills', where: { count: 2 }, forS: 40 },
      { atS: 60, what: 'till-reboots', forS: 30 },
    ],
  };
  const inventory = demoInventory({ seed: 1, stores: STORES, devices: DEVICES, now: Date.now() });
  let startedAt = 0;
  const now = () => {
    const time = Date.now();
    startedAt ||= time;
    return time;
  };
  const { simulator, events } = await simulateConnected({ day, speed: 100, inventory, now });
  await vi.waitFor(() => expect(simulator.happenings().length).toBeGreaterThanOrEqual(9), soon);
  const planned = plannedFaults({ day, sites: sitesOf(inventory), seed: 1, startedAt, speed: 100 }, Date.now() + 1000);
  expect(simulator.happenings()).toEqual(planned.slice(0, simulator.happenings().length));
  expect(events.flatMap((event) => (event.kind === 'fault' ? [event.fault] : []))).toEqual(simulator.happenings());
});

test('stopping says goodbye for every gateway', async () => {
  const { broker, simulator } = await simulateConnected();
  await simulator.stop();
  const stopped = broker.of('status').filter(({ message }) => message.reason === 'stopped');
  expect(stopped.map(({ store }) => store).sort()).toEqual(['001', '002', '003', '004', '005']);
  expect(broker.of('status').some(({ message }) => message.reason === 'lost')).toBe(false);
});

describe('refuses', () => {
  const inventory = demoInventory({ seed: 1, stores: 1, devices: 12, now: Date.now() });

  test('to speak for stores that are not simulated', () => {
    const real = { chains: inventory.chains.map(({ simulated: _, ...chain }) => chain) };
    expect(() => simulate({ url: 'mqtt://127.0.0.1:1', inventory: real })).toThrow(/no store that is marked simulated/);
  });

  test.each(['http://127.0.0.1:1883', 'localhost:1883', ''])('the broker’s address %j', (url) => {
    expect(() => simulate({ url, inventory })).toThrow('the broker’s address must be mqtt://host:port');
  });

  test('a day that is for another chain', () => {
    const day: DemoDay = { ...QUIET, happenings: [{ atS: 0, what: 'wan-cut', where: { region: 'Mars' }, forS: 60 }] };
    expect(() => simulate({ url: 'mqtt://127.0.0.1:1', inventory, day })).toThrow(/no store fits .*Mars/);
  });
});
