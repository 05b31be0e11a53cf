/** A share of one, in sixtieths, the same for a name whenever it is asked: stores do not all write at the same minute. */
export function shareOf(name: string): number {
  let sum = 0;
  for (let index = 0; index < name.length; index++) sum = (sum * 31 + name.charCodeAt(index)) % 60_000;
  return ((sum % 60) + 1) / 60;
}
