import type { Delivery, Desk, TicketSubject, TicketWork } from '../ports.ts';
import type { TicketContext } from '../tickets/ticket-context.ts';
import { ticketSubject, ticketText } from '../tickets/ticket-text.ts';
import { DeskFailure } from './desk-failure.ts';
import type { RemoteTicket, TicketClient, TicketStatus } from './ticket-client.ts';

/**
 * A desk of tickets that can be looked up. Whatever became of an earlier attempt, the ticket is looked for by our key before
 * it is opened or touched, and looked at again after: so there is one, and what it says is what was asked. What bears
 * another key is never written to.
 */
export function reconciling(client: TicketClient, context: TicketContext): Desk {
  /** The one ticket of ours, if there is one. */
  async function lookUp(key: string, signal: AbortSignal): Promise<RemoteTicket | undefined> {
    const found = await client.find(key, signal);
    const foreign = found.find((ticket) => ticket.key !== key);
    if (foreign) throw new DeskFailure('refused', `asked for ours, the desk answers with ticket ${foreign.number}`);
    if (found.length > 1) {
      throw new DeskFailure('refused', `several tickets bear our key: ${found.map(({ number }) => number).join(', ')}`);
    }
    return found[0];
  }

  async function open(work: TicketWork, signal: AbortSignal): Promise<RemoteTicket> {
    const before = await lookUp(work.incident, signal);
    if (before) return before;
    const opened = await client.create({ key: work.incident, ...fieldsOf(work), text: textOf(work) }, signal);
    // To go on without would be to open another at each repetition.
    if (opened.key !== work.incident) {
      throw new DeskFailure('refused', `ticket ${opened.number} was opened, but does not bear our key`);
    }
    return opened;
  }

  async function change(work: TicketWork, signal: AbortSignal): Promise<RemoteTicket> {
    const ticket = await lookUp(work.incident, signal);
    if (!ticket) throw new DeskFailure('refused', 'no ticket bears our key');
    const status = wantedStatus(ticket.status, work);
    // A ticket that was closed over there takes nothing more.
    if (ticket.status === 'closed') return ticket;
    const mark = `vigie:${work.id}`;
    const isTold = await client.hasNote(ticket, mark, signal);
    const note = isTold ? {} : { note: { mark, text: textOf(work) } };
    await client.change(ticket, { ...fieldsOf(work), ...note, ...(status && { status }) }, signal);
    if (status === undefined) return ticket;
    const changed = await lookUp(work.incident, signal);
    if (changed?.status === status || changed?.status === 'closed') return changed;
    throw new DeskFailure('refused', `the desk leaves the ticket ${changed?.status ?? 'gone'}, it was to be ${status}`);
  }

  const fieldsOf = ({ view, locale }: TicketWork) => ({
    subject: ticketSubject(view, locale),
    priority: view.priority,
  });
  const textOf = ({ view, locale }: TicketWork) => ticketText(view, locale, context);

  return {
    async deliver(work, signal): Promise<Delivery> {
      try {
        const { number } = await (work.action === 'open' ? open(work, signal) : change(work, signal));
        return { outcome: 'done', ticket: number };
      } catch (error) {
        if (error instanceof DeskFailure) return error.delivery;
        throw error;
      }
    },
  };
}

/**
 * Where the ticket goes by our word, undefined where it stays: forward only, for what people at the desk have decided about
 * their own work is not ours to take back.
 */
export function wantedStatus(
  current: TicketStatus,
  { action, view }: { action: TicketWork['action']; view: Pick<TicketSubject, 'state'> },
): TicketStatus | undefined {
  if (current === 'resolved' || current === 'closed') return undefined;
  if (action === 'resolve') return 'resolved';
  if (view.state === 'on-hold') return current === 'on-hold' ? undefined : 'on-hold';
  if (view.state === 'acknowledged') return current === 'new' ? 'in-progress' : undefined;
  return undefined;
}
