import { expect, test } from 'vitest';
import { BRANCH, DEVICE, EVENTS, FOUND, GONE } from './fake-ports.ts';
import { as, errorCodeOf, serve } from './harness.ts';

const events = `/api/v1/devices/${DEVICE.key}/events`;
const find = '/api/v1/discovery/acme/lyon-01/10.1.0.7';

test('events come newest first, page by page, without what only we need', async () => {
  const { app, calls } = await serve();
  const { id: _, ...first } = EVENTS[0] as (typeof EVENTS)[number];
  const one = await app.inject(as('viewer', { url: `${events}?limit=1` }));
  expect(one.json()).toEqual({ events: [first], next: `${first.at}-12` });
  await app.inject(as('viewer', { url: `${events}?limit=1&after=${first.at}-12` }));
  expect(calls).toContainEqual(['events', DEVICE.key, { limit: 2, after: { at: first.at, id: 12 } }]);
  const all = await app.inject(as('viewer', { url: events }));
  expect(all.json().events).toHaveLength(2);
  expect(all.json().next).toBeUndefined();
});

test('events of a device nobody knows, or behind a place that is none, are refused', async () => {
  const { app } = await serve();
  const unknown = await app.inject(as('viewer', { url: '/api/v1/devices/acme/lyon-01/none/events' }));
  expect(errorCodeOf(unknown)).toBe('no-such-device');
  const nowhere = await app.inject(as('viewer', { url: `${events}?after=x` }));
  expect(errorCodeOf(nowhere)).toBe('invalid');
});

test('the tree of a store names what each branch stands on', async () => {
  const { app } = await serve();
  const found = await app.inject(as('viewer', { url: '/api/v1/stores/acme/lyon-01/topology' }));
  expect(found.json()).toEqual({ branches: [BRANCH] });
  const none = await app.inject(as('viewer', { url: '/api/v1/stores/acme/none/topology' }));
  expect(errorCodeOf(none)).toBe('no-such-store');
});

test('what was found and what is gone is listed, of all stores or one', async () => {
  const { app, calls } = await serve();
  const response = await app.inject(as('viewer', { url: '/api/v1/discovery?store=acme/lyon-01' }));
  expect(response.json()).toEqual({ found: [FOUND], gone: [GONE] });
  expect(calls).toContainEqual(['discovery', 'acme/lyon-01']);
});

test('an administrator accepts under a name; the refusals say why', async () => {
  const { app, calls } = await serve();
  const accept = (role: 'operator' | 'admin', name: string, url = find) =>
    app.inject(as(role, { method: 'POST', url: `${url}/accept`, payload: { name, kind: 'switch' } }));
  expect(errorCodeOf(await accept('operator', 'sw-1'))).toBe('forbidden');
  const place = { store: 'acme/lyon-01', address: '10.1.0.7' };
  expect((await accept('admin', 'sw-1')).json()).toEqual({ device: 'acme/lyon-01/sw-1' });
  expect(calls).toContainEqual(['accept', place, { name: 'sw-1', kind: 'switch' }, 'the-admin']);
  expect(errorCodeOf(await accept('admin', 'sw-1', find.replace('0.7', '0.8')))).toBe('no-such-find');
  expect(errorCodeOf(await accept('admin', 'bad'))).toBe('config-refused');
  expect(errorCodeOf(await accept('admin', 'not a name'))).toBe('invalid');
  const theirs = await accept('admin', 'theirs');
  expect(errorCodeOf(theirs)).toBe('agent-own-file');
  expect(theirs.json().error.details).toEqual([{ path: 'snmpDevices', message: '- { name: theirs }' }]);
});

test('an operator dismisses with a reason, and takes it back', async () => {
  const { app, calls } = await serve();
  const post = (what: string, payload: object, url = find) =>
    app.inject(as('operator', { method: 'POST', url: `${url}/${what}`, payload }));
  const place = { store: 'acme/lyon-01', address: '10.1.0.7' };
  expect((await post('dismiss', { why: 'a phone' })).statusCode).toBe(204);
  expect((await post('recall', {})).statusCode).toBe(204);
  expect(calls).toContainEqual(['dismiss', place, 'a phone', 'the-operator']);
  expect(calls).toContainEqual(['recall', place, 'the-operator']);
  expect(errorCodeOf(await post('dismiss', {}))).toBe('invalid');
  expect(errorCodeOf(await post('dismiss', { why: 'x' }, find.replace('0.7', '0.8')))).toBe('no-such-find');
});
