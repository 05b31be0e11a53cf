import type { Device } from '../../protocol/inventory.ts';
import type { DeviceKey, StoreKey } from '../../protocol/names.ts';
import type { TicketSubject } from '../ports.ts';
import type { DeskWording } from './desk-wording.ts';

/** What a ticket tells beyond the incident itself. */
export interface TicketContext {
  /** IANA name of the store's time zone; undefined when the store is gone, and times are then told in UTC. */
  timeZoneOf: (store: StoreKey) => string | undefined;
  /** Where people open the dashboard, without a slash at the end; tickets bear no link without it. */
  publicUrl?: string;
  /** What the inventory says of a device; undefined when it is gone. */
  deviceOf?: (device: DeviceKey) => Pick<Device, 'kind' | 'asset'> | undefined;
  /** How the desk wants its tickets worded. */
  wording?: DeskWording;
}

export const ticketLink = (view: TicketSubject, { publicUrl }: TicketContext): string | undefined =>
  publicUrl === undefined ? undefined : `${publicUrl}/${'chain' in view ? 'majors' : 'incidents'}/${view.number}`;
