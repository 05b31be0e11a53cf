import { expect, test } from 'vitest';
import { bearer, errorCodeOf, serve } from './harness.ts';

const url = '/api/v1/on-call/network';

test('who is on call is told; calendars are imported and taken away by operators', async () => {
  const { app, calls } = await serve({ readingNeedsToken: true });
  const listed = await app.inject({ url: '/api/v1/on-call', headers: bearer('viewer') });
  expect(listed.json()).toMatchObject({ calendars: [{ name: 'network', now: { who: 'Inès' } }] });
  const put = (role: 'viewer' | 'operator', payload: object) =>
    app.inject({ method: 'POST', url, headers: bearer(role), payload });
  expect((await put('operator', { calendar: 'good' })).statusCode).toBe(204);
  expect(calls.at(-1)).toEqual(['rota', 'network', 'good', 'Europe/Paris', expect.any(String)]);
  const refused = await put('operator', { calendar: 'bad', timeZone: 'UTC' });
  expect(errorCodeOf(refused)).toBe('calendar-refused');
  expect(refused.json().error.details).toEqual([{ path: 'line 1', message: 'no' }]);
  expect(errorCodeOf(await put('viewer', { calendar: 'good' }))).toBe('forbidden');
  const remove = (name: string) =>
    app.inject({ method: 'DELETE', url: `/api/v1/on-call/${name}`, headers: bearer('operator') });
  expect((await remove('network')).statusCode).toBe(204);
  expect(errorCodeOf(await remove('other'))).toBe('no-such-calendar');
});
