import type { TicketStatus } from './remote-ticket.ts';

/** Where a workflow has its issues, by the names its house gave. Told apart in any case. */
export interface JiraStatusNames {
  inProgress: readonly string[];
  onHold: readonly string[];
  resolved: readonly string[];
  closed: readonly string[];
}

/** What Jira Service Management calls them, in English and in French. */
export const JIRA_STATUS_NAMES: JiraStatusNames = {
  inProgress: ['In progress', 'Work in progress', 'Under investigation', 'En cours'],
  onHold: ['Pending', 'On hold', 'Waiting for customer', 'En attente', 'En attente du client'],
  resolved: ['Resolved', 'Done', 'Completed', 'Résolu', 'Résolue', 'Terminé'],
  closed: ['Closed', 'Canceled', 'Cancelled', 'Declined', 'Fermé', 'Fermée', 'Clos', 'Annulé'],
};

export interface JiraStatus {
  name?: string;
  statusCategory?: { key?: string };
}

export interface JiraTransition {
  id: string;
  to?: JiraStatus;
}

const isAmong = (names: readonly string[], name = ''): boolean =>
  names.some((one) => one.toLowerCase() === name.toLowerCase());

/** Statuses have any name; the category they are in has one of three. */
export function statusOfJira({ name, statusCategory }: JiraStatus, names: JiraStatusNames): TicketStatus {
  if (isAmong(names.onHold, name)) return 'on-hold';
  if (isAmong(names.closed, name)) return 'closed';
  if (isAmong(names.resolved, name) || statusCategory?.key === 'done') return 'resolved';
  return statusCategory?.key === 'new' && !isAmong(names.inProgress, name) ? 'new' : 'in-progress';
}

/** The transition that leads there: to a status that is named, or else to one that counts as such. */
export function transitionTo(
  wanted: TicketStatus,
  transitions: readonly JiraTransition[],
  names: JiraStatusNames,
): JiraTransition | undefined {
  const named = { 'in-progress': names.inProgress, 'on-hold': names.onHold, resolved: names.resolved };
  const known = wanted === 'new' || wanted === 'closed' ? [] : named[wanted];
  return (
    transitions.find(({ to }) => isAmong(known, to?.name)) ??
    transitions.find(({ to }) => to && statusOfJira(to, names) === wanted)
  );
}
