import { newWords, type Words } from './byte-planes.ts';

/**
 * Most figures of a host are whole numbers or decimals of a few places (counters, bytes, loads, rounded percentages).
 * As whole multiples of a power of ten, each told by its difference from what was to be expected, they take a byte or two.
 */
export interface DecimalColumn {
  /** Values are whole multiples of 10^-places. */
  places: number;
  /** 0: as they are; 1: difference from the one before; 2: difference of the differences. */
  order: number;
  /** What the first `order` multiples are. */
  first: number[];
  /** Zigzagged differences of the others. */
  rest: Words;
}

const POWERS = [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6];
/** Differences of differences of such numbers, zigzagged, still are exact. */
const LARGEST_MULTIPLE = 2 ** 50;
const WORD = 2 ** 32;

/** Undefined when the values are no decimals of a few places that come back exactly. */
export function toDecimals(values: Float64Array): DecimalColumn | undefined {
  const places = placesOf(values);
  const multiples = places === undefined ? undefined : toMultiples(values, POWERS[places] as number);
  if (places === undefined || !multiples) return undefined;
  const order = cheapestOrder(multiples);
  const first = [...multiples.subarray(0, order)];
  const rest = newWords(Math.max(0, multiples.length - order));
  for (let i = order; i < multiples.length; i++) {
    const zigzagged = zigzag(residual(multiples, i, order));
    rest.low[i - order] = zigzagged % WORD;
    rest.high[i - order] = zigzagged / WORD;
  }
  return { places, order, first, rest };
}

export function fromDecimals({ places, order, first, rest }: DecimalColumn): Float64Array {
  const power = POWERS[places];
  if (power === undefined || order > 2) throw new RangeError('a column is of an unknown kind');
  const values = new Float64Array(first.length + rest.low.length);
  values.set(first);
  for (let i = order; i < values.length; i++) {
    const zigzagged = (rest.high[i - order] as number) * WORD + (rest.low[i - order] as number);
    const difference = zigzagged % 2 === 0 ? zigzagged / 2 : -(zigzagged + 1) / 2;
    values[i] = difference + expected(values, i, order);
  }
  if (power !== 1) for (let i = 0; i < values.length; i++) values[i] = (values[i] as number) / power;
  return values;
}

export const zigzag = (value: number): number => (value >= 0 ? value * 2 : -value * 2 - 1);

export const unzigzag = (value: number): number => (value % 2 === 0 ? value / 2 : -(value + 1) / 2);

function placesOf(values: Float64Array): number | undefined {
  let places = 0;
  for (let i = 0; i < values.length; i++) {
    while (!isMultiple(values[i] as number, POWERS[places] as number)) if (++places === POWERS.length) return undefined;
  }
  return places;
}

/** Undefined when one of them is no multiple after all: more places leave less room before the point. */
function toMultiples(values: Float64Array, power: number): Float64Array | undefined {
  const multiples = new Float64Array(values.length);
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    if (!isMultiple(value, power)) return undefined;
    multiples[i] = Math.round(value * power);
  }
  return multiples;
}

function isMultiple(value: number, power: number): boolean {
  const multiple = Math.round(value * power);
  return multiple / power === value && Math.abs(multiple) <= LARGEST_MULTIPLE;
}

function expected(multiples: Float64Array, i: number, order: number): number {
  if (order === 0) return 0;
  const before = multiples[i - 1] as number;
  return order === 1 ? before : before * 2 - (multiples[i - 2] as number);
}

const residual = (multiples: Float64Array, i: number, order: number): number =>
  (multiples[i] as number) - expected(multiples, i, order);

function cheapestOrder(multiples: Float64Array): number {
  if (multiples.length < 3) return Math.max(0, multiples.length - 1);
  let plain = 0;
  let once = 0;
  let twice = 0;
  for (let i = 2; i < multiples.length; i++) {
    const value = multiples[i] as number;
    const before = multiples[i - 1] as number;
    plain += bitLength(zigzag(value));
    once += bitLength(zigzag(value - before));
    twice += bitLength(zigzag(value - before * 2 + (multiples[i - 2] as number)));
  }
  if (plain <= once && plain <= twice) return 0;
  return once <= twice ? 1 : 2;
}

const bitLength = (value: number): number =>
  value < WORD ? 32 - Math.clz32(value) : 64 - Math.clz32(Math.floor(value / WORD));
