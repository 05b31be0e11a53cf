import { expect, test } from 'vitest';
import { askDesk } from '../../../alerting/desks/ask.ts';
import { DeskFailure } from '../../../alerting/desks/desk-failure.ts';
import { AT } from '../fixtures.ts';

const signal = new AbortController().signal;
const ask = (answer: () => Response | Promise<Response>, question = {}) =>
  askDesk({ fetch: async () => answer(), now: () => AT }, 'https://desk.example/api', {
    method: 'GET',
    signal,
    ...question,
  });
const failureOf = async (answer: () => Response | Promise<Response>, question = {}) => {
  const failure = await ask(answer, question).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(DeskFailure);
  return (failure as DeskFailure).delivery;
};

test('an answer is read, an empty one as well, and a 404 is one', async () => {
  expect(await ask(() => Response.json({ id: 1 }, { status: 201 }))).toMatchObject({ status: 201, json: { id: 1 } });
  expect(await ask(() => new Response(null, { status: 204 }))).toMatchObject({ status: 204, json: undefined });
  expect(await ask(() => Response.json({ message: 'Not Found' }, { status: 404 }))).toMatchObject({ status: 404 });
});

test.each([
  [401, 'HTTP 401: the desk does not accept our credentials'],
  [408, 'HTTP 408'],
  [429, 'HTTP 429'],
  [500, 'HTTP 500'],
  [503, 'HTTP 503'],
])('a %s is tried again: it says nothing of the ticket', async (status, error) => {
  const headers = { 'retry-after': '120' };
  expect(await failureOf(() => new Response('{}', { status, headers }))).toEqual({
    outcome: 'retry',
    error,
    retryAfterS: 120,
  });
});

test.each([
  [400, '{"message":"Subject is missing"}', 'HTTP 400: Subject is missing'],
  [403, '{"error":{"message":"Operation Failed","detail":"no code"}}', 'HTTP 403: Operation Failed, no code'],
  [403, '{"error":{"code":3}}', 'HTTP 403'],
  [400, '["ERROR_GLPI_ADD","not allowed"]', 'HTTP 400: ERROR_GLPI_ADD, not allowed'],
  [422, 'not json', 'HTTP 422'],
  [302, '', 'HTTP 302'],
])('a %s is refused, in the desk’s words where it has some', async (status, body, error) => {
  expect(await failureOf(() => new Response(body, { status }))).toEqual({ outcome: 'refused', error });
});

test('a web page is no answer, nor is half of one', async () => {
  expect(await failureOf(() => new Response(' <!DOCTYPE html><html>asleep</html>'))).toMatchObject({
    outcome: 'retry',
  });
  expect(await failureOf(() => new Response('{"id":'))).toEqual({
    outcome: 'retry',
    error: 'HTTP 200 with an answer that is not JSON',
  });
});

test('what breaks on the way is tried again, and no address is told', async () => {
  const broken = new TypeError('fetch https://user:secret@desk.example failed', {
    cause: Object.assign(new Error('connect https://user:secret@desk.example'), { code: 'ECONNREFUSED' }),
  });
  expect(await failureOf(() => Promise.reject(broken))).toEqual({
    outcome: 'retry',
    error: 'connection failed (ECONNREFUSED)',
  });
  expect(await failureOf(() => Promise.reject(broken), { signal: AbortSignal.abort() })).toEqual({
    outcome: 'retry',
    error: 'no answer in time',
  });
});
