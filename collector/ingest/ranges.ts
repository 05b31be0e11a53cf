/** Report numbers already seen, as closed ranges, ascending and apart. */
export type Ranges = (readonly [number, number])[];

/** Numbers that never come, those of refused reports for instance, part the ranges for ever. */
const RANGES_KEPT = 1_000;

/**
 * Notes `seq` as seen, in place. Beyond a thousand ranges the two oldest are joined: what lies between them is no longer
 * expected.
 * @returns false when it had been seen before.
 */
export function noteSeen(ranges: Ranges, seq: number): boolean {
  const isNew = insert(ranges, seq);
  const [oldest, next] = ranges;
  if (ranges.length > RANGES_KEPT && oldest && next) ranges.splice(0, 2, [oldest[0], next[1]]);
  return isNew;
}

function insert(ranges: Ranges, seq: number): boolean {
  const last = ranges[ranges.length - 1];
  // The common case by far: the next number of an agent that was never cut off.
  if (last && seq === last[1] + 1) {
    ranges[ranges.length - 1] = [last[0], seq];
    return true;
  }
  if (!last || seq > last[1]) {
    ranges.push([seq, seq]);
    return true;
  }
  let low = 0;
  let high = ranges.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (seq <= (ranges[middle] as readonly [number, number])[1]) high = middle;
    else low = middle + 1;
  }
  const at = ranges[low] as readonly [number, number];
  if (seq >= at[0]) return false;
  const before = ranges[low - 1];
  const joinsBefore = before !== undefined && before[1] + 1 === seq;
  const joinsAfter = at[0] - 1 === seq;
  if (joinsBefore && joinsAfter) ranges.splice(low - 1, 2, [before[0], at[1]]);
  else if (joinsBefore) ranges[low - 1] = [before[0], seq];
  else if (joinsAfter) ranges[low] = [seq, at[1]];
  else ranges.splice(low, 0, [seq, seq]);
  return true;
}
