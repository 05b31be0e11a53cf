import { expect, test } from 'vitest';
import type { CheckContext } from '../../../agent/check.ts';
import { plugin } from '../../../agent/checks/net_response.ts';
import { listFaults } from '../../../agent/config-faults.ts';
import { createFakeContext } from '../fake-context.ts';

const run = plugin.create({ server: 'pos', port: 8443 });
const tags = { server: 'pos', port: '8443', protocol: 'tcp' };

test('a port that takes connections: how long it took', async () => {
  let ms = 1000;
  const connect = async () => {
    ms += 25;
  };
  const { points, statuses } = await run(createFakeContext({ connect, monotonicMs: () => ms }));
  expect(points).toEqual([
    { m: 'net_response', t: { ...tags, result: 'success' }, f: { response_time: 0.025, result_code: 0 } },
  ]);
  expect(statuses).toEqual([{ check: 'the-check', status: 'ok' }]);
});

test('a refusal is a result, with its code', async () => {
  const connect = async () => {
    throw Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
  };
  const { points, statuses } = await run(createFakeContext({ connect }));
  expect(points).toEqual([{ m: 'net_response', t: { ...tags, result: 'connection_failed' }, f: { result_code: 2 } }]);
  expect(statuses).toEqual([
    {
      check: 'the-check',
      status: 'critical',
      text: 'pos:8443 refuses the connection or cannot be reached (ECONNREFUSED).',
    },
  ]);
});

test('no answer in time is a result', async () => {
  const late = new AbortController();
  const connect = async () => {
    late.abort(new DOMException('time is up', 'TimeoutError'));
    throw late.signal.reason;
  };
  const { points, statuses } = await run(createFakeContext({ connect, signal: late.signal }));
  expect(points[0]).toMatchObject({ t: { result: 'timeout' }, f: { result_code: 1 } });
  expect(statuses[0]).toMatchObject({ status: 'critical', text: 'pos:8443 gives no answer in time.' });
});

const asking = plugin.create({ server: 'mail', port: 25, send: 'EHLO vigie\r\n', expect: '^250' });

test('what it says must be as expected', async () => {
  const asked: unknown[] = [];
  const exchange: CheckContext['exchange'] = async (host, port, { send, until }) => {
    asked.push(host, port, send);
    return { received: Buffer.from('250 ok'), isWhole: until(Buffer.from('250 ok')) };
  };
  const { points, statuses } = await asking(createFakeContext({ exchange }));
  expect(asked).toEqual(['mail', 25, 'EHLO vigie\r\n']);
  expect(points[0]).toMatchObject({
    t: { result: 'success' },
    f: { string_found: 1, response_time: 0, result_code: 0 },
  });
  expect(statuses).toEqual([{ check: 'the-check', status: 'ok' }]);
});

test('other words are a result, and what was said is not shown', async () => {
  const exchange: CheckContext['exchange'] = async (_host, _port, { until }) => {
    const received = Buffer.from('554 secret');
    return { received, isWhole: until(received) };
  };
  const { points, statuses } = await asking(createFakeContext({ exchange }));
  expect(points[0]).toMatchObject({ t: { result: 'string_mismatch' }, f: { string_found: 0, result_code: 4 } });
  expect(statuses[0]?.text).toBe('The answer of mail:25 lacks the expected text.');
});

test('a connection broken off is a result', async () => {
  const exchange = async () => {
    throw Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' });
  };
  const { points, statuses } = await asking(createFakeContext({ exchange }));
  expect(points[0]).toMatchObject({ t: { result: 'read_failed' }, f: { result_code: 3 } });
  expect(statuses[0]?.text).toBe('mail:25 broke the connection off (ECONNRESET).');
});

test('sending needs something to expect', () => {
  expect(listFaults(plugin.options, { server: 'a', port: 1, send: 'x' })).not.toEqual([]);
});
