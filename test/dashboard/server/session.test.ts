import { expect, test } from 'vitest';
import { TOKENS } from './fake-ports.ts';
import { errorCodeOf, serve } from './harness.ts';

type App = Awaited<ReturnType<typeof serve>>['app'];

const signIn = (app: App, token: string, headers: Record<string, string> = {}) =>
  app.inject({ method: 'POST', url: '/api/v1/session', payload: { token }, headers });

async function signedIn(app: App, role: keyof typeof TOKENS): Promise<{ cookie: string }> {
  const [cookie] = (await signIn(app, TOKENS[role])).cookies;
  return { cookie: `${cookie?.name}=${cookie?.value}` };
}

const whoIs = async (app: App, headers: Record<string, string>) =>
  (await app.inject({ url: '/api/v1/session', headers })).json();

const acknowledge = (app: App, headers: Record<string, string>) =>
  app.inject({ method: 'POST', url: '/api/v1/incidents/7/acknowledge', headers });

test('signing in gives a cookie no script and no other site can use', async () => {
  const { app, logged } = await serve();
  const response = await signIn(app, TOKENS.operator);
  expect(response.statusCode).toBe(204);
  expect(response.cookies).toEqual([
    {
      name: 'vigie_session',
      value: expect.stringMatching(/^[\w-]{60,200}$/),
      path: '/',
      httpOnly: true,
      sameSite: 'Strict',
      maxAge: 43_200,
    },
  ]);
  expect(logged.join()).not.toContain(TOKENS.operator);
});

test('behind a proxy that ends TLS the cookie is for HTTPS only', async () => {
  const { app } = await serve();
  const response = await signIn(app, TOKENS.operator, { 'x-forwarded-proto': 'https' });
  expect(response.cookies[0]).toMatchObject({ secure: true });
});

test('the session says who is there, and reads', async () => {
  const { app } = await serve();
  const headers = await signedIn(app, 'operator');
  expect(await whoIs(app, headers)).toEqual({
    who: { name: 'the-operator', role: 'operator' },
    readingNeedsToken: true,
  });
  expect(await whoIs(app, {})).toEqual({ who: null, readingNeedsToken: true });
  expect((await app.inject({ url: '/api/v1/stores', headers })).statusCode).toBe(200);
});

test('a wrong token signs no one in, and is not logged', async () => {
  const { app, logged } = await serve();
  const response = await signIn(app, 'my-secret-guess');
  expect(errorCodeOf(response)).toBe('wrong-token');
  expect(response.cookies).toEqual([]);
  expect(response.body + logged.join()).not.toContain('my-secret-guess');
  expect(logged.join()).toContain('sign-in refused');
});

test('the eleventh attempt within a minute is refused', async () => {
  const { app } = await serve();
  for (let i = 0; i < 10; i += 1) expect((await signIn(app, 'wrong')).statusCode).toBe(401);
  expect(errorCodeOf(await signIn(app, TOKENS.admin))).toBe('too-many-requests');
});

test('signing out ends the session', async () => {
  const { app } = await serve();
  const headers = await signedIn(app, 'viewer');
  const response = await app.inject({
    method: 'DELETE',
    url: '/api/v1/session',
    headers: { ...headers, 'sec-fetch-site': 'same-origin' },
  });
  expect(response.statusCode).toBe(204);
  expect(await whoIs(app, headers)).toMatchObject({ who: null });
});

test('a session lasts twelve hours', async () => {
  const { app, clock } = await serve();
  const headers = await signedIn(app, 'viewer');
  clock.now += 12 * 3_600_000 - 1;
  expect(await whoIs(app, headers)).toMatchObject({ who: { role: 'viewer' } });
  clock.now += 1;
  expect(await whoIs(app, headers)).toMatchObject({ who: null });
});

test('a token taken away takes its sessions with it', async () => {
  const { app, revoke } = await serve();
  const headers = await signedIn(app, 'operator');
  revoke(TOKENS.operator);
  expect(await whoIs(app, headers)).toMatchObject({ who: null });
});

test.each([
  ['the browser says our own page', { 'sec-fetch-site': 'same-origin' }, 204],
  ['the origin is our own', { origin: 'http://localhost:80', host: 'localhost' }, 204],
  ['the browser says another site', { 'sec-fetch-site': 'cross-site', origin: 'http://localhost' }, 403],
  ['the browser says a sister site', { 'sec-fetch-site': 'same-site' }, 403],
  ['the origin is another port', { origin: 'http://localhost:8081', host: 'localhost:8080' }, 403],
  ['the origin hides', { origin: 'null' }, 403],
  ['nothing is said', {}, 403],
])('with a cookie alone, a change where %s: %i', async (_what, said, status) => {
  const { app, calls } = await serve();
  const headers = await signedIn(app, 'operator');
  const response = await acknowledge(app, { ...headers, ...(said as Record<string, string>) });
  expect(response.statusCode).toBe(status);
  if (status === 403) expect(errorCodeOf(response)).toBe('foreign-origin');
  expect(calls.length).toBe(status === 204 ? 1 : 0);
});

test('a foreign page signs no one in', async () => {
  const { app } = await serve();
  const response = await signIn(app, TOKENS.admin, { origin: 'https://evil.example' });
  expect(errorCodeOf(response)).toBe('foreign-origin');
});

test.each(['localhost', 'localhost:8080', 'LOCALHOST', '127.0.0.1:8080', '[::1]:8080', 'vigie.test'])(
  'on loopback, %s is answered only if it is a loopback name',
  async (host) => {
    const { app } = await serve();
    const response = await app.inject({ url: '/api/v1/health', headers: { host } });
    if (host === 'vigie.test') expect(errorCodeOf(response)).toBe('wrong-host');
    else expect(response.statusCode).toBe(200);
  },
);

test.each(['evil.example', 'localhost.evil.example', '127.0.0.1.evil.example:8080', '[::1'])(
  'on loopback, the name %j reaches neither the API nor the pages',
  async (host) => {
    const { app } = await serve();
    for (const url of ['/api/v1/stores', '/', '/api/v1/none']) {
      const headers = { host, 'x-forwarded-host': 'localhost' };
      expect(errorCodeOf(await app.inject({ url, headers }))).toBe('wrong-host');
    }
  },
);

test('open to the network, any name will do', async () => {
  const { app } = await serve({ host: '0.0.0.0' });
  const response = await app.inject({ url: '/api/v1/health', headers: { host: 'vigie.acme.example' } });
  expect(response.statusCode).toBe(200);
});
