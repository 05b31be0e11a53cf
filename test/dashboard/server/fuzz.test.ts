import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import type { InjectOptions } from 'fastify';
import { afterAll, expect, test } from 'vitest';
import { CHAIN, TOKENS } from './fake-ports.ts';
import { as, errorCodeOf, serve } from './harness.ts';

const webDir = mkdtempSync(join(tmpdir(), 'vigie-fuzz-'));
writeFileSync(join(webDir, 'index.html'), '<!doctype html>');
afterAll(() => rmSync(webDir, { recursive: true }));

const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 40 }), fc.string({ maxLength: 40 }), fc.webSegment());
const hostileValue = fc.oneof(
  text,
  fc.constantFrom(
    '',
    '0',
    '-1',
    '1e999',
    'NaN',
    '../..',
    '%00',
    '\u0000',
    '__proto__',
    'acme/lyon-01/till-2',
    '1h',
    '999999999d',
  ),
  fc.double().map(String),
);

/** The address of a route with hostile parts. */
const addressOf = (url: string) =>
  fc
    .array(fc.oneof(hostileValue, fc.constantFrom('acme', 'lyon-01', 'till-2', '7')), { minLength: 3, maxLength: 3 })
    .map((parts) => url.replaceAll(/[:*]\w*/g, () => encodeURIComponent(wellFormed(parts.shift() ?? 'x'))));

const anyAddress = fc.oneof(
  fc.webPath(),
  text.map((path) => `/${path}`),
  text.map((path) => `/api/v1/${path}`),
);

const wellFormed = (value: string): string => value.toWellFormed();

const query = fc.dictionary(
  fc.oneof(
    fc.constantFrom('device', 'measurement', 'field', 'from', 'to', 'step', 'tags', 'limit', 'since', 'store', 'state'),
    text,
  ),
  fc.oneof(hostileValue, fc.array(hostileValue, { maxLength: 3 })),
  { maxKeys: 6 },
);

const headers = fc.record(
  {
    authorization: fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom(...Object.values(TOKENS).map((token) => `Bearer ${token}`)) },
      { weight: 1, arbitrary: text },
    ),
    cookie: fc.oneof(
      text,
      text.map((value) => `vigie_session=${value}`),
    ),
    'content-type': fc.oneof(fc.constantFrom('application/json', 'application/json; charset=x', 'text/plain'), text),
    'accept-language': text,
    'accept-encoding': fc.oneof(fc.constantFrom('gzip', 'br', '*', 'identity;q=0'), text),
    'content-encoding': fc.constantFrom('gzip', 'x'),
    'last-event-id': text,
    origin: text,
    host: fc.oneof({ weight: 4, arbitrary: fc.constant('localhost') }, { weight: 1, arbitrary: text }),
    range: fc.oneof(text, fc.constantFrom('bytes=0-1', 'bytes=9-1', 'bytes=-')),
    'if-none-match': text,
    'x-forwarded-for': text,
    'x-forwarded-proto': text,
  },
  { requiredKeys: [] },
);

const body = fc.option(
  fc.oneof(
    fc.json(),
    text,
    fc.uint8Array({ maxLength: 100 }).map((bytes) => Buffer.from(bytes)),
    fc.object().map((more) => JSON.stringify({ chains: [{ ...CHAIN, ...more }] })),
    fc.constantFrom('{"token":"x"}', '{"text":"x"}', '{"name":"a","role":"viewer"}', '{"__proto__":{"x":1}}', '['),
  ),
  { nil: undefined },
);

const METHODS = ['GET', 'POST', 'DELETE', 'HEAD', 'PUT', 'PATCH', 'OPTIONS', 'TRACE'];

interface Case {
  method: string;
  path: string;
  headers: Record<string, string>;
}

/** Three in four reach a route of ours with full rights, so that what it does with its input is tried. */
const cases = (routes: readonly { method: string; url: string }[]): fc.Arbitrary<Case> =>
  fc.oneof(
    {
      weight: 3,
      arbitrary: fc.constantFrom(...routes).chain(({ method, url }) =>
        fc.record({
          method: fc.constant(method),
          path: addressOf(url),
          headers: fc.record({ 'accept-language': text }).map((more) => ({
            ...more,
            authorization: `Bearer ${TOKENS.admin}`,
            'content-type': 'application/json',
          })),
        }),
      ),
    },
    { weight: 1, arbitrary: fc.record({ method: fc.constantFrom(...METHODS), path: anyAddress, headers }) },
  ) as fc.Arbitrary<Case>;

/** The answer, whole; of a stream, which never ends, its head. */
async function send(app: Awaited<ReturnType<typeof serve>>['app'], request: InjectOptions) {
  const response = await app.inject({ ...request, payloadAsStream: true });
  const stream = response.stream();
  const isStream = String(response.headers['content-type']).startsWith('text/event-stream');
  const chunks: Buffer[] = [];
  if (isStream) stream.destroy();
  else for await (const chunk of stream) chunks.push(Buffer.from(chunk));
  return {
    statusCode: response.statusCode,
    headers: response.headers,
    body: Buffer.concat(chunks).toString(),
    isStream,
  };
}

test('whatever is asked gets an answer of known shape, never a failure of ours, and the next is served', async () => {
  const server = await serve({ webDir });
  const routes = server.routes.filter(({ url }) => url !== '/api/v1/live');
  const outcomes = new Map<string, number>();
  await fc.assert(
    fc.asyncProperty(cases(routes), query, body, fc.ipV4(), async (asked, queryParts, payload, remoteAddress) => {
      const response = await send(server.app, {
        method: asked.method as 'GET',
        url: { pathname: asked.path, query: queryParts as Record<string, string> } as unknown as string,
        headers: asked.headers,
        remoteAddress,
        ...(payload !== undefined && { payload }),
      });
      expect(response.statusCode).toBeLessThan(500);
      const isReadable = asked.method !== 'HEAD' && response.headers['content-encoding'] === undefined;
      // The pages stores have for themselves answer people.
      const isPage = asked.path.startsWith('/s/') && `${response.headers['content-type']}`.startsWith('text/html');
      const outcome =
        response.statusCode < 400 || isPage ? 'served' : isReadable ? errorCodeOf(response) : 'refused unread';
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
      const next = await server.app.inject(as('viewer', { url: '/api/v1/stores' }));
      expect(next.statusCode).toBe(200);
    }),
    { numRuns: 2500 },
  );
  expect(server.logged.filter((entry) => entry.includes('"level":50'))).toEqual([]);
  for (const outcome of ['served', 'invalid', 'bad-request', 'not-found']) {
    expect(outcomes.get(outcome) ?? 0, outcome).toBeGreaterThan(100);
  }
}, 60_000);

const line = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }).map((value) => Buffer.from(value)),
  fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes)),
  fc
    .constantFrom(
      'GET / HTTP/1.1',
      'GET /api/v1/live HTTP/1.1',
      'POST /api/v1/session HTTP/1.1',
      'GET / HTTP/9.9',
      'PRI * HTTP/2.0',
      'CONNECT x:1 HTTP/1.1',
      'host: localhost',
      'host: \u00ff',
      'content-length: 5',
      'content-length: -1',
      'transfer-encoding: chunked',
      'transfer-encoding: x',
      'expect: 100-continue',
      'expect: x',
      'upgrade: websocket',
      'connection: upgrade',
      `authorization: Bearer ${TOKENS.viewer}`,
      '',
      'ffffffffffffffff',
      `x: ${'y'.repeat(20_000)}`,
    )
    .map((value) => Buffer.from(value, 'latin1')),
);

test('whatever bytes arrive are answered in the known shape or hung up on, and the next is served', async () => {
  const server = await serve({ webDir });
  const address = await server.app.listen({ host: '127.0.0.1', port: 0 });
  const port = Number(new URL(address).port);
  let answered = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(line, { minLength: 1, maxLength: 8 }), async (lines) => {
      const bytes = Buffer.concat(lines.flatMap((part) => [part, Buffer.from('\r\n')]));
      const answer = await exchange(port, Buffer.concat([bytes, Buffer.from('\r\n')]));
      const refusal = /^HTTP\/1\.1 (\d{3}).*?\r\n\r\n(\{.*\})$/s.exec(answer);
      expect(answer).not.toMatch(/^HTTP\/1\.1 5/);
      if (refusal !== null && Number(refusal[1]) >= 400 && !answer.slice(12).includes('HTTP/1.1 ')) {
        answered += 1;
        errorCodeOf({ statusCode: Number(refusal[1]), body: refusal[2] ?? '' });
      }
      const next = await server.app.inject(as('viewer', { url: '/api/v1/stores' }));
      expect(next.statusCode).toBe(200);
    }),
    { numRuns: 300 },
  );
  expect(answered).toBeGreaterThan(100);
}, 60_000);

/** What the server says to these bytes, up to where it hangs up after we have said our last. */
async function exchange(port: number, bytes: Buffer): Promise<string> {
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
  const chunks: Buffer[] = [];
  socket.on('data', (chunk) => {
    chunks.push(chunk);
    if (chunk.includes('text/event-stream')) socket.destroy();
  });
  socket.on('error', () => socket.destroy());
  socket.end(bytes);
  await once(socket, 'close');
  return Buffer.concat(chunks).toString('latin1');
}
