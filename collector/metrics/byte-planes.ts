/**
 * 64-bit words as byte planes: all lowest bytes, then all second bytes, and so on. Like bytes stand together, which is
 * what deflate needs, and a plane of zeros only is left out.
 */
export interface Words {
  low: Uint32Array;
  high: Uint32Array;
}

export const newWords = (length: number): Words => ({ low: new Uint32Array(length), high: new Uint32Array(length) });

/** One bit per plane that is not all zeros. */
export function planesUsed({ low, high }: Words): number {
  let lows = 0;
  let highs = 0;
  for (let i = 0; i < low.length; i++) {
    lows |= low[i] as number;
    highs |= high[i] as number;
  }
  let mask = 0;
  for (let plane = 0; plane < 4; plane++) {
    if ((lows >>> (plane * 8)) & 0xff) mask |= 1 << plane;
    if ((highs >>> (plane * 8)) & 0xff) mask |= 16 << plane;
  }
  return mask;
}

export function splitPlanes({ low, high }: Words, mask: number): Uint8Array {
  const rows = low.length;
  const planes = new Uint8Array(rows * countOnes(mask));
  let at = 0;
  for (let plane = 0; plane < 8; plane++) {
    if (!(mask & (1 << plane))) continue;
    const half = plane < 4 ? low : high;
    const shift = (plane & 3) * 8;
    for (let i = 0; i < rows; i++) planes[at++] = (half[i] as number) >>> shift;
  }
  return planes;
}

/** Throws a RangeError when `planes` has not the bytes that `rows` and `mask` ask for. */
export function joinPlanes(planes: Uint8Array, mask: number, rows: number): Words {
  if (planes.byteLength !== rows * countOnes(mask)) throw new RangeError('a column has not the length it says');
  const words = newWords(rows);
  let at = 0;
  for (let plane = 0; plane < 8; plane++) {
    if (!(mask & (1 << plane))) continue;
    const half = plane < 4 ? words.low : words.high;
    const shift = (plane & 3) * 8;
    for (let i = 0; i < rows; i++) half[i] = (half[i] as number) | ((planes[at++] as number) << shift);
  }
  return words;
}

function countOnes(mask: number): number {
  let ones = 0;
  for (let rest = mask; rest !== 0; rest &= rest - 1) ones++;
  return ones;
}
