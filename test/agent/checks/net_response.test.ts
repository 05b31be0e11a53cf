import { expect, test } from 'vitest';
import { plugin } from '../../../agent/checks/net_response.ts';
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
