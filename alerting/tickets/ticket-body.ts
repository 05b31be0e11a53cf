import type { Procedure } from '../../protocol/procedures.ts';
import type { Reason } from '../../protocol/reasons.ts';
import type { Hold, IncidentView, Loss } from '../../protocol/views.ts';
import { say } from '../../protocol/words/index.ts';
import type { TicketWork } from '../ports.ts';
import { majorStructure } from './major-text.ts';
import { type TicketContext, ticketLink } from './ticket-context.ts';
import { wordTicket } from './word-ticket.ts';

/** Alerts the structured part carries; `alertsTotal` says how many there are. */
const MAX_ALERTS = 50;

export interface TicketBody {
  eventId: string;
  action: TicketWork['action'];
  key: string;
  number: number;
  locale: TicketWork['locale'];
  simulated: boolean;
  subject: string;
  text: string;
  link?: string;
  ticket?: string;
  /** One of the two. */
  incident?: ReturnType<typeof structure>;
  major?: ReturnType<typeof majorStructure>;
}

/**
 * The ticket as JSON: told for people (`subject`, `text`) and for programs (`incident`, times in ISO 8601 UTC). The same
 * work always makes the same body, so that a repeated delivery repeats what was signed. Only what is named here leaves
 * the house.
 */
export function ticketBody(work: TicketWork, eventId: string, context: TicketContext): TicketBody {
  const { view, locale } = work;
  const link = ticketLink(view, context);
  const { subject, text } = wordTicket(work, context);
  return {
    eventId,
    action: work.action,
    key: work.incident,
    number: view.number,
    locale,
    simulated: view.simulated === true,
    subject,
    text,
    ...(link !== undefined && { link }),
    ...(work.ticket !== undefined && { ticket: work.ticket }),
    ...('chain' in view ? { major: majorStructure(view, locale) } : { incident: structure(view, locale) }),
  };
}

function structure(view: IncidentView, locale: TicketWork['locale']) {
  return {
    store: view.store,
    storeTitle: view.storeTitle,
    region: view.region,
    state: view.state,
    severity: view.severity,
    impact: view.impact,
    urgency: view.urgency,
    priority: view.priority,
    since: iso(view.since),
    openedAt: iso(view.openedAt),
    ...(view.acknowledgedAt !== undefined && { acknowledgedAt: iso(view.acknowledgedAt) }),
    ...(view.acknowledgedBy !== undefined && { acknowledgedBy: view.acknowledgedBy }),
    ...(view.owner !== undefined && { owner: view.owner }),
    ...(view.level !== undefined && { level: view.level }),
    ...(view.category !== undefined && { category: view.category }),
    ...(view.team !== undefined && { team: view.team }),
    ...(view.onCall !== undefined && { onCall: view.onCall }),
    ...(view.lastReadings && {
      lastReadings: { at: iso(view.lastReadings.at), values: view.lastReadings.values },
    }),
    ...(view.model && { model: modelOf(view.model, locale) }),
    ...(view.hold && { hold: holdOf(view.hold) }),
    ...(view.resolvedAt !== undefined && { resolvedAt: iso(view.resolvedAt) }),
    cause: {
      kind: view.cause.kind,
      target: view.cause.target,
      title: view.causeTitle,
      rule: view.cause.rule,
      code: view.cause.reason.code,
      text: say(locale, view.cause.reason),
    },
    fold: { code: view.fold.code, text: say(locale, view.fold) },
    ...(view.maintenance && { maintenance: told(view.maintenance, locale) }),
    ...(view.suspects && { suspects: view.suspects.map((suspect) => told(suspect, locale)) }),
    ...(view.parent && { parent: view.parent }),
    lanesDown: view.lanesDown,
    lanesTotal: view.lanesTotal,
    ...(view.respondBy !== undefined && { respondBy: iso(view.respondBy) }),
    ...(view.restoreBy !== undefined && { restoreBy: iso(view.restoreBy) }),
    ...(view.clocks && { breached: { respond: view.clocks.respond.breached, restore: view.clocks.restore.breached } }),
    ...(view.loss && { loss: lossOf(view.loss) }),
    ...(view.actions !== undefined && {
      actions: view.actions.map(({ at, reason }) => ({ at: iso(at), code: reason.code, text: say(locale, reason) })),
    }),
    alertsTotal: view.alerts.length,
    alerts: view.alerts.slice(0, MAX_ALERTS).map((alert) => ({
      device: alert.device,
      rule: alert.rule,
      instance: alert.instance,
      severity: alert.severity,
      state: alert.state,
      ...(alert.flapping && { flapping: true }),
      since: iso(alert.since),
      code: alert.reason.code,
      text: say(locale, alert.reason),
    })),
  };
}

const modelOf = ({ id, title, version, steps, actions }: Procedure, locale: TicketWork['locale']) => ({
  id,
  title: title[locale],
  ...(version !== undefined && { version }),
  ...(steps && { steps: steps[locale] }),
  ...(actions && { actions }),
});

const lossOf = ({ laneMs, blindMs, money }: Loss) => ({
  laneMinutes: laneMs / 60_000,
  blindLaneMinutes: blindMs / 60_000,
  ...(money && { currency: money.currency, amount: money.lost, blindAmount: money.blind }),
});

const holdOf = ({ by, why, until }: Hold) => ({ by, why, ...(until !== undefined && { until: iso(until) }) });

const told = (reason: Reason, locale: TicketWork['locale']) => ({ ...reason, text: say(locale, reason) });

const iso = (at: number): string => new Date(at).toISOString();
