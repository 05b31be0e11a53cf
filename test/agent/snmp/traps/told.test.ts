import { expect, test } from 'vitest';
import { createTold } from '../../../../agent/snmp/traps/told.ts';
import { sayIn } from '../../../../agent/words.ts';
import type { DeviceEvent } from '../../../../protocol/events.ts';

const eventOf = (code: string, at = 0): DeviceEvent => ({ at, source: 'trap', code, severity: 'info', text: code });
const told = () => createTold(sayIn('en'));

test('the same within a minute is told once, and then with its count', () => {
  const events = told();
  expect(events.take('sw', eventOf('a', 1), 0)).toBe(true);
  expect(events.take('sw', eventOf('a', 2), 10_000)).toBe(false);
  expect(events.take('sw', eventOf('a', 3), 59_999)).toBe(false);
  expect(events.take('other', eventOf('a', 3), 59_999)).toBe(true);
  expect(events.due(59_999)).toEqual([]);
  expect(events.due(60_000)).toEqual([['sw', { ...eventOf('a', 3), count: 2 }]]);
  expect(events.due(120_000)).toEqual([]);
  expect(events.take('sw', eventOf('a', 4), 120_001)).toBe(true);
});

test('what differs in its values is not the same', () => {
  const events = told();
  expect(events.take('sw', { ...eventOf('a'), values: { '1.2': '3' } }, 0)).toBe(true);
  expect(events.take('sw', { ...eventOf('a'), values: { '1.2': '4' } }, 0)).toBe(true);
});

test('a storm is told once a minute, however long it lasts, and every one of it is counted', () => {
  const events = told();
  let [toldNow, counted] = [0, 0];
  for (let nowMs = 0; nowMs < 600_000; nowMs += 100) {
    if (events.take('sw', eventOf('a'), nowMs)) toldNow++;
    for (const [, { count = 1 }] of events.due(nowMs)) counted += count;
  }
  for (const [, { count = 1 }] of events.due(660_000)) counted += count;
  expect(toldNow).toBe(1);
  expect(counted).toBe(5999);
});

test('of different ones twenty are told at once, one more every ten seconds, and the rest in one event', () => {
  const events = told();
  const taken = (from: number, count: number, nowMs: number) =>
    Array.from({ length: count }, (_, at) => events.take('sw', eventOf(`${from + at}`), nowMs)).filter(Boolean).length;
  expect(taken(0, 100, 0)).toBe(20);
  expect(taken(100, 10, 10_000)).toBe(1);
  const [[device, sum] = []] = events.due(60_000);
  expect(device).toBe('sw');
  expect(sum).toMatchObject({ code: 'too-many-traps', count: 89, severity: 'info' });
  expect(events.due(120_000)).toEqual([]);
});

test('many devices together have a bound as well', () => {
  const events = told();
  let count = 0;
  for (let device = 0; device < 1000; device++) if (events.take(`sw-${device}`, eventOf('a'), 0)) count++;
  expect(count).toBe(200);
});

test('two thousand that flap for an hour are few events a minute, and every one of them is counted', () => {
  const events = told();
  const perMinute: number[] = [];
  let [taken, counted] = [0, 0];
  const tell = (minute: number, count: number) => {
    perMinute[minute] = (perMinute[minute] ?? 0) + 1;
    counted += count;
  };
  for (let nowMs = 0; nowMs < 3_600_000; nowMs += 1000) {
    const minute = Math.floor(nowMs / 60_000);
    // Forty a second: each comes again after 50 seconds.
    for (let each = 0; each < 40; each++) {
      taken++;
      if (events.take('sw', eventOf(`${((nowMs / 1000) * 40 + each) % 2000}`), nowMs)) tell(minute, 1);
    }
    for (const [, { count = 1 }] of events.due(nowMs)) tell(minute, count);
  }
  for (const nowMs of [3_660_000, 3_720_000, 3_780_000]) {
    for (const [, { count = 1 }] of events.due(nowMs)) counted += count;
  }
  expect(Math.max(...perMinute)).toBeLessThanOrEqual(28);
  expect(Math.max(...perMinute.slice(1))).toBeLessThanOrEqual(8);
  expect(counted).toBe(taken);
});

test('a hundred different ones are remembered, the oldest no longer', () => {
  const events = told();
  for (let each = 0; each <= 100; each++) {
    const nowMs = each * 10_000;
    expect(events.take('sw', eventOf(`${each}`), nowMs)).toBe(true);
    expect(events.take('sw', eventOf(`${each}`), nowMs)).toBe(false);
  }
  expect(events.take('sw', eventOf('50'), 1_000_000)).toBe(false);
  expect(events.take('sw', eventOf('0'), 1_000_000)).toBe(true);
});
