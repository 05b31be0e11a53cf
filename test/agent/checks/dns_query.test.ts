import { expect, test } from 'vitest';
import { plugin } from '../../../agent/checks/dns_query.ts';
import { listFaults } from '../../../agent/config-faults.ts';
import { createFakeContext } from '../fake-context.ts';

const domain = 'pos.example.net';
const tags = { domain, record_type: 'A', server: '10.0.0.53' };
const failing = (code: string) => async () => {
  throw Object.assign(new Error(`queryA ${code} ${domain}`), { code });
};

test('the answer expected, and how long it took', async () => {
  const asked: unknown[] = [];
  let ms = 0;
  const resolve = async (...question: unknown[]) => {
    asked.push(...question);
    ms += 12.5;
    return ['10.0.0.10', '10.0.0.11'];
  };
  const run = plugin.create({ domain, server: '10.0.0.53', expect: ['10.0.0.11'] });
  const { points, statuses } = await run(createFakeContext({ resolve, monotonicMs: () => ms }));
  expect(asked).toEqual([domain, 'A', '10.0.0.53']);
  expect(points).toEqual([
    { m: 'dns_query', t: { ...tags, result: 'success' }, f: { query_time_ms: 12.5, answers: 2, result_code: 0 } },
  ]);
  expect(statuses).toEqual([{ check: 'the-check', status: 'ok' }]);
});

test('names are compared in any case, with or without the last dot', async () => {
  const run = plugin.create({ domain, recordType: 'CNAME', expect: ['Till.Example.net.'] });
  const { points } = await run(createFakeContext({ resolve: async () => ['till.example.net'] }));
  expect(points[0]?.t).toEqual({ domain, record_type: 'CNAME', server: 'system', result: 'success' });
});

test('another answer', async () => {
  const run = plugin.create({ domain, expect: ['10.0.0.10'] });
  const { points, statuses } = await run(createFakeContext({ resolve: async () => ['192.0.2.9'] }));
  expect(points[0]).toMatchObject({ t: { result: 'unexpected_answer' }, f: { result_code: 3 } });
  expect(statuses[0]).toMatchObject({
    status: 'critical',
    text: 'pos.example.net has not the expected answer, but: 192.0.2.9.',
  });
});

test.each([
  ['ENOTFOUND', 'error', 2, 'The name server does not know pos.example.net (ENOTFOUND).'],
  ['ESERVFAIL', 'error', 2, 'The DNS query for pos.example.net failed (ESERVFAIL).'],
  ['ETIMEOUT', 'timeout', 1, 'The name server gives no answer for pos.example.net in time.'],
])('%s', async (code, result, result_code, text) => {
  const { points, statuses } = await plugin.create({ domain, server: '10.0.0.53' })(
    createFakeContext({ resolve: failing(code) }),
  );
  expect(points).toEqual([{ m: 'dns_query', t: { ...tags, result }, f: { result_code } }]);
  expect(statuses).toEqual([{ check: 'the-check', status: 'critical', text }]);
});

test.each([
  ['10.0.0.53', true],
  ['10.0.0.53:5353', true],
  ['2001:db8::53', true],
  ['[2001:db8::53]:5353', true],
  ['dns.example.net', false],
])('a server %s', (server, isRight) => {
  expect(listFaults(plugin.options, { domain, server }).length === 0).toBe(isRight);
});
