import type { Locale } from '../../protocol/inventory.ts';
import type { MajorView } from '../../protocol/majors.ts';
import { nameOf } from '../../protocol/names.ts';
import { formatOf, say, wordsOf } from '../../protocol/words/index.ts';
import { type TicketContext, ticketLink } from './ticket-context.ts';
import { TICKET_WORDS } from './ticket-words.ts';

/** A ticket has to be read on a phone: stores beyond these are counted. */
const MAX_STORES = 20;
const MINUTE_MS = 60_000;

/** `[P1][MAJOR][Marchés Clairvoie] Stores cut off: carrier Orange`. */
export function majorSubject(view: MajorView, locale: Locale): string {
  const words = TICKET_WORDS[locale];
  const marks = [...(view.simulated ? [words.simulated] : []), `P${view.priority}`, words.major.mark, view.chainTitle];
  const end = view.state === 'resolved' ? ` (${words.resolved})` : '';
  return `${marks.map((mark) => `[${mark}]`).join('')} ${say(locale, view.title)}${end}`;
}

/** The ticket for people: what the stores have in common, which they are, since when, what shows it, what to do first. */
export function majorText(view: MajorView, locale: Locale, context: TicketContext): string {
  const words = TICKET_WORDS[locale];
  const { number, dateTime, money } = formatOf(locale);
  const [first] = view.children;
  const timeZone = (first && context.timeZoneOf(first.store)) ?? 'UTC';
  const when = (at: number): string => `${dateTime(at, timeZone)} (${timeZone})`;
  const lines = [...(view.simulated ? [words.simulatedNote] : []), view.chainTitle];
  lines.push(wordsOf(locale).priorities[view.priority], words.line(words.since, when(view.since)));
  if (view.acknowledgedBy !== undefined) lines.push(`${words.acknowledgedBy} ${view.acknowledgedBy}`);
  if (view.resolvedAt !== undefined) lines.push(words.line(words.resolvedAt, when(view.resolvedAt)));
  if (view.onCall !== undefined) lines.push(words.line(words.onCall, view.onCall));
  lines.push(words.line(words.cause, say(locale, view.title)), words.line(words.evidence, say(locale, view.fold)));
  if (view.lanesTotal > 0) lines.push(words.line(words.lanes, words.lanesOf(view.lanesDown, view.lanesTotal)));
  const { laneMs = 0, money: worth } = view.loss ?? {};
  if (laneMs >= MINUTE_MS) {
    const minutes = Math.round(laneMs / MINUTE_MS);
    const written = words.laneMinutes(minutes, number(minutes, 0));
    lines.push(words.line(words.lost, worth ? `${written} (${money(worth.lost, worth.currency)})` : written));
  }
  const titles = new Map(view.children.map(({ store, storeTitle }) => [store, storeTitle]));
  const away = new Set(view.children.flatMap(({ store, over }) => (over ? [] : [store])));
  lines.push(words.major.stores(away.size, titles.size));
  for (const [store, title] of [...titles].slice(0, MAX_STORES)) {
    lines.push(`- ${nameOf(store)} ${title}${away.has(store) ? '' : ` (${words.major.back})`}`);
  }
  if (titles.size > MAX_STORES) lines.push(words.more(titles.size - MAX_STORES));
  if (view.state !== 'resolved') lines.push(words.line(words.firstSteps, words.major.firstSteps[view.cause.kind]));
  const link = ticketLink(view, context);
  if (link !== undefined) lines.push(words.line(words.link, link));
  lines.push(words.incident(view.number));
  return lines.join('\n');
}

/** What a program needs of it. */
export function majorStructure(view: MajorView, locale: Locale) {
  const iso = (at: number): string => new Date(at).toISOString();
  return {
    chain: view.chain,
    chainTitle: view.chainTitle,
    state: view.state,
    severity: view.severity,
    priority: view.priority,
    since: iso(view.since),
    openedAt: iso(view.openedAt),
    ...(view.resolvedAt !== undefined && { resolvedAt: iso(view.resolvedAt) }),
    cause: {
      ...view.cause,
      ...(view.symptom !== undefined && { symptom: view.symptom }),
      text: say(locale, view.title),
    },
    fold: { code: view.fold.code, text: say(locale, view.fold) },
    ...(view.evidence && { evidence: view.evidence }),
    lanesDown: view.lanesDown,
    lanesTotal: view.lanesTotal,
    storesTotal: view.stores,
    storesOpen: view.storesOpen,
    children: view.children.map(({ incident, number, store, storeTitle, over }) => ({
      key: incident,
      number,
      store,
      storeTitle,
      over,
    })),
  };
}

/** What a reader of its ticket would notice: of how many stores, by steps that grow with them. */
export function visibleMajor(view: MajorView): string {
  const { state, priority, cause, symptom, acknowledgedBy, stores, storesOpen } = view;
  const back = stores - storesOpen;
  return JSON.stringify([state, priority, cause, symptom, acknowledgedBy, stepOf(stores), stepOf(back)]);
}

/** Each of the first few, then every half more: a carrier's outage is not told again for each store that it takes. */
const stepOf = (count: number): number => (count <= 5 ? count : 5 + Math.floor(Math.log(count / 5) / Math.log(1.5)));
