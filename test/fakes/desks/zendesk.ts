import type { TicketStatus } from '../../../alerting/desks/ticket-client.ts';
import { FakeDesk, type FakeTicket, type Trouble } from './fake-desk.ts';

const STATUSES: Readonly<Record<string, TicketStatus>> = {
  new: 'new',
  open: 'in-progress',
  pending: 'on-hold',
  solved: 'resolved',
  closed: 'closed',
};
const PRIORITIES = ['urgent', 'high', 'normal', 'low'];

/** Zendesk’s ticket API, as far as the connector speaks to it. No real account has been asked. */
export class FakeZendesk extends FakeDesk {
  readonly own = ['ignore-query', 'refuse-transition'] as const;
  /** Tickets by the `Idempotency-Key` that made them. */
  readonly #made = new Map<string, FakeTicket>();

  add(ticket: Partial<FakeTicket> = {}): FakeTicket {
    const id = `${this.tickets.length + 100}`;
    const added: FakeTicket = {
      ...{ id, number: id, key: undefined, status: 'new', subject: '', text: '', priority: 3, notes: [] },
      ...ticket,
    };
    this.tickets.push(added);
    return added;
  }

  protected async answer(request: Request, url: URL, trouble: Trouble | undefined): Promise<Response> {
    if (request.headers.get('authorization') !== `Basic ${btoa('vigie@example.com/token:a-token')}`) {
      return Response.json({ error: 'Couldn’t authenticate you' }, { status: 401 });
    }
    const [, id, part] = url.pathname.match(/^\/api\/v2\/tickets(?:\/(\d+))?(\/comments|\.json)?$/) ?? [];
    const told = request.method === 'GET' ? undefined : ((await request.json()) as { ticket: Told }).ticket;
    if (id === undefined && told) return this.#create(told, request.headers.get('idempotency-key') ?? '');
    if (id === undefined) return this.#search(url.searchParams, trouble);
    const ticket = this.tickets.find((one) => one.id === id);
    if (!ticket) return Response.json({ error: 'RecordNotFound', description: 'Not found' }, { status: 404 });
    if (part === '/comments') {
      const page = [...ticket.notes].reverse().slice(0, Number(url.searchParams.get('per_page') ?? 100));
      return Response.json({ comments: page.map((body) => ({ body, html_body: body, plain_body: body })) });
    }
    return told ? this.#change(ticket, told, trouble) : Response.json({ ticket: rowOf(ticket) });
  }

  #search(asked: URLSearchParams, trouble: Trouble | undefined): Response {
    const key = asked.get('external_id');
    const fitting = trouble === 'ignore-query' ? this.tickets : this.tickets.filter((ticket) => ticket.key === key);
    return Response.json({ tickets: fitting.slice(0, Number(asked.get('per_page') ?? 100)).map(rowOf) });
  }

  #create(told: Told, idempotencyKey: string): Response {
    let ticket = this.#made.get(idempotencyKey);
    const lookup = ticket ? 'hit' : 'miss';
    ticket ??= this.add({ key: told.external_id, subject: told.subject ?? '', text: told.comment?.body ?? '' });
    ticket.priority = PRIORITIES.indexOf(told.priority ?? 'normal') + 1;
    this.#made.set(idempotencyKey, ticket);
    return Response.json({ ticket: rowOf(ticket) }, { status: 201, headers: { 'x-idempotency-lookup': lookup } });
  }

  #change(ticket: FakeTicket, told: Told, trouble: Trouble | undefined): Response {
    const status = told.status === undefined ? ticket.status : STATUSES[told.status];
    if (status === undefined || ticket.status === 'closed' || isRefused(trouble, status, ticket)) {
      const details = { base: [{ description: 'Status: closed prevents ticket update' }] };
      const body = { error: 'RecordInvalid', description: 'Record validation errors', details };
      return Response.json(body, { status: 422 });
    }
    ticket.status = status;
    ticket.subject = told.subject ?? ticket.subject;
    if (told.comment) ticket.notes.push(told.comment.body);
    if (told.priority) ticket.priority = PRIORITIES.indexOf(told.priority) + 1;
    return Response.json({ ticket: rowOf(ticket) });
  }
}

interface Told {
  subject?: string;
  comment?: { body: string };
  priority?: string;
  status?: string;
  external_id?: string;
}

const isRefused = (trouble: Trouble | undefined, status: TicketStatus, ticket: FakeTicket): boolean =>
  trouble === 'refuse-transition' && status !== ticket.status;

const rowOf = ({ id, key, status }: FakeTicket) => ({
  id: Number(id),
  external_id: key ?? null,
  status: Object.entries(STATUSES).find(([, name]) => name === status)?.[0],
});
