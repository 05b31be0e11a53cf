import type { Reason } from '../../protocol/reasons.ts';
import { SLA_CLOCKS } from '../../protocol/views.ts';
import { expectedDay } from '../engine/forecast/expected-day.ts';
import type { TicketAction, TicketSubject } from '../ports.ts';
import { visibleMajor } from './major-text.ts';

/** Ticket work for one incident, the same for every desk. */
export interface PlannedTicket {
  action: TicketAction;
  view: TicketSubject;
}

/**
 * Makes of what judgement asked for, in one group and in order, the least work that leaves the desk as well informed:
 * later news replaces earlier news, an update that changes nothing a reader of the ticket would notice is dropped, and
 * a ticket that was never asked for is opened rather than updated, and not resolved.
 *
 * `told` is what the last work told (see `visible`), undefined before the first; so is the one that is returned.
 */
export function planTickets(
  asked: readonly PlannedTicket[],
  told: string | undefined,
): { work: PlannedTicket[]; told: string | undefined } {
  const work: PlannedTicket[] = [];
  let last = told;
  for (const { action: wanted, view } of asked) {
    if (last === undefined && wanted === 'resolve') continue;
    const action = last === undefined ? 'open' : wanted === 'open' ? 'update' : wanted;
    const seen = visible(view);
    if (action === 'update' && seen === last) continue;
    const before = work.at(-1);
    if (before && action === 'update') before.view = view;
    else if (before?.action === 'update') work.splice(-1, 1, { action, view });
    else work.push({ action, view });
    last = seen;
  }
  return { work, told: last };
}

/** What a reader of the ticket would notice. Readings that merely move are left out. */
export function visible(view: TicketSubject): string {
  if ('chain' in view) return visibleMajor(view);
  const { state, severity, impact, urgency, priority, acknowledgedBy, lanesDown, lanesTotal, cause, fold } = view;
  const alerts = view.alerts
    .filter((alert) => alert.state === 'firing')
    .map(({ key, severity, flapping }) => (flapping ? [key, severity, 'flapping'] : [key, severity]));
  const facts = [state, severity, impact, urgency, priority, acknowledgedBy, lanesDown, lanesTotal];
  const actions = view.actions?.map(({ reason }) => [reason.code, reason.params?.id]);
  const { clocks } = view;
  if (clocks) facts.push(...SLA_CLOCKS.map((name) => clocks[name].level));
  const parts: unknown[] = [facts, cause.target, cause.rule, cause.reason.code, fold.code, alerts.sort()];
  const figures = figuresOf(cause.reason);
  if (figures.length > 0) parts.push({ figures });
  if (view.hold) parts.push({ hold: [view.hold.by, view.hold.why, view.hold.until] });
  const planned = [view.maintenance, ...(view.suspects ?? [])].map((reason) => reason?.params?.id);
  if (planned.some((id) => id !== undefined)) parts.push(planned);
  const until = view.maintenance?.params?.until;
  if (until !== undefined) parts.push(until);
  if (view.parent) parts.push({ parent: view.parent.key });
  return JSON.stringify(actions === undefined ? parts : [...parts, actions]);
}

/** What of a cause's figures is worth an update: how many of a group are at fault, and the day a forecast expects. */
function figuresOf(reason: Reason): unknown[] {
  const isGroup = reason.code.startsWith('group.');
  return [isGroup ? reason.params?.bad : undefined, expectedDay(reason)].filter((figure) => figure !== undefined);
}
