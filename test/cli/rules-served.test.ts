import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { defaultRulePackPath, readRules } from '../../alerting/rules/read-rule-pack.ts';
import { createRules } from '../../cli/server/rules.ts';
import { servePartition } from '../../cli/server/serve-partition.ts';
import { Served } from '../../cli/server/served.ts';
import { standingAlerts } from '../../cli/server/standing-alerts.ts';
import { Devices } from '../../collector/devices.ts';
import { openEmbeddedMetricsStore } from '../../collector/metrics/embedded-store.ts';
import type { Broker } from '../../collector/ports.ts';
import { openSqliteStateStore } from '../../collector/state/sqlite-state-store.ts';
import type { Chain } from '../../protocol/inventory.ts';
import { createFakeClock } from '../agent/fake-clock.ts';

const base = { ...readRules(defaultRulePackPath), source: 'default' as const };
const chain: Chain = {
  name: 'acme',
  title: 'Acme',
  stores: [{ name: 'lyon', title: 'Lyon', timeZone: 'Europe/Paris', devices: [{ name: 'till-1', kind: 'till' }] }],
};
const device = 'acme/lyon/till-1';

let folder: string;
let clock: ReturnType<typeof createFakeClock>;
const closers: (() => Promise<void>)[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vigie-served-'));
  clock = createFakeClock();
});
afterEach(async () => {
  await closeAll();
  rmSync(folder, { recursive: true });
});
const closeAll = async () => {
  for (const close of closers.splice(0).reverse()) await close();
};

/** The collector as the server runs it, on its real stores and without a wire. `onOpened` runs while a partition is being taken. */
async function start(onOpened: (rules: Awaited<ReturnType<typeof createRules>>) => Promise<void> = async () => {}) {
  const state = openSqliteStateStore(join(folder, 'state.sqlite'), { now: clock.now });
  const metrics = openEmbeddedMetricsStore(join(folder, 'metrics.sqlite'), { onDamage: () => {} });
  const devices = new Devices([chain]);
  const broker: Broker = {
    needsReceipts: false,
    open: async () => ({ setStores: async () => {}, close: async () => {} }),
    publish: async () => {},
    stats: () => ({ clients: undefined, connected: true }),
    close: async () => {},
  };
  const onTrouble = (error: Error | undefined) => {
    if (error) throw error;
  };
  const rules = await createRules({
    state,
    base,
    chain: () => ({ inventory: devices.judged(), observed: () => undefined, alerts: standingAlerts(served) }),
    rejudge: () => served.rejudge(),
    isShared: false,
    onTrouble: (_part, error) => onTrouble(error),
    now: clock.now,
  });
  const served: Served = new Served({
    ...{ devices, revision: 0, state, cluster: undefined, pack: rules.pack, now: clock.now, onTrouble },
    observed: () => undefined,
    maintenance: () => [],
    onShown: () => {},
    async serve(partition) {
      const opened = await servePartition(
        {
          ...{
            state,
            broker,
            devices,
            pack: rules.pack,
            onCall: () => undefined,
            desks: {},
            manners: {},
            told: [],
            sink: {},
            receipts: undefined,
          },
          assets: {
            take: async () => undefined,
            allObserved: async () => [],
            observed: () => undefined,
            installed: () => undefined,
            clockStepped: () => {},
            toldOf: async () => new Map(),
            storesWith: async () => new Set(),
          },
          maintenance: () => [],
          limits: { groupMs: 1, groupMessages: 500 },
          openMetrics: async () => ({ store: metrics, release: async () => {} }),
          log: pino({ level: 'silent' }),
          time: { now: clock.now, monotonicMs: clock.monotonicMs, sinceBootMs: clock.monotonicMs },
          onCommit: () => {},
          onTicket: () => {},
          onTrouble: (_part, _partition, error) => onTrouble(error),
          onLeaseLost: () => {},
        },
        partition,
      );
      await onOpened(rules);
      return opened;
    },
  });
  await served.take(0);
  closers.push(async () => {
    await served.close();
    await metrics.close();
    await state.close();
  });
  const disk = (used_percent: number) =>
    served.submit('acme/lyon', {
      ...{ kind: 'report', device, at: clock.now(), late: false, statuses: [] },
      points: [{ m: 'disk', t: { path: '/' }, f: { used_percent } }],
    });
  const alerts = () =>
    served
      .lookOf('acme/lyon')
      ?.device(device)
      ?.alerts.map(({ rule, state }) => [rule, state]);
  return { served, rules, disk, alerts };
}

const without = base.text.replace(/ {2}- id: disk-filling[\s\S]*?\n\n/, '');

test('a server judges by what is applied at once, says beforehand what ends, and starts again with it', async () => {
  const { served, rules, disk, alerts } = await start();
  await served.submit('acme/lyon', { kind: 'presence', device, at: clock.now(), evidence: 'birth', intervalS: 30 });
  await disk(90);
  expect(alerts()).toEqual([['disk-filling', 'pending']]);
  const change = { text: without, why: 'the new disks', by: 'ana' };
  expect(await rules.port.apply({ ...change, dryRun: true })).toMatchObject({
    effect: { endingCount: 1, ending: [{ device, rule: 'disk-filling', state: 'pending' }] },
  });
  expect(alerts()).toEqual([['disk-filling', 'pending']]);
  expect(await rules.port.apply(change)).toMatchObject({ revision: 1 });
  expect(alerts()).toEqual([]);
  await disk(90);
  expect(alerts()).toEqual([]);
  await rules.port.undo({ why: 'too quiet', by: 'ana' });
  await disk(90);
  expect(alerts()).toEqual([['disk-filling', 'pending']]);
  await rules.port.apply(change);

  await closeAll();
  const again = await start();
  await again.served.submit('acme/lyon', { kind: 'presence', device, at: clock.now(), evidence: 'online' });
  await again.disk(90);
  expect(again.rules.port.current()).toMatchObject({ revision: 3, source: 'revision' });
  expect(again.alerts()).toEqual([]);
});

test('a partition that is being taken while the rules change is told', async () => {
  const { served, disk, alerts } = await start(async (rules) => {
    await rules.port.apply({ text: without, why: 'the new disks', by: 'ana' });
  });
  await served.submit('acme/lyon', { kind: 'presence', device, at: clock.now(), evidence: 'birth', intervalS: 30 });
  await disk(90);
  expect(alerts()).toEqual([]);
});
