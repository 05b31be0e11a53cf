import type { InjectOptions } from 'fastify';
import pino from 'pino';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Role } from '../../../dashboard/ports.ts';
import { buildApp } from '../../../dashboard/server/app.ts';
import { fakePorts, NOW, TOKENS } from './fake-ports.ts';
import { bearer, errorCodeOf, exampleUrl, serve } from './harness.ts';

type Server = Awaited<ReturnType<typeof serve>>;

const ROLES: Role[] = ['viewer', 'operator', 'admin'];
const isReading = (method: string): boolean => method === 'GET' || method === 'HEAD';

/** Routes of the API, as fastify was given them: a new one is judged here without being listed. */
const apiRoutes = (server: Server) => {
  const routes = server.routes.filter(({ url }) => /^\/(api|metrics)/.test(url));
  expect(routes.length).toBeGreaterThan(25);
  return routes;
};

/** The stream never ends under inject: it is read as a stream, and left at once. */
async function request(server: Server, options: InjectOptions): Promise<{ statusCode: number; body: string }> {
  const response = await server.app.inject({ ...options, payloadAsStream: true });
  const stream = response.stream();
  if (String(response.headers['content-type']).startsWith('text/event-stream')) {
    stream.destroy();
    return { statusCode: response.statusCode, body: '' };
  }
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(Buffer.from(chunk));
  return { statusCode: response.statusCode, body: Buffer.concat(chunks).toString() };
}

describe('every route', () => {
  test('says whom it serves; only health, the session and signing in serve anyone', async () => {
    const routes = apiRoutes(await serve());
    expect(routes.filter(({ needs }) => needs === undefined)).toEqual([]);
    const open = routes.filter(({ needs, method }) => needs === 'anyone' && method !== 'HEAD');
    expect(open.map(({ method, url }) => `${method} ${url}`).sort()).toEqual([
      'GET /api/v1/health',
      // Asks for the key of its address itself: see maintenance.test.ts.
      'GET /api/v1/maintenance.ics',
      'GET /api/v1/session',
      // Asks for the desk’s signature: see desk-news.test.ts.
      'POST /api/v1/desks/:desk/news',
      'POST /api/v1/session',
    ]);
  });

  test.each([
    ['no token', {}, 'unauthenticated'],
    ['a wrong token', { authorization: 'Bearer nobody' }, 'wrong-token'],
    ['another scheme', { authorization: 'Basic dXNlcjpwYXNz' }, 'unauthenticated'],
    ['an unknown session', { cookie: 'vigie_session=nothing' }, 'unauthenticated'],
  ])('that changes anything refuses %s, even where reading is open', async (_what, headers, code) => {
    const server = await serve({ readingNeedsToken: false });
    const changes = apiRoutes(server).filter(({ method }) => !isReading(method));
    expect(changes.length).toBeGreaterThanOrEqual(7);
    for (const [at, { method, url, needs }] of changes.entries()) {
      if (needs === 'anyone') continue;
      // Each from an address of its own: after thirty wrong tokens one is no longer listened to.
      const asked = { method: method as 'POST', url: exampleUrl(url), headers, remoteAddress: `10.0.0.${at}` };
      const response = await request(server, asked);
      expect([url, response.statusCode, errorCodeOf(response)]).toEqual([url, 401, code]);
    }
    expect(server.calls).toEqual([]);
  });

  test('that reads refuses without a token where reading needs one', async () => {
    const server = await serve();
    for (const { method, url, needs } of apiRoutes(server)) {
      if (!isReading(method) || needs === 'anyone') continue;
      const response = await request(server, { method: method as 'GET', url: exampleUrl(url) });
      expect([url, response.statusCode]).toEqual([url, 401]);
    }
  });

  test.each(ROLES)('lets a %s do what the role allows and no more', async (role) => {
    const server = await serve();
    for (const { method, url, needs } of apiRoutes(server)) {
      if (needs === 'anyone') continue;
      const response = await request(server, {
        method: method as 'GET',
        url: exampleUrl(url),
        headers: bearer(role),
      });
      const mayDo = ROLES.indexOf(role) >= ROLES.indexOf(needs as Role);
      if (mayDo) expect([url, [401, 403].includes(response.statusCode)]).toEqual([url, false]);
      else expect([url, response.statusCode]).toEqual([url, 403]);
    }
  });

  test('that a viewer may read is open where reading needs no token, and no other', async () => {
    const server = await serve({ readingNeedsToken: false });
    for (const { method, url, needs } of apiRoutes(server)) {
      if (!isReading(method)) continue;
      const response = await request(server, { method: method as 'GET', url: exampleUrl(url) });
      const isOpen = needs === 'viewer' || needs === 'anyone';
      expect([url, response.statusCode === 401]).toEqual([url, !isOpen]);
    }
  });
});

test.each([
  ['GET', '/api/v1/new'],
  ['POST', '/new'],
] as const)('a route %s %s that does not say whom it serves stops the start', async (method, url) => {
  const { ports } = fakePorts();
  const log = pino({ level: 'silent' });
  const app = await buildApp({ host: '127.0.0.1', ports, webDir: undefined, log, version: '1', now: () => NOW });
  onTestFinished(() => app.close());
  expect(() => app.route({ method, url, handler: () => 'x' })).toThrow(`${method} ${url} does not say whom it serves`);
});

test('a wrong token is told even where reading is open', async () => {
  const { app } = await serve({ readingNeedsToken: false });
  const response = await app.inject({ url: '/api/v1/stores', headers: { authorization: 'Bearer nobody' } });
  expect(errorCodeOf(response)).toBe('wrong-token');
  expect(response.headers['www-authenticate']).toBe('Bearer');
});

test('after thirty wrong tokens an address is no longer listened to; others are', async () => {
  const { app } = await serve();
  const ask = (token: string, remoteAddress: string) =>
    app.inject({ url: '/api/v1/stores', headers: { authorization: `Bearer ${token}` }, remoteAddress });
  for (let guess = 0; guess < 30; guess += 1) {
    expect(errorCodeOf(await ask(`guess-${guess}`, '10.0.0.1'))).toBe('wrong-token');
  }
  const refused = await ask(TOKENS.admin, '10.0.0.1');
  expect(errorCodeOf(refused)).toBe('too-many-requests');
  expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
  expect((await ask(TOKENS.admin, '10.0.0.2')).statusCode).toBe(200);
});

test('changes have a bound per address', async () => {
  const { app } = await serve();
  const acknowledge = () =>
    app.inject({ method: 'POST', url: '/api/v1/incidents/7/acknowledge', headers: bearer('operator') });
  for (let i = 0; i < 120; i += 1) expect((await acknowledge()).statusCode).toBe(204);
  expect(errorCodeOf(await acknowledge())).toBe('too-many-requests');
});
