import type { Priority } from '../../protocol/weights.ts';
import type { TicketStatus } from './remote-ticket.ts';

/** GLPI’s numbers for where a ticket stands, the same in both of its interfaces. */
export const GLPI_STATUSES: Readonly<Record<number, TicketStatus>> = {
  1: 'new',
  2: 'in-progress',
  3: 'in-progress',
  4: 'on-hold',
  5: 'resolved',
  6: 'closed',
};
export const GLPI_STATUS_OF = { new: 1, 'in-progress': 2, 'on-hold': 4, resolved: 5, closed: 6 } as const;

export const GLPI_INCIDENT = 1;
export const GLPI_KEY_LENGTH = 255;

/** GLPI counts 5 as very high, 1 as very low: urgency, impact and priority. */
export const glpiWeight = (priority: Priority): number => 6 - priority;
