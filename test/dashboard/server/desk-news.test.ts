import { expect, test } from 'vitest';
import { errorCodeOf, serve } from './harness.ts';

const news = (desk: string, body: string, headers: Record<string, string> = { 'x-signature': 's' }) => ({
  method: 'POST' as const,
  url: `/api/v1/desks/${desk}/news`,
  headers: { 'content-type': 'application/json', ...headers },
  payload: body,
});

test('what a desk sends comes through byte for byte, whatever it calls itself, and needs no token', async () => {
  const { app, calls } = await serve({ readingNeedsToken: true });
  const body = '{ "key" : "é" }\n';
  expect((await app.inject(news('main', body))).statusCode).toBe(204);
  for (const type of ['text/plain', 'application/x-odd', 'application/json; charset=utf-8']) {
    expect((await app.inject(news('main', body, { 'x-signature': 's', 'content-type': type }))).statusCode).toBe(204);
  }
  expect(calls).toEqual(Array.from({ length: 4 }, () => ['hear', 'main', body, 's']));
});

test('what is not signed, not understood, not followed or for no desk is said so', async () => {
  const { app } = await serve();
  const code = async (...told: Parameters<typeof news>) => errorCodeOf(await app.inject(news(...told)));
  expect(await code('main', '{}', {})).toBe('wrong-signature');
  expect(await code('main', '')).toBe('invalid');
  expect(await code('fax', '{}')).toBe('no-such-ticket');
  const later = await app.inject(news('away', '{}'));
  expect(errorCodeOf(later)).toBe('not-followed');
  expect(later.headers['retry-after']).toBe('30');
  expect(await code('main', 'x'.repeat(300_000))).toBe('too-large');
});
