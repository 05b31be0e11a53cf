import { expect, test } from 'vitest';
import { PLANNED, WINDOW } from './fake-maintenance.ts';
import { as, errorCodeOf, serve } from './harness.ts';

const all = '/api/v1/maintenance';
const { id: _, ...announced } = WINDOW;

test('windows are listed', async () => {
  const { app } = await serve();
  expect((await app.inject(as('viewer', { url: all }))).json()).toEqual({ windows: [PLANNED] });
});

test('an operator announces one and replaces it; what cannot be is refused and says where', async () => {
  const { app, calls } = await serve();
  const post = (payload: object) => app.inject(as('operator', { method: 'POST', url: all, payload }));
  const { window } = (await post(announced)).json();
  expect(window).toEqual({ ...WINDOW, id: expect.stringMatching(/^[0-9a-f]{12}$/) });
  expect(errorCodeOf(await post({ ...announced, end: announced.start }))).toBe('window-refused');
  const refused = await post({ ...announced, end: announced.start });
  expect(refused.json().error.details).toEqual([{ path: 'end', message: 'after the start' }]);
  expect(errorCodeOf(await post({ ...announced, scope: undefined }))).toBe('invalid');
  expect(errorCodeOf(await post({ ...announced, start: 'tonight' }))).toBe('invalid');
  const put = await app.inject(as('operator', { method: 'PUT', url: `${all}/w1`, payload: announced }));
  expect(put.json().window).toEqual(WINDOW);
  expect(calls).toContainEqual(['saveWindow', WINDOW, 'the-operator']);
  const viewer = await app.inject(as('viewer', { method: 'POST', url: all, payload: announced }));
  expect(errorCodeOf(viewer)).toBe('forbidden');
});

test('many are imported, or none', async () => {
  const { app, calls } = await serve();
  const send = (payload: object) => app.inject(as('operator', { method: 'POST', url: `${all}/import`, payload }));
  const post = (...windows: object[]) => send({ windows });
  expect((await post(WINDOW)).json()).toEqual({ removed: 0 });
  expect(calls).toContainEqual(['saveWindows', [WINDOW], [], 'the-operator']);
  expect((await send({ windows: [], cancelled: ['w1'] })).json()).toEqual({ removed: 1 });
  expect(calls).toContainEqual(['saveWindows', [], ['w1'], 'the-operator']);
  expect(errorCodeOf(await send({ windows: [], cancelled: ['/'] }))).toBe('invalid');
  expect(errorCodeOf(await post({ ...WINDOW, id: 'bad' }))).toBe('window-refused');
  expect(errorCodeOf(await post({ ...WINDOW, id: '/' }))).toBe('invalid');
});

test('a calendar file is imported whole, or says which line is wrong', async () => {
  const { app, calls } = await serve();
  const post = (payload: object, role: 'viewer' | 'operator' = 'operator') =>
    app.inject(as(role, { method: 'POST', url: `${all}/import-calendar`, payload }));
  const file = { calendar: 'BEGIN:VCALENDAR', kind: 'change', scope: { places: ['acme'] } };
  expect((await post(file)).json()).toEqual({ imported: 3 });
  expect(calls).toContainEqual(['importCalendar', file, 'the-operator']);
  const refused = await post({ ...file, calendar: 'bad' });
  expect(errorCodeOf(refused)).toBe('window-refused');
  expect(refused.json().error.details).toEqual([{ path: 'calendar:1', message: 'begins badly' }]);
  expect(errorCodeOf(await post({ ...file, kind: 'party' }))).toBe('invalid');
  expect(errorCodeOf(await post(file, 'viewer'))).toBe('forbidden');
});

test('one is ended or taken away, with a reason', async () => {
  const { app, calls } = await serve();
  const post = (path: string, payload: object = { why: 'done early' }) =>
    app.inject(as('operator', { method: 'POST', url: `${all}/${path}`, payload }));
  expect((await post('w2/end')).statusCode).toBe(204);
  expect((await post('w1/remove')).statusCode).toBe(204);
  expect(calls).toContainEqual(['endWindow', 'w2', 'the-operator', 'done early']);
  expect(calls).toContainEqual(['removeWindow', 'w1', 'the-operator', 'done early']);
  expect(errorCodeOf(await post('w1/end'))).toBe('window-not-now');
  expect(errorCodeOf(await post('w9/end'))).toBe('no-such-window');
  expect(errorCodeOf(await post('w9/remove'))).toBe('no-such-window');
  expect(errorCodeOf(await post('w1/remove', {}))).toBe('invalid');
});

test('the calendar is read with a token, or with the key of its address, and with nothing else', async () => {
  const { app } = await serve();
  const { path } = (await app.inject(as('operator', { url: `${all}/feed` }))).json();
  expect(errorCodeOf(await app.inject(as('viewer', { url: `${all}/feed` })))).toBe('forbidden');
  const fed = await app.inject({ url: path });
  expect([fed.statusCode, fed.headers['content-type'], fed.body]).toEqual([
    ...[200, 'text/calendar; charset=utf-8', 'BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n'],
  ]);
  expect((await app.inject(as('viewer', { url: `${all}.ics` }))).statusCode).toBe(200);
  for (const url of [`${all}.ics`, `${all}.ics?key=feed-kex`, `${all}.ics?key=`]) {
    expect(errorCodeOf(await app.inject({ url }))).toBe('unauthenticated');
  }
});
