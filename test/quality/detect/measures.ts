import type { LabelledSeries } from './series.ts';

type Range = { from: number; to: number };

/** Area under the curve of precision over recall, row by row (average precision). */
export function areaUnderPrecision(scores: readonly number[], ranges: readonly Range[]): number {
  const isIn = mark(scores.length, ranges);
  const order = [...scores.keys()].sort((a, b) => (scores[b] as number) - (scores[a] as number));
  const positives = isIn.reduce((sum, each) => sum + each, 0);
  let hits = 0;
  let area = 0;
  for (let i = 0; i < order.length; ) {
    // Rows of one score come together: their order is no merit.
    let j = i;
    let more = 0;
    while (j < order.length && scores[order[j] as number] === scores[order[i] as number])
      more += isIn[order[j++] as number] as number;
    hits += more;
    area += (more / positives) * (hits / j);
    i = j;
  }
  return area;
}

/** The best harmonic mean, over all thresholds, of the share of anomalies seen at all and the share of alarms (runs of rows) that are right. */
export function bestEventF1(scores: readonly number[], ranges: readonly Range[]): number {
  const sorted = [...scores].sort((a, b) => b - a);
  let best = 0;
  for (let step = 1; step <= 120; step++) {
    const threshold = sorted[
      Math.min(sorted.length - 1, Math.floor(sorted.length * 0.3 * (step / 120) ** 3))
    ] as number;
    const seen = new Set<number>();
    let alarms = 0;
    let right = 0;
    for (let row = 0; row < scores.length; row++) {
      if ((scores[row] as number) < threshold) continue;
      const start = row;
      while (row + 1 < scores.length && (scores[row + 1] as number) >= threshold) row++;
      alarms++;
      const hit = ranges.findIndex(({ from, to }) => start <= to && row >= from);
      if (hit < 0) continue;
      right++;
      ranges.forEach(({ from, to }, i) => {
        if (start <= to && row >= from) seen.add(i);
      });
    }
    if (seen.size === 0) continue;
    const recall = seen.size / ranges.length;
    const precision = right / alarms;
    best = Math.max(best, (2 * precision * recall) / (precision + recall));
  }
  return best;
}

/** Windows about the anomalies that together take a tenth of the rows. */
export function windowsOf({ values, anomalies }: LabelledSeries): Range[] {
  const half = Math.floor((values.length * 0.1) / anomalies.length / 2);
  return anomalies.map(({ from }) => ({
    from: Math.max(0, from - half),
    to: Math.min(values.length - 1, from + half),
  }));
}

const MISSED = -1;
const FALSE_ALARM = -0.11;

/**
 * Rewards being early and punishes false alarms, over many series with one threshold, the best. 0 is a detector that
 * never says anything, 100 one that sees everything at once and nothing else.
 */
export function earlyReward(runs: readonly { series: LabelledSeries; scores: readonly number[] }[]): {
  score: number;
  threshold: number;
} {
  const steps: { score: number; gain: number }[] = [];
  let events = 0;
  for (const { series, scores } of runs) {
    const windows = windowsOf(series);
    events += windows.length;
    const probation = Math.min(Math.floor(0.15 * scores.length), 750);
    const best = windows.map(() => Number.NEGATIVE_INFINITY);
    // As the threshold falls, each false row costs once, and a window gains by its earliest row.
    const rows: { score: number; row: number; window: number }[] = [];
    for (let row = probation; row < scores.length; row++)
      rows.push({
        score: scores[row] as number,
        row,
        window: windows.findIndex(({ from, to }) => row >= from && row <= to),
      });
    rows.sort((a, b) => b.score - a.score);
    for (const { score, row, window } of rows) {
      if (window < 0) {
        const before = windows.findLast(({ to }) => to < row);
        const far = before ? (row - before.to) / (before.to - before.from + 1) : 1;
        steps.push({ score, gain: FALSE_ALARM * Math.min(1, Math.abs(sigmoid(far))) });
        continue;
      }
      const { from, to } = windows[window] as Range;
      const value = sigmoid((row - to) / (to - from)) / sigmoid(-1);
      const had = best[window] as number;
      if (value <= had) continue;
      best[window] = value;
      steps.push({ score, gain: had === Number.NEGATIVE_INFINITY ? value - MISSED : value - had });
    }
  }
  steps.sort((a, b) => b.score - a.score);
  let sum = MISSED * events;
  let most = sum;
  let threshold = 1;
  for (let i = 0; i < steps.length; i++) {
    sum += (steps[i] as { gain: number }).gain;
    if (i + 1 < steps.length && (steps[i + 1] as { score: number }).score === (steps[i] as { score: number }).score)
      continue;
    if (sum > most) {
      most = sum;
      threshold = (steps[i] as { score: number }).score;
    }
  }
  return { score: (100 * (most - MISSED * events)) / (events - MISSED * events), threshold };
}

/** From 1 far before the end of a window, through 0 at its end, to -1 far after. */
const sigmoid = (distance: number) => 2 / (1 + Math.exp(5 * distance)) - 1;

function mark(rows: number, ranges: readonly Range[]): Uint8Array {
  const marks = new Uint8Array(rows);
  for (const { from, to } of ranges) marks.fill(1, from, to + 1);
  return marks;
}
