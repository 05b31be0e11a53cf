import { expect, test } from 'vitest';
import { watchSelf } from '../../agent/self.ts';
import { createFakeClock } from './fake-clock.ts';

const none = { points: [], statuses: [] };
const stats = { reports: 3, bytes: 900, dropped: 2, damaged: 0, oldestAt: undefined };
const signal = new AbortController().signal;

test('what waits, what was lost, connections made again, and a clock that was set', async () => {
  const clock = createFakeClock();
  const self = watchSelf(clock);
  expect(self.points({ ...stats, reports: 0 })[0]).toMatchObject({
    m: 'internal_agent',
    f: { outbox_reports: 0, outbox_oldest_seconds: 0, reconnects: 0, check_failures: 0, clock_step_seconds: 0 },
  });
  self.connected();
  self.connected();
  await clock.advance(10_000);
  const [point] = self.points({ ...stats, oldestAt: clock.now() - 90_000 }, { certificate_days: 12.34 });
  expect(point?.f).toMatchObject({
    outbox_reports: 3,
    dropped_reports: 2,
    outbox_oldest_seconds: 90,
    reconnects: 1,
    clock_step_seconds: 0,
    certificate_days: 12.34,
  });
  clock.set(clock.now() + 3_600_000);
  expect(self.points(stats)[0]?.f.clock_step_seconds).toBe(3600);
  expect(self.points(stats)[0]?.f.clock_step_seconds).toBe(0);
});

test('checks tell how long they take, every five minutes, the slowest first', async () => {
  const clock = createFakeClock();
  const self = watchSelf(clock);
  await self.time('quick', signal, async () => none);
  await self.time('slow', signal, async () => {
    await clock.advance(120);
    return none;
  });
  await expect(self.time('broken', signal, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  await self.time('late', AbortSignal.abort(), async () => none);
  expect(self.points(stats)).toHaveLength(1);
  await clock.advance(300_000);
  const [own, ...checks] = self.points(stats);
  expect(own?.f.check_failures).toBe(2);
  expect(checks[0]).toEqual({
    m: 'internal_check',
    t: { check: 'slow' },
    f: { duration_ms: 120, runs: 1, failures: 0 },
  });
  expect(checks.map(({ t, f }) => [t?.check, f.failures]).sort()).toEqual([
    ['broken', 1],
    ['late', 1],
    ['quick', 0],
    ['slow', 0],
  ]);
  await clock.advance(300_000);
  expect(self.points(stats)).toHaveLength(1);
});
