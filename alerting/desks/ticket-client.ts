import type { Priority } from '../../protocol/weights.ts';

/** Where a ticket stands at its desk, whatever the desk calls it. */
export type TicketStatus = 'new' | 'in-progress' | 'on-hold' | 'resolved' | 'closed';

/** A ticket as its desk has it. */
export interface RemoteTicket {
  /** What the desk's API calls it. */
  id: string;
  /** What the desk's people call it. */
  number: string;
  /** Our key as the ticket itself bears it, whatever was asked for; undefined where it bears none. */
  key: string | undefined;
  status: TicketStatus;
}

/** What a ticket is to say. */
export interface TicketFields {
  subject: string;
  priority: Priority;
}

/** A ticket that does not exist yet. */
export interface NewTicket extends TicketFields {
  key: string;
  text: string;
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
export interface TicketClient {
  /** Tickets that bear the key, resolved ones as well; two or more suffice to say that there are several. */
  find(key: string, signal: AbortSignal): Promise<RemoteTicket[]>;
  /** Gives the ticket as it was read back from the desk. */
  create(ticket: NewTicket, signal: AbortSignal): Promise<RemoteTicket>;
  hasNote(ticket: RemoteTicket, mark: string, signal: AbortSignal): Promise<boolean>;
  /** Brings the ticket to what is asked; harmless when it is there already. */
  change(ticket: RemoteTicket, change: TicketChange, signal: AbortSignal): Promise<void>;
}
