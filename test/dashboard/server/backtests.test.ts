import { expect, test } from 'vitest';
import { as, errorCodeOf, serve } from './harness.ts';

const all = '/api/v1/backtests';
const asked = { rules: 'rules: []', from: 1, to: 2 };

test('an operator has the past replayed', async () => {
  const { app, calls } = await serve();
  const post = (payload: object, role: 'viewer' | 'operator' = 'operator') =>
    app.inject(as(role, { method: 'POST', url: all, payload }));
  const answer = await post(asked);
  expect(answer.statusCode).toBe(202);
  expect(answer.json()).toMatchObject({ id: '0123456789ab', standing: 'running', from: 1, to: 2 });
  expect(calls).toContainEqual(['backtest', asked.rules, 'the-operator']);
  expect(errorCodeOf(await post(asked, 'viewer'))).toBe('forbidden');
});

test('what cannot be replayed is refused and says where; and one while another runs', async () => {
  const { app } = await serve();
  const post = (payload: object) => app.inject(as('operator', { method: 'POST', url: all, payload }));
  const refused = await post({ ...asked, rules: 'bad' });
  expect(errorCodeOf(refused)).toBe('backtest-refused');
  expect(refused.json().error.details).toEqual([{ path: '/rules/0', message: 'expected a rule' }]);
  expect(errorCodeOf(await post({ ...asked, rules: 'busy' }))).toBe('backtest-running');
  expect(errorCodeOf(await post({ ...asked, rules: '' }))).toBe('invalid');
  expect(errorCodeOf(await post({ ...asked, from: 'yesterday' }))).toBe('invalid');
});

test('how far it is can be asked, and it can be cancelled', async () => {
  const { app } = await serve();
  const call = (method: 'GET' | 'DELETE', id: string) => app.inject(as('operator', { method, url: `${all}/${id}` }));
  expect((await call('GET', '0123456789ab')).json()).toMatchObject({ done: 3, total: 12, secondsLeft: 9 });
  expect(errorCodeOf(await call('GET', 'ffffffffffff'))).toBe('no-such-backtest');
  expect((await call('DELETE', '0123456789ab')).statusCode).toBe(204);
  expect(errorCodeOf(await call('DELETE', 'ffffffffffff'))).toBe('no-such-backtest');
  expect(errorCodeOf(await call('GET', 'x'))).toBe('invalid');
});
