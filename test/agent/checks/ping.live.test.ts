import { expect, test } from 'vitest';
import { plugin } from '../../../agent/checks/ping.ts';
import { runOnce } from './run-live.ts';

test('Debian’s ping: this host answers, a name without address does not', async () => {
  const { points, statuses } = await runOnce(plugin, { hosts: ['127.0.0.1', 'no-such-host.invalid'], count: 2 });
  expect(points[0]).toMatchObject({
    t: { url: '127.0.0.1' },
    f: { packets_transmitted: 2, packets_received: 2, percent_packet_loss: 0, ttl: 64, result_code: 0 },
  });
  const { minimum_response_ms, average_response_ms, maximum_response_ms, jitter_ms } = points[0]?.f ?? {};
  expect(minimum_response_ms).toBeLessThanOrEqual(average_response_ms as number);
  expect(average_response_ms).toBeLessThanOrEqual(maximum_response_ms as number);
  expect(jitter_ms).toBeGreaterThanOrEqual(0);
  expect(points[1]).toMatchObject({ t: { url: 'no-such-host.invalid' }, f: { result_code: 1 } });
  expect(statuses[0]?.text).toBe('no-such-host.invalid does not answer to ping.');
});
