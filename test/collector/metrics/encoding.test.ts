import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeChunk, encodeChunk } from '../../../collector/metrics/chunk-format.ts';
import { type Column, extentOf, splitByTime } from '../../../collector/metrics/column.ts';
import { decodeColumn, encodeColumn } from '../../../collector/metrics/column-codec.ts';
import { mergeColumns } from '../../../collector/metrics/merge-columns.ts';
import { FULL_SAMPLES, planMerge } from '../../../collector/metrics/merge-plan.ts';

const finite = fc.double({ noNaN: true, noDefaultInfinity: true });
const values = fc
  .oneof(
    fc.array(finite, { minLength: 1, maxLength: 60 }),
    fc.array(fc.integer(), { minLength: 1, maxLength: 60 }),
    fc.array(fc.maxSafeInteger(), { minLength: 1, maxLength: 60 }),
    fc.array(
      fc.integer({ min: -99_999, max: 99_999 }).map((i) => i / 1000),
      { minLength: 1, maxLength: 60 },
    ),
    // A counter: only rises, then begins anew.
    fc.array(fc.nat(1e9), { minLength: 1, maxLength: 60 }).map((steps) => {
      let total = 2 ** 49;
      return steps.map((step, i) => {
        total = i === 40 ? 0 : total + step;
        return total;
      });
    }),
  )
  // Stores hold no minus zero.
  .map((list) => Float64Array.from(list, (value) => value + 0));

describe('a column', () => {
  it('comes back bit by bit, packed or not', () => {
    fc.assert(
      fc.property(values, fc.boolean(), (column, packed) => {
        expect(decodeColumn(encodeColumn(column, packed), column.length)).toEqual(column);
      }),
    );
  });

  it.each([
    ['equal values', (_: number) => 8e9, 0.1],
    ['a steady counter', (i: number) => 1e9 + i * 1500, 0.1],
    ['a jittering counter', (i: number) => 1e9 + i * 1500 + ((i * 7919) % 200), 2],
    ['percentages to two places', (i: number) => ((i * 7919) % 10_000) / 100, 2.1],
    ['times with jitter', (i: number) => 1.77e12 + i * 30_000 + ((i * 7919) % 50), 1.5],
  ])('of %s is small', (_name, valueAt, bytesPerSample) => {
    const column = Float64Array.from({ length: 900 }, (_, i) => valueAt(i));
    expect(encodeColumn(column, true).byteLength / 900).toBeLessThan(bytesPerSample);
  });
});

const columnOf = (series: number, times: readonly number[], value = (at: number) => at): Column => ({
  series,
  times: Float64Array.from(times),
  values: Float64Array.from(times, value),
});

describe('a chunk', () => {
  const times = [1000, 2000, 3000];
  const columns = [columnOf(2, times), columnOf(5, times, (at) => at / 3), columnOf(900, [1500])];

  it.each([true, false])('comes back whole (packed: %s)', (packed) => {
    expect(decodeChunk(encodeChunk(columns, packed), () => true)).toEqual(columns);
  });

  it('gives only the series that are wanted', () => {
    expect(decodeChunk(encodeChunk(columns, false), (series) => series === 5)).toEqual([columns[1]]);
  });

  it('keeps the instants that series share once', () => {
    const decoded = decodeChunk(encodeChunk(columns, false), () => true);
    expect(decoded[0]?.times).toBe(decoded[1]?.times);
    const apart = [columnOf(2, times), columnOf(5, [1001, 2000, 3000])];
    const shared = [columnOf(2, times), columnOf(5, times)];
    expect(encodeChunk(shared, false).byteLength).toBeLessThan(encodeChunk(apart, false).byteLength);
  });

  it('says so when any of its bytes has changed or is missing', () => {
    const chunk = encodeChunk(columns, false);
    fc.assert(
      fc.property(fc.nat(chunk.byteLength - 1), fc.integer({ min: 1, max: 255 }), (place, change) => {
        const changed = Uint8Array.from(chunk);
        changed[place] = (changed[place] as number) ^ change;
        expect(() => decodeChunk(changed, () => true)).toThrow('checksum');
        expect(() => decodeChunk(chunk.subarray(0, place), () => true)).toThrow(RangeError);
      }),
    );
  });
});

describe('merged columns', () => {
  it('hold every instant once, ascending, with the value that came last', () => {
    const piece = fc.uniqueArray(fc.nat(30), { minLength: 1, maxLength: 10 }).map((list) => list.sort((a, b) => a - b));
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(3), piece), { maxLength: 12 }), (pieces) => {
        const expected = new Map<number, Map<number, number>>();
        const layers = pieces.map(([series, list], i) => {
          for (const at of list) {
            if (!expected.has(series)) expected.set(series, new Map());
            expected.get(series)?.set(at, i);
          }
          return columnOf(series, list, () => i);
        });
        const told = mergeColumns(layers).map((column) => [
          column.series,
          [...column.times].map((at, i) => [at, column.values[i]]),
        ]);
        const wanted = [...expected]
          .sort(([a], [b]) => a - b)
          .map(([series, samples]) => [series, [...samples].sort(([a], [b]) => a - b)]);
        expect(told).toEqual(wanted);
      }),
    );
  });
});

describe('columns cut by time', () => {
  it('hold the same samples in parts no larger than asked, one after the other', () => {
    const list = fc.uniqueArray(fc.nat(500), { minLength: 1, maxLength: 80 }).map((all) => all.sort((a, b) => a - b));
    fc.assert(
      fc.property(fc.array(list, { minLength: 1, maxLength: 4 }), fc.integer({ min: 4, max: 50 }), (lists, most) => {
        const columns = lists.map((times, series) => columnOf(series, times));
        const parts = splitByTime(columns, most);
        let before = -1;
        for (const part of parts) {
          const { samples, start, end } = extentOf(part);
          expect(samples).toBeLessThanOrEqual(most);
          expect(start).toBeGreaterThan(before);
          before = end;
        }
        expect(mergeColumns(parts.flat())).toEqual(columns);
      }),
    );
  });
});

describe('the plan of merges', () => {
  it('leaves a few small chunks and full ones alone', () => {
    expect(planMerge([])).toBeUndefined();
    expect(planMerge([20, 20, 20])).toBeUndefined();
    expect(planMerge([FULL_SAMPLES, FULL_SAMPLES, 5000, 300])).toBeUndefined();
  });

  it('takes eight neighbours of a size, not what is larger or full', () => {
    expect(planMerge(Array(8).fill(320))).toEqual([0, 8]);
    expect(planMerge([3000, ...Array(8).fill(320)])).toEqual([1, 9]);
    expect(planMerge([...Array(4).fill(320), FULL_SAMPLES, ...Array(4).fill(320)])).toBeUndefined();
  });

  it('stops taking when the result is full', () => {
    expect(planMerge([6000, 6000, 6000, 6000])).toEqual([0, 3]);
  });

  it('comes to rest with few chunks, each sample rewritten a few times only', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2000 }), fc.integer({ min: 1, max: 400 }), (size, count) => {
        let chunks: number[] = [];
        let rewritten = 0;
        for (let i = 0; i < count; i++) {
          chunks.push(size);
          for (let run = planMerge(chunks); run; run = planMerge(chunks)) {
            const merged = chunks.slice(...run).reduce((a, b) => a + b);
            expect(merged).toBeLessThan(2 * FULL_SAMPLES);
            rewritten += merged;
            chunks = [...chunks.slice(0, run[0]), merged, ...chunks.slice(run[1])];
          }
        }
        expect(chunks.filter((samples) => samples < FULL_SAMPLES).length).toBeLessThanOrEqual(5 * 7);
        expect(rewritten).toBeLessThanOrEqual(5 * size * count);
      }),
    );
  });
});
