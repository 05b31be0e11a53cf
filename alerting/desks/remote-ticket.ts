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
  /** Who has it at the desk, as people there are called; undefined where nobody has, or the desk does not say. */
  assignee?: string;
  /** When it changed last, ms since 1970 by the desk’s clock; absent where the desk is asked and tells how it is now. */
  changedAt?: number;
}

export interface ChangedTicket extends RemoteTicket {
  /** Milliseconds since 1970, by the desk’s clock, as finely as it tells it. */
  changedAt: number;
}

/** What somebody wrote to a ticket at its desk. */
export interface RemoteComment {
  /** Tells it from all others of the ticket, and never changes. */
  id: string;
  by: string;
  /** Milliseconds since 1970. */
  at: number;
  /** Plain text. What we wrote bears its mark, `[vigie:ID]`. */
  text: string;
}

/** What a desk can be asked about its tickets. All of it rejects with `DeskFailure`. */
export interface TicketNews {
  /** Tickets that bear the key, resolved ones as well; two or more suffice to say that there are several. */
  find(key: string, signal: AbortSignal): Promise<RemoteTicket[]>;
  /**
   * Tickets that bear a key of ours and have changed since, ms since 1970 by the desk’s clock; those that changed in that very
   * second as well. The oldest change first, at most a few hundred: whoever has all of them asks again from the last.
   */
  changedSince(since: number, signal: AbortSignal): Promise<ChangedTicket[]>;
  /** What was written to the ticket, ours as well, without what it was opened with: the last hundred, oldest first. */
  comments(ticket: RemoteTicket, signal: AbortSignal): Promise<RemoteComment[]>;
}
