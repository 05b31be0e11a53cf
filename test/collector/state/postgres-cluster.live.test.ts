import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { partitionOf } from '../../../collector/partitions.ts';
import { type Cluster, type ClusterNews, LeaseLost, type StateStore } from '../../../collector/ports.ts';
import type { PostgresOptions } from '../../../collector/state/postgres/options.ts';
import { openPostgresStateStore } from '../../../collector/state/postgres/postgres-state-store.ts';
import type { StoreKey } from '../../../protocol/names.ts';
import {
  CHAIN,
  entry,
  incidentView,
  queue,
  resolved,
  ticketWork,
  writesOf,
} from '../../contracts/state-store/fixtures.ts';
import { hasPostgres, type PostgresServer, startPostgres } from '../../support/postgres.ts';

type Opened = StateStore & { cluster: Cluster };

const OF = 4;
/** The n-th store of a partition. */
function storeIn(partition: number, n = 0): StoreKey {
  const stores = Array.from({ length: 1_000 }, (_, i): StoreKey => `brico/store-${i}`);
  return stores.filter((store) => partitionOf(store, OF) === partition)[n] as StoreKey;
}

describe.runIf(hasPostgres)('collectors that share PostgreSQL', () => {
  let server: PostgresServer;
  beforeAll(async () => {
    server = await startPostgres({ fsync: false });
  });
  afterAll(() => server.destroy());

  let url: string;
  let open: Opened[];
  beforeEach(async () => {
    url = await server.createDatabase();
    open = [];
  });
  afterEach(() => Promise.all(open.map((store) => store.close())));

  async function collector(options: Partial<PostgresOptions> = {}): Promise<Opened> {
    const store = await openPostgresStateStore({ url, partitions: OF, ...options });
    open.push(store);
    return store;
  }
  const [A, B] = [
    { id: 'a', url: 'http://a' },
    { id: 'b', url: 'http://b' },
  ];
  async function holding(store: Opened, id: string, index: number) {
    const lease = await store.cluster.take(id, index);
    if (!lease) throw new Error(`partition ${index} is not free`);
    return { lease, partition: await store.partition({ index, of: OF }, lease) };
  }
  async function until<T>(look: () => Promise<T | undefined>): Promise<T> {
    for (;;) {
      const found = await look();
      if (found !== undefined) return found;
      await pause(20);
    }
  }

  test('each sees the others, and what is free', async () => {
    const [a, b] = [await collector(), await collector()];
    expect(await a.cluster.beat(A, [])).toEqual({
      collectors: [A],
      held: [],
      free: [0, 1, 2, 3],
      lastIncident: 0,
      inventoryRevision: 0,
    });
    const { lease, partition } = await holding(a, 'a', 2);
    await partition.commit(writesOf({ judgement: { incidents: [{ incident: incidentView(7), entries: [] }] } }));
    await b.saveInventory([CHAIN], 'zoe', 1);
    expect(await b.cluster.beat(B, [])).toEqual({
      collectors: [A, B],
      held: [],
      free: [0, 1, 3],
      lastIncident: 7,
      inventoryRevision: 1,
    });
    expect((await a.cluster.beat(A, [lease])).held).toEqual([lease]);
    expect(await b.cluster.take('b', 2)).toBeUndefined();
    expect(await b.cluster.take('b', 9)).toBeUndefined();
    await a.cluster.leave('a');
    expect(await b.cluster.beat(B, [])).toMatchObject({ collectors: [B], free: [0, 1, 2, 3] });
  });

  test('what is given back can be had at once, and the giver writes no more', async () => {
    const [a, b] = [await collector(), await collector()];
    const { lease, partition } = await holding(a, 'a', 0);
    await a.cluster.giveBack(lease);
    await expect(partition.commit(writesOf({ log: Uint8Array.of(1) }))).rejects.toThrow(LeaseLost);
    const next = await holding(b, 'b', 0);
    expect(next.lease.epoch).toBeGreaterThan(lease.epoch);
    await a.cluster.giveBack(lease);
    expect((await b.cluster.beat(B, [next.lease])).held).toEqual([next.lease]);
  });

  test('a lease that is not renewed is free when its time is over, and one that is renewed is not', async () => {
    const [a, b] = [await collector({ leaseMs: 600 }), await collector({ leaseMs: 600 })];
    const [dies, lives] = [await holding(a, 'a', 0), await holding(a, 'a', 1)];
    await a.cluster.beat(A, [lives.lease]);
    expect(await b.cluster.take('b', 0)).toBeUndefined();
    const taken = await until(async () => {
      expect((await a.cluster.beat(A, [lives.lease])).held).toEqual([lives.lease]);
      return b.cluster.take('b', 0);
    });
    expect(await b.cluster.take('b', 1)).toBeUndefined();
    expect((await a.cluster.beat(A, [dies.lease, lives.lease])).held).toEqual([lives.lease]);
    expect((await b.cluster.beat(B, [taken])).held).toEqual([taken]);
    await until(async () => ((await b.cluster.beat(B, [])).collectors.length === 1 ? true : undefined));
  });

  test('whoever lost the partition writes nothing of any kind', async () => {
    const [a, b] = [await collector({ leaseMs: 100 }), await collector()];
    const { partition: old } = await holding(a, 'a', 1);
    const view = incidentView(1, { store: storeIn(1) });
    await queue(old, view, ticketWork(view, 'open', 0), ticketWork(view, 'update', 1));
    const log = (await old.commit(writesOf({ log: Uint8Array.of(1) }))) as number;
    const lease = await until(() => b.cluster.take('b', 1));
    const [work] = await old.dueTicketWork(10, 1);
    const id = work?.id as number;

    const late = writesOf({ cursors: [{ agent: `${storeIn(1)}/till-01`, boot: 'boot0001', seen: [[1, 5]] }] });
    await expect(old.commit(late)).rejects.toThrow(LeaseLost);
    await expect(old.trimLog(log)).rejects.toThrow(LeaseLost);
    await expect(old.ticketWorkDone(id, 'INC-1', entry(1, 'ticket.opened'))).rejects.toThrow(LeaseLost);
    await expect(old.ticketWorkFailed(id, 'HTTP 503', 50)).rejects.toThrow(LeaseLost);
    await expect(old.ticketWorkDead(id, 'HTTP 401', entry(1, 'ticket.failed'))).rejects.toThrow(LeaseLost);

    const partition = await b.partition({ index: 1, of: OF }, lease);
    expect([...(await partition.loadCursors())]).toEqual([]);
    expect(await partition.readLog(0, 10)).toHaveLength(1);
    expect(await partition.dueTicketWork(10, 1)).toEqual([work]);
    expect((await b.incident(1))?.timeline).toEqual([]);
  });

  test('a partition opened again shuts out whoever opened it before', async () => {
    const a = await collector();
    const { lease, partition: first } = await holding(a, 'a', 0);
    const second = await a.partition({ index: 0, of: OF }, lease);
    await expect(first.commit(writesOf({ log: Uint8Array.of(1) }))).rejects.toThrow(LeaseLost);
    expect(await second.commit(writesOf({ log: Uint8Array.of(1) }))).toBe(1);
  });

  test('a partition is had with its lease only, and in the number there are', async () => {
    const a = await collector();
    const { lease } = await holding(a, 'a', 0);
    await expect(a.partition({ index: 0, of: OF })).rejects.toThrow(/without its lease/);
    await expect(a.partition({ index: 1, of: OF }, lease)).rejects.toThrow(/without its lease/);
    await expect(a.partition({ index: 0, of: 2 }, lease)).rejects.toThrow(/not one of its 4/);
  });

  test('each holder finds the rows of its stores and no others', async () => {
    const a = await collector();
    const [zero, one] = [await holding(a, 'a', 0), await holding(a, 'a', 1)];
    for (const [{ partition, lease }, number] of [
      [zero, 1],
      [one, 2],
    ] as const) {
      const store = storeIn(lease.partition);
      const view = incidentView(number, { store });
      await partition.commit(
        writesOf({
          cursors: [{ agent: `${store}/till-01`, boot: 'boot0001', seen: [[1, number]] }],
          boots: [{ agent: `${store}/till-01`, boot: 'boot0001', birth: '{}' }],
          log: Uint8Array.of(number),
          judgement: {
            stores: [{ store, state: '{}' }],
            incidents: [{ incident: view, entries: [] }],
            tickets: [ticketWork(view, 'open', 0)],
          },
        }),
      );
    }
    const { partition } = one;
    expect([...(await partition.loadCursors())].map((row) => row.agent)).toEqual([`${storeIn(1)}/till-01`]);
    expect([...(await partition.loadBoots())].map((row) => row.agent)).toEqual([`${storeIn(1)}/till-01`]);
    expect([...(await partition.loadJudgement())].map((row) => row.store)).toEqual([storeIn(1)]);
    const { open: incidents, lastNumber } = await zero.partition.loadIncidents();
    expect(incidents.map((incident) => incident.number)).toEqual([1]);
    expect(lastNumber).toBe(2);
    expect((await partition.readLog(0, 10)).map((row) => [...row.frames])).toEqual([[2]]);
    expect((await partition.dueTicketWork(10, 10)).map((work) => work.view.number)).toEqual([2]);
    expect((await a.incidents({ limit: 10 })).map((incident) => incident.number)).toEqual([2, 1]);
    expect(await a.birthOf(`${storeIn(1)}/till-01`)).toBe('{}');
  });

  test('changes are told from any position on, also what a desk answers late', async () => {
    const [a, b] = [await collector(), await collector()];
    const { partition } = await holding(a, 'a', 3);
    const { partition: other } = await holding(a, 'a', 0);
    const [first, second] = [storeIn(3), storeIn(3, 1)];
    const changes = (after: number) => b.cluster.changes(3, after);
    const start = (await changes(0)).position;
    expect(await changes(start)).toEqual({ position: start, judgement: [], incidents: [], majors: [] });

    const view = incidentView(1, { store: first, ticketState: 'waiting' });
    await partition.commit(
      writesOf({
        judgement: {
          stores: [
            { store: first, state: '{"x":1}' },
            { store: second, state: '{"y":1}' },
          ],
          incidents: [{ incident: view, entries: [] }],
          tickets: [ticketWork(view, 'open', 0)],
        },
      }),
    );
    const opened = await changes(start);
    expect(opened.position).toBeGreaterThan(start);
    expect(opened.judgement).toHaveLength(2);
    expect(opened.incidents).toEqual([view]);
    await partition.commit(writesOf({ log: Uint8Array.of(1) }));
    await other.commit(writesOf({ judgement: { stores: [{ store: storeIn(0), state: '{}' }] } }));
    expect(await changes(opened.position)).toEqual({
      position: opened.position,
      judgement: [],
      incidents: [],
      majors: [],
    });

    const [work] = await partition.dueTicketWork(10, 1);
    await partition.ticketWorkDone(work?.id as number, 'INC-1', entry(1, 'ticket.opened'));
    const answered = await changes(opened.position);
    expect(answered.judgement).toEqual([]);
    expect(answered.incidents).toEqual([{ ...view, ticket: 'INC-1', ticketState: 'open' }]);

    await partition.commit(writesOf({ judgement: { stores: [{ store: second, state: undefined }] } }));
    const removed = await changes(answered.position);
    expect(removed.judgement).toEqual([{ store: second, state: undefined }]);
    expect(removed.incidents).toEqual([]);
    // From the start, what is gone is not told at all.
    const all = await changes(0);
    expect(all.judgement).toEqual([{ store: first, state: '{"x":1}' }]);
    expect(all.incidents).toHaveLength(1);
    expect(all.position).toBe(removed.position);
  });

  test('a wall that starts is told the open incidents and what was resolved since yesterday; later on, everything', async () => {
    const a = await collector();
    const { partition } = await holding(a, 'a', 0);
    const save = (number: number, resolvedAt?: number) => {
      const view = incidentView(number, { store: storeIn(0) });
      const incident = resolvedAt === undefined ? view : resolved(view, resolvedAt);
      return partition.commit(writesOf({ judgement: { incidents: [{ incident, entries: [] }] } }));
    };
    await save(1);
    const { position } = await a.cluster.changes(0, 0);
    await save(2, Date.now() - 3 * 86_400_000);
    await save(3, Date.now() - 3_600_000);
    const numbers = async (after: number) => (await a.cluster.changes(0, after)).incidents.map((one) => one.number);
    expect(await numbers(0)).toEqual([1, 3]);
    expect(await numbers(position)).toEqual([2, 3]);
  });

  test('dead work that is replayed by another collector is due again, and shows', async () => {
    const [a, b] = [await collector(), await collector()];
    const { partition } = await holding(a, 'a', 2);
    const view = incidentView(1, { store: storeIn(2) });
    await queue(partition, view, ticketWork(view, 'open', 0));
    const id = (await partition.dueTicketWork(10, 1))[0]?.id as number;
    await partition.ticketWorkDead(id, 'HTTP 401', entry(1, 'ticket.failed'));
    const dead = await b.cluster.changes(2, 0);
    expect(dead.incidents[0]?.ticketState).toBe('failed');
    expect(await b.deadTicketWork(10)).toHaveLength(1);
    expect(await b.replayTicketWork(id, 5)).toBe(storeIn(2));
    expect((await b.cluster.changes(2, dead.position)).incidents[0]?.ticketState).toBe('waiting');
    expect(await partition.dueTicketWork(10, 1)).toMatchObject([{ id, attempts: 0, notBefore: 5 }]);
  });

  test('a handed event is there until the commit that judged it, and then never again', async () => {
    const [a, b] = [await collector(), await collector()];
    const { lease, partition } = await holding(a, 'a', 1);
    const heard: ClusterNews[] = [];
    a.cluster.onNews((news) => heard.push(news));
    await vi.waitFor(() => expect(heard).toHaveLength(2), 10_000);
    const event = { kind: 'acknowledge', incident: 'i', by: 'Zoé' } as const;
    let answered = false;
    const answer = b.cluster.hand(1, event, 30_000).then(() => {
      answered = true;
    });
    await until(async () => ((await partition.handedEvents()).length > 0 ? true : undefined));
    await vi.waitFor(() => expect(heard).toContainEqual({ kind: 'handed', partition: 1 }), 10_000);
    const handed = await partition.handedEvents();
    expect(handed).toEqual([{ id: expect.any(Number), event }]);

    const number = incidentView(1, { store: storeIn(1) });
    const clash = { ...number, key: 'another' };
    const writes = writesOf({ handled: [handed[0]?.id as number] });
    const bad = {
      ...writes,
      judgement: { ...writes.judgement, incidents: [number, clash].map((incident) => ({ incident, entries: [] })) },
    };
    await expect(partition.commit(bad)).rejects.toThrow();
    expect(await partition.handedEvents()).toEqual(handed);
    // The next holder gets what the last one did not finish.
    const again = await a.partition({ index: 1, of: OF }, lease);
    expect(await again.handedEvents()).toEqual(handed);
    expect(answered).toBe(false);
    await again.commit(writes);
    await answer;
    expect(await again.handedEvents()).toEqual([]);
  });

  test('a handed event nobody judges in time is taken back', async () => {
    const [a, b] = [await collector(), await collector()];
    const { partition } = await holding(a, 'a', 1);
    await expect(b.cluster.hand(1, { kind: 'tick' }, 50)).rejects.toMatchObject({ problem: 'timeout' });
    expect(await partition.handedEvents()).toEqual([]);
  });

  test('news are told of what others see, and of nothing else', async () => {
    const [a, b] = [await collector(), await collector()];
    const { partition } = await holding(a, 'a', 1);
    const heard: ClusterNews[] = [];
    const off = b.cluster.onNews((news) => heard.push(news));
    // Listening begins with these two.
    await vi.waitFor(() => expect(heard).toEqual([{ kind: 'leases' }, { kind: 'inventory' }]), 10_000);
    heard.length = 0;
    await partition.commit(writesOf({ log: Uint8Array.of(1) }));
    await partition.commit(writesOf({ judgement: { stores: [{ store: storeIn(1), state: '{}' }] } }));
    await a.saveInventory([CHAIN], 'zoe', 1);
    await a.cluster.beat(A, []);
    await a.cluster.leave('a');
    const expected = [{ kind: 'changed', partition: 1 }, { kind: 'inventory' }, { kind: 'leases' }, { kind: 'leases' }];
    await vi.waitFor(() => expect(heard).toEqual(expected), 10_000);
    off();
  });

  test('collectors that start at the same moment bring the schema up once', async () => {
    const stores = await Promise.all([collector(), collector(), collector(), collector()]);
    const steps = await server.sql(
      url,
      'SELECT count(*)::int AS steps, max(version) AS last FROM vigie.schema_version',
    );
    const last = readdirSync(join(import.meta.dirname, '../../../collector/state/postgres')).filter((name) =>
      name.startsWith('schema-'),
    ).length;
    expect(steps).toEqual([{ steps: last, last }]);
    const [secret, ...others] = await Promise.all(stores.map((store) => store.secret('session')));
    for (const other of others) expect(other).toEqual(secret);
    const taken = await Promise.all(stores.map((store, i) => store.cluster.take(`c${i}`, 0)));
    expect(taken.filter((lease) => lease !== undefined)).toHaveLength(1);
  });

  test('the number of partitions stays while collectors are at work, and can be changed when none is', async () => {
    const a = await collector();
    const held = await Promise.all([0, 1, 2, 3].map((index) => holding(a, 'a', index)));
    for (const { partition, lease } of held) {
      const store = storeIn(lease.partition);
      await partition.commit(
        writesOf({
          log: Uint8Array.of(lease.partition),
          cursors: [{ agent: `${store}/till-01`, boot: 'boot0001', seen: [[1, 1]] }],
          judgement: { stores: [{ store, state: '{}' }] },
        }),
      );
    }
    const refusal = collector({ partitions: 2 });
    await expect(refusal).rejects.toMatchObject({ problem: 'shared-otherwise' });
    await expect(refusal).rejects.toThrow(/at work on its 4 partitions, and this one is set to 2/);

    await a.cluster.leave('a');
    const b = await collector({ partitions: 2 });
    await expect(a.cluster.beat(A, [])).rejects.toThrow(/divided anew, into 2 partitions/);
    expect(await a.cluster.take('a', 0)).toBeUndefined();
    await expect(held[0]?.partition.commit(writesOf({ log: Uint8Array.of(9) }))).rejects.toThrow(LeaseLost);
    for (const index of [0, 1]) {
      const lease = await b.cluster.take('b', index);
      const partition = await b.partition({ index, of: 2 }, lease);
      const stores = [storeIn(index), storeIn(index + 2)].sort();
      expect([...(await partition.loadCursors())].map((row) => row.agent)).toEqual(
        stores.map((one) => `${one}/till-01`),
      );
      expect([...(await partition.loadJudgement())].map((row) => row.store).sort()).toEqual(stores);
      const log = await partition.readLog(1, 10);
      expect(log.map((row) => row.frames[0]).sort()).toEqual([index, index + 2]);
      expect(await partition.logSize()).toMatchObject({ rows: 2, bytes: 2 });
      const next = (await partition.commit(writesOf({ log: Uint8Array.of(7) }))) as number;
      expect(next).toBeGreaterThan(log.at(-1)?.id as number);
      expect((await b.cluster.changes(index, 0)).judgement).toHaveLength(2);
    }
  });
});
