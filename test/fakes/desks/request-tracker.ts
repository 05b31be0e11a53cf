import type { TicketStatus } from '../../../alerting/desks/remote-ticket.ts';
import { FakeDesk, type FakeTicket, OUR_NAME } from './fake-desk.ts';
import type { Trouble } from './troubled-server.ts';

const STATUSES: Readonly<Record<string, TicketStatus>> = {
  new: 'new',
  open: 'in-progress',
  stalled: 'on-hold',
  resolved: 'resolved',
  rejected: 'closed',
};
const URN = 'urn:vigie:';
const QUEUES: Readonly<Record<string, string | undefined>> = { Stores: undefined, 'Stores North': 'North' };
type Body = Readonly<Record<string, unknown>>;

/** Request Tracker 5’s REST 2 as the real one was seen to answer, as far as the connector speaks to it. */
export class FakeRequestTracker extends FakeDesk {
  readonly own = ['ignore-query', 'refuse-transition'] as const;
  readonly knows = {
    ...{ about: { item: 'caisse-3', category: 'hardware', team: 'North' }, field: 'Site', listsItems: false },
  };
  /** Subjects of what was said, by note. */
  readonly #subjects = new Map<number, string>();

  protected namesAfter(count: number) {
    return { id: `${count + 1}`, number: `${count + 1}` };
  }

  protected async answer(request: Request, url: URL, trouble: Trouble | undefined): Promise<Response> {
    const path = url.pathname.replace('/REST/2.0', '');
    const body = request.method === 'GET' ? {} : ((await request.json()) as Body);
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
      ...{ id: Number(id), Status, Subject: ticket.subject, LastUpdated: timeOf(ticket.changedAt) },
      Owner: { type: 'user', id: ticket.assignee ?? 'Nobody' },
      _hyperlinks: ticket.key === undefined ? [] : [link],
    });
  }

  #search(asked: URLSearchParams, trouble: Trouble | undefined): Response {
    const query = asked.get('query') ?? '';
    const urn = /^RefersTo = '([^']*)'$/.exec(query)?.[1];
    const since = /^RefersTo IS NOT NULL AND LastUpdated >= '([\d :-]{19})'$/.exec(query)?.[1];
    if (urn === undefined && since === undefined) return json({ message: 'Unknown field' }, 400);
    const key = decodeURIComponent(urn?.slice(URN.length) ?? '');
    const fits = (ticket: FakeTicket) =>
      since === undefined
        ? ticket.key === key
        : ticket.key !== undefined && ticket.changedAt >= Date.parse(`${since.replace(' ', 'T')}Z`);
    const fitting = this.tickets.filter((ticket) => trouble === 'ignore-query' || fits(ticket));
    if (asked.get('orderby') === 'LastUpdated') fitting.sort((a, b) => a.changedAt - b.changedAt);
    const { items, ...counted } = pageOf(fitting, asked);
    return json({
      items: items.map(({ id, changedAt }) => ({ id, type: 'ticket', LastUpdated: timeOf(changedAt) })),
      ...counted,
    });
  }

  #create({ Queue, Subject, Content, Priority, RefersTo, CustomFields = {} }: Body): Response {
    if (!(`${Queue}` in QUEUES)) return json({ message: `Could not find queue '${Queue}'` }, 400);
    const key = decodeURIComponent(`${RefersTo}`.slice(URN.length));
    const fields = CustomFields as Record<string, string | undefined>;
    const team = QUEUES[`${Queue}`];
    const { Item: item, Category: category } = fields;
    const about = { ...(item && { item }), ...(category && { category }), ...(team && { team }) };
    const told = { key, subject: `${Subject}`, text: `${Content}`, priority: priorityOf(Priority) };
    const { id } = this.add({ ...told, about, fields });
    return json({ id, type: 'ticket' }, 201);
  }

  /** What the ticket was opened with is the first of them. */
  #attachments({ id, text, notes, subject }: FakeTicket, asked: URLSearchParams): Response {
    const opening = { id: 0, by: OUR_NAME, at: 0, text };
    const all = [opening, ...notes].map((note) => ({
      ...{ id: `${note.id}`, TransactionId: `${note.id + 30}`, Created: timeOf(note.at), Content: note.text },
      ...{ Creator: { type: 'user', id: note.by }, ContentType: 'text/plain' },
      Subject: note === opening ? subject : (this.#subjects.get(note.id) ?? ''),
      _url: `https://rt.example/REST/2.0/ticket/${id}`,
    }));
    return json(pageOf(all, asked));
  }

  #comment(ticket: FakeTicket, body: Body, trouble: Trouble | undefined): Response {
    this.#subjects.set(this.say(ticket, OUR_NAME, `${body.Content}`).id, `${body.Subject ?? ''}`);
    return json(['Comments added', ...this.#set(ticket, { Status: body.Status }, trouble)], 201);
  }

  /** It answers 200 whatever becomes of it, and says in words what it has not done. */
  #set(ticket: FakeTicket, { Status, Subject, Priority }: Body, trouble: Trouble | undefined): string[] {
    if (Subject !== undefined) ticket.subject = `${Subject}`;
    if (Priority !== undefined) ticket.priority = priorityOf(Priority);
    const status = Status === undefined ? ticket.status : STATUSES[`${Status}`];
    if (status === undefined || (trouble === 'refuse-transition' && status !== ticket.status)) {
      return [`Ticket ${ticket.id}: Status '${Status}' isn't a valid status for this ticket.`];
    }
    this.set(ticket, { status });
    return [];
  }
}

function pageOf<Row>(rows: readonly Row[], asked: URLSearchParams) {
  const perPage = Number(asked.get('per_page') ?? 20);
  const page = Number(asked.get('page') ?? 1);
  const items = rows.slice((page - 1) * perPage, page * perPage);
  return { items, total: rows.length, count: items.length, page, pages: Math.ceil(rows.length / perPage) };
}

const timeOf = (at: number): string => `${new Date(at).toISOString().slice(0, 19)}Z`;
const priorityOf = (value: unknown): number => 5 - Math.round(Number(value) / 25);
const json = (body: unknown, status = 200) => Response.json(body, { status });
