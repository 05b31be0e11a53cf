import { expect, test } from 'vitest';
import { plugin } from '../../../agent/checks/http_response.ts';
import { createFakeContext } from '../fake-context.ts';

const url = 'http://user:secret@pos:8080/health?key=hidden';
const server = 'http://pos:8080/health';
const answering = (body: string | null, status = 200) =>
  createFakeContext({ fetch: async () => new Response(body, { status }) });

test('a right answer: status, size, time', async () => {
  let ms = 0;
  const fetch = async () => {
    ms += 40;
    return new Response('{"status":"UP"}');
  };
  const run = plugin.create({ url, match: '"UP"' });
  const { points, statuses } = await run(createFakeContext({ fetch, monotonicMs: () => ms }));
  expect(points).toEqual([
    {
      m: 'http_response',
      t: { server, method: 'GET', result: 'success' },
      f: { result_code: 0, response_time: 0.04, first_byte_time: 0.04, http_response_code: 200, content_length: 15 },
    },
  ]);
  expect(statuses).toEqual([{ check: 'the-check', status: 'ok' }]);
});

test.each([
  ['a fault of the server', {}, answering('', 503), 'response_status_code_mismatch', 6, `${server} answers 503.`],
  [
    'another status than wanted',
    { status: 204 },
    answering('x'),
    'response_status_code_mismatch',
    6,
    `${server} answers 200.`,
  ],
  [
    'other words',
    { match: 'UP' },
    answering('DOWN'),
    'response_string_mismatch',
    1,
    `The answer of ${server} lacks the expected text.`,
  ],
  [
    'no body where words are wanted',
    { match: 'UP' },
    answering(null),
    'response_string_mismatch',
    1,
    `The answer of ${server} lacks the expected text.`,
  ],
])('%s is critical', async (_, more, ctx, result, result_code, text) => {
  const { points, statuses } = await plugin.create({ url, ...more })(ctx);
  expect(points[0]).toMatchObject({ t: { result }, f: { result_code } });
  expect(statuses).toEqual([{ check: 'the-check', status: 'critical', text }]);
});

test.each([
  ['ENOTFOUND', 'dns_error', 5],
  ['ECONNREFUSED', 'connection_failed', 3],
  ['UND_ERR_CONNECT_TIMEOUT', 'timeout', 4],
])('%s is told as %s', async (code, result, result_code) => {
  const fetch = async () => {
    throw new TypeError('fetch failed', { cause: Object.assign(new Error('x'), { code }) });
  };
  const { points, statuses } = await plugin.create({ url })(createFakeContext({ fetch }));
  expect(points).toEqual([{ m: 'http_response', t: { server, method: 'GET', result }, f: { result_code } }]);
  expect(statuses[0]?.status).toBe('critical');
});

test('half a body', async () => {
  const broken = new ReadableStream({
    start(controller) {
      controller.enqueue(Buffer.from('half'));
    },
    pull(controller) {
      controller.error(new Error('terminated'));
    },
  });
  const { points } = await plugin.create({ url })(createFakeContext({ fetch: async () => new Response(broken) }));
  expect(points[0]).toMatchObject({ t: { result: 'body_read_error' }, f: { result_code: 2, http_response_code: 200 } });
});

test('an endless body is read to the first megabyte', async () => {
  const endless = new ReadableStream({ pull: (controller) => controller.enqueue(new Uint8Array(65_536)) });
  const { points } = await plugin.create({ url })(createFakeContext({ fetch: async () => new Response(endless) }));
  expect(points[0]?.f.content_length).toBe(1_048_576);
});

test('credentials go where they belong and show nowhere', async () => {
  let asked: [string, RequestInit] | undefined;
  const fetch = async (address: string, init: RequestInit) => {
    asked = [address, init];
    return new Response('', { status: 500 });
  };
  const result = await plugin.create({ url, headers: { 'X-Api-Key': 'abc' } })(createFakeContext({ fetch }));
  expect(asked?.[0]).toBe('http://pos:8080/health?key=hidden');
  expect(asked?.[1].headers).toEqual({ Authorization: 'Basic dXNlcjpzZWNyZXQ=', 'X-Api-Key': 'abc' });
  expect(asked?.[1].redirect).toBe('manual');
  expect(JSON.stringify(result)).not.toMatch(/secret|hidden|abc/);
  expect(plugin.distinguish?.({ url })).toBe(server);
});

const redirectTo = (location: string, status = 302) => new Response(null, { status, headers: { location } });

function serve(answers: Record<string, () => Response>) {
  const asked: { address: string; init: RequestInit }[] = [];
  const fetch = async (address: string, init: RequestInit) => {
    asked.push({ address, init });
    return (answers[address] ?? (() => new Response('', { status: 404 })))();
  };
  return { asked, fetch };
}

test('redirections are followed and counted; what was meant for one server is not handed to another', async () => {
  const { asked, fetch } = serve({
    'http://pos/a': () => redirectTo('/b'),
    'http://pos/b': () => redirectTo('https://elsewhere/c'),
    'https://elsewhere/c': () => new Response('well'),
  });
  const run = plugin.create({
    url: 'http://user:secret@pos/a',
    method: 'POST',
    body: 'card',
    headers: { 'X-Key': 'k' },
    followRedirects: true,
  });
  const { points } = await run(createFakeContext({ fetch }));
  expect(points[0]).toMatchObject({ t: { result: 'success' }, f: { redirects: 2, http_response_code: 200 } });
  expect(asked.map(({ address, init }) => [address, init.method, init.body, init.headers])).toEqual([
    ['http://pos/a', 'POST', 'card', { Authorization: 'Basic dXNlcjpzZWNyZXQ=', 'X-Key': 'k' }],
    ['http://pos/b', 'GET', undefined, { Authorization: 'Basic dXNlcjpzZWNyZXQ=', 'X-Key': 'k' }],
    ['https://elsewhere/c', 'GET', undefined, {}],
  ]);
});

test('a circle of redirections ends: the last one is the answer', async () => {
  const { asked, fetch } = serve({ 'http://pos/a': () => redirectTo('/a') });
  const run = plugin.create({ url: 'http://pos/a', followRedirects: true, maxRedirects: 3, status: 200 });
  const { points } = await run(createFakeContext({ fetch }));
  expect(asked).toHaveLength(4);
  expect(points[0]).toMatchObject({
    t: { result: 'response_status_code_mismatch' },
    f: { redirects: 3, http_response_code: 302 },
  });
});

test('headers from a file are sent and never shown', async () => {
  const { asked, fetch } = serve({});
  const files = { '/etc/vigie/key': '# for the till\nAuthorization: Bearer s3cr3t-token\n\n' };
  const result = await plugin.create({ url, headersFile: '/etc/vigie/key' })(createFakeContext({ fetch, files }));
  expect(asked[0]?.init.headers).toEqual({ Authorization: 'Bearer s3cr3t-token' });
  expect(JSON.stringify(result)).not.toContain('s3cr3t');
  const broken = { '/etc/vigie/key': 'Bearer s3cr3t-token' };
  await expect(
    plugin.create({ url, headersFile: '/etc/vigie/key' })(createFakeContext({ fetch, files: broken })),
  ).rejects.toThrow(/^\/etc\/vigie\/key: line 1 is not “Name: value”$/);
});

test.each([
  ['a number', '{"queue":{"length":7}}', 'queue.length', 7],
  ['a truth', '{"up":true}', 'up', 1],
  ['a number in a text', '{"a":["x","12.5"]}', 'a.1', 12.5],
  ['a list, as its length', '{"a":[1,2,3]}', 'a', 3],
])('the value at a path: %s', async (_, body, jsonPath, value) => {
  const { points } = await plugin.create({ url, jsonPath })(answering(body));
  expect(points[0]).toMatchObject({ t: { result: 'success' }, f: { value } });
});

test.each([
  ['not there', '{"queue":{}}'],
  ['inherited', '{}'],
  ['no JSON', '<html>'],
])('no value at the path, %s, is a mismatch', async (reason, body) => {
  const jsonPath = reason === 'inherited' ? 'toString.length' : 'queue.length';
  const { points } = await plugin.create({ url, jsonPath })(answering(body));
  expect(points[0]).toMatchObject({ t: { result: 'response_string_mismatch' }, f: { result_code: 1 } });
  expect(points[0]?.f).not.toHaveProperty('value');
});
