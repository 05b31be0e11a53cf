/**
 * Which of two versions is the later: positive when `a` is. Numbers count as numbers, what is shorter is earlier, and a
 * word after a hyphen (`-rc1`) comes before the version it leads to.
 */
export function compareVersions(a: string, b: string): number {
  const left = partsOf(a);
  const right = partsOf(b);
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const order = compareParts(left[i], right[i]);
    if (order !== 0) return order;
  }
  return 0;
}

type Part = number | string;

const partsOf = (version: string): Part[] =>
  (version.toLowerCase().match(/\d+|[a-z]+/g) ?? []).map((part) => (/^\d/.test(part) ? Number(part) : part));

function compareParts(a: Part | undefined, b: Part | undefined): number {
  if (a === undefined || b === undefined) {
    if (a === b) return 0;
    const sign = a === undefined ? -1 : 1;
    const more = a ?? b;
    return typeof more === 'string' && EARLIER.has(more) ? -sign : sign;
  }
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  if (typeof a === 'number') return 1;
  if (typeof b === 'number') return -1;
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Words that name what comes before a version. */
const EARLIER: ReadonlySet<string> = new Set(['alpha', 'beta', 'dev', 'pre', 'preview', 'rc', 'snapshot']);
