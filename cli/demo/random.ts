/** A number of 32 bits that any text always gives under the same seed. */
export function hashText(seed: number, text: string): number {
  let hash = (seed ^ 0x811c9dc5) >>> 0;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return scramble(hash);
}

/** Two numbers of 32 bits made into a third that tells nothing of either. */
export const mix = (a: number, b: number): number => scramble(Math.imul(a ^ (b >>> 0), 0x9e3779b1) + b);

/** A 32-bit number as a fraction in [0, 1). */
export const fraction = (hash: number): number => (hash >>> 0) / 0x1_0000_0000;

function scramble(value: number): number {
  let x = value >>> 0;
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  return (x ^ (x >>> 16)) >>> 0;
}

export interface Random {
  /** In [0, 1). */
  next(): number;
  /** An integer in [0, n). */
  below(n: number): number;
  /** One of the items. Throws a RangeError when there are none. */
  pick<T>(items: readonly T[]): T;
  /** The same items in another order. */
  shuffle<T>(items: readonly T[]): T[];
}

/** The same draws in the same order for the same seed. */
export function createRandom(seed: number): Random {
  let count = 0;
  const next = () => fraction(mix(seed, ++count));
  const below = (n: number) => Math.floor(next() * n);
  return {
    next,
    below,
    pick(items) {
      const item = items[below(items.length)];
      if (item === undefined) throw new RangeError('nothing to pick from');
      return item;
    },
    shuffle(items) {
      return items
        .map((item) => ({ item, order: next() }))
        .sort((a, b) => a.order - b.order)
        .map(({ item }) => item);
    },
  };
}
