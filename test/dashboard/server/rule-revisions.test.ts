import { expect, test } from 'vitest';
import { EFFECT, REVISION } from './fake-rules.ts';
import { as, errorCodeOf, serve } from './harness.ts';

const url = '/api/v1/rules';
const text = 'rules: []\n';

test('the rules that hold are read with where they come from, and every revision with its text', async () => {
  const { app, calls } = await serve();
  const get = (path: string) => app.inject(as('viewer', { url: `${url}${path}` }));
  expect((await get('')).json()).toEqual({ source: 'revision', revision: 2, newest: 2, text, last: REVISION });
  expect((await get('/revisions?limit=7')).json()).toEqual({ revisions: [REVISION] });
  expect(calls).toContainEqual(['ruleRevisions', 7]);
  expect((await get('/revisions/2')).json()).toEqual({ text, revision: REVISION });
  expect((await get('/revisions/0')).json()).toEqual({ text: 'rules: [of the file]\n' });
  expect(errorCodeOf(await get('/revisions/1'))).toBe('no-such-revision');
  expect(errorCodeOf(await get('/revisions/-1'))).toBe('invalid');
});

test('an operator applies rules with a reason, or asks what they would do', async () => {
  const { app, calls } = await serve();
  const post = (payload: object, role: 'viewer' | 'operator' = 'operator') =>
    app.inject(as(role, { method: 'POST', url, payload }));
  expect((await post({ text, dryRun: true })).json()).toEqual({ revision: 2, effect: EFFECT });
  expect((await post({ text, why: 'less noise', ifRevision: 2 })).json()).toEqual({ revision: 3, effect: EFFECT });
  expect(calls).toContainEqual(['applyRules', { text, why: '', dryRun: true, by: 'the-operator' }]);
  expect(calls).toContainEqual(['applyRules', { text, why: 'less noise', ifRevision: 2, by: 'the-operator' }]);
  expect(errorCodeOf(await post({ text }))).toBe('invalid');
  expect(errorCodeOf(await post({ text, why: ' ' }))).toBe('invalid');
  expect(errorCodeOf(await post({ why: 'x' }))).toBe('invalid');
  expect(errorCodeOf(await post({ text: 'x'.repeat(1024 * 1024 + 1), why: 'x' }))).toBe('invalid');
  expect(errorCodeOf(await post({ text, why: 'less noise', ifRevision: 1 }))).toBe('rules-changed');
  const refused = await post({ text: 'bad', why: 'x' });
  expect(errorCodeOf(refused)).toBe('rules-refused');
  expect(refused.json().error.details).toEqual([{ path: '/rules/0/raise', message: 'must be a number' }]);
  expect(errorCodeOf(await post({ text, why: 'x' }, 'viewer'))).toBe('forbidden');
});

test('they are undone in one call', async () => {
  const { app, calls } = await serve();
  const post = (payload: object) => app.inject(as('operator', { method: 'POST', url: `${url}/undo`, payload }));
  expect((await post({ why: 'too quiet' })).json()).toEqual({ revision: 3, effect: EFFECT });
  expect((await post({ to: 0, dryRun: true })).json().revision).toBe(2);
  expect(calls).toContainEqual(['undoRules', { why: 'too quiet', by: 'the-operator' }]);
  expect(errorCodeOf(await post({ to: 9, why: 'x' }))).toBe('no-such-revision');
  expect(errorCodeOf(await post({}))).toBe('invalid');
});
