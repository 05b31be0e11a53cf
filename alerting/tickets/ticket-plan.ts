import type { Reason } from '../../protocol/reasons.ts';
import { SLA_CLOCKS } from '../../protocol/views.ts';
import { expectedDay } from '../engine/forecast/expected-day.ts';
import type { TicketAction, TicketSubject } from '../ports.ts';
import { visibleMajor } from './major-text.ts';

/** Ticket work for one incident. */
export interface PlannedTicket {
  action: TicketAction;
  view: TicketSubject;
}

/** What judgement asks to be told of an incident. */
export interface AskedTicket extends PlannedTicket {
  /** The desk that knows it already: it comes from there. */
  origin?: string;
  /** The one desk that it is for; absent: all of them. */
  only?: string;
}

/** What each desk was told last of an incident (see `visible`); those that were told nothing are not in it. */
export type Told = ReadonlyMap<string, string>;

/** The work for every desk: for `desks`, and for those that know of the incident already. */
export function planForDesks(
  asked: readonly AskedTicket[],
  told: Told,
  desks: readonly string[],
): { work: (PlannedTicket & { desk: string })[]; told: Told } {
  const work: (PlannedTicket & { desk: string })[] = [];
  const after = new Map(told);
  for (const desk of new Set([...told.keys(), ...desks])) {
    const here = asked.filter(({ only }) => only === undefined || only === desk);
    const known = here.map(({ origin, only: _, ...rest }) => ({ ...rest, isKnown: origin === desk }));
    const plan = planTickets(known, told.get(desk));
    if (plan.told !== undefined) after.set(desk, plan.told);
    for (const planned of plan.work) work.push({ ...planned, desk });
  }
  return { work, told: after };
}

/**
 * Makes of what judgement asked for, in one group and in order, the least work that leaves a desk as well informed:
 * later news replaces earlier news, an update that changes nothing a reader of the ticket would notice is dropped, and
 * a ticket that was never asked for is opened rather than updated, and neither commented nor resolved. What people say is told
 * each for itself. `isKnown`: news that the desk has.
 *
 * `told` is what the last work told (see `visible`), undefined before the first; so is the one that is returned.
 */
export function planTickets(
  asked: readonly (PlannedTicket & { isKnown?: boolean })[],
  told: string | undefined,
): { work: PlannedTicket[]; told: string | undefined } {
  const work: PlannedTicket[] = [];
  let last = told;
  for (const { action: wanted, view, isKnown = false } of asked) {
    if (last === undefined && (wanted === 'resolve' || wanted === 'comment')) continue;
    if (wanted === 'comment') {
      if (!isKnown) work.push({ action: wanted, view });
      continue;
    }
    const action = last === undefined ? 'open' : wanted === 'open' ? 'update' : wanted;
    const seen = visible(view);
    if (action === 'update' && seen === last) continue;
    const before = work.at(-1);
    if (isKnown && action === 'update') {
      last = seen;
      continue;
    }
    if (before && before.action !== 'comment' && action === 'update') before.view = view;
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
  if (view.owner !== undefined || view.level !== undefined) parts.push({ owner: [view.owner, view.level] });
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
