import type { AlertView, IncidentView } from '../../protocol/views.ts';
import type { EngineEvent } from '../engine/types.ts';
import type { RemoteComment, RemoteTicket, TicketStatus } from './remote-ticket.ts';

/** What we last knew of a ticket at its desk: whatever differs from it has been done since. */
export interface TicketShadow {
  status: TicketStatus;
  assignee?: string;
  /** When the desk said so, where it is one that tells by itself. */
  changedAt?: number;
  /** The ids of the comments that were heard, oldest first. */
  heard: readonly string[];
  /** Since when we have seen the ticket ended there while the fault lasts, ms since 1970. */
  endedAt?: number;
  /** How often it was opened again for that. */
  reopened?: number;
  /** That it is left ended has been said. */
  isLeft?: true;
}

/** What becomes of a ticket that people end while the fault lasts. */
export interface EndedPolicy {
  /** `reraise`: a ticket that cannot be opened again is followed by another. */
  whenClosed: 'reopen' | 'reraise' | 'leave';
  /** People end a ticket a moment before the fault is gone: so long nothing is done about it. */
  closedGraceS: number;
}

export interface Followed {
  /** For the judge, in order. To be committed before the shadow is kept: whatever is lost in between comes again. */
  events: EngineEvent[];
  shadow: TicketShadow;
  /** Look again at this time, ms since 1970, though nothing changes at the desk. */
  againAt?: number;
}

/** What is followed of an incident. Of a major one, people take it and talk about it at its desk; the rest is its incidents’. */
export interface Followable
  extends Pick<IncidentView, 'key' | 'state' | 'openedAt' | 'owner' | 'comments' | 'ticketState'> {
  alerts: readonly Pick<AlertView, 'state'>[];
  isMajor?: true;
}

export interface Look {
  desk: string;
  /** Undefined where the ticket was never looked at. */
  shadow: TicketShadow | undefined;
  ticket: RemoteTicket;
  comments: readonly RemoteComment[];
  view: Followable;
  /**
   * Whether the desk has all our work on the incident: where it has not, the ticket may still be as we left it, and its
   * status says nothing of what people want.
   */
  isSettled: boolean;
  policy: EndedPolicy;
  now: number;
}

/** What a desk lists of a ticket’s comments at most is a hundred; a few more, for those that are taken away there. */
const HEARD_KEPT = 200;
/** An incident remembers its last five comments: so many may be committed before what was heard is kept. */
const AT_ONCE = 5;
const REOPENED_AT_MOST = 3;
const QUIET_MS = 10_000;
const OURS = /\[vigie:[^\]\s]{1,40}\]/;
const STRANGER: TicketShadow = { status: 'new', heard: [] };

/**
 * What people at a desk did with a ticket since we last looked, as the judge hears it. Looking twice says nothing twice, nor
 * does a look that comes late: each compares the ticket as it is with what is known, never with a piece of news.
 */
export function followTicket(look: Look): Followed {
  const before = look.shadow ?? STRANGER;
  const said = hearComments(look, before);
  const events: EngineEvent[] = [...said.events];
  if (isOutdated(look)) return { events, shadow: { ...before, heard: said.heard } };
  const { assignee, ...rest } = { ...before, heard: said.heard };
  const owner = look.ticket.assignee;
  let shadow: TicketShadow = { ...rest, ...(owner !== undefined && { assignee: owner }) };
  if (!look.view.isMajor && owner !== assignee && owner !== look.view.owner) {
    events.push({ kind: 'assign', ...aboutOf(look), ...(owner !== undefined && { owner }) });
  }
  if (!look.isSettled) return { events, shadow, ...(said.isMore && { againAt: look.now }) };
  events.push(...statusEvents(look, before.status, said.lastText));
  const { changedAt } = look.ticket;
  shadow = { ...shadow, status: look.ticket.status, ...(changedAt !== undefined && { changedAt }) };
  const ended = followEnd(look, shadow);
  const againAt = said.isMore ? look.now : ended.againAt;
  return { events: [...events, ...ended.events], shadow: ended.shadow, ...(againAt !== undefined && { againAt }) };
}

/** A word of the desk’s that was overtaken by a later one, before a restart for instance. */
const isOutdated = ({ ticket, shadow }: Look): boolean =>
  ticket.changedAt !== undefined && shadow?.changedAt !== undefined && ticket.changedAt < shadow.changedAt;

/** Who did it: the desk says who has the ticket, not whose hand it was. */
const aboutOf = ({ desk, ticket, view }: Look) => ({ incident: view.key, by: ticket.assignee ?? desk, desk });

function hearComments({ desk, comments, view }: Look, { heard }: TicketShadow) {
  const known = new Set(heard);
  // Committed by a turn that did not come to keep its shadow.
  for (const { desk: from, id } of view.comments ?? []) if (from === desk && id !== undefined) known.add(id);
  const fresh = comments.filter(({ id }) => !known.has(id));
  const others = fresh.filter(({ text }) => !OURS.test(text) && text.trim() !== '');
  const taken = others.slice(0, AT_ONCE);
  const isMore = others.length > taken.length;
  const left = new Set(others.slice(AT_ONCE).map(({ id }) => id));
  const events = taken.map(
    ({ id, by, text }): EngineEvent => ({
      ...{ kind: 'comment', incident: view.key, by, text: text.trim(), desk, id },
    }),
  );
  const now = [...heard, ...comments.map(({ id }) => id).filter((id) => !heard.includes(id) && !left.has(id))];
  return { events, heard: now.slice(-HEARD_KEPT), isMore, lastText: taken.at(-1)?.text.trim() };
}

/** A status that the incident has already is no news: it is our own, or another desk’s that came here through us. */
function statusEvents(look: Look, before: TicketStatus, lastText: string | undefined): EngineEvent[] {
  const { ticket, view } = look;
  if (ticket.status === before) return [];
  const about = aboutOf(look);
  if (view.isMajor) {
    return ticket.status === 'in-progress' && view.state === 'new' ? [{ kind: 'acknowledge', ...about }] : [];
  }
  if (ticket.status === 'on-hold') {
    if (view.state === 'on-hold') return [];
    return [{ kind: 'hold', ...about, why: lastText ?? ticket.number }];
  }
  if (ticket.status !== 'in-progress' && ticket.status !== 'new') return [];
  if (before === 'on-hold') return view.state === 'on-hold' ? [{ kind: 'resume', ...about }] : [];
  // Opened again, and not for somebody to take it: that is our own doing.
  if (before !== 'new' || ticket.status === 'new') return [];
  return view.state === 'new'
    ? [
        { kind: 'acknowledge', ...about },
        { kind: 'start', ...about },
      ]
    : [];
}

/** The fault lasts, whatever became of the ticket. */
function followEnd(look: Look, shadow: TicketShadow): Followed {
  const { ticket, now, policy } = look;
  const { endedAt: since, isLeft, ...open } = shadow;
  const isOpen = ticket.status !== 'resolved' && ticket.status !== 'closed';
  if (isOpen || look.view.isMajor) return { events: [], shadow: open };
  if (isLeft) return { events: [], shadow };
  const endedAt = since ?? now;
  // What is quiet already is about to be over: that is waited for.
  const lasts = look.view.alerts.some(({ state }) => state === 'firing');
  const againAt = Math.max(endedAt + policy.closedGraceS * 1_000, lasts ? 0 : now + QUIET_MS);
  if (now < againAt) return { events: [], shadow: { ...open, endedAt }, againAt };
  const reopened = open.reopened ?? 0;
  const canOpen = ticket.status === 'resolved' || policy.whenClosed === 'reraise';
  const reopen = policy.whenClosed !== 'leave' && canOpen && reopened < REOPENED_AT_MOST;
  const events: EngineEvent[] = [{ ...{ kind: 'ticket-ended', ...aboutOf(look), reopen } }];
  return { events, shadow: reopen ? { ...open, reopened: reopened + 1 } : { ...open, endedAt, isLeft: true } };
}
