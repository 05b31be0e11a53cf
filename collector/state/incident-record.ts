import type { MajorView } from '../../protocol/majors.ts';
import type { IncidentView } from '../../protocol/views.ts';
import { isOver } from '../../protocol/weights.ts';

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
export function incidentRecord(incident: IncidentView | MajorView) {
  const { ticket = null, ticketState, ...view } = incident;
  const open = !isOver(view.state);
  return {
    number: view.number,
    key: view.key,
    store: placeOf(view),
    open,
    priority: view.priority,
    resolvedAt: open ? null : (view.resolvedAt ?? view.openedAt),
    ticket,
    ticketState,
    view: JSON.stringify(view),
  };
}

export const viewOf = (row: IncidentRow): IncidentView => shown(row);
export const majorOf = (row: IncidentRow): MajorView => shown(row);

function shown<View extends IncidentView | MajorView>(row: IncidentRow): View {
  const view = JSON.parse(row.view) as View;
  return {
    ...view,
    number: row.number,
    ticketState: row.ticket_state,
    ...(row.ticket === null ? {} : { ticket: row.ticket }),
  };
}

/** Major incidents stand in the same rows, numbered with the others: instead of a store they name their chain. */
export const IS_MAJOR = "store NOT LIKE '%/%'";
export const IS_SINGLE = "store LIKE '%/%'";

export const isMajor = (view: IncidentView | MajorView): view is MajorView => 'chain' in view;

const placeOf = (view: Pick<IncidentView, 'store'> | Pick<MajorView, 'chain'>): string =>
  'chain' in view ? view.chain : view.store;
