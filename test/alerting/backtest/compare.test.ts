import { describe, expect, test } from 'vitest';
import { compareIncidents, countFound } from '../../../alerting/backtest/compare.ts';
import { addDuration, type Durations, mergeDurations, spreadOf } from '../../../alerting/backtest/spread.ts';
import type { ReplayedIncident } from '../../../protocol/backtest.ts';

const incident = (openedAt: number, change: Partial<ReplayedIncident> = {}): ReplayedIncident => ({
  store: 'c/s',
  target: 'c/s/till-1',
  kind: 'device',
  rule: 'lane-silent',
  reason: { code: 'presence.lost' },
  priority: 3,
  since: openedAt - 10,
  openedAt,
  resolvedAt: openedAt + 100,
  ...change,
});

describe('what other rules make of the same past', () => {
  test('the same trouble at another time of the same outage is the same incident', () => {
    const before = [incident(0), incident(1000)];
    expect(compareIncidents(before, [incident(50), incident(1000)])).toEqual({ gained: [], lost: [], changed: [] });
  });

  test('what only one of them opens is gained, or lost', () => {
    const other = incident(0, { target: 'c/s/till-2' });
    expect(compareIncidents([incident(0)], [other])).toEqual({ gained: [other], lost: [incident(0)], changed: [] });
    expect(compareIncidents([incident(0)], [incident(500)]).lost).toHaveLength(1);
  });

  test('one that is split counts once as the same, and the rest as gained', () => {
    const long = incident(0, { resolvedAt: 1000 });
    const { gained, lost, changed } = compareIncidents([long], [incident(0), incident(500)]);
    expect([gained.length, lost.length, changed.length]).toEqual([1, 0, 0]);
  });

  test('another priority or another cause is told', () => {
    const graver = incident(0, { priority: 1 });
    const named = incident(5000, { reason: { code: 'presence.off-lan' } });
    const { changed } = compareIncidents([incident(0), incident(5000)], [graver, named]);
    expect(changed).toEqual([
      { before: incident(0), after: graver },
      { before: incident(5000), after: named },
    ]);
  });

  test('one that stands at the end overlaps all that follows', () => {
    const { resolvedAt: _, ...standing } = incident(0);
    expect(compareIncidents([standing], [incident(90_000)]).lost).toEqual([]);
  });

  test('what was really opened is found within five minutes, each once', () => {
    const opened = [{ target: 'c/s/till-1', openedAt: 400_000, resolvedAt: 450_000 }];
    expect(countFound(opened, [incident(150_100)])).toBe(1);
    expect(countFound(opened, [incident(50_000)])).toBe(0);
    expect(countFound([...opened, ...opened], [incident(420_000)])).toBe(1);
  });
});

test('quantiles are right to within three percent, also of parts that were added up', () => {
  const [some, others]: Durations[] = [{}, {}];
  for (let s = 1; s <= 1000; s++) addDuration((s % 2 ? some : others) as Durations, s * 1000);
  mergeDurations(some as Durations, others as Durations);
  const { count, medianS, p95S } = spreadOf(some as Durations) ?? { count: 0, medianS: 0, p95S: 0 };
  expect(count).toBe(1000);
  expect(Math.abs(medianS / 500 - 1)).toBeLessThan(0.03);
  expect(Math.abs(p95S / 950 - 1)).toBeLessThan(0.03);
  expect(spreadOf({})).toBeUndefined();
});
