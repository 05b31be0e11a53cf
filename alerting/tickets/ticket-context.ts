import type { StoreKey } from '../../protocol/names.ts';
import type { TicketSubject } from '../ports.ts';

/** What a ticket tells beyond the incident itself. */
export interface TicketContext {
  /** IANA name of the store's time zone; undefined when the store is gone, and times are then told in UTC. */
  timeZoneOf: (store: StoreKey) => string | undefined;
  /** Where people open the dashboard, without a slash at the end; tickets bear no link without it. */
  publicUrl?: string;
}

export const ticketLink = (view: TicketSubject, { publicUrl }: TicketContext): string | undefined =>
  publicUrl === undefined ? undefined : `${publicUrl}/${'chain' in view ? 'majors' : 'incidents'}/${view.number}`;
