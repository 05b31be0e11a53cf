import type { Delivery, Desk, TicketSubject, TicketWork } from '../ports.ts';
import type { TicketContext } from '../tickets/ticket-context.ts';
import { TICKET_WORDS } from '../tickets/ticket-words.ts';
import { wordTicket } from '../tickets/word-ticket.ts';
import { DeskFailure } from './desk-failure.ts';
import type { RemoteTicket, TicketNews, TicketStatus } from './remote-ticket.ts';
import { originOf, successorsOf } from './successors.ts';
import type { TicketClient } from './ticket-client.ts';

const LOOKED_FOR_AGAIN = 5;

/**
 * A desk of tickets that can be looked up. Whatever became of an earlier attempt, the ticket is looked for by our key before
 * it is opened or touched, and looked at again after: so there is one, and what it says is what was asked. What bears
 * another key is never written to.
 */
export function reconciling(client: TicketClient, context: TicketContext & { reraises?: boolean }): Desk {
  /** What bears our key; of a closed ticket in whose place another was opened, that one. It tells the incident’s own key. */
  async function find(key: string, signal: AbortSignal): Promise<(RemoteTicket & { next?: string })[]> {
    let found = await client.find(key, signal);
    for (const next of context.reraises ? successorsOf(key) : []) {
      const [ticket, ...more] = found;
      if (ticket?.key !== key || ticket.status !== 'closed' || more.length > 0) return found;
      const later = await client.find(next, signal);
      if (later.length === 0) return [{ ...ticket, next }];
      // A search that is not understood answers with any ticket, the closed one among them.
      found = later.map((one) => ({ ...one, key: one.key === next ? key : undefined }));
    }
    return found;
  }

  /** The one ticket of ours, if there is one. */
  async function lookUp(key: string, signal: AbortSignal): Promise<(RemoteTicket & { next?: string }) | undefined> {
    const found = await find(key, signal);
    const foreign = found.find((ticket) => ticket.key !== key);
    if (foreign) throw new DeskFailure('refused', `asked for ours, the desk answers with ticket ${foreign.number}`);
    if (found.length > 1) {
      throw new DeskFailure('refused', `several tickets bear our key: ${found.map(({ number }) => number).join(', ')}`);
    }
    return found[0];
  }

  /** Undefined where it is not there, and is not worth opening any more. */
  async function open(work: TicketWork, signal: AbortSignal): Promise<RemoteTicket | undefined> {
    const before = await lookUp(work.incident, signal);
    if (before || work.healed) return before;
    const { text, about, fields } = wordTicket(work, context);
    const mayExist = work.tried === true && work.attempts === 0;
    const ticket = { key: work.incident, ...fieldsOf(work), text, about, fields, ...(mayExist && { mayExist }) };
    const opened = await client.create(ticket, signal);
    // To go on without would be to open another at each repetition.
    if (opened.key !== work.incident) {
      throw new DeskFailure('refused', `ticket ${opened.number} was opened, but does not bear our key`);
    }
    return opened;
  }

  async function change(work: TicketWork, signal: AbortSignal): Promise<RemoteTicket> {
    const ticket = await lookUp(work.incident, signal);
    if (!ticket) throw missing(work, 'no ticket bears our key');
    // Just opened in the place of a closed one, by an attempt whose answer was lost.
    if (work.action === 'reopen' && ticket.status === 'new') return ticket;
    const status = wantedStatus(ticket.status, work);
    // A ticket that was closed over there takes nothing more.
    if (ticket.status === 'closed') {
      if (work.action !== 'reopen') return ticket;
      if (ticket.next !== undefined) return raiseAgain(work, ticket.next, ticket.number, signal);
      throw new DeskFailure('refused', `ticket ${ticket.number} is closed and cannot be reopened`);
    }
    const mark = `vigie:${work.id}`;
    const isTold = await client.hasNote(ticket, mark, signal);
    const note = isTold ? {} : { note: { mark, text: wordTicket(work, context).text } };
    await client.change(ticket, { ...fieldsOf(work), ...note, ...(status && { status }) }, signal);
    if (status === undefined) return ticket;
    const changed = await lookUp(work.incident, signal);
    if (changed?.status === status || changed?.status === 'closed') return changed;
    const error = `the desk leaves the ticket ${changed?.status ?? 'gone'}, it was to be ${status}`;
    throw changed ? new DeskFailure('refused', error) : missing({ ...work, ticket: ticket.number }, error);
  }

  /** In the place of a closed ticket. Looked for before, like any: an answer that is lost opens no third one. */
  async function raiseAgain(work: TicketWork, key: string, closed: string, signal: AbortSignal): Promise<RemoteTicket> {
    const { text, about, fields } = wordTicket({ ...work, action: 'open' }, context);
    const follows = TICKET_WORDS[work.locale].follows(closed);
    const opened = await client.create({ key, ...fieldsOf(work), text: `${follows}\n${text}`, about, fields }, signal);
    if (opened.key === key) return opened;
    throw new DeskFailure('refused', `ticket ${opened.number} was opened, but does not bear our key`);
  }

  const fieldsOf = (work: TicketWork) => ({
    subject: wordTicket(work, context).subject,
    priority: work.view.priority,
  });

  const newsOf = (asked: TicketNews): TicketNews => ({
    find,
    changedSince: async (since, signal) =>
      (await asked.changedSince(since, signal)).map((ticket) =>
        ticket.key === undefined ? ticket : { ...ticket, key: originOf(ticket.key) },
      ),
    comments: (ticket, signal) => asked.comments(ticket, signal),
  });

  const hasNews = (asked: TicketClient): asked is TicketClient & TicketNews =>
    asked.changedSince !== undefined && asked.comments !== undefined;

  return {
    ...(hasNews(client) && { news: context.reraises ? newsOf(client) : client }),
    async deliver(work, signal): Promise<Delivery> {
      try {
        const ticket = await (work.action === 'open' ? open(work, signal) : change(work, signal));
        if (!ticket) return { outcome: 'skipped' };
        const replaces = work.action === 'reopen' && work.ticket !== ticket.number ? work.ticket : undefined;
        return { outcome: 'done', ticket: ticket.number, ...(replaces !== undefined && { replaces }) };
      } catch (error) {
        if (error instanceof DeskFailure) return error.delivery;
        throw error;
      }
    },
  };
}

/** A search may lag behind what was opened a moment ago: what is known to be there is looked for again, a few times. */
function missing({ ticket, attempts }: Pick<TicketWork, 'ticket' | 'attempts'>, error: string): DeskFailure {
  return new DeskFailure(ticket !== undefined && attempts < LOOKED_FOR_AGAIN ? 'retry' : 'refused', error);
}

/**
 * Where the ticket goes by our word, undefined where it stays: forward only, for what people at the desk have decided about
 * their own work is not ours to take back.
 */
export function wantedStatus(
  current: TicketStatus,
  { action, view }: { action: TicketWork['action']; view: Pick<TicketSubject, 'state'> },
): TicketStatus | undefined {
  if (action === 'reopen') return current === 'resolved' ? 'in-progress' : undefined;
  if (current === 'resolved' || current === 'closed') return undefined;
  if (action === 'resolve') return 'resolved';
  if (view.state === 'on-hold') return current === 'on-hold' ? undefined : 'on-hold';
  const isTaken = view.state === 'acknowledged' || view.state === 'in-progress';
  return isTaken && current === 'new' ? 'in-progress' : undefined;
}
