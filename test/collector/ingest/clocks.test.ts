import { expect, test } from 'vitest';
import { Clocks } from '../../../collector/ingest/clocks.ts';
import { liveReport, timeFault } from '../../../collector/ingest/live-report.ts';
import type { Report } from '../../../protocol/messages.ts';

const NOW = 1_790_000_000_000;
const HOUR = 3_600_000;

test('a clock that is an hour behind is measured at birth, the network’s delay is not', () => {
  const clocks = new Clocks();
  expect(clocks.skewMs('c/s/d')).toBe(0);
  clocks.measure('c/s/d', NOW - HOUR, NOW);
  expect(clocks.skewMs('c/s/d')).toBe(HOUR);
  clocks.measure('c/s/d', NOW - 800, NOW);
  expect(clocks.skewMs('c/s/d')).toBe(0);
});

test('once our own clock is set, agents whose clocks were not go on being placed where they were', () => {
  for (const byMs of [-48 * HOUR, -2 * HOUR, -3_000, 3_000, 2 * HOUR, 48 * HOUR]) {
    const clocks = new Clocks();
    clocks.measure('c/s/right', NOW, NOW);
    clocks.measure('c/s/behind', NOW - HOUR, NOW);
    clocks.shift(byMs);
    clocks.measure('c/s/new', NOW + 5 * HOUR, NOW + byMs);
    const theirs = { unmeasured: NOW, right: NOW, behind: NOW - HOUR, new: NOW + 5 * HOUR };
    for (const [name, at] of Object.entries(theirs)) {
      const skewMs = clocks.skewMs(`c/s/${name}`);
      const report: Report = { v: 1, boot: 'bootbootone', seq: 1, at: at - 1_000, points: [] };
      const now = NOW + byMs;
      expect([name, timeFault(report, skewMs, now)]).toEqual([name, undefined]);
      expect(liveReport(`c/s/${name}`, report, skewMs, 10, false, now)).toMatchObject({ at: now - 1_000, late: false });
    }
  }
});

test('no report comes from the future: a clock no birth told of, and a birth that took its time, are put right by it', () => {
  const clocks = new Clocks();
  clocks.witness('c/s/unmeasured', NOW + 3 * HOUR, NOW);
  expect(clocks.skewMs('c/s/unmeasured')).toBe(-3 * HOUR);
  clocks.measure('c/s/slow-birth', NOW - 60_000, NOW);
  clocks.witness('c/s/slow-birth', NOW + 1_000, NOW + 1_000);
  expect(clocks.skewMs('c/s/slow-birth')).toBe(0);
  // What is old says nothing: it may have waited.
  clocks.witness('c/s/backlog', NOW - HOUR, NOW);
  expect(clocks.skewMs('c/s/backlog')).toBe(0);
});

test('what is kept of a clock leaves out what our own was set by since', () => {
  const clocks = new Clocks();
  clocks.shift(3 * HOUR);
  clocks.measure('c/s/right', NOW, NOW + 3 * HOUR);
  clocks.measure('c/s/behind', NOW - HOUR, NOW + 3 * HOUR);
  expect(['right', 'behind'].map((name) => clocks.keptMs(`c/s/${name}`))).toEqual([0, HOUR]);
  const next = new Clocks();
  next.restore('c/s/behind', JSON.stringify({ v: 1, skewMs: HOUR }));
  expect(next.skewMs('c/s/behind')).toBe(HOUR);
});

test('set back and forth, it is as if it had never been set', () => {
  const clocks = new Clocks();
  clocks.measure('c/s/behind', NOW - HOUR, NOW);
  for (const byMs of [2 * HOUR, -5 * HOUR]) clocks.shift(byMs);
  clocks.measure('c/s/again', NOW, NOW - 3 * HOUR);
  clocks.shift(3 * HOUR);
  expect(['behind', 'again', 'other'].map((name) => clocks.skewMs(`c/s/${name}`))).toEqual([HOUR, 0, 0]);
});
