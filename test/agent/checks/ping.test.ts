import { expect, test } from 'vitest';
import { plugin } from '../../../agent/checks/ping.ts';
import { sayIn } from '../../../agent/words.ts';
import { createFakeContext } from '../fake-context.ts';

const ANSWERS: Record<string, string> = {
  near: `64 bytes from near: icmp_seq=1 ttl=64 time=1.0 ms
64 bytes from near: icmp_seq=2 ttl=64 time=4.0 ms
64 bytes from near: icmp_seq=3 ttl=64 time=1.0 ms
4 packets transmitted, 3 received, 25% packet loss, time 3000ms`,
  dead: '3 packets transmitted, 0 received, 100% packet loss, time 2000ms',
  nowhere: 'ping: nowhere: Name or service not known',
};

const asked: string[][] = [];
const exec = async (file: string, args: readonly string[]) => {
  asked.push([file, ...args]);
  return { code: 0, stdout: ANSWERS[args.at(-1) ?? ''] ?? '', stderr: '' };
};

test('loss, round trips and jitter of each host', async () => {
  const { points, statuses } = await plugin.create({ hosts: ['near', 'dead', 'nowhere'] })(createFakeContext({ exec }));
  expect(points).toEqual([
    {
      m: 'ping',
      t: { url: 'near' },
      f: {
        packets_transmitted: 4,
        packets_received: 3,
        percent_packet_loss: 25,
        ttl: 64,
        minimum_response_ms: 1,
        average_response_ms: 2,
        maximum_response_ms: 4,
        standard_deviation_ms: Math.SQRT2,
        jitter_ms: 3,
        result_code: 0,
      },
    },
    {
      m: 'ping',
      t: { url: 'dead' },
      f: { packets_transmitted: 3, packets_received: 0, percent_packet_loss: 100, result_code: 0 },
    },
    { m: 'ping', t: { url: 'nowhere' }, f: { percent_packet_loss: 100, result_code: 1 } },
  ]);
  expect(statuses).toEqual([{ check: 'the-check', status: 'critical', text: 'No answer to ping: dead, nowhere.' }]);
});

test('some loss is the rules’ business', async () => {
  const { statuses } = await plugin.create({ hosts: ['near'] })(createFakeContext({ exec }));
  expect(statuses).toEqual([{ check: 'the-check', status: 'ok' }]);
});

test('told in French', async () => {
  const { statuses } = await plugin.create({ hosts: ['dead'] })(createFakeContext({ exec, say: sayIn('fr') }));
  expect(statuses[0]?.text).toBe('dead ne répond pas au ping.');
});

test.each([
  ['linux', ['ping', '-n', '-c', '2', '-W', '1', 'near']],
  ['darwin', ['ping', '-n', '-c', '2', '-W', '700', 'near']],
  ['win32', ['ping', '-n', '2', '-w', '700', 'near']],
] as const)('asked on %s', async (platform, expected) => {
  asked.length = 0;
  await plugin.create({ hosts: ['near'], count: 2, waitMs: 700 })(createFakeContext({ exec, platform }));
  expect(asked).toEqual([expected]);
});

test('a ping that cannot run tells nothing of the host', async () => {
  const missing = async () => {
    throw Object.assign(new Error('spawn ping ENOENT'), { code: 'ENOENT' });
  };
  const { points, statuses } = await plugin.create({ hosts: ['near'] })(createFakeContext({ exec: missing }));
  expect(points).toEqual([{ m: 'ping', t: { url: 'near' }, f: { result_code: 2 } }]);
  expect(statuses[0]).toMatchObject({ status: 'unknown', text: expect.stringContaining('(ENOENT)') });
});

test('still waiting when the time is up: lost', async () => {
  const late = new AbortController();
  const hanging = async () => {
    late.abort(new DOMException('time is up', 'TimeoutError'));
    throw late.signal.reason;
  };
  const ctx = createFakeContext({ exec: hanging, signal: late.signal });
  const { points, statuses } = await plugin.create({ hosts: ['near'] })(ctx);
  expect(points[0]?.f).toEqual({ percent_packet_loss: 100, result_code: 2 });
  expect(statuses[0]?.status).toBe('critical');
});
