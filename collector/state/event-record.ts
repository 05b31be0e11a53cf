import type { DeviceEvent } from '../../protocol/events.ts';
import type { DeviceKey } from '../../protocol/names.ts';
import type { KeptEvent, ToldEvent } from '../ports.ts';

/** A row of an event, as both state stores have it. */
export interface EventRow {
  id: number;
  at: number;
  event: string;
}

export const eventOf = ({ id, event }: EventRow): KeptEvent => ({ ...(JSON.parse(event) as DeviceEvent), id });

export const eventRecord = ({ device, event }: ToldEvent): { device: DeviceKey; at: number; event: string } => ({
  device,
  at: event.at,
  event: JSON.stringify(event),
});
