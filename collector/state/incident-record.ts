import type { IncidentView } from '../../protocol/views.ts';

/** What is read of an incident's row. */
export interface IncidentRow {
  number: number;
  ticket: string | null;
  ticket_state: IncidentView['ticketState'];
  view: string;
}

export const INCIDENT_COLUMNS = 'number, ticket, ticket_state, view';

/**
 * An incident as its row keeps it. The ticket's number and state have columns of their own and are not taken from a
 * later view: whoever made the view may not know yet what the desk has answered.
 */
export function incidentRecord(incident: IncidentView) {
  const { ticket = null, ticketState, ...view } = incident;
  const open = view.state !== 'resolved';
  return {
    number: view.number,
    key: view.key,
    store: view.store,
    open,
    priority: view.priority,
    resolvedAt: open ? null : (view.resolvedAt ?? view.openedAt),
    ticket,
    ticketState,
    view: JSON.stringify(view),
  };
}

export function viewOf(row: IncidentRow): IncidentView {
  const view = JSON.parse(row.view) as Omit<IncidentView, 'ticket' | 'ticketState'>;
  return {
    ...view,
    number: row.number,
    ticketState: row.ticket_state,
    ...(row.ticket === null ? {} : { ticket: row.ticket }),
  };
}
