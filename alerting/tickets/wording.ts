import type { Locale } from '../../protocol/inventory.ts';
import type { TicketSubject } from '../ports.ts';
import { PLACEHOLDER } from './desk-wording.ts';
import type { TicketContext } from './ticket-context.ts';
import { type TemplateValues, ticketValues } from './ticket-values.ts';
import { TICKET_WORDS } from './ticket-words.ts';

const fill = (template: string, values: TemplateValues): string =>
  template.replace(PLACEHOLDER, (_, name: string) => values[name] ?? '');

/** A line of which nothing is known is left out. */
function fillLines(template: string, values: TemplateValues): string {
  const isKnown = (line: string) => {
    const names = [...line.matchAll(PLACEHOLDER)].map(([, name = '']) => name);
    return names.length === 0 || names.some((name) => values[name]);
  };
  return template
    .split('\n')
    .filter(isKnown)
    .map((line) => fill(line, values))
    .join('\n')
    .trim();
}

/** What the desk’s templates make of a ticket; `usual` is what it would say without. Values bring no lines into a subject. */
export function worded(
  view: TicketSubject,
  locale: Locale,
  context: TicketContext,
  usual: { subject: string; text: string },
): { subject: string; text: string; item?: string; fields: Record<string, string> } {
  const { wording } = context;
  if (!wording) return { ...usual, fields: {} };
  const values = ticketValues(view, locale, context, usual);
  // Whatever the templates say, nobody sets out for a demonstration.
  const mark = view.simulated ? `[${TICKET_WORDS[locale].simulated}] ` : '';
  const { [locale]: subject } = wording.subject ?? {};
  const { [locale]: text } = wording.text ?? {};
  const item = wording.item === undefined ? '' : oneLine(fill(wording.item, values));
  const fields = Object.entries(wording.fields ?? {}).map(([name, template]) => [name, fill(template, values)]);
  return {
    subject: subject === undefined ? usual.subject : mark + oneLine(fill(subject, values)),
    text: text === undefined ? usual.text : fillLines(text, values),
    fields: Object.fromEntries(fields),
    ...(item !== '' && { item }),
  };
}

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();
