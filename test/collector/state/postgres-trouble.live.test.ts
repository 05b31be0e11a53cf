import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Cluster, ClusterNews, PartitionStore, StateStore } from '../../../collector/ports.ts';
import type { PostgresOptions } from '../../../collector/state/postgres/options.ts';
import { openPostgresStateStore } from '../../../collector/state/postgres/postgres-state-store.ts';
import { StateStoreError, type StateStoreProblem } from '../../../collector/state/state-store-error.ts';
import { entry, incidentView, STORE, ticketWork, writesOf } from '../../contracts/state-store/fixtures.ts';
import { freePort } from '../../support/free-port.ts';
import { hasPostgres, type PostgresServer, startPostgres } from '../../support/postgres.ts';
import { type CuttingProxy, startCuttingProxy } from './cutting-proxy.ts';

const ascending = (a: number, b: number) => a - b;

type Opened = StateStore & { cluster: Cluster };

describe.runIf(hasPostgres)('PostgreSQL in trouble', () => {
  let server: PostgresServer;
  let proxy: CuttingProxy;
  beforeAll(async () => {
    server = await startPostgres();
    proxy = await startCuttingProxy(server.port);
  });
  afterAll(async () => {
    await proxy.close();
    await server.destroy();
  });

  let url: string;
  let store: Opened;
  let partition: PartitionStore;
  beforeEach(async () => {
    url = await server.createDatabase();
  });
  afterEach(() => store?.close());

  async function open(options: Partial<PostgresOptions> = {}): Promise<void> {
    store = await openPostgresStateStore({ url, partitions: 1, leaseMs: 60_000, ...options });
    const lease = await store.cluster.take('me', 0);
    partition = await store.partition({ index: 0, of: 1 }, lease);
  }
  const throughProxy = () => url.replace(`:${server.port}`, `:${proxy.port}`);

  const device = `${STORE}/sw-1` as const;
  /** Groups with events and groups without are stored by different ways. */
  const tellsEvent = (n: number) => n % 2 === 0;

  /** Something of every kind that would show if it were counted twice. */
  function group(n: number) {
    const view = incidentView(n);
    return writesOf({
      cursors: [{ agent: `${STORE}/till-01`, boot: 'boot0001', seen: [[1, n]] }],
      log: Uint8Array.of(n),
      judgement: {
        incidents: [{ incident: view, entries: [entry(n, 'incident.opened')] }],
        tickets: [ticketWork(view, 'open', n)],
      },
      setAside: [{ at: n, source: 'x', reason: 'bad-json', sample: Uint8Array.of() }],
      ...(tellsEvent(n) && {
        events: [{ device, event: { at: n, source: 'trap', code: '1.3.6', severity: 'info', text: 'x' } }],
      }),
    });
  }
  /** The groups that are stored, having checked that each is stored once, with all its parts. */
  async function groupsStored(): Promise<number[]> {
    const groups = (await partition.readLog(0, 100)).map((row) => row.frames[0] as number);
    expect(new Set(groups).size).toBe(groups.length);
    const incidents = (await store.incidents({ limit: 100 })).map((incident) => incident.number);
    expect(incidents.sort(ascending)).toEqual(groups);
    for (const n of groups) expect((await store.incident(n))?.timeline).toHaveLength(1);
    expect((await partition.dueTicketWork(1_000, 100)).map((work) => work.view.number).sort(ascending)).toEqual(groups);
    expect((await store.setAside(1)).counts['bad-json'] ?? 0).toBe(groups.length);
    expect((await partition.logSize()).rows).toBe(groups.length);
    const told = (await store.events.list(device, { limit: 100 })).map(({ at }) => at);
    expect(told.sort(ascending)).toEqual(groups.filter(tellsEvent));
    return groups;
  }

  /** Connections to our database that are in this state, or in any. */
  async function backends(state?: string): Promise<number> {
    const name = new URL(url).pathname.slice(1);
    const rows = await server.sql<{ state: string }>(
      server.url(),
      `SELECT state FROM pg_stat_activity WHERE datname = '${name}'`,
    );
    return rows.filter((row) => state === undefined || row.state === state).length;
  }

  test('a commit whose answer was lost counts once when it comes again', async () => {
    await open({ url: throughProxy() });
    expect(await partition.commit(group(1))).toBe(1);
    const writes = group(2);
    const cut = proxy.cutNext('answer');
    await expect(partition.commit(writes)).rejects.toMatchObject({ problem: 'unreachable' });
    await cut;
    // It was stored all the same: that is what makes it dangerous.
    await vi.waitFor(async () => expect(await groupsStored()).toEqual([1, 2]), 5_000);
    expect(await partition.commit(writes)).toBe(2);
    expect(await groupsStored()).toEqual([1, 2]);
    expect(await partition.commit(group(3))).toBe(3);
    expect(await groupsStored()).toEqual([1, 2, 3]);
  });

  test('a commit that never got there is stored when it comes again', async () => {
    await open({ url: throughProxy() });
    const writes = group(1);
    const cut = proxy.cutNext('question');
    await expect(partition.commit(writes)).rejects.toMatchObject({ problem: 'unreachable' });
    await cut;
    expect(await groupsStored()).toEqual([]);
    expect(await partition.commit(writes)).toBe(1);
    expect(await groupsStored()).toEqual([1]);
  });

  test('other writes after a lost answer are stored beside the first', async () => {
    await open({ url: throughProxy() });
    const cut = proxy.cutNext('answer');
    await expect(partition.commit(group(1))).rejects.toThrow();
    await cut;
    await vi.waitFor(async () => expect(await groupsStored()).toEqual([1]), 5_000);
    expect(await partition.commit(group(2))).toBe(2);
    expect(await groupsStored()).toEqual([1, 2]);
  });

  test('a server that hangs makes a commit fail in time, and what it does late counts once', async () => {
    await open({ timeoutMs: 300 });
    await partition.commit(group(1));
    const writes = group(2);
    server.freeze();
    try {
      const started = performance.now();
      await expect(partition.commit(writes)).rejects.toMatchObject({ problem: 'timeout' });
      // Again, on a connection that is not made any more.
      await expect(partition.commit(writes)).rejects.toMatchObject({ problem: 'timeout' });
      await expect(partition.logSize()).rejects.toMatchObject({ problem: 'timeout' });
      expect(performance.now() - started).toBeLessThan(10_000);
    } finally {
      server.thaw();
    }
    const id = await vi.waitFor(() => partition.commit(writes), { timeout: 20_000, interval: 100 });
    expect(id).toBe(2);
    expect(await partition.commit(group(3))).toBe(3);
    // Whatever the first attempts left in the server's hands is through when none of them is at work any more.
    await vi.waitFor(async () => expect(await backends('active')).toBe(0), 10_000);
    expect(await groupsStored()).toEqual([1, 2, 3]);
  });

  test('a commit that waits behind another too long fails in time and leaves nothing', async () => {
    await open({ timeoutMs: 300 });
    const client = server.sql(
      url,
      'SET search_path = vigie; BEGIN; SELECT FROM partition FOR UPDATE; SELECT pg_sleep(1)',
    );
    await vi.waitFor(async () => expect(await backends('active')).toBe(1), 5_000);
    await expect(partition.commit(group(1))).rejects.toMatchObject({ problem: 'timeout' });
    await client;
    expect(await groupsStored()).toEqual([]);
    await partition.commit(group(2));
    expect(await groupsStored()).toEqual([2]);
  });

  test('a server that is killed loses no commit that returned, and is used again by itself', async () => {
    await open();
    const heard: ClusterNews[] = [];
    store.cluster.onNews((news) => heard.push(news));
    await vi.waitFor(() => expect(heard).toHaveLength(2), 10_000);
    for (let n = 1; n <= 10; n++) await partition.commit(group(n));
    await vi.waitFor(() => expect(heard).toHaveLength(12), 10_000);
    const writes = group(11);
    const underWay = partition.commit(writes).then(
      () => true,
      (error: unknown) => {
        expect(error).toMatchObject({ problem: 'unreachable' });
        return false;
      },
    );
    await server.kill();
    const returned = await underWay;
    await expect(store.inventoryRevision()).rejects.toMatchObject({ problem: 'unreachable' });
    // Nothing can be heard now; from here on, listening is taken up again too.
    heard.length = 0;
    await server.start();
    if (!returned) await partition.commit(writes);
    expect(await groupsStored()).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
    await vi.waitFor(() => expect(heard.length).toBeGreaterThan(0), 20_000);
  });

  test('many calls at once all end, and those beyond the bound are refused', async () => {
    await open({ poolSize: 2 });
    const calls = Array.from({ length: 1_500 }, () => store.inventoryRevision());
    const outcomes = await Promise.allSettled(calls);
    const refused = outcomes.filter((one) => one.status === 'rejected');
    expect(refused.length).toBeGreaterThan(0);
    expect(refused.length).toBeLessThan(600);
    for (const one of refused) expect(one.reason).toMatchObject({ problem: 'busy' });
  });

  test('text that PostgreSQL cannot keep is kept as well as can be, and holds up nothing', async () => {
    await open();
    const source = `a\0b ${'x'.repeat(507)}😀`;
    await partition.commit(
      writesOf({
        setAside: [{ at: 1, source, reason: 'bad\0', sample: Uint8Array.of(0) }],
        boots: [{ agent: `${STORE}/till-01`, boot: 'boot0001', birth: '{"name":"\\u0000 \\ud83d"}' }],
        judgement: { stores: [{ store: STORE, state: JSON.stringify({ text: '\0 \ud83d 😀' }) }] },
      }),
    );
    const { entries, counts } = await store.setAside(1);
    expect(entries[0]?.source).toBe(`a\uFFFDb ${'x'.repeat(507)}\uFFFD`);
    expect(counts).toEqual({ 'bad\uFFFD': 1 });
    const [state] = [...(await partition.loadJudgement())];
    expect(JSON.parse(state?.state as string)).toEqual({ text: '\0 \ud83d 😀' });
    await store.audit({ at: 1, who: 'z\0e', action: 'a', detail: '\ud83d' });
    expect(await store.auditLog(1)).toEqual([{ at: 1, who: 'z\uFFFDe', action: 'a', detail: '\uFFFD' }]);
  });

  async function refusal(options: Partial<PostgresOptions>): Promise<StateStoreError> {
    const error: unknown = await openPostgresStateStore({ url, password: 'hunter2', ...options }).then(
      (opened) => opened.close(),
      (reason: unknown) => reason,
    );
    if (!(error instanceof StateStoreError)) throw new Error('it was opened', { cause: error });
    expect(error.message).toMatch(/^state store .*:\d+\/\w+: /);
    expect(error.message).not.toContain('\n');
    for (let each: unknown = error; each instanceof Error; each = each.cause) {
      expect(`${each.stack} ${JSON.stringify(each, Object.getOwnPropertyNames(each))}`).not.toContain('hunter2');
    }
    return error;
  }

  test('whatever is wrong at the start is said in plain words, without the password', async () => {
    const nobody = url.replace('vigie@', 'nobody:hunter2@');
    await server.sql(url, 'CREATE ROLE barred NOLOGIN; CREATE ROLE guest LOGIN');
    const closed = `postgresql://vigie:hunter2@127.0.0.1:${await freePort()}/vigie`;
    const cases: [string, StateStoreProblem, RegExp][] = [
      [closed, 'unreachable', /nothing listens there/],
      ['postgresql://vigie:hunter2@no-such-host.invalid/vigie', 'unreachable', /no such host/],
      [nobody, 'denied', /refuses the user or the password/],
      [url.replace('vigie@', 'barred@'), 'denied', /refuses the user or the password/],
      [`${server.url('missing')}`, 'denied', /no such database/],
      [url.replace('vigie@', 'guest@'), 'denied', /lacks rights/],
    ];
    for (const [address, problem, words] of cases) {
      const error = await refusal({ url: address });
      expect([error.problem, error.message]).toEqual([problem, expect.stringMatching(words)]);
    }
    await expect(openPostgresStateStore({ url: 'postgresql://:hunter2@[' })).rejects.toThrow(/^(?!.*hunter2)/);
  });

  test('a server that hangs when we come is given up in time', async () => {
    server.freeze();
    try {
      expect((await refusal({ timeoutMs: 200 })).problem).toBe('timeout');
    } finally {
      server.thaw();
    }
  });

  test('closing does not wait for a server that hangs', async () => {
    await open();
    const listening = new Promise<void>((resolve) => void store.cluster.onNews(() => resolve()));
    await listening;
    server.freeze();
    try {
      const started = performance.now();
      await store.close();
      expect(performance.now() - started).toBeLessThan(5_000);
    } finally {
      server.thaw();
    }
  });

  test('a newer schema is refused and left as it is', async () => {
    await open();
    await store.close();
    await server.sql(url, 'INSERT INTO vigie.schema_version VALUES (99); DROP TABLE vigie.token');
    const error = await refusal({});
    expect(error.problem).toBe('newer-schema');
    expect(error.message).toMatch(/newer Vigie \(schema 99, this one knows \d+\)/);
    expect(await server.sql(url, "SELECT to_regclass('vigie.token') AS token")).toEqual([{ token: null }]);
  });

  test('another program’s schema is refused and left as it is; other schemas are no concern of ours', async () => {
    await server.sql(
      url,
      'CREATE TABLE recipes (name text); CREATE SCHEMA vigie; CREATE TABLE vigie.recipes (name text)',
    );
    expect((await refusal({})).problem).toBe('not-ours');
    await server.sql(url, 'DROP TABLE vigie.recipes');
    await open();
    expect(await partition.commit(group(1))).toBe(1);
  });

  test('a database in another encoding is refused', async () => {
    await server.sql(server.url(), "CREATE DATABASE latin ENCODING 'LATIN1' TEMPLATE template0");
    const error = await refusal({ url: server.url('latin') });
    expect(error.message).toMatch(/its encoding is LATIN1/);
  });

  test('closing ends what listens, and twice is no harm', async () => {
    await open();
    store.cluster.onNews(() => {});
    await store.close();
    await store.close();
    await expect(store.inventoryRevision()).rejects.toBeInstanceOf(StateStoreError);
    await vi.waitFor(async () => expect(await backends()).toBe(0), 5_000);
  });
});
