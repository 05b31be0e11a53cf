/*
 * Icinga's measure of flapping: of the last 20 results, those that brought a change, the newer weighing more. It begins
 * above 30 % and ends below 25 %, so that it does not chatter itself.
 */

/** Results that count. */
const SIZE = 20;
const NEWEST = 1 << (SIZE - 1);
const STARTS_ABOVE = 30;
const ENDS_BELOW = 25;

/** The last results: bit `i` says whether result `i` brought a change, 0 being the oldest of them and 19 the newest. */
export type Changes = number;

/** One more result. */
export const addResult = (changes: Changes, isChange: boolean): Changes => (changes >> 1) | (isChange ? NEWEST : 0);

/** So many more results without a change. */
export const addQuiet = (changes: Changes, results: number): Changes => (results >= SIZE ? 0 : changes >> results);

/** Weighted share of changes, percent to one decimal: each weighs 0.8 + 0.02 × its place. */
export function percentOf(changes: Changes): number {
  // In fiftieths, so that the sum is exact.
  let sum = 0;
  for (let place = 0; place < SIZE; place++) if ((changes >> place) & 1) sum += 40 + place;
  return sum / 10;
}

export function isFlapping(changes: Changes, was: boolean): boolean {
  const percent = percentOf(changes);
  return was ? percent >= ENDS_BELOW : percent > STARTS_ABOVE;
}

/** After how many more results without a change it flaps no more, or has forgotten all its changes. */
export function resultsToRest(changes: Changes, was: boolean): number {
  let results = 0;
  const rests = (next: Changes) => (was ? !isFlapping(next, true) : next === 0);
  while (!rests(addQuiet(changes, results))) results++;
  return results;
}
