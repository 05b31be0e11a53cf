import { Temporal } from 'temporal-polyfill';
import type { Locale } from '../../protocol/inventory.ts';
import type { MaintenanceWindow } from '../../protocol/maintenance.ts';
import { parseRecurrence, RecurrenceError, recurringDays } from '../engine/maintenance/recurrence.ts';
import { WindowSchedule } from '../engine/maintenance/window-schedule.ts';

/** What of a window cannot be, and why. */
export interface WindowFault {
  path: 'start' | 'end' | 'timeZone' | 'repeat' | 'except';
  message: Record<Locale, string>;
}

const MOST_DAYS = 31;
const MOST_DAYS_REPEATED = 7;
const YEARS = { first: 1970, last: 2199 };
/** Ten years of days. */
const MOST_TIMES = 3660;
const DAY_MS = 86_400_000;
/** Where the day begins first: what does not begin there before its end begins nowhere. */
const EASTMOST = 'Etc/GMT-14';

/** Where a well-formed window contradicts itself; nothing where it can take place. */
export function checkWindow(window: MaintenanceWindow): WindowFault[] {
  const { start, end, timeZone, repeat, except = [] } = window;
  const faults: WindowFault[] = [];
  const fault = (path: WindowFault['path'], en: string, fr: string) => faults.push({ path, message: { en, fr } });
  const [begins, ends] = [wallTime(start), wallTime(end)];
  for (const [path, text, wall] of [['start', start, begins] as const, ['end', end, ends] as const]) {
    if (!wall) fault(path, `there is no ${text} in the calendar`, `${text} n’existe pas au calendrier`);
  }
  for (const text of except) {
    if (!wallTime(text)) fault('except', `there is no ${text} in the calendar`, `${text} n’existe pas au calendrier`);
  }
  if (timeZone !== undefined && !isTimeZone(timeZone)) {
    fault(
      'timeZone',
      `“${timeZone}” is no time zone; expected an IANA name such as Europe/Paris`,
      `«\u202f${timeZone}\u202f» n’est pas un fuseau horaire\u202f; attendu\u202f: un nom IANA comme Europe/Paris`,
    );
  }
  if (!begins || !ends) return faults;
  if (begins.year < YEARS.first || begins.year > YEARS.last) {
    const [first, last] = [YEARS.first, YEARS.last];
    fault('start', `must be of the years ${first} to ${last}`, `doit être entre les années ${first} et ${last}`);
  }
  const most = repeat === undefined ? MOST_DAYS : MOST_DAYS_REPEATED;
  if (Temporal.PlainDateTime.compare(ends, begins) <= 0) {
    fault('end', 'must come after the start', 'doit venir après le début');
  } else if (begins.until(ends).total('days') > most) {
    const [en, fr] = repeat === undefined ? ['', ''] : [' when it is repeated', ' quand elle se répète'];
    fault('end', `lasts too long: ${most} days at most${en}`, `dure trop longtemps\u202f: ${most} jours au plus${fr}`);
  }
  if (repeat === undefined) {
    if (except.length > 0) fault('except', 'needs a repetition', 'n’a de sens qu’avec une répétition');
    return faults;
  }
  try {
    const first = begins.toPlainDate();
    const rule = parseRecurrence(repeat);
    const [day] = recurringDays(rule, first, first, first);
    if (rule.count !== undefined && rule.count > MOST_TIMES) {
      fault('repeat', `COUNT: ${MOST_TIMES} at most`, `COUNT\u202f: ${MOST_TIMES} au plus`);
    }
    if (day && faults.length === 0 && !happens(window)) {
      fault('repeat', `UNTIL lies before the start, ${start}`, `UNTIL précède le début, ${start}`);
    }
    if (!day) {
      fault(
        'repeat',
        `the start, ${first}, is not a day of this rule`,
        `le début, ${first}, n’est pas un jour de cette règle`,
      );
    }
  } catch (error) {
    if (!(error instanceof RecurrenceError)) throw error;
    fault('repeat', error.message, error.fr);
  }
  return faults;
}

/** Whether it takes place at its start, wherever that comes first, unless that is left out. */
function happens(window: MaintenanceWindow): boolean {
  const { except: _, ...whole } = window;
  const schedule = new WindowSchedule(whole, window.timeZone ?? EASTMOST);
  const near = Date.parse(`${window.start}Z`);
  return schedule.next(near - 2 * DAY_MS, near + 2 * DAY_MS) !== undefined;
}

function wallTime(text: string): Temporal.PlainDateTime | undefined {
  try {
    return Temporal.PlainDateTime.from(text);
  } catch {
    return undefined;
  }
}

/** Offsets such as `+02:00` pass for a zone, but know no summer time. */
export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return /^[A-Za-z]/.test(name);
  } catch {
    return false;
  }
}
