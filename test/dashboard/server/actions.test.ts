import { expect, test } from 'vitest';
import { as, errorCodeOf, serve } from './harness.ts';

const URL = '/api/v1/devices/acme/lyon-01/till-2/actions';
const ask = (payload: object, role: 'viewer' | 'operator' = 'operator') =>
  as(role, { method: 'POST', url: URL, payload });

test('what a device allows and what it was told', async () => {
  const { app, calls } = await serve();
  const answer = await app.inject(as('viewer', { url: `${URL}?limit=5` }));
  expect(answer.json()).toMatchObject({
    online: true,
    allowed: [{ name: 'restart_pos', title: { fr: 'Relancer un service' }, args: { service: ['posd', 'cupsd'] } }],
    commands: [{ id: '3', state: 'done', by: 'the-operator', why: 'frozen', reply: { before: 'failed' } }],
  });
  expect(calls).toEqual([['commands', { device: 'acme/lyon-01/till-2', limit: 5 }]]);
  expect(errorCodeOf(await app.inject(as('viewer', { url: URL.replace('till-2', 'till-9') })))).toBe('no-such-device');
});

test('an operator asks, with why and for which incident; the name is the token’s', async () => {
  const { app, calls } = await serve();
  const args = { service: 'posd' };
  const answer = await app.inject(ask({ action: 'restart_pos', args, why: 'frozen', incident: 7 }));
  expect(answer.statusCode).toBe(202);
  expect(answer.json().command).toMatchObject({ id: '3', state: 'sent' });
  const device = 'acme/lyon-01/till-2';
  expect(calls).toEqual([
    ['ask', { action: 'restart_pos', args, why: 'frozen', incident: 7, device, by: 'the-operator' }],
  ]);
});

test('a viewer may not, and what cannot be is refused in words', async () => {
  const { app } = await serve();
  expect(errorCodeOf(await app.inject(ask({ action: 'restart_pos' }, 'viewer')))).toBe('forbidden');
  expect(errorCodeOf(await app.inject(ask({ action: 'format_disk' })))).toBe('no-such-action');
  expect(errorCodeOf(await app.inject(ask({ action: 'restart_pos', incident: 8 })))).toBe('incident-resolved');
  expect(errorCodeOf(await app.inject(ask({ action: 'restart_pos', by: 'somebody' })))).toBe('invalid');
  const wrong = await app.inject({
    ...ask({ action: 'restart_pos' }),
    headers: { ...ask({}).headers, 'accept-language': 'fr' },
  });
  expect(errorCodeOf(wrong)).toBe('invalid');
  expect(wrong.json().error.details).toEqual([{ path: 'body.args.service', message: 'doit être l’un de posd, cupsd' }]);
});

test('one command, all commands, and the key that proves them', async () => {
  const { app } = await serve();
  expect((await app.inject(as('viewer', { url: `${URL}/3` }))).json().command.id).toBe('3');
  expect(errorCodeOf(await app.inject(as('viewer', { url: `${URL}/4` })))).toBe('no-such-command');
  expect((await app.inject(as('viewer', { url: '/api/v1/commands' }))).json().commands).toHaveLength(1);
  expect((await app.inject(as('viewer', { url: '/api/v1/commands/key' }))).json().publicKey).toMatch(/PUBLIC KEY/);
});
