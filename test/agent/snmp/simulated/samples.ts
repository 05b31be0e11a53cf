import type { Report } from '../../../../protocol/messages.ts';

/** The values of one series, in the order in which they came. */
export type Samples = { at: number; value: number }[];

/** By measurement, tags and field. */
export function seriesOf(reports: readonly Report[]): Map<string, Samples> {
  const series = new Map<string, Samples>();
  for (const { at, points } of reports) {
    for (const { m, t, f } of points) {
      for (const [field, value] of Object.entries(f)) {
        const key = `${m}${JSON.stringify(t ?? {})}.${field}`;
        const samples = series.get(key) ?? [];
        if (typeof value === 'number') samples.push({ at, value });
        series.set(key, samples);
      }
    }
  }
  return series;
}

/** How moments lie on the beat of `everyMs` that begins with the first of them: which beats there are, and how far off. */
export function beatsOf(moments: readonly number[], everyMs: number): { beat: number; offMs: number }[] {
  const [first = 0] = moments;
  return moments.map((at) => {
    const beat = Math.round((at - first) / everyMs);
    return { beat, offMs: at - first - beat * everyMs };
  });
}
