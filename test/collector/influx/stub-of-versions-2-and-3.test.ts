import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openInfluxMetricsStore } from '../../../collector/influx/influx-store.ts';
import type { InfluxOptions } from '../../../collector/influx/options.ts';
import { query, row } from '../../contracts/metrics-samples.ts';

/*
 * No InfluxDB 2 or 3 ran here: this is a stub that answers as their documents say they do. It shows what we send and what
 * we make of such answers, not that those servers answer so.
 */

interface Asked {
  method: string | undefined;
  path: string;
  body: string;
  authorization: string | undefined;
}
type Answer = { status: number; body?: unknown; headers?: Record<string, string> } | undefined;

const NOW = Date.now();
let server: Server;
let url: string;
let asked: Asked[];
/** What the stub says; 204 to writes and an empty answer to the rest where it says nothing. */
let answer: (request: Asked) => Answer;

beforeEach(async () => {
  asked = [];
  answer = () => undefined;
  server = createServer(
    (request, response) =>
      void reply(request).then((said) => response.writeHead(said.status, said.headers).end(said.text)),
  );
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(async () => {
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
});

async function reply(incoming: IncomingMessage) {
  const { method, url: path = '', headers } = incoming;
  const request = { method, path, body: await text(incoming), authorization: headers.authorization };
  asked.push(request);
  const said = answer(request) ?? (isWrite(request) ? { status: 204 } : { status: 200, body: { results: [] } });
  return {
    status: said.status,
    headers: { 'content-type': 'application/json', ...said.headers },
    text: said.status === 204 ? '' : JSON.stringify(said.body ?? {}),
  };
}

const isWrite = ({ path }: Asked) => path.startsWith('/api/v2/write');
const writes = () => asked.filter(isWrite);
const lines = () => writes().flatMap(({ body }) => body.split('\n'));

const open = (version: 2 | 3, more: Partial<InfluxOptions> = {}) =>
  openInfluxMetricsStore(
    { url, version, token: 'secret-token', ...(version === 2 && { org: 'our org' }), ...more },
    { retention: { rawDays: 14, fiveMinuteDays: 90, hourDays: 1095 } },
  );
const rows = (count: number) => Array.from({ length: count }, (_, i) => row(NOW - i, i));
const sum = (refused: Readonly<Record<string, number>>) => Object.values(refused).reduce((a, b) => a + b, 0);

describe('a stub of version 2', () => {
  test('is written to by organization and bucket, with the token', async () => {
    const store = open(2, { bucket: 'till-readings' });
    await store.append(rows(3), 1);
    expect(await store.flush()).toBe(1);
    const [write] = writes();
    expect(write?.path).toBe('/api/v2/write?org=our%20org&bucket=till-readings&precision=ms');
    expect(write?.authorization).toBe('Token secret-token');
    expect(write?.body.split('\n')[2]).toBe(`cpu,chain=acme,host=till-1,store=lyon-01 usage_active=2 ${NOW - 2}`);
    await store.close();
  });

  test('has the buckets made that it lacks, each with its retention', async () => {
    answer = ({ method, path }) => {
      if (path.startsWith('/api/v2/orgs')) return { status: 200, body: { orgs: [{ id: 'org-1' }] } };
      if (method === 'GET' && path.includes('name=vigie_5m')) return { status: 200, body: { buckets: [{ id: 'b' }] } };
      if (method === 'GET') return { status: 404, body: { code: 'not found', message: 'bucket not found' } };
      return undefined;
    };
    const store = open(2);
    await store.append(rows(1), 1);
    await store.flush();
    const made = asked.filter(({ method, path }) => method === 'POST' && path === '/api/v2/buckets');
    const day = 86_400;
    expect(made.map(({ body }) => JSON.parse(body))).toEqual([
      { orgID: 'org-1', name: 'vigie', retentionRules: [{ type: 'expire', everySeconds: 16 * day }] },
      { orgID: 'org-1', name: 'vigie_1h', retentionRules: [{ type: 'expire', everySeconds: 1097 * day }] },
    ]);
    await store.close();
  });

  test('is written to also where the token may make nothing', async () => {
    answer = (request) =>
      isWrite(request) ? undefined : { status: 403, body: { code: 'forbidden', message: 'insufficient permissions' } };
    const store = open(2);
    await store.append(rows(1), 1);
    expect(await store.flush()).toBe(1);
    await store.close();
  });

  test('that asks for patience is left alone that long, and loses nothing', async () => {
    let busy = true;
    answer = (request) =>
      isWrite(request) && busy ? { status: 429, body: {}, headers: { 'retry-after': '30' } } : undefined;
    const store = open(2);
    await store.append(rows(3), 1);
    await expect(store.flush()).rejects.toMatchObject({ status: 429, retryAfterMs: 30_000 });
    busy = false;
    expect(await store.flush()).toBe(1);
    expect(store.refused).toEqual({});
    await store.close();
  });

  test.each([401, 403, 404, 500, 503])('that answers %i is tried later, and nothing is dropped', async (status) => {
    let ill = true;
    answer = (request) => (isWrite(request) && ill ? { status, body: { message: 'no, secret-token' } } : undefined);
    const store = open(2);
    await store.append(rows(3), 1);
    await expect(store.flush()).rejects.toThrow(new RegExp(`answered ${status}: no, \\*\\*\\*`));
    ill = false;
    expect(await store.flush()).toBe(1);
    expect(store.refused).toEqual({});
    await store.close();
  });

  test('that could not place some has these counted and the chunk not sent again', async () => {
    const said =
      'failure writing points to database: partial write: field type conflict: input field "usage_active" dropped=2';
    answer = (request) =>
      isWrite(request) ? { status: 422, body: { code: 'unprocessable entity', message: said } } : undefined;
    const store = open(2);
    await store.append(rows(10), 1);
    expect(await store.flush()).toBe(1);
    expect(writes()).toHaveLength(1);
    expect(store.refused).toEqual({ 'field type conflict': 2 });
    await store.close();
  });

  test('that refuses a chunk whole for some lines is given the others', async () => {
    const isBad = (line: string) => /usage_active=(?:7|4321) /.test(line);
    const taken = new Set<string>();
    answer = (request) => {
      if (!isWrite(request)) return undefined;
      const all = request.body.split('\n');
      if (all.some(isBad)) return { status: 400, body: { code: 'invalid', message: "unable to parse 'cpu': bad" } };
      for (const line of all) taken.add(line);
      return undefined;
    };
    const store = open(2);
    await store.append(rows(5_000), 1);
    expect(await store.flush()).toBe(1);
    expect([...taken].filter((line) => line.startsWith('cpu,'))).toHaveLength(4_998);
    expect(store.refused).toEqual({ 'not understood': 2 });
    expect(writes().length).toBeLessThan(70);
    await store.close();
  });

  test('that refuses whatever is sent has nothing thrown away for it', async () => {
    answer = (request) => (isWrite(request) ? { status: 400, body: { message: 'org is required' } } : undefined);
    const store = open(2);
    await store.append(rows(100), 1);
    await expect(store.flush()).rejects.toThrow(/answered 400: org is required/);
    expect(store.refused).toEqual({});
    answer = () => undefined;
    asked = [];
    expect(await store.flush()).toBe(1);
    expect(lines()).toHaveLength(100);
    await store.close();
  });

  test('that has no mapping for a bucket is given one before it is read', async () => {
    let mapped = 0;
    answer = ({ method, path }) => {
      if (path.startsWith('/api/v2/buckets')) return { status: 200, body: { buckets: [{ id: 'b-1' }] } };
      if (path === '/api/v2/dbrps' && method === 'POST') mapped++;
      if (path === '/query' && mapped < 3) {
        return { status: 404, body: { code: 'not found', message: 'no dbrp mapping found' } };
      }
      return undefined;
    };
    const store = open(2);
    expect(await store.range(query({ from: NOW - 1_000, to: NOW }))).toEqual([]);
    expect(mapped).toBe(3);
    await store.close();
  });

  test('needs an organization and a token', () => {
    expect(() => openInfluxMetricsStore({ url, version: 2 })).toThrow('InfluxDB version 2 needs org and token');
  });
});

describe('a stub of version 3', () => {
  test('is written to by database, with the token, and asked to make its databases', async () => {
    const store = open(3, { database: 'readings' });
    await store.append(rows(1), 1);
    expect(await store.flush()).toBe(1);
    expect(writes()[0]?.path).toBe('/api/v2/write?org=&bucket=readings&precision=ms');
    const made = asked.filter(({ path }) => path === '/api/v3/configure/database').map(({ body }) => JSON.parse(body));
    expect(made[0]).toEqual({ db: 'readings', retention_period: '16d' });
    await store.close();
  });

  test('that lists the lines it left out has these counted', async () => {
    const data = [1, 2, 3].map((line_number) => ({ line_number, error_message: 'invalid column type' }));
    answer = (request) =>
      isWrite(request) ? { status: 400, body: { error: 'partial write of line protocol occurred', data } } : undefined;
    const store = open(3);
    await store.append(rows(10), 1);
    expect(await store.flush()).toBe(1);
    expect(sum(store.refused)).toBe(3);
    expect(writes()).toHaveLength(1);
    await store.close();
  });

  test('needs a token', () => {
    expect(() => openInfluxMetricsStore({ url, version: 3 })).toThrow('InfluxDB version 3 needs token');
  });
});
