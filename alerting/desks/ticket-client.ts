import type { Priority } from '../../protocol/weights.ts';
import type { TicketAbout } from '../tickets/word-ticket.ts';
import type { RemoteTicket, TicketNews, TicketStatus } from './remote-ticket.ts';

export type { RemoteComment, RemoteTicket, TicketStatus } from './remote-ticket.ts';

/** What a ticket is to say. */
export interface TicketFields {
  subject: string;
  priority: Priority;
}

/** A ticket that does not exist yet. */
export interface NewTicket extends TicketFields {
  key: string;
  text: string;
  about: TicketAbout;
  /** Fields of the desk’s own, by its names: put beside those the connector fills. */
  fields: Readonly<Record<string, string>>;
  /** We were stopped in the middle of opening it: it may be there, though a search that lags does not show it yet. */
  mayExist?: boolean;
}

/** What is new of a ticket, for the people who work on it. */
export interface TicketNote {
  /** Tells this note from all others of the ticket, and is found again by `hasNote`. At most 40 printable ASCII characters. */
  mark: string;
  text: string;
}

export interface TicketChange extends TicketFields {
  /** Absent where the ticket stays where it is. */
  status?: TicketStatus;
  /** Absent where the ticket has it already. */
  note?: TicketNote;
}

/**
 * How a connector speaks to a desk that keeps tickets which can be looked up. It knows the desk's API and nothing of order,
 * repetition or whose ticket it is: `reconcile` does. All of it rejects with `DeskFailure`.
 */
export interface TicketClient extends Pick<TicketNews, 'find'>, Partial<Omit<TicketNews, 'find'>> {
  /** Gives the ticket as it was read back from the desk. */
  create(ticket: NewTicket, signal: AbortSignal): Promise<RemoteTicket>;
  hasNote(ticket: RemoteTicket, mark: string, signal: AbortSignal): Promise<boolean>;
  /** Brings the ticket to what is asked; harmless when it is there already. */
  change(ticket: RemoteTicket, change: TicketChange, signal: AbortSignal): Promise<void>;
}
