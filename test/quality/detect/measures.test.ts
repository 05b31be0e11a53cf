import { describe, expect, it } from 'vitest';
import { AnomalyDetector } from '../../../alerting/engine/baseline/detector.ts';
import { areaUnderPrecision, bestEventF1, earlyReward } from './measures.ts';
import { KINDS, type LabelledSeries, makeSeries } from './series.ts';
import { SIMPLE_DETECTORS } from './simple-detectors.ts';

const rows = (count: number, score: (row: number) => number) => Array.from({ length: count }, (_, row) => score(row));
const ranges = [
  { from: 40, to: 49 },
  { from: 80, to: 89 },
];
const isIn = (row: number) => (row >= 40 && row < 50) || (row >= 80 && row < 90);

describe('area under precision', () => {
  it('is 1 of a perfect order, the share of anomalies of none', () => {
    expect(
      areaUnderPrecision(
        rows(100, (row) => (isIn(row) ? 1 : 0)),
        ranges,
      ),
    ).toBe(1);
    expect(
      areaUnderPrecision(
        rows(100, () => 0.5),
        ranges,
      ),
    ).toBeCloseTo(0.2, 9);
  });

  it('is low of an order upside down', () => {
    expect(
      areaUnderPrecision(
        rows(100, (row) => (isIn(row) ? 0 : 1)),
        ranges,
      ),
    ).toBeCloseTo(0.2, 9);
    expect(
      areaUnderPrecision(
        rows(100, (row) => (isIn(row) ? 0 : 2 + row)),
        ranges,
      ),
    ).toBeLessThan(0.25);
  });
});

describe('best F1 of events', () => {
  it('takes one row of an anomaly for all of it', () => {
    expect(
      bestEventF1(
        rows(100, (row) => (row === 42 || row === 88 ? 1 : 0)),
        ranges,
      ),
    ).toBe(1);
  });

  it('counts runs of rows as one false alarm', () => {
    const scores = rows(100, (row) => (row === 42 || row === 88 || (row > 10 && row < 20) ? 1 : row / 1_000));
    expect(bestEventF1(scores, ranges)).toBeCloseTo(0.8, 6);
  });
});

describe('early reward', () => {
  const series: LabelledSeries = {
    name: '',
    kind: '',
    times: rows(1_000, (row) => row * 60_000),
    values: rows(1_000, () => 0),
    anomalies: [{ kind: 'spike', from: 500, to: 510 }],
  };
  const of = (score: (row: number) => number) => earlyReward([{ series, scores: rows(1_000, score) }]).score;

  it('is 100 at the first row of the window, less later, 0 when never', () => {
    expect(of((row) => (row === 450 ? 1 : 0))).toBeCloseTo(100, 6);
    expect(of((row) => (row === 500 ? 1 : 0))).toBeGreaterThan(80);
    expect(of((row) => (row === 549 ? 1 : 0))).toBeLessThan(60);
    expect(of((row) => (row === 700 ? 1 : 0))).toBe(0);
  });

  it('is less for each false alarm', () => {
    const one = of((row) => (row === 500 || row === 700 ? 1 : 0));
    const three = of((row) => (row === 500 || (row >= 700 && row < 703) ? 1 : 0));
    expect(one).toBeGreaterThan(three);
    expect(one).toBeLessThan(of((row) => (row === 500 ? 1 : 0)));
  });
});

describe('made series', () => {
  it.each(Object.keys(KINDS))('%s: the same for a seed, with an anomaly that is not at the start', (kind) => {
    const series = makeSeries(kind, 5);
    expect(makeSeries(kind, 5)).toEqual(series);
    expect(makeSeries(kind, 6).values).not.toEqual(series.values);
    expect(series.values.every(Number.isFinite)).toBe(true);
    for (const { from, to } of series.anomalies) {
      expect(from).toBeGreaterThanOrEqual(Math.floor(series.values.length * 0.2));
      expect(to).toBeGreaterThanOrEqual(from);
      expect(to).toBeLessThan(series.values.length);
    }
  });
});

it('on kinds it was not tuned on, the detector ranks better than what anyone would try first', () => {
  const all = Object.keys(KINDS)
    .filter((_, i) => i % 2 === 1)
    .flatMap((kind) => [201, 202].map((seed) => makeSeries(kind, seed)));
  const area = (score: (series: LabelledSeries) => number[]) =>
    all.reduce((sum, series) => sum + areaUnderPrecision(score(series), series.anomalies), 0) / all.length;
  const ours = area(({ times, values }) => {
    const detector = new AnomalyDetector();
    return values.map((value, row) => detector.add(times[row] as number, value));
  });
  for (const simple of Object.values(SIMPLE_DETECTORS)) expect(ours).toBeGreaterThan(1.3 * area(simple));
});
