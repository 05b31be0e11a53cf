/** One of our databases (or buckets): what came, and the two steps of roll-ups. */
export const LEVELS = ['raw', '5m', '1h'] as const;
export type Level = (typeof LEVELS)[number];

export const FIVE_MINUTES = 300_000;
export const HOUR = 3_600_000;

/*
 * What came for a time that was rolled up already. A roll-up in InfluxDB can't be added to without the danger of adding
 * twice, so such samples, and roll-ups of another store that don't fit where they belong, are kept beside: in the
 * hourly database, which forgets last, under the measurement's name with one of these words before it. They are told
 * together with the rest and never rolled up themselves. There are few.
 */
const WORDS = { raw: 'vigie_late_', '5m': 'vigie_5m_', '1h': 'vigie_1h_' } as const;

/** The measurement in the hourly database that holds what came for this one beside its time. */
export const extraOf = (level: Level, measurement: string): string => WORDS[level] + measurement;

/** The measurement whose extras are kept under this name, if that is what it is. */
export function ownOfExtra(measurement: string): string | undefined {
  const word = Object.values(WORDS).find((one) => measurement.startsWith(one));
  return word === undefined ? undefined : measurement.slice(word.length);
}

/** So far beyond the mark a sample counts as late already: another collector may have moved the mark just now. */
export const AHEAD_MS = 2 * HOUR;
