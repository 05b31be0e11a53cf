import { Temporal } from 'temporal-polyfill';
import { Compile } from 'typebox/compile';
import type { Locale } from '../../protocol/inventory.ts';
import { MaintenanceWindow, WINDOW_KINDS, type WindowKind, type WindowScope } from '../../protocol/maintenance.ts';
import { type CalendarTime, minuteOf, readTime, wallIn } from './calendar-time.ts';
import { checkWindow } from './check-window.ts';
import { type CalendarFault, type Property, readProperties, textList, unescaped } from './icalendar-lines.ts';
import { occurrenceId } from './occurrence-id.ts';
import { scopeOfTerms } from './scope-terms.ts';

/** What events do not say themselves. */
export interface CalendarDefaults {
  kind: WindowKind;
  /** For events that name no scope; without it they are a fault. */
  scope?: WindowScope;
  who?: string;
  why?: string;
}

/** What a calendar announces, and what it calls off: ids of windows an earlier import may have made. */
export interface ReadCalendar {
  windows: MaintenanceWindow[];
  cancelled: string[];
}

/** Says where a calendar is wrong, every fault with its line. */
export class CalendarError extends Error {
  readonly faults: readonly CalendarFault[];
  constructor(faults: readonly CalendarFault[]) {
    super(faults.map(({ line, message }) => `${line}: ${message.en}`).join('\n'));
    this.name = 'CalendarError';
    this.faults = faults;
  }
}

const MAX_EVENTS = 2000;
const isWindow = Compile(MaintenanceWindow);

interface Event {
  line: number;
  properties: Property[];
}

type Say = (line: number, en: string, fr: string) => undefined;

/**
 * The windows of an iCalendar file (RFC 5545): its events, with their repetition and exceptions. A moved or cancelled one
 * of a repetition becomes an exception, and a moved one a window of its own. A cancelled series takes with it those of it
 * that were moved. Nothing is taken where anything is wrong.
 * @throws CalendarError
 */
export function readIcalendar(text: string, defaults: CalendarDefaults): ReadCalendar {
  const faults: CalendarFault[] = [];
  const say: Say = (line, en, fr) => void faults.push({ line, message: { en, fr } });
  const events = eventsOf(readProperties(text, faults), say);
  const windows = new Map<string, MaintenanceWindow>();
  const cancelled = new Set<string>();
  const [moved, whole] = [events.filter(isMoved), events.filter((event) => !isMoved(event))];
  for (const event of whole) {
    if (isCancelled(event)) {
      const uid = uidOf(event, say);
      if (uid) cancelled.add(idOf(uid));
      continue;
    }
    const window = windowOf(event, defaults, say);
    if (!window) continue;
    if (windows.has(window.id)) say(event.line, 'its UID is there twice', 'son UID est là deux fois');
    windows.set(window.id, window);
  }
  for (const event of moved) move(event, windows, cancelled, defaults, say);
  if (events.length > MAX_EVENTS) {
    say(1, `has too many events: ${MAX_EVENTS} at most`, `a trop d’événements\u202f: ${MAX_EVENTS} au plus`);
  }
  if (faults.length > 0) throw new CalendarError(faults.toSorted((a, b) => a.line - b.line));
  return { windows: [...windows.values()], cancelled: [...cancelled].filter((id) => !windows.has(id)) };
}

/** Properties of each event; those of what stands in it, such as an alarm, are passed over. */
function eventsOf(properties: readonly Property[], say: Say): Event[] {
  const events: Event[] = [];
  const open: Property[] = [];
  if (properties[0]?.name !== 'BEGIN' || properties[0].value.toUpperCase() !== 'VCALENDAR') {
    say(properties[0]?.line ?? 1, 'a calendar begins with BEGIN:VCALENDAR', 'un agenda commence par BEGIN:VCALENDAR');
    return [];
  }
  let event: Event | undefined;
  for (const property of properties) {
    const { line, name, value } = property;
    if (name === 'BEGIN') {
      if (value.toUpperCase() === 'VEVENT') {
        event = { line, properties: [] };
        events.push(event);
      }
      open.push(property);
    } else if (name === 'END') {
      const begun = open.pop();
      if (begun?.value.toUpperCase() !== value.toUpperCase()) {
        say(line, `END:${value} ends nothing that is open`, `END:${value} ne ferme rien d’ouvert`);
        return events;
      }
    } else if (open.at(-1)?.value.toUpperCase() === 'VEVENT') event?.properties.push(property);
  }
  for (const { line, value } of open) say(line, `BEGIN:${value} has no END`, `BEGIN:${value} n’a pas de END`);
  return events;
}

const find = ({ properties }: Event, name: string): Property | undefined =>
  properties.find((property) => property.name === name);

const isMoved = (event: Event): boolean => find(event, 'RECURRENCE-ID') !== undefined;
const isCancelled = (event: Event): boolean => find(event, 'STATUS')?.value.toUpperCase() === 'CANCELLED';

const uidOf = (event: Event, say: Say): string | undefined =>
  find(event, 'UID')?.value || say(event.line, 'the event has no UID', 'l’événement n’a pas de UID');

function windowOf(event: Event, defaults: CalendarDefaults, say: Say): MaintenanceWindow | undefined {
  const uid = uidOf(event, say);
  const starts = find(event, 'DTSTART');
  if (!uid) return undefined;
  if (!starts) return say(event.line, 'the event has no DTSTART', 'l’événement n’a pas de DTSTART');
  const start = timeOf(starts, starts.value, say);
  const end = start && endOf(event, start, say);
  const text = (name: string) => unescaped(find(event, name)?.value ?? '').trim();
  const scope = scopeOfTerms(terms(event)) ?? defaults.scope;
  if (!scope) {
    return say(
      event.line,
      'the event does not say what it is about: give it a category such as place:acme/lyon, or say it with the command',
      'l’événement ne dit pas sur quoi il porte\u202f: donnez-lui une catégorie comme place:acme/lyon, ou dites-le avec la commande',
    );
  }
  if (!start || !end) return undefined;
  const repeat = find(event, 'RRULE');
  const dates = find(event, 'RDATE');
  if (dates) say(dates.line, 'RDATE is not supported', 'RDATE n’est pas pris en charge');
  const except = event.properties
    .filter(({ name }) => name === 'EXDATE')
    .flatMap((property) => property.value.split(',').map((value) => exceptionOf(property, value, start, say)));
  const suspectMinutes = find(event, 'X-VIGIE-SUSPECT-MINUTES');
  const ended = find(event, 'X-VIGIE-ENDED');
  const endedAt = ended && readTime(ended, ended.value)?.wall.toZonedDateTime('UTC').epochMilliseconds;
  const kind = text('X-VIGIE-KIND').toLowerCase() as WindowKind;
  const window: MaintenanceWindow = {
    id: idOf(uid),
    kind: WINDOW_KINDS.includes(kind) ? kind : defaults.kind,
    title: clipped(text('SUMMARY') || uid, 200),
    who: clipped(whoOf(event) || defaults.who || '-', 128),
    why: clipped(text('DESCRIPTION') || defaults.why || text('SUMMARY') || '-', 500),
    ...(text('X-VIGIE-NUMBER') && { number: clipped(text('X-VIGIE-NUMBER'), 64) }),
    scope,
    ...(start.timeZone !== undefined && { timeZone: start.timeZone }),
    start: minuteOf(start.wall),
    end: minuteOf(end),
    ...(repeat && { repeat: repeat.value }),
    ...(except.length > 0 && { except: except.filter((one) => one !== undefined) }),
    ...(suspectMinutes && /^\d{1,4}$/.test(suspectMinutes.value) && { suspectMinutes: Number(suspectMinutes.value) }),
    ...(endedAt !== undefined && { endedAt }),
  };
  if (!isWindow.Check(window)) {
    const [fault] = isWindow.Errors(window);
    const where = `${fault?.instancePath.slice(1)} ${fault?.message}`;
    return say(event.line, `the event is no window: ${where}`, `l’événement n’est pas une fenêtre\u202f: ${where}`);
  }
  const lineOf = { start: starts, end: find(event, 'DTEND'), timeZone: starts, repeat, except: find(event, 'EXDATE') };
  for (const { path, message } of checkWindow(window)) {
    say(lineOf[path]?.line ?? event.line, message.en, message.fr);
  }
  return window;
}

/** One of a repetition that was moved or cancelled. */
function move(
  event: Event,
  windows: Map<string, MaintenanceWindow>,
  cancelled: Set<string>,
  defaults: CalendarDefaults,
  say: Say,
): void {
  const place = find(event, 'RECURRENCE-ID') as Property;
  const series = idOf(find(event, 'UID')?.value ?? '');
  const master = windows.get(series);
  if (!master) {
    if (cancelled.has(series)) return;
    say(event.line, 'moves an event that is not in the file', 'déplace un événement absent du fichier');
    return;
  }
  const at = exceptionOf(place, place.value, startOf(master), say);
  if (at === undefined) return;
  windows.set(master.id, { ...master, except: [...(master.except ?? []), at] });
  const id = occurrenceId(master.id, at);
  if (isCancelled(event)) {
    cancelled.add(id);
    return;
  }
  const own = windowOf(
    event,
    { ...defaults, kind: master.kind, scope: master.scope, who: master.who, why: master.why },
    say,
  );
  if (!own) return;
  const { repeat: _, ...once } = own;
  windows.set(id, { ...once, id });
}

const startOf = ({ start, timeZone }: MaintenanceWindow): CalendarTime => ({
  wall: Temporal.PlainDateTime.from(start),
  timeZone,
  isDate: false,
});

function endOf(event: Event, start: CalendarTime, say: Say): Temporal.PlainDateTime | undefined {
  const [ends, lasts] = [find(event, 'DTEND'), find(event, 'DURATION')];
  if (ends) {
    const end = timeOf(ends, ends.value, say);
    return end && wallIn(end, start.timeZone);
  }
  if (lasts) {
    try {
      return start.wall.add(Temporal.Duration.from(lasts.value));
    } catch {
      return say(
        lasts.line,
        `expected a duration such as PT3H, found ${lasts.value}`,
        `attendu\u202f: une durée comme PT3H\u202f; trouvé\u202f: ${lasts.value}`,
      );
    }
  }
  if (start.isDate) return start.wall.add({ days: 1 });
  return say(event.line, 'the event has neither DTEND nor DURATION', 'l’événement n’a ni DTEND ni DURATION');
}

/** A start that is left out, by the clock of the first; a mere date is that day's. */
function exceptionOf(property: Property, value: string, start: CalendarTime, say: Say): string | undefined {
  const time = timeOf(property, value, say);
  if (!time) return undefined;
  return minuteOf(time.isDate ? time.wall.withPlainTime(start.wall.toPlainTime()) : wallIn(time, start.timeZone));
}

function timeOf(property: Property, value: string, say: Say): CalendarTime | undefined {
  const time = readTime(property, value);
  if (time) return time;
  const zone = property.params.get('TZID');
  const found = zone === undefined ? value : `${value} (${zone})`;
  return say(
    property.line,
    `${property.name}: expected a time such as 20261201T220000 in a known time zone, found ${found}`,
    `${property.name}\u202f: attendu\u202f: une date comme 20261201T220000 dans un fuseau connu\u202f; trouvé\u202f: ${found}`,
  );
}

/** Its own word first; then its categories. */
function terms(event: Event): string[] {
  const own = event.properties.filter(({ name }) => name === 'X-VIGIE-SCOPE');
  const said = own.length > 0 ? own : event.properties.filter(({ name }) => name === 'CATEGORIES');
  return said.flatMap(({ value }) => textList(value));
}

function whoOf(event: Event): string {
  const contact = unescaped(find(event, 'CONTACT')?.value ?? '').trim();
  const organizer = find(event, 'ORGANIZER');
  return contact || (organizer?.params.get('CN') ?? organizer?.value.replace(/^mailto:/i, '') ?? '');
}

/** A UID may be any text; ours stands in an address. */
const idOf = (uid: string): string =>
  uid
    .replace(/[^A-Za-z0-9_.@-]/g, '_')
    .replace(/^[^A-Za-z0-9]/, 'x')
    .slice(0, 128);

const clipped = (text: string, length: number): string =>
  text.length <= length ? text : `${text.slice(0, length - 1)}…`;

/** A fault as a person reads it. */
export const sayCalendarFault = ({ line, message }: CalendarFault, source: string, locale: Locale): string =>
  `${source}:${line} ${message[locale]}`;
