import type { Aggregate } from '../../protocol/aggregates.ts';

/** What a rule judges instead of each reading by itself. */
export interface Window {
  aggregate: Aggregate;
  seconds: number;
  /** Share of it, up to 1, for which readings must have come before it is judged. */
  coverage: number;
}

/** Readings that come closer than a thirtieth of the window are joined. */
const SLOTS = 30;
/** One may begin at either end of the window. */
const CAPACITY = SLOTS + 2;
/** When it began, its value, and how much that stands for: readings, or seconds of a counter. */
const WIDTH = 3;

/** The readings of one window, bounded. */
export interface Samples {
  readonly slots: Float64Array;
  count: number;
  /** Since when readings have come without a hole; of no meaning while there is none. */
  since: number;
  /** The last reading; NaN before the first. */
  last: number;
  lastAt: number;
}

/** Flat, as it is kept: since, last, when that was, then the slots. */
export type SavedSamples = readonly number[];

export const newSamples = (): Samples => ({
  slots: new Float64Array(CAPACITY * WIDTH),
  count: 0,
  since: 0,
  last: Number.NaN,
  lastAt: 0,
});

/**
 * Takes a reading. Returns the aggregate it makes; undefined while too little of the window is covered, or where the
 * reading is no sample: of a counter the first one, and one that went back, which has begun anew.
 */
export function addSample(samples: Samples, window: Window, value: number, at: number): number | undefined {
  const windowMs = window.seconds * 1000;
  // A hole of more than half the window: what came before says nothing of what came meanwhile.
  if (!Number.isNaN(samples.last) && at - samples.lastAt > windowMs / 2) clearSamples(samples);
  const { last, lastAt } = samples;
  const isFirst = Number.isNaN(last);
  if (isFirst) samples.since = at;
  samples.last = value;
  samples.lastAt = at;
  dropBefore(samples, at - windowMs);
  if (isCounting(window.aggregate)) {
    if (isFirst || value < last) return undefined;
    put(samples, window, lastAt, value - last, (at - lastAt) / 1000);
  } else put(samples, window, at, value, 1);
  return at - samples.since < window.coverage * windowMs ? undefined : aggregateOf(samples, window.aggregate);
}

/** No reading is within the window any more: what there is says nothing. */
export const isOver = (samples: Samples | undefined, { seconds }: Window, now: number): boolean =>
  samples === undefined || Number.isNaN(samples.last) || now - samples.lastAt > seconds * 1000;

/** No reading is known any more. */
export function clearSamples(samples: Samples): void {
  samples.count = 0;
  samples.last = Number.NaN;
}

/** Moves every instant. */
export function moveSamples(samples: Samples, move: (at: number) => number): void {
  samples.since = move(samples.since);
  samples.lastAt = move(samples.lastAt);
  for (let slot = 0; slot < samples.count; slot++) {
    samples.slots[slot * WIDTH] = move(samples.slots[slot * WIDTH] as number);
  }
}

export function saveSamples({ slots, count, since, last, lastAt }: Samples): SavedSamples | undefined {
  return Number.isNaN(last) ? undefined : [since, last, lastAt, ...slots.subarray(0, count * WIDTH)];
}

export function loadSamples([since = 0, last = Number.NaN, lastAt = 0, ...slots]: SavedSamples): Samples {
  const samples = newSamples();
  const count = Math.min(CAPACITY, Math.floor(slots.length / WIDTH));
  samples.slots.set(slots.slice(0, count * WIDTH));
  return Object.assign(samples, { count, since, last, lastAt });
}

const isCounting = (aggregate: Aggregate): boolean => aggregate === 'rate' || aggregate === 'delta';

function put(samples: Samples, { aggregate, seconds }: Window, at: number, value: number, weight: number): void {
  const { slots } = samples;
  const newest = (samples.count - 1) * WIDTH;
  if (samples.count > 0 && at - (slots[newest] as number) < (seconds * 1000) / SLOTS) {
    slots[newest + 1] = join(aggregate, slots[newest + 1] as number, value);
    slots[newest + 2] = (slots[newest + 2] as number) + weight;
    return;
  }
  if (samples.count === CAPACITY) dropFirst(samples, 1);
  const next = samples.count * WIDTH;
  slots[next] = at;
  slots[next + 1] = value;
  slots[next + 2] = weight;
  samples.count++;
}

/** One value for two. Of a percentile the greater counts. */
function join(aggregate: Aggregate, one: number, other: number): number {
  switch (aggregate) {
    case 'last':
      return other;
    case 'min':
      return Math.min(one, other);
    case 'max':
    case 'p95':
      return Math.max(one, other);
    default:
      return one + other;
  }
}

function dropBefore(samples: Samples, from: number): void {
  let gone = 0;
  while (gone < samples.count && (samples.slots[gone * WIDTH] as number) < from) gone++;
  if (gone > 0) dropFirst(samples, gone);
}

function dropFirst(samples: Samples, gone: number): void {
  samples.slots.copyWithin(0, gone * WIDTH, samples.count * WIDTH);
  samples.count -= gone;
}

const sorted = new Float64Array(CAPACITY);

function aggregateOf(samples: Samples, aggregate: Aggregate): number | undefined {
  const { slots, count } = samples;
  if (count === 0) return undefined;
  let sum = 0;
  let weight = 0;
  let least = Number.POSITIVE_INFINITY;
  let greatest = Number.NEGATIVE_INFINITY;
  for (let slot = 0; slot < count; slot++) {
    const value = slots[slot * WIDTH + 1] as number;
    sum += value;
    weight += slots[slot * WIDTH + 2] as number;
    least = Math.min(least, value);
    greatest = Math.max(greatest, value);
    sorted[slot] = value;
  }
  switch (aggregate) {
    case 'last':
      return samples.last;
    case 'min':
      return least;
    case 'max':
      return greatest;
    case 'p95':
      return sorted.subarray(0, count).sort()[Math.ceil(0.95 * count) - 1];
    case 'count':
      return weight;
    case 'delta':
      return sum;
    default:
      return weight > 0 ? sum / weight : undefined;
  }
}
