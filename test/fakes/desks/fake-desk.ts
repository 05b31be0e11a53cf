import type { TicketStatus } from '../../../alerting/desks/remote-ticket.ts';
import type { TicketAbout } from '../../../alerting/tickets/word-ticket.ts';
import { type Trouble, TroubledServer } from './troubled-server.ts';

/** A ticket as the people of a fake desk see it, whatever its API calls things. */
export interface FakeTicket {
  id: string;
  number: string;
  /** Our key, as the ticket bears it. */
  key: string | undefined;
  status: TicketStatus;
  subject: string;
  text: string;
  /** 1 to 5, as far as the desk can tell them apart. */
  priority: number;
  /** Every note and comment, in order, ours and others’. */
  notes: FakeNote[];
  /** Who has it, as people are called there. */
  assignee: string | undefined;
  /** Milliseconds since 1970. */
  changedAt: number;
  /** Where it was opened to belong. */
  about: TicketAbout;
  /** Fields of the desk’s own it was opened with, by its names. */
  fields: Readonly<Record<string, unknown>>;
}

export interface FakeNote {
  id: number;
  by: string;
  at: number;
  text: string;
}

/** How a fake desk calls whoever signs in as we do. */
export const OUR_NAME = 'Vigie';

/**
 * A service desk in memory. What every server does alike when it is in trouble is done before it is asked; what is a matter of
 * its API is done by the desk, which is told.
 */
export abstract class FakeDesk extends TroubledServer {
  readonly tickets: FakeTicket[] = [];
  /** The desk’s clock, ms since 1970. */
  now = Date.UTC(2026, 10, 22, 8);
  #notes = 0;

  /** Troubles that this desk’s API can have, beside those of any server. */
  abstract readonly own: readonly Trouble[];

  /** Where its tickets can belong, by names it knows, the name of a field of its own, and whether it has a list of items. */
  abstract readonly knows: { about: TicketAbout; field: string; listsItems: boolean };

  /** What its API and its people call the ticket that is opened after so many. */
  protected abstract namesAfter(count: number): { id: string; number: string };

  /** As somebody at the desk would open it. */
  add(ticket: Partial<FakeTicket> = {}): FakeTicket {
    const added: FakeTicket = {
      ...this.namesAfter(this.tickets.length),
      ...{ key: undefined, status: 'new', subject: '', text: '', priority: 3, notes: [] },
      ...{ assignee: undefined, changedAt: this.now, about: {}, fields: {} },
      ...ticket,
    };
    this.tickets.push(added);
    return added;
  }

  /** As somebody at the desk would write it. */
  say(ticket: FakeTicket, by: string, text: string): FakeNote {
    const note = { id: ++this.#notes, by, at: this.now, text };
    ticket.notes.push(note);
    ticket.changedAt = this.now;
    return note;
  }

  /** As somebody at the desk would do it. */
  set(ticket: FakeTicket, change: Partial<FakeTicket>): void {
    Object.assign(ticket, change, { changedAt: this.now });
  }

  /** What a search may show. */
  protected visible(trouble: Trouble | undefined): FakeTicket[] {
    return trouble === 'lag' ? this.tickets.slice(0, -1) : this.tickets;
  }
}
