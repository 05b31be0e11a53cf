import type { TicketWork } from '../ports.ts';
import type { TicketContext } from './ticket-context.ts';
import { ticketSubject, ticketText } from './ticket-text.ts';
import { TICKET_WORDS } from './ticket-words.ts';
import { worded } from './wording.ts';

/** Where a ticket belongs at its desk, by the desk’s own names. */
export interface TicketAbout {
  /** The configuration item: what the desk’s inventory calls what is at fault. */
  item?: string;
  category?: string;
  /** The team that gets it. */
  team?: string;
}

/** What a piece of ticket work says. */
export interface WordedTicket {
  /** One line. */
  subject: string;
  /** The ticket, or what is new of it. Plain text, one fact a line. */
  text: string;
  about: TicketAbout;
  /** Fields of the desk’s own, by its names. */
  fields: Readonly<Record<string, string>>;
}

/** Every connector’s tickets are worded here. The same work is always worded the same. */
export function wordTicket({ action, view, locale, insteadOf }: TicketWork, context: TicketContext): WordedTicket {
  const words = TICKET_WORDS[locale];
  const comment = action === 'comment' ? view.comments?.at(-1) : undefined;
  const usual = { subject: ticketSubject(view, locale), text: ticketText(view, locale, context) };
  const { subject, item, fields, ...own } = worded(view, locale, context, usual);
  const text = comment ? words.line(comment.by, comment.text) : own.text;
  return {
    subject,
    text: insteadOf === undefined ? text : `${words.insteadOf(insteadOf)}\n${text}`,
    about: {
      ...(item !== undefined && { item }),
      ...(view.category !== undefined && { category: view.category }),
      ...(view.team !== undefined && { team: view.team }),
    },
    fields,
  };
}
