import type { StoreKey } from '../protocol/names.ts';
import type { Reason } from '../protocol/reasons.ts';
import type { IncidentView, TimelineEntry } from '../protocol/views.ts';
import type { TicketAction, TicketWork } from './ports.ts';

/** What became of an incident's ticket, once it is in the store. */
export interface TicketChange {
  /** The incident's key, and its store; a major one has none. */
  incident: string;
  store?: StoreKey;
  desk: string;
  action: TicketAction;
  ticket?: string;
  /** The ticket in whose place that one was opened. */
  replaces?: string;
  ticketState: IncidentView['ticketState'];
  /** As it was added to the incident's timeline. */
  entry: TimelineEntry;
}

export function doneReason({ action, desk }: TicketWork, ticket: string | undefined): Reason {
  if (action === 'open') return { code: 'ticket.opened', params: { desk, ...(ticket !== undefined && { ticket }) } };
  return { code: DONE[action], params: { desk } };
}

const DONE = {
  update: 'ticket.updated',
  comment: 'ticket.commented',
  reopen: 'ticket.reopened',
  resolve: 'ticket.resolved',
} as const satisfies Record<Exclude<TicketAction, 'open'>, Reason['code']>;

export const changeOf = (
  { incident, desk, action, view }: TicketWork,
  ticket: string | undefined,
  ticketState: TicketChange['ticketState'],
  entry: TimelineEntry,
): TicketChange => ({
  incident,
  ...('store' in view && { store: view.store }),
  desk,
  action,
  ticketState,
  entry,
  ...(ticket !== undefined && { ticket }),
});
