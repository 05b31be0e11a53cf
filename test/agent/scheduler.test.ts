import { describe, expect, test } from 'vitest';
import type { CheckResult } from '../../agent/check.ts';
import type { RunnableCheck } from '../../agent/check-runner.ts';
import { seedOf } from '../../agent/device-seed.ts';
import { type Gathered, startScheduler, untilPhase } from '../../agent/scheduler.ts';
import { sayIn } from '../../agent/words.ts';
import { createFakeClock } from './fake-clock.ts';

const INTERVAL_MS = 10_000;
const point = (m: string) => ({ m, f: { value: 1 } });
const good = (name: string): CheckResult => ({ points: [point(name)], statuses: [] });

function start(checks: (Partial<RunnableCheck> & Pick<RunnableCheck, 'name' | 'run'>)[], intervalMs = INTERVAL_MS) {
  const clock = createFakeClock();
  const began = clock.now();
  const reports: (Gathered & { leftAfterMs: number })[] = [];
  const scheduler = startScheduler({
    checks: checks.map((check) => ({ timeoutMs: 3000, ...check })),
    intervalMs,
    seed: 'demo/lyon/till-1',
    clock,
    say: sayIn('en'),
    onReport: (gathered) => reports.push({ ...gathered, leftAfterMs: clock.now() - began }),
  });
  return { clock, reports, scheduler };
}

test('all checks of a tick make one report, the first within two seconds', async () => {
  const { clock, reports } = start([
    { name: 'a', run: async () => good('a') },
    { name: 'b', run: async () => good('b') },
  ]);
  await clock.advance(2000);
  expect(reports).toHaveLength(1);
  expect(reports[0]?.points).toEqual([point('a'), point('b')]);
  expect(reports[0]?.statuses).toEqual([
    { check: 'a', status: 'ok' },
    { check: 'b', status: 'ok' },
  ]);
});

test('ticks come once per interval, at the device’s own moment of it', async () => {
  const { clock, reports } = start([{ name: 'a', run: async () => good('a') }]);
  await clock.advance(65_000);
  const [, ...regular] = reports.map(({ at }) => at % INTERVAL_MS);
  expect(new Set(regular)).toEqual(new Set([seedOf('demo/lyon/till-1') % INTERVAL_MS]));
  expect(reports.length).toBeGreaterThanOrEqual(6);
});

test('devices spread over the interval', () => {
  const phases = Array.from({ length: 1000 }, (_, index) => seedOf(`demo/lyon/till-${index}`) % INTERVAL_MS);
  const perSecond = Array.from({ length: 10 }, (_, second) => phases.filter((ms) => Math.floor(ms / 1000) === second));
  for (const tills of perSecond) expect(tills.length).toBeGreaterThan(60);
});

test('a timer that is a little early or late neither doubles nor skips a tick', () => {
  expect(untilPhase(9_999, 0, 10_000)).toBe(10_001);
  expect(untilPhase(10_003, 0, 10_000)).toBe(9_997);
  expect(untilPhase(14_999, 0, 10_000)).toBe(5_001);
});

test('a slower check runs at its own pace', async () => {
  let runs = 0;
  const { clock, reports } = start([
    { name: 'fast', run: async () => good('fast') },
    {
      name: 'slow',
      everyS: 30,
      run: async () => {
        runs += 1;
        return good('slow');
      },
    },
  ]);
  await clock.advance(65_000);
  expect(runs).toBe(Math.ceil(reports.length / 3));
});

describe('a check that breaks is unknown, and stops no other', () => {
  const broken: [string, () => Promise<CheckResult>, string][] = [
    [
      'throws at once',
      () => {
        throw new Error('boom');
      },
      'The check failed: boom.',
    ],
    [
      'rejects',
      async () => Promise.reject(new Error('mqtt://user:pw@host is away')),
      'The check failed: mqtt://host is away.',
    ],
    ['throws no error', async () => Promise.reject('words'), 'The check failed: words.'],
    [
      'gives no number',
      async () => ({ points: [{ m: 'x', f: { v: Number.NaN } }], statuses: [] }),
      'The check gave unusable readings.',
    ],
    ['gives nothing', async () => undefined as unknown as CheckResult, 'The check gave unusable readings.'],
  ];
  test.each(broken)('%s', async (_, run, text) => {
    const { clock, reports } = start([
      { name: 'bad', run },
      { name: 'good', run: async () => good('good') },
    ]);
    await clock.advance(2000);
    expect(reports[0]?.points).toEqual([point('good')]);
    expect(reports[0]?.statuses).toContainEqual({ check: 'bad', status: 'unknown', text });
    expect(reports[0]?.statuses).toContainEqual({ check: 'good', status: 'ok' });
  });
});

test('a check that never returns holds nothing up and never runs twice at once', async () => {
  let runs = 0;
  const { clock, reports } = start([
    {
      name: 'stuck',
      run: () => {
        runs += 1;
        return new Promise(() => {});
      },
    },
    { name: 'good', run: async () => good('good') },
  ]);
  await clock.advance(65_000);
  expect(runs).toBe(1);
  expect(reports.length).toBeGreaterThanOrEqual(6);
  expect(reports[0]?.leftAfterMs).toBeLessThanOrEqual(2000);
  const texts = reports
    .flatMap(({ statuses }) => statuses.filter(({ check }) => check === 'stuck'))
    .map(({ text }) => text);
  expect(texts[0]).toBe('The check gave nothing within 3 s.');
  expect(new Set(texts.slice(1))).toEqual(new Set(['The run before has not come back.']));
});

test('a check is told that its time is up, and may still say what it saw', async () => {
  const { clock, reports } = start([
    {
      name: 'port',
      timeoutMs: 1000,
      run: (signal) =>
        new Promise((resolve) =>
          signal.addEventListener('abort', () =>
            resolve({ points: [point('port')], statuses: [{ check: 'port', status: 'critical' }] }),
          ),
        ),
    },
  ]);
  await clock.advance(2000);
  expect(reports[0]).toMatchObject({ points: [point('port')], statuses: [{ check: 'port', status: 'critical' }] });
});

test('what comes too late for its report joins the next with its own time', async () => {
  const clockOf: { after?: (ms: number, fn: () => void) => void } = {};
  const { clock, reports } = start([
    {
      name: 'late',
      timeoutMs: 8000,
      everyS: 20,
      run: () => new Promise((resolve) => clockOf.after?.(7000, () => resolve(good('late')))),
    },
    { name: 'good', run: async () => good('good') },
  ]);
  clockOf.after = clock.after;
  await clock.advance(2000);
  expect(reports[0]?.points).toEqual([point('good')]);
  await clock.advance(20_000);
  expect(reports[1]?.points).toContainEqual({ ...point('late'), at: reports[0]?.at });
  expect(reports[1]?.statuses).toContainEqual({ check: 'late', status: 'ok' });
});

test('after a stop nothing runs, and what runs is told', async () => {
  let signal: AbortSignal | undefined;
  const { clock, reports, scheduler } = start([
    {
      name: 'a',
      run: (given) => {
        signal = given;
        return new Promise(() => {});
      },
    },
  ]);
  await clock.advance(500);
  scheduler.stop();
  await clock.advance(60_000);
  expect(signal?.aborted).toBe(true);
  expect(reports).toEqual([]);
});

describe('a change while it runs', () => {
  const check = (name: string, entry: string, ran: string[], more: Partial<RunnableCheck> = {}): RunnableCheck => ({
    name,
    entry,
    timeoutMs: 3000,
    run: async () => {
      ran.push(entry);
      return good(name);
    },
    ...more,
  });

  test('what is the same goes on, what is new runs at once, what is gone is heard of no more', async () => {
    const ran: string[] = [];
    const { clock, reports, scheduler } = start([
      check('slow', 'slow', ran, { everyS: 3600 }),
      check('a', 'a', ran),
      check('gone', 'gone', ran),
    ]);
    await clock.advance(15_000);
    const before = reports.length;
    ran.splice(0);
    scheduler.change({
      checks: [
        check('slow', 'another object, the same entry', ran, { everyS: 3600, entry: 'slow' }),
        check('a', 'a2', ran),
        check('b', 'b', ran),
      ],
      intervalMs: INTERVAL_MS,
    });
    await clock.advance(1000);
    expect(ran).toEqual(['a2', 'b']);
    expect(reports.slice(before).map(({ statuses }) => statuses.map(({ check }) => check))).toEqual([['a', 'b']]);
  });

  test('a run that is under way when its check goes says nothing any more; the report it was to be in still leaves', async () => {
    const ran: string[] = [];
    let answer = () => {};
    let signal: AbortSignal | undefined;
    const { clock, reports, scheduler } = start([
      check('a', 'a', ran),
      check('gone', 'gone', ran, {
        run: (given) => {
          signal = given;
          return new Promise((resolve) => {
            answer = () => resolve(good('gone'));
          });
        },
      }),
    ]);
    await clock.advance(500);
    scheduler.change({ checks: [check('a', 'a', ran)], intervalMs: 2000 });
    expect(signal?.aborted).toBe(true);
    answer();
    await clock.advance(10_000);
    expect(reports.length).toBeGreaterThanOrEqual(5);
    expect(reports[0]?.statuses.map(({ check }) => check)).toEqual(['a']);
    expect(reports.flatMap(({ statuses }) => statuses).some(({ check }) => check === 'gone')).toBe(false);
  });
});
