import type { TicketStatus } from '../../../alerting/desks/remote-ticket.ts';
import { FakeDesk, type FakeTicket, OUR_NAME } from './fake-desk.ts';
import type { Trouble } from './troubled-server.ts';

const STATUSES: Readonly<Record<number, TicketStatus>> = {
  1: 'new',
  2: 'in-progress',
  4: 'on-hold',
  5: 'resolved',
  6: 'closed',
};
/** What it knows by name, all of it number 7. */
const NAMES: Readonly<Record<string, string>> = {
  '/Dropdowns/ITILCategory': 'Caisses',
  '/Administration/Group': 'Magasins',
};
const TOKEN = { grant_type: 'password', client_id: 'a-client', client_secret: 'a-client-secret', scope: 'api' };

/** GLPI 11’s `api.php`, as far as the connector speaks to it. No real GLPI has been asked. */
export class FakeGlpiApi extends FakeDesk {
  readonly own = ['ignore-query', 'refuse-transition', 'expire-session'] as const;
  readonly knows = { about: { category: 'Caisses', team: 'Magasins' }, field: 'request_type', listsItems: false };
  /** Numbers of the notes that are solutions. */
  readonly #solutions = new Set<number>();
  #tokens = 0;
  #token: string | undefined;

  protected namesAfter(count: number) {
    return { id: `${count + 1}`, number: `${count + 1}` };
  }

  protected async answer(request: Request, url: URL, trouble: Trouble | undefined): Promise<Response> {
    const told = request.method === 'GET' ? {} : ((await request.json()) as Told);
    const path = url.pathname.replace('/api.php', '');
    if (path === '/token') return this.#signIn(told);
    if (trouble === 'expire-session') this.#token = undefined;
    if (this.#token === undefined || request.headers.get('authorization') !== `Bearer ${this.#token}`) {
      return fault(401, 'ERROR_UNAUTHENTICATED', 'You are not authenticated');
    }
    const asked = path.replace('/v2', '');
    if (NAMES[asked] !== undefined) {
      const isAsked = url.searchParams.get('filter') === `name=="${NAMES[asked]}"` || trouble === 'ignore-query';
      return Response.json(isAsked ? [{ id: 7, name: NAMES[asked] }] : []);
    }
    if (asked === '/Assistance/Ticket') {
      return request.method === 'POST' ? this.#create(told) : this.#search(url.searchParams, trouble);
    }
    const [, id, part] = asked.match(/^\/Assistance\/Ticket\/(\d+)(?:\/(.+))?$/) ?? [];
    const ticket = this.tickets.find((one) => one.id === id);
    if (!ticket) return fault(404, 'ERROR_ITEM_NOT_FOUND', 'Item not found');
    if (part === 'TeamMember') {
      if (told.type === 'Group' && told.id === 7) ticket.about = { ...ticket.about, team: 'Magasins' };
      return Response.json({ id: 1 }, { status: 201 });
    }
    if (part?.startsWith('Timeline/')) return this.#timeline(ticket, part.slice(9), request.method, told, trouble);
    return request.method === 'PATCH' ? this.#change(ticket, told, trouble) : Response.json(this.#row(ticket));
  }

  #signIn({ username, password, ...client }: Told): Response {
    const isKnown = Object.entries(TOKEN).every(([name, value]) => client[name] === value);
    if (!isKnown || username !== 'vigie' || password !== 'a-password') {
      return Response.json(
        { error: 'invalid_grant', message: 'The user credentials were incorrect.' },
        { status: 401 },
      );
    }
    this.#token = `token-${++this.#tokens}`;
    return Response.json({ token_type: 'Bearer', expires_in: 3_600, access_token: this.#token });
  }

  #search(asked: URLSearchParams, trouble: Trouble | undefined): Response {
    const filter = trouble === 'ignore-query' ? '' : (asked.get('filter') ?? '');
    const [, value] = filter.match(/^external_id=="((?:[^"\\]|\\.)*)"$/) ?? [];
    const [, since] = filter.match(/^date_mod=ge="([^"]*)"$/) ?? [];
    const fitting = this.tickets.filter(({ key, changedAt }) => {
      if (value !== undefined) return key === value.replaceAll(/\\(.)/g, '$1');
      return since === undefined || wallTime(changedAt) >= since;
    });
    if (asked.get('sort') === 'date_mod:asc' && trouble !== 'ignore-query') {
      fitting.sort((a, b) => a.changedAt - b.changedAt);
    }
    const start = Number(asked.get('start') ?? 0);
    const rows = fitting.slice(start, start + Number(asked.get('limit') ?? 100));
    return Response.json(
      rows.map((ticket) => this.#row(ticket)),
      { status: rows.length < fitting.length ? 206 : 200 },
    );
  }

  #create({ name = '', content = '', external_id, priority = 3, category, ...fields }: Told): Response {
    const { type, urgency, impact, ...more } = fields;
    const ticket = this.add({
      ...{ key: external_id, subject: name, text: content, priority: 6 - priority, fields: more },
      about: category?.id === 7 ? { category: 'Caisses' } : {},
    });
    return Response.json({ id: Number(ticket.id), href: `/Assistance/Ticket/${ticket.id}` }, { status: 201 });
  }

  #change(ticket: FakeTicket, { name, priority, status }: Told, trouble: Trouble | undefined): Response {
    const wanted = status === undefined ? ticket.status : STATUSES[(status as { id: number }).id];
    if (wanted === undefined || (trouble === 'refuse-transition' && wanted !== ticket.status)) {
      return fault(400, 'ERROR_INVALID_PARAMETER', 'Invalid status');
    }
    this.set(ticket, { status: wanted, subject: name ?? ticket.subject });
    if (priority !== undefined) ticket.priority = 6 - priority;
    return Response.json(this.#row(ticket));
  }

  #timeline(ticket: FakeTicket, kind: string, method: string, told: Told, trouble: Trouble | undefined): Response {
    const isSolution = kind === 'Solution';
    if (method === 'GET') {
      const notes = ticket.notes.filter(({ id }) => this.#solutions.has(id) === isSolution);
      return Response.json(
        notes.map(({ id, by, at, text }) => ({
          type: kind,
          item: {
            ...{ id, date_creation: new Date(at).toISOString(), user: { id: 2, name: by } },
            content: by === OUR_NAME ? text : htmlOf(text),
          },
        })),
      );
    }
    if (isSolution && trouble === 'refuse-transition') return fault(400, 'ERROR_INVALID_PARAMETER', 'Cannot be solved');
    const note = this.say(ticket, OUR_NAME, told.content ?? '');
    if (isSolution) {
      this.#solutions.add(note.id);
      ticket.status = 'resolved';
    }
    return Response.json({ id: note.id }, { status: 201 });
  }

  #row({ id, key, status, assignee, changedAt }: FakeTicket) {
    return {
      id: Number(id),
      external_id: key ?? null,
      status: { id: Number(Object.entries(STATUSES).find(([, name]) => name === status)?.[0]), name: status },
      date_mod: new Date(changedAt).toISOString(),
      team: [
        { type: 'User', role: 'requester', name: OUR_NAME },
        ...(assignee === undefined ? [] : [{ type: 'User', role: 'assigned', name: assignee }]),
      ],
    };
  }
}

interface Told extends Record<string, unknown> {
  name?: string;
  content?: string;
  external_id?: string;
  priority?: number;
  category?: { id: number };
}

/** The database’s own time, which is that of Paris in winter. */
const wallTime = (at: number): string => new Date(at + 3_600_000).toISOString().slice(0, 19).replace('T', ' ');
const htmlOf = (text: string): string =>
  `<p>${text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('\n', '<br />')}</p>`;
const fault = (status: number, code: string, title: string) =>
  Response.json({ status: code, title, detail: null }, { status });
