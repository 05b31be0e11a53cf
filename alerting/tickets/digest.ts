import { createHash } from 'node:crypto';
import type { Locale } from '../../protocol/inventory.ts';
import { nameOf } from '../../protocol/names.ts';
import type { IncidentView } from '../../protocol/views.ts';
import { isOver } from '../../protocol/weights.ts';
import { formatOf } from '../../protocol/words/index.ts';
import type { Bulletin } from '../ports.ts';
import type { TicketContext } from './ticket-context.ts';
import { whatText } from './ticket-text.ts';

/** More than anybody reads in a message; the page has them all. */
const MOST_LINES = 50;

const WORDS = {
  fr: {
    subject: (count: number, open: number) =>
      `Récapitulatif Vigie\u202f: ${count} ${count < 2 ? 'incident' : 'incidents'}, dont ${open} en cours`,
    open: 'En cours\u202f:',
    over: 'Résolus\u202f:',
    line: (head: string, what: string, when: string) => `- ${head}\u202f: ${what} (${when})`,
    since: (at: string) => `depuis le ${at}`,
    between: (from: string, to: string) => `du ${from} au ${to}`,
    more: (count: number) => `… et ${count} de plus`,
  },
  en: {
    subject: (count: number, open: number) =>
      `Vigie digest: ${count} ${count === 1 ? 'incident' : 'incidents'}, ${open} still open`,
    open: 'Still open:',
    over: 'Resolved:',
    line: (head: string, what: string, when: string) => `- ${head}: ${what} (${when})`,
    since: (at: string) => `since ${at}`,
    between: (from: string, to: string) => `${from} to ${to}`,
    more: (count: number) => `… and ${count} more`,
  },
} as const satisfies Record<Locale, unknown>;

/** What there was of incidents that call nobody by themselves: those that still stand first, the gravest first. At least one. */
export function composeDigest(
  incidents: readonly IncidentView[],
  desk: string,
  locale: Locale,
  { timeZoneOf, publicUrl }: Pick<TicketContext, 'timeZoneOf' | 'publicUrl'>,
): Bulletin {
  const words = WORDS[locale];
  const sorted = incidents.toSorted((a, b) => a.priority - b.priority || a.number - b.number);
  const [open, over] = [sorted.filter(({ state }) => !isOver(state)), sorted.filter(({ state }) => isOver(state))];
  const lineOf = (view: IncidentView) => {
    const zone = timeZoneOf(view.store) ?? 'UTC';
    const when = (at: number) => formatOf(locale).dateTime(at, zone);
    const head = `[P${view.priority}] ${nameOf(view.store)} ${view.storeTitle}`;
    const { resolvedAt } = view;
    const lasted =
      resolvedAt === undefined ? words.since(when(view.since)) : words.between(when(view.since), when(resolvedAt));
    return words.line(head, whatText(view, locale), lasted);
  };
  const shown = [...open.slice(0, MOST_LINES), ...over.slice(0, Math.max(0, MOST_LINES - open.length))];
  const part = (title: string, views: readonly IncidentView[]) => {
    const lines = views.filter((view) => shown.includes(view)).map(lineOf);
    return lines.length === 0 ? [] : [title, ...lines];
  };
  const left = incidents.length - shown.length;
  const lines = [...part(words.open, open), ...part(words.over, over), ...(left > 0 ? [words.more(left)] : [])];
  const numbers = sorted.map(({ number }) => number).join(' ');
  return {
    id: createHash('sha256').update(`${desk} ${locale} ${numbers}`).digest('hex').slice(0, 32),
    locale,
    subject: words.subject(incidents.length, open.length),
    text: lines.join('\n'),
    ...(publicUrl !== undefined && { link: `${publicUrl}/incidents` }),
  };
}
