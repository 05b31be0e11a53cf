import type { TicketStatus } from '../../../alerting/desks/ticket-client.ts';
import { FakeDesk, type FakeTicket, OUR_NAME } from '../../../test/fakes/desks/fake-desk.ts';
import type { Trouble } from '../../../test/fakes/desks/troubled-server.ts';

const STATES: Readonly<Record<string, TicketStatus>> = {
  new: 'new',
  open: 'in-progress',
  waiting: 'on-hold',
  solved: 'resolved',
  closed: 'closed',
};

/** The sample desk, as far as its connector speaks to it. */
export class FakeSampleDesk extends FakeDesk {
  readonly own = ['ignore-query', 'refuse-transition'] as const;
  readonly knows = {
    about: { item: 'caisse-3', category: 'hardware', team: 'Stores' },
    field: 'cost_centre',
    listsItems: false,
  };

  protected namesAfter(count: number) {
    return { id: `${count + 1}`, number: `S-${count + 1}` };
  }

  protected async answer(request: Request, url: URL, trouble: Trouble | undefined): Promise<Response> {
    if (request.headers.get('authorization') !== 'Bearer a-token') return Response.json({}, { status: 401 });
    const [, id, notes] = url.pathname.match(/^\/api\/tickets(?:\/(\d+))?(\/notes)?$/) ?? [];
    const told = request.method === 'GET' ? undefined : ((await request.json()) as Told);
    if (id === undefined) return told ? this.#create(told) : this.#search(url.searchParams, trouble);
    const ticket = this.tickets.find((one) => one.id === id);
    if (!ticket) return Response.json({}, { status: 404 });
    if (!notes) return this.#change(ticket, told ?? {}, trouble);
    if (told) this.say(ticket, OUR_NAME, told.body ?? '');
    const rows = ticket.notes.map(({ id, by, at, text }) => ({ id, author: by, at: iso(at), body: text }));
    return Response.json({ notes: rows }, { status: told ? 201 : 200 });
  }

  #search(asked: URLSearchParams, trouble: Trouble | undefined): Response {
    const [key, since] = [asked.get('external_key'), asked.get('changed_since')];
    const fits = ({ key: theirs, changedAt }: FakeTicket) =>
      trouble === 'ignore-query' || ((key === null || theirs === key) && changedAt >= Date.parse(since ?? iso(0)));
    return Response.json({ tickets: this.visible(trouble).filter(fits).map(rowOf) });
  }

  #create({ title = '', body = '', urgency = 3, external_key, asset, category, team, ...fields }: Told): Response {
    const about = {
      ...(asset !== undefined && { item: asset }),
      ...(category !== undefined && { category }),
      ...(team !== undefined && { team }),
    };
    const ticket = this.add({ key: external_key, subject: title, text: body, priority: urgency, about, fields });
    return Response.json(rowOf(ticket), { status: 201 });
  }

  #change(ticket: FakeTicket, { title, urgency, state }: Told, trouble: Trouble | undefined): Response {
    const status = state === undefined ? ticket.status : STATES[state];
    const isRefused = trouble === 'refuse-transition' && status !== ticket.status;
    if (status === undefined || isRefused) return Response.json({ message: 'no such transition' }, { status: 409 });
    this.set(ticket, { status, subject: title ?? ticket.subject, priority: urgency ?? ticket.priority });
    return Response.json(rowOf(ticket));
  }
}

interface Told {
  title?: string;
  body?: string;
  urgency?: number;
  external_key?: string;
  asset?: string;
  category?: string;
  team?: string;
  state?: string;
}

const iso = (at: number): string => new Date(at).toISOString();

const rowOf = ({ id, number, key, status, assignee, changedAt }: FakeTicket) => ({
  id: Number(id),
  reference: number,
  external_key: key ?? null,
  state: Object.entries(STATES).find(([, ours]) => ours === status)?.[0],
  owner: assignee ?? null,
  changed_at: iso(changedAt),
});
