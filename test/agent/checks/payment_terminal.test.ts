import { expect, test } from 'vitest';
import { plugin } from '../../../agent/checks/payment_terminal.ts';
import type { TlsPeer } from '../../../agent/outside/network.ts';
import { createFakeContext } from '../fake-context.ts';

const NOW = 1_800_000_000_000;
const DAY = 86_400_000;
const peer: TlsPeer = {
  protocol: 'TLSv1.2',
  chain: [{ subject: 'terminal', issuer: 'Maker', serialNumber: '1', validFrom: NOW - DAY, validTo: NOW + 30 * DAY }],
  chainError: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  isForOtherName: true,
};

test('several terminals: reached or not, each by its name', async () => {
  const connect = async (server: string) => {
    if (server === '10.0.0.64') throw Object.assign(new Error('x'), { code: 'ECONNREFUSED' });
  };
  const run = plugin.create({
    terminals: [
      { name: 'lane 3', server: '10.0.0.63', port: 8000 },
      { server: '10.0.0.64', port: 8000 },
    ],
  });
  const { points, statuses } = await run(createFakeContext({ connect }));
  expect(points).toEqual([
    {
      m: 'payment_terminal',
      t: { terminal: 'lane 3', server: '10.0.0.63', port: '8000' },
      f: { reachable: 1, response_time: 0 },
    },
    {
      m: 'payment_terminal',
      t: { terminal: '10.0.0.64:8000', server: '10.0.0.64', port: '8000' },
      f: { reachable: 0 },
    },
  ]);
  expect(statuses).toEqual([
    {
      check: 'the-check',
      status: 'critical',
      text: 'The payment terminal 10.0.0.64:8000 cannot be reached (ECONNREFUSED).',
    },
  ]);
});

const terminal = { name: 'bank', server: '10.0.0.65', port: 443, tls: true };
const meet = async (more: object, answer: TlsPeer) =>
  plugin.create({ terminals: [{ ...terminal, ...more }] })(createFakeContext({ tlsPeer: async () => answer }));

test('a maker’s own authority and name are not judged unless they are given', async () => {
  const { points, statuses } = await meet({}, peer);
  expect(points[0]?.f).toEqual({ reachable: 1, response_time: 0, tls_valid: 1, days_left: 30 });
  expect(statuses).toEqual([{ check: 'the-check', status: 'ok' }]);
});

test.each([
  [
    { caFile: '/etc/maker.pem' },
    'The certificate of bank comes from no trusted authority (UNABLE_TO_VERIFY_LEAF_SIGNATURE).',
  ],
  [{ servername: 'pay.example' }, 'The certificate of bank is for terminal, not for pay.example.'],
])('they are when given: %o', async (more, text) => {
  const { points, statuses } = await meet(more, peer);
  expect(points[0]?.f).toMatchObject({ reachable: 1, tls_valid: 0 });
  expect(statuses).toEqual([{ check: 'the-check', status: 'critical', text }]);
});

test('an expired certificate always is', async () => {
  const { points, statuses } = await meet(
    {},
    { ...peer, chain: peer.chain.map((leaf) => ({ ...leaf, validTo: NOW - 1 })) },
  );
  expect(points[0]?.f).toMatchObject({ tls_valid: 0, days_left: -1 });
  expect(statuses[0]?.text).toBe('The certificate of bank expired on 2027-01-15.');
});
