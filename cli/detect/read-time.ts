const WRITTEN =
  /^(\d{4})[-/](\d\d)[-/](\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?)?(?: ?(?:(Z)|([+-])(\d\d):?(\d\d)?))?$/i;
const COUNTED = /^-?\d{1,16}(?:\.\d+)?$/;
/** Seconds since 1970 stay below it until the year 5138; milliseconds are above it since 1973. */
const LARGEST_SECONDS = 1e11;
const MINUTE = 60_000;

/**
 * Milliseconds since 1970 of a time written as ISO 8601, with a space for its T, or counted in seconds or milliseconds. One
 * without a zone is taken as UTC. NaN when it is none.
 */
export function readTime(text: string): number {
  if (COUNTED.test(text)) {
    const count = Number(text);
    return Math.abs(count) < LARGEST_SECONDS ? count * 1000 : count;
  }
  const parts = WRITTEN.exec(text);
  if (!parts) return Number.NaN;
  const [, year, month, day, hour = 0, minute = 0, second = 0, fraction = '0', , sign, zoneHour = 0, zoneMinute = 0] =
    parts;
  if (+hour > 23 || +minute > 59 || +second > 60 || +zoneHour > 23 || +zoneMinute > 59) return Number.NaN;
  const midnight = Date.UTC(Number(year), Number(month) - 1, Number(day));
  // The 31st of June would silently be the first of July.
  if (new Date(midnight).getUTCDate() !== Number(day) || +(month as string) > 12) return Number.NaN;
  const zone = (sign === '-' ? -1 : 1) * (+zoneHour * 60 + +zoneMinute);
  return (
    midnight + (+hour * 60 + +minute - zone) * MINUTE + +second * 1000 + Math.round(Number(`0.${fraction}`) * 1000)
  );
}
