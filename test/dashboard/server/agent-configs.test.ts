import { expect, test } from 'vitest';
import { DEVICE } from './fake-ports.ts';
import { as, serve } from './harness.ts';

const url = '/api/v1/agent-configs';
const change = { scope: 'acme', settings: { intervalS: 30 }, basedOn: 1, comment: 'slower' };

test('desired, applied and refused by device, with a filter', async () => {
  const { app, calls } = await serve();
  const list = await app.inject(as('viewer', { url: `${url}/devices?standing=behind&store=acme/lyon-01` }));
  expect(list.statusCode).toBe(200);
  expect(list.json()).toMatchObject({
    devices: [{ standing: 'behind', desired: { version: 4 }, state: 'down', lastReportAt: DEVICE.lastReportAt }],
    counts: { behind: 1 },
  });
  expect(calls).toContainEqual(['configDevices', { standing: 'behind', store: 'acme/lyon-01', limit: 1000 }]);
  const one = await app.inject(as('operator', { url: `${url}/devices/${DEVICE.key}` }));
  expect(one.json()).toMatchObject({
    applied: 3,
    refused: { version: 4, reason: 'link' },
    from: { intervalS: { scope: 'acme', version: 2 } },
  });
  expect((await app.inject(as('operator', { url: `${url}/devices/acme/lyon-01/none` }))).statusCode).toBe(404);
  // Settings may hold what not everyone who looks at the wall should read.
  expect((await app.inject(as('viewer', { url: `${url}/devices/${DEVICE.key}` }))).statusCode).toBe(403);
  expect((await app.inject(as('viewer', { url: `${url}/scopes` }))).statusCode).toBe(403);
});

test('a change is an administrator’s, bears a name, and is refused when it comes too late or is wrong', async () => {
  const { app, calls } = await serve();
  const put = (payload: object, role: 'admin' | 'operator' = 'admin') =>
    app.inject(as(role, { method: 'POST', url: `${url}/scope`, payload }));
  expect((await put(change, 'operator')).statusCode).toBe(403);
  const saved = await put(change);
  expect(saved.json()).toMatchObject({ saved: { version: 2 }, devices: 12 });
  expect(calls).toContainEqual(['configSave', change, 'the-admin']);
  const late = await put({ ...change, basedOn: 0 });
  expect([late.statusCode, late.json().error.code]).toEqual([409, 'config-changed']);
  expect(late.json().error.details).toEqual([{ path: 'body.basedOn', message: 'version 2 is the newest' }]);
  const wrong = await put({ ...change, settings: { bad: 1 } });
  expect([wrong.statusCode, wrong.json().error.details]).toEqual([422, [{ path: 'bad', message: 'unknown key' }]]);
});

test('preview, history, revert and retry', async () => {
  const { app, calls } = await serve();
  const post = (path: string, payload: object) =>
    app.inject(as('admin', { method: 'POST', url: `${url}/${path}`, payload }));
  expect((await post('preview', { scope: 'acme', settings: {} })).json()).toEqual({ devices: 12 });
  expect(
    (await app.inject(as('operator', { url: `${url}/history?scope=acme:till&limit=5` }))).json().versions,
  ).toHaveLength(1);
  expect(calls).toContainEqual(['configHistory', 'acme:till', 5]);
  const revert = { scope: 'acme', to: 1, basedOn: 2, comment: '' };
  expect((await post('revert', revert)).statusCode).toBe(200);
  expect((await post('revert', { ...revert, to: 9 })).statusCode).toBe(404);
  expect((await post(`devices/${DEVICE.key}/retry`, {})).statusCode).toBe(204);
  expect(calls).toContainEqual(['configRetry', DEVICE.key, 'the-admin']);
});
