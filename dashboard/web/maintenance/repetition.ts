import type { Locale } from '../../../protocol/inventory.ts';
import type { MaintenanceWords } from '../words/maintenance.ts';

/** What the form offers; files and the command line may say more. */
export const REPETITIONS = ['none', 'daily', 'weekly', 'monthly-date', 'monthly-weekday'] as const;
export type Repetition = (typeof REPETITIONS)[number];

const CODES = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'] as const;
/** A Sunday. */
const SUNDAY = Date.UTC(2023, 0, 1);
const DAY_MS = 86_400_000;
const KNOWN = new Set(['FREQ', 'INTERVAL', 'BYDAY', 'BYMONTHDAY', 'COUNT', 'UNTIL', 'WKST']);

/** The rule of RFC 5545 that repeats what begins at this wall time; undefined when nothing does. */
export function ruleOf(repetition: Repetition, start: string): string | undefined {
  const day = new Date(`${start.slice(0, 10)}T00:00Z`);
  if (repetition === 'none' || Number.isNaN(day.getTime())) return undefined;
  if (repetition === 'daily') return 'FREQ=DAILY';
  const weekday = CODES[day.getUTCDay()];
  if (repetition === 'weekly') return `FREQ=WEEKLY;BYDAY=${weekday}`;
  if (repetition === 'monthly-date') return `FREQ=MONTHLY;BYMONTHDAY=${day.getUTCDate()}`;
  const place = Math.ceil(day.getUTCDate() / 7);
  // Not every month has a fifth: the last is meant.
  return `FREQ=MONTHLY;BYDAY=${place === 5 ? -1 : place}${weekday}`;
}

/** A rule in words: `Chaque mois, le 2ᵉ dimanche`. One that has no plain words is shown as it is. */
export function sayRule(rule: string, words: MaintenanceWords, locale: Locale): string {
  const parts = new Map(rule.split(';').map((part) => part.toUpperCase().split('=') as [string, string]));
  const every = words.every[parts.get('FREQ') as keyof typeof words.every] as ((n: number) => string) | undefined;
  if (every === undefined || [...parts.keys()].some((name) => !KNOWN.has(name))) return rule;
  const listed = (name: string): string[] => parts.get(name)?.split(',') ?? [];
  const joined = (list: string[]) => new Intl.ListFormat(locale, { type: 'conjunction' }).format(list);
  const days = listed('BYDAY').map((day) => sayDay(day, words, locale));
  const dates = listed('BYMONTHDAY').map(Number);
  if (days.includes(undefined) || dates.some((date) => !Number.isInteger(date))) return rule;
  const until = parts.get('UNTIL');
  const last = until === undefined ? undefined : Date.parse(until.replace(/^(\d{4})(\d{2})(\d{2}).*$/, '$1-$2-$3'));
  if (Number.isNaN(last)) return rule;
  const tag = locale === 'fr' ? 'fr-FR' : 'en-GB';
  const day = new Intl.DateTimeFormat(tag, { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });
  return [
    every(Number(parts.get('INTERVAL') ?? 1)),
    ...(days.length > 0 ? [words.onDays(joined(days as string[]))] : []),
    ...(dates.length > 0
      ? [words.onDates(joined(dates.map((date) => (date < 0 ? words.fromEnd(-date) : words.dayOfMonth(date)))))]
      : []),
    ...(parts.has('COUNT') ? [words.times(Number(parts.get('COUNT')))] : []),
    ...(last === undefined ? [] : [words.until(day.format(last))]),
  ].join(', ');
}

function sayDay(text: string, words: MaintenanceWords, locale: Locale): string | undefined {
  const [, place = '', code] = /^([+-]?\d+)?([A-Z]{2})$/.exec(text) ?? [];
  const at = CODES.indexOf(code as (typeof CODES)[number]);
  if (at < 0) return undefined;
  const name = new Intl.DateTimeFormat(locale, { weekday: 'long', timeZone: 'UTC' }).format(SUNDAY + at * DAY_MS);
  return place === '' ? name : words.ordinal(Number(place), name);
}
