import type { TicketStatus } from '../../../alerting/desks/ticket-client.ts';
import { FakeDesk, type FakeTicket, type Trouble } from './fake-desk.ts';

const STATUSES: Readonly<Record<string, TicketStatus>> = {
  new: 'new',
  open: 'in-progress',
  stalled: 'on-hold',
  resolved: 'resolved',
  rejected: 'closed',
};
const URN = 'urn:vigie:';

/** Request Tracker 5’s REST 2 as the real one was seen to answer, as far as the connector speaks to it. */
export class FakeRequestTracker extends FakeDesk {
  readonly own = ['ignore-query', 'refuse-transition'] as const;
  /** Subjects of what was said, by ticket and place among its notes. */
  readonly #subjects = new Map<string, string>();

  add(ticket: Partial<FakeTicket> = {}): FakeTicket {
    const id = `${this.tickets.length + 1}`;
    const added: FakeTicket = {
      ...{ id, number: id, key: undefined, status: 'new', subject: '', text: '', priority: 3, notes: [] },
      ...ticket,
    };
    this.tickets.push(added);
    return added;
  }

  protected async answer(request: Request, url: URL, trouble: Trouble | undefined): Promise<Response> {
    const path = url.pathname.replace('/REST/2.0', '');
    const body = request.method === 'GET' ? {} : ((await request.json()) as Record<string, unknown>);
    if (request.headers.get('authorization') !== 'token a-token') return json({ message: 'Unauthorized' }, 401);
    if (path === '/tickets') return this.#search(url.searchParams, trouble);
    if (path === '/ticket' && request.method === 'POST') return this.#create(body);
    const [, id, part] = path.match(/^\/ticket\/(\d+)(\/\w+)?$/) ?? [];
    const ticket = this.tickets.find((one) => one.id === id);
    if (!ticket) return json({ message: 'Not Found' }, 404);
    if (part === '/attachments') return this.#attachments(ticket, url.searchParams);
    if (part === '/comment') return this.#comment(ticket, body, trouble);
    if (request.method === 'PUT') return json(this.#set(ticket, body, trouble));
    const Status = Object.entries(STATUSES).find(([, status]) => status === ticket.status)?.[0];
    const link = { ref: 'refers-to', type: 'external', _url: `${URN}${encodeURIComponent(ticket.key ?? '')}` };
    return json({
      id: Number(id),
      Status,
      Subject: ticket.subject,
      _hyperlinks: ticket.key === undefined ? [] : [link],
    });
  }

  #search(asked: URLSearchParams, trouble: Trouble | undefined): Response {
    const urn = /^RefersTo = '([^']*)'$/.exec(asked.get('query') ?? '')?.[1];
    if (urn === undefined) return json({ message: 'Unknown field' }, 400);
    const key = decodeURIComponent(urn.slice(URN.length));
    const fitting = trouble === 'ignore-query' ? this.tickets : this.tickets.filter((ticket) => ticket.key === key);
    const items = fitting.slice(0, Number(asked.get('per_page') ?? 20)).map(({ id }) => ({ id, type: 'ticket' }));
    return json({ items, total: fitting.length, count: items.length, page: 1, pages: 1 });
  }

  #create({ Queue, Subject, Content, Priority, RefersTo }: Record<string, unknown>): Response {
    if (Queue !== 'Stores') return json({ message: `Could not find queue '${Queue}'` }, 400);
    const key = decodeURIComponent(`${RefersTo}`.slice(URN.length));
    const { id } = this.add({ key, subject: `${Subject}`, text: `${Content}`, priority: priorityOf(Priority) });
    return json({ id, type: 'ticket' }, 201);
  }

  #attachments({ id, notes }: FakeTicket, asked: URLSearchParams): Response {
    const perPage = Number(asked.get('per_page') ?? 20);
    const page = Number(asked.get('page') ?? 1);
    const all = ['', ...notes.map((_, at) => this.#subjects.get(`${id} ${at}`) ?? '')].map((Subject) => ({ Subject }));
    const items = all.slice((page - 1) * perPage, page * perPage);
    return json({ items, page, pages: Math.ceil(all.length / perPage), total: all.length });
  }

  #comment(ticket: FakeTicket, body: Record<string, unknown>, trouble: Trouble | undefined): Response {
    this.#subjects.set(`${ticket.id} ${ticket.notes.length}`, `${body.Subject ?? ''}`);
    ticket.notes.push(`${body.Content}`);
    return json(['Comments added', ...this.#set(ticket, { Status: body.Status }, trouble)], 201);
  }

  /** It answers 200 whatever becomes of it, and says in words what it has not done. */
  #set(
    ticket: FakeTicket,
    { Status, Subject, Priority }: Record<string, unknown>,
    trouble: Trouble | undefined,
  ): string[] {
    if (Subject !== undefined) ticket.subject = `${Subject}`;
    if (Priority !== undefined) ticket.priority = priorityOf(Priority);
    const status = Status === undefined ? ticket.status : STATUSES[`${Status}`];
    if (status === undefined || (trouble === 'refuse-transition' && status !== ticket.status)) {
      return [`Ticket ${ticket.id}: Status '${Status}' isn't a valid status for this ticket.`];
    }
    ticket.status = status;
    return [];
  }
}

const priorityOf = (value: unknown): number => 5 - Math.round(Number(value) / 25);
const json = (body: unknown, status = 200) => Response.json(body, { status });
