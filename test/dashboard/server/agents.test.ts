import Schema from 'typebox/schema';
import { expect, test } from 'vitest';
import { AGENT, ENROL_TOKEN, STRANGER } from './fake-agents.ts';
import { as, errorCodeOf, serve } from './harness.ts';

const URL = '/api/v1/agents';

test.each([
  ['viewer', URL, { agents: [AGENT] }],
  ['operator', `${URL}/tokens`, { tokens: [ENROL_TOKEN] }],
  ['operator', `${URL}/quarantine`, { quarantine: [STRANGER] }],
  ['viewer', `${URL}/authority`, { certificate: 'PEM', revocationList: 'PEM', fingerprint: 'abc' }],
] as const)('a %s reads %s, as its schema says', async (role, url, expected) => {
  const { app } = await serve();
  const response = await app.inject(as(role, { url }));
  expect(response.json()).toEqual(expected);
  const { paths } = app.swagger() as unknown as {
    paths: Record<string, { get: { responses: Record<string, { content: Record<string, { schema: object }> }> } }>;
  };
  const schema = paths[url]?.get.responses['200']?.content['application/json']?.schema;
  expect(Schema.Errors(schema as object, response.json())).toEqual([true, []]);
});

test('the list is asked for by store, page by page', async () => {
  const { app, calls } = await serve();
  await app.inject(as('viewer', { url: `${URL}?store=acme/lyon-01&after=acme/lyon-01/till-1&limit=2` }));
  await app.inject(as('viewer', { url: URL }));
  expect(calls).toEqual([
    ['agents', { store: 'acme/lyon-01', after: 'acme/lyon-01/till-1', limit: 2 }],
    ['agents', { limit: 100 }],
  ]);
});

test('an administrator makes a token with what is usual, and revokes it', async () => {
  const { app, calls } = await serve();
  const wish = { chain: 'acme', store: 'lyon-01', kind: 'till' };
  const made = await app.inject(as('admin', { method: 'POST', url: `${URL}/tokens`, payload: wish }));
  const server = 'https://vigie.example:8443';
  expect([made.statusCode, made.json()]).toEqual([201, { token: 'vigie-made-once', server, entry: ENROL_TOKEN }]);
  const revoked = await app.inject(as('admin', { method: 'POST', url: `${URL}/tokens/0a1b/revoke` }));
  expect(revoked.statusCode).toBe(204);
  expect(calls).toEqual([
    ['createToken', { ...wish, replaces: false, uses: 1, hours: 24 }, 'the-admin'],
    ['revokeToken', '0a1b', 'the-admin'],
  ]);
});

const add = { kind: 'till', lane: 9 };
test.each([
  [`${URL}/certificates/4a01/revoke`, { reason: 'stolen' }, ['revoke', '4a01', 'stolen', 'the-admin']],
  [`${URL}/quarantine/5/admit`, { add }, ['admit', 5, add, 'the-admin']],
  [`${URL}/quarantine/5/refuse`, undefined, ['refuse', 5, 'the-admin']],
])('%s is done, by whom is known', async (url, payload, call) => {
  const { app, calls } = await serve();
  const response = await app.inject(as('admin', { method: 'POST', url, ...(payload && { payload }) }));
  expect([response.statusCode, calls]).toEqual([204, [call]]);
});

test.each([
  [`${URL}/certificates/4a02/revoke`, { reason: 'stolen' }, 404, 'no-such-certificate'],
  [`${URL}/certificates/4a01/revoke`, {}, 400, 'invalid'],
  [`${URL}/tokens/0000/revoke`, undefined, 404, 'no-such-enrol-token'],
  [`${URL}/tokens`, { chain: 'acme', store: 'gone', kind: 'till' }, 404, 'no-such-store'],
  [`${URL}/tokens`, { chain: 'acme', store: 'lyon-01', kind: 'toaster' }, 400, 'invalid'],
  [`${URL}/quarantine/6/admit`, {}, 404, 'no-such-stranger'],
  [`${URL}/quarantine/5/admit`, {}, 409, 'device-not-in-inventory'],
  [`${URL}/quarantine/6/refuse`, undefined, 404, 'no-such-stranger'],
  [`${URL}/authority/server-certificate`, { publicKey: 'no key', names: ['b'] }, 400, 'invalid'],
])('%s with %j is refused', async (url, payload, status, code) => {
  const { app } = await serve();
  const response = await app.inject(as('admin', { method: 'POST', url, ...(payload && { payload }) }));
  expect([response.statusCode, errorCodeOf(response)]).toEqual([status, code]);
});

test('what gives or takes a right to report is no operator’s work', async () => {
  const { app, calls } = await serve();
  for (const url of ['tokens', 'tokens/0a1b/revoke', 'certificates/4a01/revoke', 'quarantine/5/admit']) {
    const response = await app.inject(as('operator', { method: 'POST', url: `${URL}/${url}`, payload: {} }));
    expect(response.statusCode).toBe(403);
  }
  expect(calls).toEqual([]);
});

test('without a door for agents it says what to configure', async () => {
  const { app, ports } = await serve();
  ports.agents = undefined;
  const response = await app.inject(as('viewer', { url: URL }));
  expect([response.statusCode, errorCodeOf(response)]).toEqual([404, 'agents-off']);
});
