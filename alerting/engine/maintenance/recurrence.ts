import { Temporal } from 'temporal-polyfill';

const FREQUENCIES = ['DAILY', 'WEEKLY', 'MONTHLY'] as const;
type Frequency = (typeof FREQUENCIES)[number];

const WEEKDAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];

/** A weekday, 1 for Monday; `ordinal` counts those of a month, from its end when below 0; 0: all of them. */
interface ByDay {
  ordinal: number;
  weekday: number;
}

/** A recurrence rule of RFC 5545, as far as maintenance has use for it. */
export interface Recurrence {
  frequency: Frequency;
  interval: number;
  byDay: readonly ByDay[];
  byMonthDay: readonly number[];
  bySetPos: readonly number[];
  count: number | undefined;
  /** The last moment a start may have: wall time, `2026-12-31T23:59:59`, or an instant in milliseconds since 1970. */
  until: string | number | undefined;
  weekStart: number;
}

/** Says what of a rule cannot be understood, in both languages. */
export class RecurrenceError extends Error {
  readonly fr: string;
  constructor(en: string, fr: string) {
    super(en);
    this.name = 'RecurrenceError';
    this.fr = fr;
  }
}

/** @throws RecurrenceError */
export function parseRecurrence(rule: string): Recurrence {
  const parts = new Map<string, string>();
  for (const part of rule.split(';')) {
    const [name = '', value = '', ...rest] = part.split('=');
    const key = name.toUpperCase();
    if (value === '' || rest.length > 0)
      throw new RecurrenceError(
        `"${part}" is not NAME=VALUE`,
        `«\u202f${part}\u202f» n’est pas de la forme NOM=VALEUR`,
      );
    if (parts.has(key)) throw new RecurrenceError(`${key} is there twice`, `${key} est là deux fois`);
    parts.set(key, value.toUpperCase());
  }
  for (const key of parts.keys()) {
    if (KNOWN.has(key)) continue;
    const known = [...KNOWN].join(', ');
    throw new RecurrenceError(
      `${key} is not supported; expected ${known}`,
      `${key} n’est pas pris en charge\u202f; attendu\u202f: ${known}`,
    );
  }
  const frequency = parts.get('FREQ') as Frequency;
  if (!FREQUENCIES.includes(frequency)) {
    const known = FREQUENCIES.join(', ');
    throw new RecurrenceError(
      `FREQ must be one of ${known}, found ${frequency ?? 'none'}`,
      `FREQ doit être ${known}\u202f; trouvé\u202f: ${frequency ?? 'rien'}`,
    );
  }
  const count = parts.has('COUNT') ? whole('COUNT', parts.get('COUNT'), 1, 10_000) : undefined;
  if (count !== undefined && parts.has('UNTIL')) {
    throw new RecurrenceError('COUNT and UNTIL cannot stand together', 'COUNT et UNTIL ne vont pas ensemble');
  }
  const recurrence: Recurrence = {
    frequency,
    interval: whole('INTERVAL', parts.get('INTERVAL') ?? '1', 1, 1000),
    byDay: list(parts.get('BYDAY')).map((day) => byDayOf(day, frequency)),
    byMonthDay: list(parts.get('BYMONTHDAY')).map((day) => signed('BYMONTHDAY', day, 31)),
    bySetPos: list(parts.get('BYSETPOS')).map((place) => signed('BYSETPOS', place, 366)),
    count,
    until: parts.has('UNTIL') ? untilOf(parts.get('UNTIL') ?? '') : undefined,
    weekStart: weekdayOf('WKST', parts.get('WKST') ?? 'MO'),
  };
  if (frequency === 'WEEKLY' && recurrence.byMonthDay.length > 0) {
    throw new RecurrenceError('BYMONTHDAY cannot stand with FREQ=WEEKLY', 'BYMONTHDAY ne va pas avec FREQ=WEEKLY');
  }
  return recurrence;
}

/** Nobody plans further: where a COUNT would reach beyond, the rule ends then. */
const MOST_YEARS = 100;

/** The same rule with its last day in place of a COUNT, so that long past days need not be counted again each time. */
export function withLastDay(rule: Recurrence, first: Temporal.PlainDate): Recurrence {
  const { frequency, interval, count, byDay, byMonthDay, bySetPos } = rule;
  if (count === undefined) return rule;
  const farthest = first.add({ years: MOST_YEARS });
  let last = first;
  if (frequency !== 'MONTHLY' && byDay.length + byMonthDay.length + bySetPos.length === 0) {
    const steps = interval * (count - 1);
    const counted = first.add(frequency === 'DAILY' ? { days: steps } : { weeks: steps });
    last = Temporal.PlainDate.compare(counted, farthest) < 0 ? counted : farthest;
  } else for (const day of recurringDays(rule, first, first, farthest)) last = day;
  return { ...rule, count: undefined, until: `${last}T23:59:59` };
}

/** The days of a rule that begins on `first`, in order, up to `to`. Without a COUNT those long before `from` are passed over. */
export function* recurringDays(
  rule: Recurrence,
  first: Temporal.PlainDate,
  from: Temporal.PlainDate,
  to: Temporal.PlainDate,
): Generator<Temporal.PlainDate> {
  let left = rule.count ?? Number.POSITIVE_INFINITY;
  for (let period = rule.count === undefined ? periodsBefore(rule, first, from) : 0; ; period++) {
    const begin = periodStart(rule, first, period);
    if (Temporal.PlainDate.compare(begin, to) > 0) return;
    for (const day of daysOf(rule, first, begin)) {
      if (Temporal.PlainDate.compare(day, first) < 0) continue;
      if (left-- <= 0 || Temporal.PlainDate.compare(day, to) > 0) return;
      yield day;
    }
  }
}

const KNOWN: ReadonlySet<string> = new Set([
  ...['FREQ', 'INTERVAL', 'BYDAY', 'BYMONTHDAY', 'BYSETPOS', 'COUNT', 'UNTIL', 'WKST'],
]);

function periodStart({ frequency, interval, weekStart }: Recurrence, first: Temporal.PlainDate, period: number) {
  const steps = interval * period;
  if (frequency === 'DAILY') return first.add({ days: steps });
  if (frequency === 'MONTHLY') return first.with({ day: 1 }).add({ months: steps });
  return first.subtract({ days: (first.dayOfWeek - weekStart + 7) % 7 }).add({ weeks: steps });
}

/** Periods that certainly lie before `from`. */
function periodsBefore(
  { frequency, interval }: Recurrence,
  first: Temporal.PlainDate,
  from: Temporal.PlainDate,
): number {
  const days = () => first.until(from, { largestUnit: 'days' }).days;
  const periods =
    frequency === 'MONTHLY'
      ? (from.year - first.year) * 12 + from.month - first.month
      : days() / (frequency === 'DAILY' ? 1 : 7);
  return Math.max(0, Math.floor(periods / interval) - 1);
}

/** The days of the period that begins on `begin`, in order. */
function daysOf(rule: Recurrence, first: Temporal.PlainDate, begin: Temporal.PlainDate): Temporal.PlainDate[] {
  const { frequency, byDay, byMonthDay, bySetPos } = rule;
  const isOfMonth = byDay.length > 0 || byMonthDay.length > 0;
  const candidates =
    frequency === 'DAILY'
      ? [begin]
      : Array.from({ length: frequency === 'WEEKLY' ? 7 : begin.daysInMonth }, (_, days) => begin.add({ days }));
  const days = candidates.filter((day) => {
    if (frequency === 'WEEKLY' && byDay.length === 0) return day.dayOfWeek === first.dayOfWeek;
    if (frequency === 'MONTHLY' && !isOfMonth) return day.day === first.day;
    return (byDay.length === 0 || byDay.some((one) => fitsDay(one, day))) && fitsMonthDay(byMonthDay, day);
  });
  if (bySetPos.length === 0) return days;
  return days.filter((_, at) => bySetPos.includes(at + 1) || bySetPos.includes(at - days.length));
}

function fitsDay({ ordinal, weekday }: ByDay, day: Temporal.PlainDate): boolean {
  if (day.dayOfWeek !== weekday) return false;
  if (ordinal > 0) return Math.ceil(day.day / 7) === ordinal;
  return ordinal === 0 || Math.ceil((day.daysInMonth - day.day + 1) / 7) === -ordinal;
}

const fitsMonthDay = (wanted: readonly number[], { day, daysInMonth }: Temporal.PlainDate): boolean =>
  wanted.length === 0 || wanted.includes(day) || wanted.includes(day - daysInMonth - 1);

function byDayOf(text: string, frequency: Frequency): ByDay {
  const [, ordinal = '', day = ''] = /^([+-]?\d{0,2})([A-Z]{2})$/.exec(text) ?? [];
  const weekday = weekdayOf('BYDAY', day === '' ? text : day);
  if (ordinal === '') return { ordinal: 0, weekday };
  if (frequency !== 'MONTHLY') {
    throw new RecurrenceError(
      `BYDAY=${text} counts days of a month: it needs FREQ=MONTHLY`,
      `BYDAY=${text} compte les jours d’un mois\u202f: il faut FREQ=MONTHLY`,
    );
  }
  return { ordinal: signed('BYDAY', ordinal, 5), weekday };
}

function weekdayOf(name: string, text: string): number {
  const place = WEEKDAYS.indexOf(text);
  if (place < 0) throw unexpected(name, `one of ${WEEKDAYS.join(', ')}`, `l’un de ${WEEKDAYS.join(', ')}`, text);
  return place + 1;
}

function untilOf(text: string): string | number {
  const [, date, time = '235959', utc] = /^(\d{8})(?:T(\d{6}))?(Z)?$/.exec(text) ?? [];
  const [day, clock] = [date?.replace(/(....)(..)(..)/, '$1-$2-$3'), time.replace(/(..)(..)(..)/, '$1:$2:$3')];
  try {
    const wall = Temporal.PlainDateTime.from(`${day}T${clock}`);
    return utc === undefined ? wall.toString() : wall.toZonedDateTime('UTC').epochMilliseconds;
  } catch {
    const [en, fr] = ['a date such as 20261231 or 20261231T220000Z', 'une date comme 20261231 ou 20261231T220000Z'];
    throw unexpected('UNTIL', en, fr, text);
  }
}

const list = (text: string | undefined): string[] => (text === undefined ? [] : text.split(','));

function whole(name: string, text: string | undefined, least: number, most: number): number {
  const value = /^\d{1,6}$/.test(text ?? '') ? Number(text) : Number.NaN;
  if (value >= least && value <= most) return value;
  throw unexpected(name, `a whole number from ${least} to ${most}`, `un entier de ${least} à ${most}`, String(text));
}

function signed(name: string, text: string, most: number): number {
  const value = /^[+-]?\d{1,3}$/.test(text) ? Number(text) : 0;
  if (value !== 0 && Math.abs(value) <= most) return value;
  throw unexpected(name, `1 to ${most}, or -1 to -${most}`, `de 1 à ${most}, ou de -1 à -${most}`, text);
}

const unexpected = (name: string, en: string, fr: string, found: string): RecurrenceError =>
  new RecurrenceError(
    `${name}: expected ${en}, found ${found}`,
    `${name}\u202f: attendu\u202f: ${fr}\u202f; trouvé\u202f: ${found}`,
  );
