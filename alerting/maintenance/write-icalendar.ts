import { Temporal } from 'temporal-polyfill';
import { type MaintenanceWindow, SUSPECT_MINUTES } from '../../protocol/maintenance.ts';
import { scopeTerms } from './scope-terms.ts';

/** A window, and when somebody last changed it (milliseconds since 1970). */
export interface DatedWindow {
  window: MaintenanceWindow;
  at: number;
}

/** Octets of a line, RFC 5545 section 3.1. */
const MAX_OCTETS = 75;
/** Changes of the clock that are written out after a zone's first event. */
const TRANSITIONS = 20;

/**
 * Windows as an iCalendar file that Outlook and Google read, and `readIcalendar` reads back. A window in each store's own
 * time has floating times.
 */
export function writeIcalendar(windows: readonly DatedWindow[]): string {
  const firsts = new Map<string, string>();
  for (const { window } of windows) {
    const { timeZone, start } = window;
    if (timeZone === undefined || timeZone === 'UTC') continue;
    const first = firsts.get(timeZone);
    if (first === undefined || start < first) firsts.set(timeZone, start);
  }
  const lines = [
    ...['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Vigie//Maintenance//EN', 'CALSCALE:GREGORIAN', 'METHOD:PUBLISH'],
    ...['X-WR-CALNAME:Vigie', 'X-PUBLISHED-TTL:PT15M', 'REFRESH-INTERVAL;VALUE=DURATION:PT15M'],
    ...[...firsts].flatMap(([timeZone, first]) => zoneLines(timeZone, first)),
    ...windows.flatMap(eventLines),
    'END:VCALENDAR',
  ];
  return `${lines.map(folded).join('\r\n')}\r\n`;
}

function eventLines({ window, at }: DatedWindow): string[] {
  const { id, kind, title, who, why, number, scope, start, repeat, except = [], suspectMinutes, endedAt } = window;
  const terms = scopeTerms(scope).map(escaped).join(',');
  const when = (name: string, wall: string) => timed(name, [wall], window.timeZone);
  return [
    'BEGIN:VEVENT',
    `UID:${id}`,
    `DTSTAMP:${utc(at)}`,
    `LAST-MODIFIED:${utc(at)}`,
    when('DTSTART', start),
    when('DTEND', endOf(window)),
    ...(repeat === undefined ? [] : [`RRULE:${repeat}`]),
    ...(except.length === 0 ? [] : [timed('EXDATE', except, window.timeZone)]),
    `SUMMARY:${escaped(title)}`,
    `DESCRIPTION:${escaped(why)}`,
    `CONTACT:${escaped(who)}`,
    `CATEGORIES:${terms}`,
    `X-VIGIE-SCOPE:${terms}`,
    `X-VIGIE-KIND:${kind}`,
    ...(number === undefined ? [] : [`X-VIGIE-NUMBER:${escaped(number)}`]),
    ...(suspectMinutes === undefined || suspectMinutes === SUSPECT_MINUTES
      ? []
      : [`X-VIGIE-SUSPECT-MINUTES:${suspectMinutes}`]),
    ...(endedAt === undefined ? [] : [`X-VIGIE-ENDED:${utc(endedAt)}`]),
    'TRANSP:TRANSPARENT',
    'END:VEVENT',
  ];
}

/** One that was ended early, and does not come again, is shown as it was. */
function endOf({ start, end, timeZone, repeat, endedAt }: MaintenanceWindow): string {
  if (endedAt === undefined || repeat !== undefined || timeZone === undefined) return end;
  const ended = Temporal.Instant.fromEpochMilliseconds(Math.floor(endedAt)).toZonedDateTimeISO(timeZone);
  const wall = ended.toPlainDateTime().toString({ smallestUnit: 'minute' });
  return wall > start && wall < end ? wall : end;
}

function timed(name: string, walls: readonly string[], timeZone: string | undefined): string {
  const isUtc = timeZone === 'UTC';
  const times = walls.map((wall) => `${wall.replace(/[-:]/g, '')}00${isUtc ? 'Z' : ''}`).join(',');
  return timeZone === undefined || isUtc ? `${name}:${times}` : `${name};TZID=${timeZone}:${times}`;
}

const utc = (at: number): string => new Date(at).toISOString().replace(/[-:]|\.\d+/g, '');

/** How a zone's clock is set from a little before its first event on. */
function zoneLines(timeZone: string, first: string): string[] {
  let at = Temporal.PlainDateTime.from(first).subtract({ years: 1 }).toZonedDateTime(timeZone);
  const lines = ['BEGIN:VTIMEZONE', `TZID:${timeZone}`, ...observance(at, at.offset, false)];
  for (let i = 0; i < TRANSITIONS; i++) {
    const next = at.getTimeZoneTransition('next');
    if (!next) break;
    const before = next.subtract({ nanoseconds: 1 });
    lines.push(...observance(next, before.offset, next.offsetNanoseconds > before.offsetNanoseconds));
    at = next;
  }
  return [...lines, 'END:VTIMEZONE'];
}

function observance(at: Temporal.ZonedDateTime, from: string, isDaylight: boolean): string[] {
  const name = isDaylight ? 'DAYLIGHT' : 'STANDARD';
  // By the clock as it was before.
  const wall = at.toInstant().toZonedDateTimeISO(from).toPlainDateTime().toString({ smallestUnit: 'second' });
  const plain = (offset: string) => offset.replace(/:/g, '');
  return [
    `BEGIN:${name}`,
    `DTSTART:${wall.replace(/[-:]/g, '')}`,
    `TZOFFSETFROM:${plain(from)}`,
    `TZOFFSETTO:${plain(at.offset)}`,
    `END:${name}`,
  ];
}

const escaped = (text: string): string => text.replace(/[\\;,]/g, '\\$&').replace(/\r?\n|\r/g, '\\n');

/** Lines of no more than 75 octets, no character torn. */
function folded(line: string): string {
  const parts: string[] = [];
  let part = '';
  let octets = 0;
  for (const character of line) {
    const size = Buffer.byteLength(character);
    if (octets + size > MAX_OCTETS) {
      parts.push(part);
      part = '';
      octets = 1;
    }
    part += character;
    octets += size;
  }
  return [...parts, part].join('\r\n ');
}
