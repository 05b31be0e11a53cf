import type { TicketStatus } from '../../../alerting/desks/remote-ticket.ts';
import { FakeDesk, type FakeNote, type FakeTicket, OUR_NAME } from './fake-desk.ts';
import type { Trouble } from './troubled-server.ts';

const STATUSES: Readonly<Record<string, TicketStatus>> = {
  new: 'new',
  open: 'in-progress',
  pending: 'on-hold',
  solved: 'resolved',
  closed: 'closed',
};
const PRIORITIES = ['urgent', 'high', 'normal', 'low'];
export const ITEM_FIELD = 3601;
export const CATEGORY_FIELD = 3602;
export const STORES_GROUP = 51;
const OUR_ID = 1;

/** Zendesk’s ticket API, as far as the connector speaks to it. No real account has been asked. */
export class FakeZendesk extends FakeDesk {
  readonly own = ['ignore-query', 'refuse-transition', 'lag'] as const;
  readonly knows = {
    about: { item: 'caisse-3', category: 'hardware', team: 'Stores' },
    field: '3603',
    listsItems: false,
  };
  /** Tickets by the `Idempotency-Key` that made them. */
  readonly #made = new Map<string, FakeTicket>();
  readonly #people = [OUR_NAME];

  protected namesAfter(count: number) {
    return { id: `${count + 100}`, number: `${count + 100}` };
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
    if (part === '/comments') return this.#comments(ticket, url.searchParams);
    return told ? this.#change(ticket, told, trouble) : Response.json({ ticket: this.#row(ticket) });
  }

  #search(asked: URLSearchParams, trouble: Trouble | undefined): Response {
    const key = asked.get('external_id');
    const isAll = key === null || trouble === 'ignore-query';
    const fitting = this.visible(trouble).filter((ticket) => isAll || ticket.key === key);
    if (asked.get('sort_by') === 'updated_at' && trouble !== 'ignore-query') {
      fitting.sort((a, b) => b.changedAt - a.changedAt);
    }
    const { page, next_page } = pageOf(fitting, asked);
    return Response.json({ tickets: page.map((ticket) => this.#row(ticket)), next_page, ...this.#users(asked) });
  }

  #comments({ text, notes }: FakeTicket, asked: URLSearchParams): Response {
    const first: FakeNote = { id: 0, by: OUR_NAME, at: 0, text };
    const { page, next_page } = pageOf([first, ...notes].reverse(), asked);
    const comments = page.map(({ id, by, at, text: body }) => ({
      ...{ id: 9_000 + id, author_id: this.#idOf(by), created_at: new Date(at).toISOString() },
      ...{ body, html_body: body, plain_body: body },
    }));
    return Response.json({ comments, next_page, count: notes.length + 1, ...this.#users(asked) });
  }

  #create(told: Told, idempotencyKey: string): Response {
    let ticket = this.#made.get(idempotencyKey);
    const lookup = ticket ? 'hit' : 'miss';
    ticket ??= this.add({ key: told.external_id, subject: told.subject ?? '', text: told.comment?.body ?? '' });
    ticket.priority = PRIORITIES.indexOf(told.priority ?? 'normal') + 1;
    ticket.fields = Object.fromEntries((told.custom_fields ?? []).map(({ id, value }) => [id, value]));
    const { [ITEM_FIELD]: item, [CATEGORY_FIELD]: category } = ticket.fields as Record<number, string | undefined>;
    ticket.about = {
      ...(item !== undefined && { item }),
      ...(category !== undefined && { category }),
      ...(told.group_id === STORES_GROUP && { team: 'Stores' }),
    };
    this.#made.set(idempotencyKey, ticket);
    return Response.json({ ticket: this.#row(ticket) }, { status: 201, headers: { 'x-idempotency-lookup': lookup } });
  }

  #change(ticket: FakeTicket, told: Told, trouble: Trouble | undefined): Response {
    const status = told.status === undefined ? ticket.status : STATUSES[told.status];
    if (status === undefined || ticket.status === 'closed' || isRefused(trouble, status, ticket)) {
      const details = { base: [{ description: 'Status: closed prevents ticket update' }] };
      const body = { error: 'RecordInvalid', description: 'Record validation errors', details };
      return Response.json(body, { status: 422 });
    }
    this.set(ticket, { status, subject: told.subject ?? ticket.subject });
    if (told.comment) this.say(ticket, OUR_NAME, told.comment.body);
    if (told.priority) ticket.priority = PRIORITIES.indexOf(told.priority) + 1;
    return Response.json({ ticket: this.#row(ticket) });
  }

  #idOf(name: string): number {
    if (!this.#people.includes(name)) this.#people.push(name);
    return this.#people.indexOf(name) + OUR_ID;
  }

  #users(asked: URLSearchParams) {
    if (asked.get('include') !== 'users') return {};
    return { users: this.#people.map((name, at) => ({ id: at + OUR_ID, name })) };
  }

  #row({ id, key, status, assignee, changedAt }: FakeTicket) {
    return {
      ...{ id: Number(id), external_id: key ?? null, updated_at: new Date(changedAt).toISOString() },
      assignee_id: assignee === undefined ? null : this.#idOf(assignee),
      status: Object.entries(STATUSES).find(([, name]) => name === status)?.[0],
    };
  }
}

interface Told {
  subject?: string;
  comment?: { body: string };
  priority?: string;
  status?: string;
  external_id?: string;
  group_id?: number;
  custom_fields?: { id: number; value: string }[];
}

function pageOf<Row>(rows: readonly Row[], asked: URLSearchParams) {
  const perPage = Number(asked.get('per_page') ?? 100);
  const end = Number(asked.get('page') ?? 1) * perPage;
  return { page: rows.slice(end - perPage, end), next_page: end < rows.length ? 'https://example/next' : null };
}

const isRefused = (trouble: Trouble | undefined, status: TicketStatus, ticket: FakeTicket): boolean =>
  trouble === 'refuse-transition' && status !== ticket.status;
