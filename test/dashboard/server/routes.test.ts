import type { InjectOptions } from 'fastify';
import Schema from 'typebox/schema';
import { describe, expect, test } from 'vitest';
import { StateStoreError } from '../../../collector/state/state-store-error.ts';
import { CHAIN, DEVICE, INCIDENT, MAJOR, NOW, TILE } from './fake-ports.ts';
import { as, errorCodeOf, serve } from './harness.ts';

/** Every reading route with the answer the fake ports make it give. */
const READS: [string, unknown][] = [
  ['/api/v1/health', { status: 'ok', version: '0.1.0', startedAt: NOW, problems: [] }],
  ['/api/v1/session', { who: { name: 'the-admin', role: 'admin' }, readingNeedsToken: true }],
  ['/api/v1/stores', { stores: [TILE] }],
  ['/api/v1/stores/acme/lyon-01', { tile: TILE, definition: CHAIN.stores[0], devices: [DEVICE] }],
  ['/api/v1/devices', { devices: [DEVICE] }],
  ['/api/v1/devices?store=acme/lyon-01', { devices: [DEVICE] }],
  [
    '/api/v1/devices/acme/lyon-01/till-2',
    {
      view: DEVICE,
      host: { os: 'Debian 12' },
      agentVersion: '0.1.0',
      readings: [{ measurement: 'mem', field: 'used_percent', tags: {}, value: 41, at: NOW }],
    },
  ],
  [
    `/api/v1/stores/acme/lyon-01/availability?from=${NOW - 60_000}&to=${NOW}`,
    {
      segments: [{ from: NOW - 60_000, to: NOW, state: 'up', reason: { code: 'store.proven' }, proven: true }],
      totals: { up: 60_000 },
      percent: 100,
      knownPercent: 100,
    },
  ],
  ['/api/v1/incidents', { incidents: [INCIDENT] }],
  ['/api/v1/incidents/7', { incident: INCIDENT, timeline: [{ at: NOW, reason: { code: 'incident.opened' } }] }],
  ['/api/v1/majors?state=open', { majors: [MAJOR] }],
  ['/api/v1/majors/9', { major: MAJOR, timeline: [{ at: NOW, reason: MAJOR.title }], incidents: [INCIDENT] }],
  ['/api/v1/inventory', { chains: [CHAIN] }],
  ['/api/v1/audit?limit=5', { entries: [{ at: NOW, who: 'the-admin', action: 'token.create', detail: 'limit 5' }] }],
  [
    '/api/v1/set-aside',
    {
      entries: [{ at: NOW, source: 'vigie/v1/x', reason: 'not-json', sample: '{' }],
      counts: { 'not-json': 4 },
    },
  ],
  [
    '/api/v1/tickets/dead',
    {
      dead: [
        {
          ...{ id: 3, incident: 7, major: false, desk: 'main', action: 'open', subject: '[P2][001 Nantes] Till 3' },
          ...{ error: 'HTTP 500', attempts: 9, at: NOW - 60_000, diedAt: NOW - 1000 },
        },
      ],
    },
  ],
];

describe('reading', () => {
  test.each(READS)('%s gives what the ports hold, as its schema says', async (url, expected) => {
    const { app } = await serve();
    const response = await app.inject(as('admin', { url }));
    expect(response.statusCode).toBe(200);
    expect(response.json()).toEqual(expected);
    expect(response.headers['cache-control']).toBe('no-store');
    const [path] = url.split('?');
    expect(Schema.Errors(responseSchema(app.swagger(), path ?? ''), response.json())).toEqual([true, []]);
  });

  test('the wall comes with its place in the stream', async () => {
    const { app, emitDelta } = await serve();
    const first = (await app.inject(as('viewer', { url: '/api/v1/wall' }))).json();
    expect(first).toMatchObject({ at: NOW, stores: [TILE], incidents: [INCIDENT], chains: [{ name: 'acme' }] });
    expect(Schema.Errors(responseSchema(app.swagger(), '/api/v1/wall'), first)).toEqual([true, []]);
    emitDelta({ at: NOW, stores: [TILE] });
    const second = (await app.inject(as('viewer', { url: '/api/v1/wall' }))).json();
    expect(first.id).toMatch(/^[a-z0-9]+-0$/);
    expect(second.id).toBe(first.id.replace(/-0$/, '-1'));
  });

  test('a large wall is compressed for who can read it so', async () => {
    const { app, stores } = await serve();
    for (let i = 0; i < 100; i += 1) stores.push(TILE);
    const headers = { 'accept-encoding': 'gzip' };
    const response = await app.inject(as('viewer', { url: '/api/v1/wall', headers }));
    expect(response.headers['content-encoding']).toBe('gzip');
    expect(response.headers.vary).toContain('accept-encoding');
  });

  test.each([
    ['/api/v1/stores/acme/nowhere', 'no-such-store'],
    ['/api/v1/devices?store=acme/nowhere', 'no-such-store'],
    ['/api/v1/devices/acme/lyon-01/nothing', 'no-such-device'],
    ['/api/v1/live?device=acme/lyon-01', 'invalid'],
    ['/api/v1/metrics/range?device=acme/lyon-01/nothing&measurement=cpu&field=x', 'no-such-device'],
    ['/api/v1/incidents/99', 'no-such-incident'],
    ['/api/v1/nothing', 'not-found'],
    ['/api', 'not-found'],
    ['/api/v1/incidents/abc', 'invalid'],
    ['/api/v1/stores/acme/a%20b', 'invalid'],
    ['/api/v1/incidents?limit=0', 'invalid'],
    ['/api/v1/incidents?since=yesterday', 'invalid'],
    ['/api/v1/incidents?state=closed', 'invalid'],
    ['/api/v1/devices?store=a&store=b', 'invalid'],
    ['/api/v1/%', 'bad-request'],
  ])('%s is refused as %s', async (url, code) => {
    const { app } = await serve();
    expect(errorCodeOf(await app.inject(as('admin', { url })))).toBe(code);
  });

  test('incidents are asked for as the query says', async () => {
    const { app, calls } = await serve();
    await app.inject(
      as('viewer', { url: '/api/v1/incidents?state=open&store=acme/lyon-01&since=2026-11-02T09:00:00Z&limit=5' }),
    );
    expect(calls).toEqual([['list', { state: 'open', store: 'acme/lyon-01', since: NOW, limit: 5 }]]);
  });

  test('figures are Prometheus text, the stream’s own included', async () => {
    const { app } = await serve();
    const response = await app.inject(as('viewer', { url: '/metrics' }));
    expect(response.headers['content-type']).toBe('text/plain; version=0.0.4; charset=utf-8');
    expect(response.body).toContain('# TYPE vigie_reports_total counter\nvigie_reports_total{chain="acme"} 12\n');
    expect(response.body).toContain('\nvigie_live_readers 0\n');
  });
});

const post = (url: string, payload?: object): InjectOptions => ({
  method: 'POST',
  url,
  ...(payload !== undefined && { payload }),
});

describe('changing', () => {
  test('an operator comments on a major incident', async () => {
    const { app, calls } = await serve();
    const comment = (number: number, text: string) => post(`/api/v1/majors/${number}/comments`, { text });
    expect((await app.inject(as('operator', comment(9, 'Delta est prévenu.')))).statusCode).toBe(204);
    expect(calls).toEqual([['comment major', 9, 'the-operator', 'Delta est prévenu.']]);
    expect(errorCodeOf(await app.inject(as('operator', comment(7, 'Lequel ?'))))).toBe('no-such-incident');
    expect((await app.inject(as('viewer', comment(9, 'Et moi ?')))).statusCode).toBe(403);
    expect((await app.inject(as('operator', comment(9, ' ')))).statusCode).toBe(400);
  });

  test('an operator takes a major incident on', async () => {
    const { app, calls } = await serve();
    expect((await app.inject(as('operator', post('/api/v1/majors/9/acknowledge')))).statusCode).toBe(204);
    expect(calls).toEqual([['acknowledge major', 9, 'the-operator']]);
    const unknown = await app.inject(as('operator', post('/api/v1/majors/7/acknowledge')));
    expect(errorCodeOf(unknown)).toBe('no-such-incident');
    expect((await app.inject(as('viewer', { url: '/api/v1/majors/7' }))).statusCode).toBe(404);
  });

  test('an operator acknowledges and comments under their own name', async () => {
    const { app, calls } = await serve();
    const acknowledged = await app.inject(as('operator', post('/api/v1/incidents/7/acknowledge')));
    const commented = await app.inject(as('operator', post('/api/v1/incidents/7/comments', { text: 'On y va.' })));
    expect([acknowledged.statusCode, commented.statusCode]).toEqual([204, 204]);
    expect(calls).toEqual([
      ['acknowledge', 7, 'the-operator'],
      ['comment', 7, 'the-operator', 'On y va.'],
    ]);
  });

  test('an operator puts on hold with a reason, until a time that is still to come, and resumes', async () => {
    const { app, calls } = await serve();
    const hold = (payload: object) => app.inject(as('operator', post('/api/v1/incidents/7/hold', payload)));
    const until = new Date(NOW + 3_600_000).toISOString();
    expect((await hold({ why: 'pièce commandée', until })).statusCode).toBe(204);
    expect((await hold({ why: 'pièce commandée' })).statusCode).toBe(204);
    const resumed = await app.inject(as('operator', post('/api/v1/incidents/7/resume')));
    expect(resumed.statusCode).toBe(204);
    expect(calls).toEqual([
      ['hold', 7, 'the-operator', 'pièce commandée', NOW + 3_600_000],
      ['hold', 7, 'the-operator', 'pièce commandée', undefined],
      ['resume', 7, 'the-operator'],
    ]);
    const wrong = [{}, { why: ' ' }, { why: 'x', until: 'demain' }, { why: 'x', until: new Date(NOW).toISOString() }];
    for (const payload of wrong) expect(errorCodeOf(await hold(payload))).toBe('invalid');
    const viewer = await app.inject(as('viewer', post('/api/v1/incidents/7/hold', { why: 'x' })));
    expect(viewer.statusCode).toBe(403);
    const unknown = await app.inject(as('operator', post('/api/v1/incidents/9/resume')));
    expect(errorCodeOf(unknown)).toBe('no-such-incident');
  });

  test('an operator starts, assigns, merges, splits and reopens; what cannot be says why', async () => {
    const { app, calls } = await serve();
    const send = (path: string, payload?: object) =>
      app.inject(as('operator', post(`/api/v1/incidents/${path}`, payload)));
    const done = [
      await send('7/start'),
      await send('7/assign', { owner: 'Réseau', level: 2 }),
      await send('7/assign', {}),
      await send('7/merge', { into: 8 }),
      await send('7/split', { alerts: ['a'] }),
      await send('7/reopen', { why: 'toujours lente' }),
    ];
    expect(done.map(({ statusCode }) => statusCode)).toEqual(done.map(() => 204));
    expect(calls).toEqual([
      ['start', 7, 'the-operator'],
      ['assign', 7, 'the-operator', { owner: 'Réseau', level: 2 }],
      ['assign', 7, 'the-operator', {}],
      ['merge', 7, 'the-operator', 8],
      ['split', 7, 'the-operator', ['a']],
      ['reopen', 7, 'the-operator', 'toujours lente'],
    ]);
    for (const [path, payload] of [
      ['7/assign', { level: 4 }],
      ['7/assign', { owner: ' ' }],
      ['7/merge', {}],
      ['7/split', { alerts: [] }],
    ] as const)
      expect(errorCodeOf(await send(path, payload)), path).toBe('invalid');
    expect(errorCodeOf(await send('8/reopen', {}))).toBe('incident-not-reopened');
    expect(errorCodeOf(await send('9/reopen', {}))).toBe('no-such-incident');
    expect(errorCodeOf(await send('9/merge', { into: 8 }))).toBe('no-such-incident');
    const viewer = await app.inject(as('viewer', post('/api/v1/incidents/7/start')));
    expect(viewer.statusCode).toBe(403);
  });

  test('a resolved incident is told apart from one that never was', async () => {
    const { app } = await serve();
    const resolved = await app.inject(as('operator', post('/api/v1/incidents/8/acknowledge')));
    const unknown = await app.inject(as('operator', post('/api/v1/incidents/9/comments', { text: 'x' })));
    expect([errorCodeOf(resolved), errorCodeOf(unknown)]).toEqual(['incident-resolved', 'no-such-incident']);
  });

  test.each([
    ['no text', {}],
    ['blanks', { text: '  ' }],
    ['4,001 characters', { text: 'x'.repeat(4001) }],
    ['more than its text', { text: 'x', more: 1 }],
    ['a list', []],
  ])('a comment of %s is refused', async (_what, payload) => {
    const { app, calls } = await serve();
    const response = await app.inject(as('operator', post('/api/v1/incidents/7/comments', payload)));
    expect(errorCodeOf(response)).toBe('invalid');
    expect(calls).toEqual([]);
  });

  test('an inventory is taken whole, up to 64 MB', async () => {
    const { app, calls } = await serve();
    const title = 'x'.repeat(100);
    const [store] = CHAIN.stores;
    const stores = Array.from({ length: 10_000 }, (_, i) => ({ ...store, title, name: `s${i}` }));
    const inventory = { chains: [{ ...CHAIN, stores }] };
    expect(JSON.stringify(inventory).length).toBeGreaterThan(1024 * 1024);
    const response = await app.inject(as('admin', post('/api/v1/inventory', inventory)));
    expect(response.json()).toEqual({ chains: 1, stores: 1, devices: 1 });
    expect(calls).toEqual([['import', inventory, 'the-admin']]);
  });

  test('an inventory that contradicts itself is refused with every fault', async () => {
    const { app, calls } = await serve();
    const chains = [
      { ...CHAIN, name: 'bad' },
      { ...CHAIN, name: 'bad' },
    ];
    const response = await app.inject(as('admin', post('/api/v1/inventory', { chains })));
    expect(errorCodeOf(response)).toBe('inventory-refused');
    expect(response.json().error.details).toEqual([
      { path: 'chains[0].name', message: 'bad' },
      { path: 'chains[1].name', message: 'bad' },
    ]);
    expect(calls).toEqual([]);
  });

  test('an inventory of the wrong form is refused with the place of the fault', async () => {
    const { app } = await serve();
    const headers = { 'accept-language': 'fr-FR,fr;q=0.9,en;q=0.8' };
    const payload = { chains: [{ ...CHAIN, name: 'not a name' }] };
    const response = await app.inject(as('admin', { ...post('/api/v1/inventory', payload), headers }));
    expect(errorCodeOf(response)).toBe('invalid');
    expect(response.json().error.details).toEqual([
      { path: 'body.chains.0.name', message: 'doit correspondre à ^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$' },
    ]);
  });

  test('a token is made and told once', async () => {
    const { app, calls, logged } = await serve();
    const response = await app.inject(as('admin', post('/api/v1/tokens', { name: 'grafana', role: 'viewer' })));
    expect([response.statusCode, response.json()]).toEqual([201, { token: 'vigie_made-once' }]);
    expect(calls).toEqual([['create', 'grafana', 'viewer', 'the-admin']]);
    expect(logged.join()).not.toContain('made-once');
  });

  test('dead ticket work is replayed, or refused when there is none', async () => {
    const { app, calls } = await serve();
    const done = await app.inject(as('operator', post('/api/v1/tickets/dead/3/replay')));
    const none = await app.inject(as('operator', post('/api/v1/tickets/dead/4/replay')));
    expect([done.statusCode, errorCodeOf(none)]).toEqual([204, 'no-such-ticket-work']);
    expect(calls[0]).toEqual(['replay', 3, 'the-operator']);
  });

  test('dead ticket work is discarded by an operator who says why', async () => {
    const { app, calls } = await serve();
    const discard = (id: number, body: object) =>
      app.inject(as('operator', post(`/api/v1/tickets/dead/${id}/discard`, body)));
    expect((await discard(3, { why: 'double' })).statusCode).toBe(204);
    expect(errorCodeOf(await discard(4, { why: 'double' }))).toBe('no-such-ticket-work');
    expect((await discard(3, { why: '' })).statusCode).toBe(400);
    const viewer = await app.inject(as('viewer', post('/api/v1/tickets/dead/3/discard', { why: 'double' })));
    expect(viewer.statusCode).toBe(403);
    expect(calls[0]).toEqual(['discard', 3, 'the-operator', 'double']);
  });

  test('a ticket is shown as a desk would get it', async () => {
    const { app } = await serve();
    const preview = (desk: string, body: object) =>
      app.inject(as('operator', post(`/api/v1/desks/${desk}/preview`, body)));
    expect((await preview('main', { incident: 7, locale: 'en' })).json()).toEqual({
      ...{ subject: '7 en', text: 'x', about: { item: 'A-1' }, fields: { u: '1' } },
    });
    expect((await preview('main', {})).json()).toMatchObject({ subject: 'example fr' });
    expect(errorCodeOf(await preview('fax', {}))).toBe('no-such-ticket');
    expect(errorCodeOf(await preview('main', { incident: 99 }))).toBe('no-such-ticket');
  });

  test('how things stand at the desks, and all of one is tried again', async () => {
    const { app } = await serve();
    const { desks } = (await app.inject(as('operator', { url: '/api/v1/tickets/desks' }))).json() as {
      desks: object[];
    };
    expect(desks).toMatchObject([{ desk: 'main', waiting: 2, dead: 1 }]);
    const replayed = await app.inject(as('operator', post('/api/v1/tickets/desks/main/replay')));
    expect(replayed.json()).toEqual({ replayed: 1 });
  });

  test.each([
    ['a body that is not JSON', { payload: '{', headers: { 'content-type': 'application/json' } }, 'bad-request'],
    ['another type', { payload: 'text=x', headers: { 'content-type': 'text/plain' } }, 'not-json'],
    [
      'a poisoned prototype',
      { payload: '{"__proto__":{}}', headers: { 'content-type': 'application/json' } },
      'bad-request',
    ],
    ['over 1 MB', { payload: { text: 'x'.repeat(1024 * 1024) } }, 'too-large'],
  ])('%s is refused', async (_what, request, code) => {
    const { app } = await serve();
    const response = await app.inject(
      as('operator', { method: 'POST', url: '/api/v1/incidents/7/comments', ...request }),
    );
    expect(errorCodeOf(response)).toBe(code);
  });
});

test('what a full disk keeps from being done is said, and logged', async () => {
  const { app, ports, logged } = await serve();
  ports.inventory.import = () => Promise.reject(new StateStoreError('disk-full', '/var/lib/x', 'the disk is full'));
  const request = as('admin', { method: 'POST', url: '/api/v1/inventory', payload: { chains: [] } });
  const response = await app.inject(request);
  expect([response.statusCode, errorCodeOf(response)]).toEqual([503, 'cannot-keep']);
  expect(response.body).not.toContain('/var/lib/x');
  expect(logged.join()).toContain('the disk is full');
});

test('a fault of ours is logged, and nothing of it is told', async () => {
  const { app, ports, logged } = await serve();
  ports.metrics.last = () => Promise.reject(new Error('disk on fire at /var/lib/vigie'));
  const request = as('viewer', { url: '/api/v1/devices/acme/lyon-01/till-2' });
  const response = await app.inject({ ...request, headers: { ...request.headers, 'accept-language': 'fr' } });
  expect(errorCodeOf(response)).toBe('internal');
  expect(response.body).not.toContain('disk on fire');
  expect(response.json().error.message).toBe(
    'Une erreur s’est produite ici\u202f; elle est consignée dans le journal.',
  );
  expect(logged.join()).toContain('disk on fire');
  expect(logged.join()).not.toContain('viewer-token');
});

/** The schema of a route's 200 answer, as the served description has it. */
function responseSchema(document: unknown, path: string): object {
  const { paths, components } = document as {
    paths: Record<string, { get: { responses: Record<string, unknown> } }>;
    components: object;
  };
  const found = Object.entries(paths).find(([template]) =>
    new RegExp(`^${template.replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(path),
  );
  const answer = found?.[1].get.responses['200'] as { content: Record<string, { schema: object }> } | undefined;
  const schema = answer?.content['application/json']?.schema;
  if (schema === undefined) throw new Error(`no schema for ${path}`);
  return { ...schema, components };
}
