import { STATUSES } from '../../../protocol/status.ts';

/** A series may be long, a slip of the keyboard must not fill the memory. */
const MAX_SAMPLES = 100_000;

const NUMBER = '[+-]?(?:\\d+\\.?\\d*|\\.\\d+)(?:e[+-]?\\d+)?';
const ITEM = new RegExp(
  `^(?:(_)|(${NUMBER})(?:([+-](?:\\d+\\.?\\d*|\\.\\d+)(?:e[+-]?\\d+)?)(?=x))?)(?:x(\\d+))?$`,
  'i',
);
const STATUS_ITEM = new RegExp(`^(?:(_)|(${STATUSES.join('|')}))(?:x(\\d+))?$`);

/** What is wrong with a series' values: the item, and what was expected. */
export class ValuesError extends Error {}

/**
 * The samples of a series written as promtool writes them, `undefined` for one that is missing: `3` is one, `1+2x3` is
 * 1 3 5 7, `4x2` is 4 4 4, `_` is a missing one, `_x5` five.
 * @throws {ValuesError}
 */
export function readNumbers(text: string): (number | undefined)[] {
  return expand(text, 'a number, `1+2x10`, `5x3` or `_`', (item) => {
    const [, missing, first, by = '0', times] = item.match(ITEM) ?? [];
    if (missing !== undefined) return { count: Number(times ?? 1), at: () => undefined };
    if (first === undefined) return undefined;
    // Sums of decimal steps are rounded as they are written: 0.1 ten times is 1.
    return { count: Number(times ?? 0) + 1, at: (nth) => Number((Number(first) + nth * Number(by)).toPrecision(12)) };
  });
}

/**
 * The samples of a check: `ok`, `warning`, `critical`, `unknown`, each with `xN` for N more, `_` for a missing one.
 * @throws {ValuesError}
 */
export function readStatuses(text: string): ((typeof STATUSES)[number] | undefined)[] {
  return expand(text, `${STATUSES.join(', ')} or \`_\`, with \`xN\` for more`, (item) => {
    const [, missing, status, times] = item.match(STATUS_ITEM) ?? [];
    if (missing !== undefined) return { count: Number(times ?? 1), at: () => undefined };
    const known = STATUSES.find((one) => one === status);
    return known && { count: Number(times ?? 0) + 1, at: () => known };
  });
}

function expand<Value>(
  text: string,
  expected: string,
  read: (item: string) => { count: number; at: (nth: number) => Value } | undefined,
): Value[] {
  const samples: Value[] = [];
  for (const item of text.trim().split(/\s+/)) {
    const run = read(item);
    if (!run) throw new ValuesError(`\`${item}\` is not ${expected}`);
    if (samples.length + run.count > MAX_SAMPLES) throw new ValuesError(`more than ${MAX_SAMPLES} samples`);
    for (let nth = 0; nth < run.count; nth++) samples.push(run.at(nth));
  }
  return samples;
}
