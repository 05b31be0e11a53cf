import type { OpeningHours } from '../../protocol/inventory.ts';
import type { FaultWords } from './fault-words.ts';
import { DAYS } from './hours-findings.ts';

/** Day names a cell may use, English or French. */
const DAY_NAMES: readonly (readonly string[])[] = [
  ['mon', 'lun'],
  ['tue', 'mar'],
  ['wed', 'mer'],
  ['thu', 'jeu'],
  ['fri', 'ven'],
  ['sat', 'sam'],
  ['sun', 'dim'],
];
const CLOSED = new Set(['closed', 'fermé', 'ferme']);

/**
 * Opening hours as one cell holds them: `mon-fri 08:30-12:30 14:00-19:30; sat 09:00-20:00; 2026-12-25 closed`, days and
 * hours also as the French write them (`lun-sam 8h30-20h`). Whether the hours make sense is not asked here.
 */
export function parseHoursText(text: string, words: FaultWords): { hours: OpeningHours; faults: string[] } {
  const faults: string[] = [];
  const given = new Map<string, string[]>();
  for (const part of tidy(text).split(';')) {
    if (part.trim() === '') continue;
    const [dayText, ...spanTexts] = part.trim().split(' ') as [string, ...string[]];
    const days = parseDays(dayText);
    if (!days) faults.push(words.hoursDay(dayText));
    const spans = parseSpans(spanTexts.join(' '));
    if (!spans) faults.push(words.hoursSpan(spanTexts.join(' ')));
    for (const day of days ?? []) {
      if (given.has(day)) faults.push(words.hoursTwice(day));
      given.set(day, spans ?? []);
    }
  }
  const week = DAYS.filter((day) => given.has(day)).map((day) => [day, given.get(day)]);
  const dates = [...given].filter(([day]) => /^\d/.test(day)).sort(([a], [b]) => (a < b ? -1 : 1));
  const hours: OpeningHours = Object.fromEntries(week);
  if (dates.length > 0) hours.dates = Object.fromEntries(dates);
  return { hours, faults };
}

/** Evens out what spreadsheets and hands make of it: case, kinds of dashes and spaces, spaces around dashes and commas. */
function tidy(text: string): string {
  return text
    .toLowerCase()
    .replace(/[‐-―−]/g, '-')
    .replace(/[\r\n]+/g, ';')
    .replace(/\s+/g, ' ')
    .replace(/ ?([-,]) ?/g, '$1');
}

function parseDays(text: string): string[] | undefined {
  const days: string[] = [];
  for (const part of text.split(',')) {
    if (/^\d{4}-\d{2}-\d{2}$/.test(part)) {
      days.push(part);
      continue;
    }
    const [from, to, ...more] = part.split('-').map((name) => DAY_NAMES.findIndex((names) => names.includes(name)));
    if (from === undefined || from < 0 || (to !== undefined && to < 0) || more.length > 0) return undefined;
    const count = to === undefined ? 1 : ((to - from + DAYS.length) % DAYS.length) + 1;
    for (let i = 0; i < count; i++) days.push(DAYS[(from + i) % DAYS.length] as string);
  }
  return days;
}

function parseSpans(text: string): string[] | undefined {
  if (CLOSED.has(text)) return [];
  const spans: string[] = [];
  for (const part of text.split(/[ ,]/)) {
    const match = /^(\d{1,2})[:h](\d{2})?-(\d{1,2})[:h](\d{2})?$/.exec(part);
    if (!match) return undefined;
    const [, fromHour, fromMinute = '00', toHour, toMinute = '00'] = match as unknown as [
      string,
      string,
      string?,
      string?,
      string?,
    ];
    spans.push(`${fromHour.padStart(2, '0')}:${fromMinute}-${toHour?.padStart(2, '0')}:${toMinute}`);
  }
  return spans;
}
