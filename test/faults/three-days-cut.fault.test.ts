import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { afterEach, expect, test } from 'vitest';
import { createDelivery, type Delivery } from '../../agent/delivery.ts';
import { type Outbox, openOutbox } from '../../agent/outbox/outbox.ts';
import { availabilityOf } from '../../alerting/history/availability.ts';
import { defaultRulePackPath, readRulePack } from '../../alerting/rules/read-rule-pack.ts';
import { type ServedPartition, servePartition } from '../../cli/server/serve-partition.ts';
import { Devices } from '../../collector/devices.ts';
import { openEmbeddedMetricsStore } from '../../collector/metrics/embedded-store.ts';
import type { Broker, MessageHandler } from '../../collector/ports.ts';
import { openSqliteStateStore } from '../../collector/state/sqlite-state-store.ts';
import type { Chain } from '../../protocol/inventory.ts';
import type { Birth, Report, StatusMessage } from '../../protocol/messages.ts';
import type { StoreState } from '../../protocol/views.ts';
import { createFakeClock } from '../agent/fake-clock.ts';
import { mountSmallDisk } from '../support/full-disk.ts';

const SECOND = 1000;
const HOUR = 3600 * SECOND;
const INTERVAL = 10 * SECOND;
/** Monday, 2 November 2026, 10:00 in Paris. */
const MORNING = Date.parse('2026-11-02T09:00:00Z');
const STORE = 'acme/lyon';
const TILLS = ['till-1', 'till-2', 'till-3'];
const weekday = ['08:00-20:00'];
const CHAIN: Chain = {
  name: 'acme',
  title: 'Acme',
  stores: [
    {
      name: 'lyon',
      title: 'Lyon',
      timeZone: 'Europe/Paris',
      hours: { mon: weekday, tue: weekday, wed: weekday, thu: weekday, fri: weekday },
      devices: TILLS.map((name, i) => ({ name, kind: 'till', lane: i + 1 })),
    },
  ],
};

/** Three days are 26,000 commits: where a disk in memory is allowed, none waits for a real one. */
const disk = mountSmallDisk(1024 * 1024 * 1024);
const folder = disk?.path ?? mkdtempSync(join(tmpdir(), 'vigie-three-days-'));
const closers: (() => void | Promise<void>)[] = [
  () => (disk ? disk.remove() : rmSync(folder, { recursive: true, force: true })),
];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

/** The collector as the server runs it, on its real stores, with a clock of ours and no wire: what is sent is handed over. */
async function serve(clock: ReturnType<typeof createFakeClock>) {
  const state = openSqliteStateStore(join(folder, 'state.sqlite'), { now: clock.now });
  const metrics = openEmbeddedMetricsStore(join(folder, 'metrics.sqlite'), { onDamage: () => {} });
  await state.saveInventory([CHAIN], 'test', clock.now());
  let handler: MessageHandler | undefined;
  const broker: Broker = {
    needsReceipts: false,
    async open(_partition, _stores, next) {
      handler = next;
      return { setStores: async () => {}, close: async () => {} };
    },
    publish: async () => {},
    stats: () => ({ clients: undefined, connected: true }),
    close: async () => {},
  };
  const tickets: string[] = [];
  const served: ServedPartition = await servePartition(
    {
      state,
      broker,
      devices: new Devices([CHAIN]),
      assets: {
        take: async () => undefined,
        observed: () => undefined,
        installed: () => undefined,
        clockStepped: () => {},
        allObserved: async () => [],
        toldOf: async () => new Map(),
        storesWith: async () => new Set(),
      },
      pack: () => readRulePack(defaultRulePackPath),
      maintenance: () => [],
      onCall: () => undefined,
      manners: {},
      told: ['desk'],
      desks: {
        desk: {
          async deliver({ action, incident }) {
            tickets.push(`${action} ${incident}`);
            return { outcome: 'done', ticket: 'T1' };
          },
        },
      },
      limits: { groupMs: 1, groupMessages: 500 },
      sink: {},
      receipts: undefined,
      openMetrics: async () => ({ store: metrics, release: async () => {} }),
      log: pino({ level: 'silent' }),
      time: { now: clock.now, monotonicMs: clock.monotonicMs, sinceBootMs: clock.monotonicMs },
      onCommit: () => {},
      onTicket: () => {},
      onTrouble: (_part, _partition, error) => {
        if (error) throw error;
      },
      onLeaseLost: () => {},
    },
    { index: 0, of: 1 },
  );
  closers.push(async () => {
    await served.close();
    await metrics.close();
    await state.close();
  });
  const send = (device: string, kind: string, payload: Uint8Array | object) =>
    new Promise<void>((resolve) => {
      const message = {
        topic: `vigie/v1/${STORE}/${device}/${kind}`,
        payload: payload instanceof Uint8Array ? payload : Buffer.from(JSON.stringify(payload)),
        retain: false,
        client: `vigie:${STORE}/${device}`,
      };
      handler?.(message, () => resolve());
    });
  return { state, metrics, served, tickets, send };
}

/** An agent's outbox and delivery, as they are on a till. */
function startTill(
  name: string,
  clock: ReturnType<typeof createFakeClock>,
  send: Awaited<ReturnType<typeof serve>>['send'],
) {
  const boot = `boot${name.replace('-', '')}0001`;
  const outbox: Outbox = openOutbox({
    folder: join(folder, name),
    maxBytes: 64 * 1024 * 1024,
    maxAgeMs: 76 * HOUR,
    now: clock.now,
    log: () => {},
  });
  const delivery: Delivery = createDelivery({ outbox, clock, log: () => {}, staleAfterMs: 90 * SECOND });
  closers.push(() => outbox.close());
  let seq = 0;
  const made: number[] = [];
  const sending = new Set<Promise<void>>();
  return {
    name,
    made,
    sending,
    outbox,
    report() {
      const at = clock.now();
      seq += 1;
      made.push(at);
      const f = { sequence: seq, usage_active: 20 + (seq % 50), usage_idle: 80 - (seq % 50) };
      // A disk that fills and is emptied again long before anyone hears of it.
      const disk = { used_percent: at > MORNING + 20 * HOUR && at < MORNING + 22 * HOUR ? 99 : 50 };
      const report: Report = {
        v: 1,
        boot,
        seq,
        at,
        points: [
          { m: 'cpu', t: { cpu: 'cpu-total' }, f },
          { m: 'disk', t: { path: '/', device: 'sda1', fstype: 'ext4' }, f: disk },
        ],
        statuses: [{ check: 'net_response:pos:8443', status: 'ok' }],
      };
      delivery.offer(outbox.append(Buffer.from(JSON.stringify(report)), at));
    },
    async connect() {
      const birth: Birth = {
        v: 1,
        boot,
        at: clock.now(),
        agent: { version: '1', config: 'c' },
        intervalS: INTERVAL / SECOND,
        host: {},
        checks: ['cpu'],
      };
      await send(name, 'birth', birth);
      await send(name, 'status', { v: 1, boot, online: true, at: clock.now() } satisfies StatusMessage);
      delivery.open((body, done) => {
        const sent = send(name, 'report', body).then(() => done());
        sending.add(sent);
        void sent.then(() => sending.delete(sent));
        return () => {};
      }, false);
    },
    async cut() {
      delivery.reset();
      await send(name, 'status', {
        v: 1,
        boot,
        online: false,
        reason: 'lost',
        at: clock.now(),
      } satisfies StatusMessage);
    },
  };
}

test('three days without a link: every report arrives once, nothing opens from the past, and the store turns out to have sold', async () => {
  const clock = createFakeClock(MORNING);
  const { state, metrics, served, tickets, send } = await serve(clock);
  const tills = TILLS.map((name) => startTill(name, clock, send));
  const tileState = () => served.judge.tile(STORE)?.state;
  const settle = async () => {
    while (tills.some(({ sending }) => sending.size > 0))
      await Promise.all(tills.flatMap(({ sending }) => [...sending]));
  };
  /** Till 3 stands without power for the whole second day. */
  const hasPower = (name: string) =>
    name !== 'till-3' || clock.now() < MORNING + 14 * HOUR || clock.now() >= MORNING + 38 * HOUR;
  const pass = async (ms: number) => {
    for (const end = clock.now() + ms; clock.now() < end; ) {
      await clock.advance(INTERVAL);
      for (const till of tills) if (hasPower(till.name)) till.report();
      await settle();
      await served.collector.submit([]);
    }
  };
  const availability = async (from: number, to: number) =>
    availabilityOf(
      await state.availability.standings(STORE, from, to),
      await state.availability.evidence(STORE, from, to),
      from,
      to,
    );

  for (const till of tills) await till.connect();
  await pass(HOUR / 6);
  expect(tileState()).toBe('up');

  const cutAt = clock.now();
  for (const till of tills) await till.cut();
  await pass(72 * HOUR);
  const backAt = clock.now();
  expect(tileState()).toBe('blind');
  const opened = await state.incidents({ limit: 100 });
  expect(opened.map(({ cause, state: is }) => [cause.kind, is])).toEqual([['store', 'new']]);
  const before = await availability(cutAt, backAt);
  expect(before.segments.some(({ proven }) => proven)).toBe(false);
  expect(before.totals.up ?? 0).toBeLessThan(HOUR);
  expect(tills[0]?.outbox.stats()).toMatchObject({ reports: 72 * 360, dropped: 0 });

  for (const till of tills) await till.connect();
  await pass(20 * 60 * SECOND);
  expect(tills.map(({ outbox }) => outbox.stats().reports)).toEqual([0, 0, 0]);
  expect(tileState()).toBe('up');

  // Nothing but the one incident there was, and it is over: what a disk did in between called nobody.
  const all = await state.incidents({ limit: 100 });
  expect(all.map(({ key, state: is }) => [key, is])).toEqual([[opened[0]?.key, 'closed']]);
  expect(tickets.filter((ticket) => ticket.startsWith('open'))).toHaveLength(1);

  // Each report once: as many samples as were made, each where and when it was made.
  const device = (name: string) => `${STORE}/${name}` as const;
  for (const { name, made } of tills) {
    const query = { device: device(name), measurement: 'cpu', field: 'sequence', from: MORNING, to: clock.now() + 1 };
    const [counted] = metrics.range({ ...query, stepMs: INTERVAL, aggregate: 'count' });
    const [values] = metrics.range({ ...query, stepMs: INTERVAL, aggregate: 'last' });
    expect(counted?.points.every(([, count]) => count === 1)).toBe(true);
    expect(values?.points.map(([, sequence]) => sequence)).toEqual(made.map((_, i) => i + 1));
    expect(served.collector.counters.duplicates).toBe(0);
  }

  // The time is told as it was: open hours sold, with two lanes of three while the third had no power.
  const { segments, totals, percent, knownPercent } = await availability(cutAt, backAt);
  const at = (hours: number): StoreState | undefined =>
    segments.find(({ from, to }) => from <= MORNING + hours * HOUR && MORNING + hours * HOUR < to)?.state;
  expect([1, 9, 24, 30, 50, 71].map(at)).toEqual(['up', 'up', 'degraded', 'degraded', 'up', 'up']);
  expect(totals.down ?? 0).toBe(0);
  expect(totals.blind ?? 0).toBeLessThan(60 * SECOND);
  expect(percent).toBe(100);
  expect(knownPercent).toBeGreaterThan(99.9);
}, 600_000);
