import type { TicketStatus } from '../../../alerting/desks/ticket-client.ts';
import { FakeDesk, type FakeTicket, type Trouble } from './fake-desk.ts';

const STATUSES: Readonly<Record<number, TicketStatus>> = {
  1: 'new',
  2: 'in-progress',
  4: 'on-hold',
  5: 'resolved',
  6: 'closed',
};
const KEY_FIELD = '83';

/** GLPI’s `apirest.php`, as far as the connector speaks to it. No real GLPI has been asked. */
export class FakeGlpi extends FakeDesk {
  readonly own = ['ignore-query', 'refuse-transition', 'expire-session', 'partial'] as const;
  readonly #solutions = new Set<string>();
  #sessions = 0;
  #session: string | undefined;

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
    const path = url.pathname.replace('/apirest.php', '');
    if (request.headers.get('app-token') !== 'an-app-token') {
      return fault(400, 'ERROR_APP_TOKEN_PARAMETERS_MISSING');
    }
    if (path === '/initSession') return this.#signIn(request);
    if (trouble === 'expire-session') this.#session = undefined;
    if (this.#session === undefined || request.headers.get('session-token') !== this.#session) {
      return fault(401, 'ERROR_SESSION_TOKEN_INVALID');
    }
    if (path === '/listSearchOptions/Ticket') {
      return Response.json({ common: 'Characteristics', [KEY_FIELD]: { table: 'glpi_tickets', field: 'externalid' } });
    }
    if (path === '/search/Ticket') return this.#search(url.searchParams, trouble);
    const { input = {} } = request.method === 'GET' ? {} : ((await request.json()) as { input?: Input });
    if (trouble === 'partial' && request.method !== 'GET') {
      return Response.json([{ [`${input.id ?? 'id'}`]: false, message: 'not done' }], { status: 207 });
    }
    if (path === '/Ticket') return this.#create(input);
    if (path === '/ITILFollowup' || path === '/ITILSolution') {
      return this.#note(input, path === '/ITILSolution', trouble);
    }
    const [, id, kind] = path.match(/^\/Ticket\/(\d+)(?:\/(ITILFollowup|ITILSolution))?$/) ?? [];
    const ticket = this.tickets.find((one) => one.id === id);
    if (!ticket) return fault(404, 'ERROR_ITEM_NOT_FOUND');
    if (kind !== undefined) {
      const last = Number(url.searchParams.get('range')?.split('-')[1] ?? 49);
      const notes = ticket.notes.filter((content) => this.#solutions.has(content) === (kind === 'ITILSolution'));
      return Response.json(
        [...notes]
          .reverse()
          .slice(0, last + 1)
          .map((content) => ({ content })),
      );
    }
    if (request.method === 'PUT') return this.#change(ticket, input, trouble);
    return Response.json({ id: Number(id), externalid: ticket.key ?? null, status: numberOf(ticket.status) });
  }

  #signIn(request: Request): Response {
    if (request.headers.get('authorization') !== 'user_token a-token') return fault(401, 'ERROR_GLPI_LOGIN_USER_TOKEN');
    this.#session = `session-${++this.#sessions}`;
    return Response.json({ session_token: this.#session });
  }

  #search(asked: URLSearchParams, trouble: Trouble | undefined): Response {
    const isByKey = asked.get('criteria[0][field]') === KEY_FIELD && trouble !== 'ignore-query';
    const fitting = this.tickets.filter(({ key }) => !isByKey || key === asked.get('criteria[0][value]'));
    const data = fitting.slice(0, 2).map(({ id }) => ({ 2: Number(id) }));
    const counted = { totalcount: fitting.length, count: data.length };
    // Without rows it leaves them out, and a part of them is a 206.
    return Response.json(data.length === 0 ? counted : { ...counted, data }, {
      status: data.length < fitting.length ? 206 : 200,
    });
  }

  #create({ name = '', content = '', externalid, priority = 3 }: Input): Response {
    const ticket = this.add({ key: externalid, subject: name, text: content, priority: 6 - priority });
    return Response.json({ id: Number(ticket.id), message: '' }, { status: 201 });
  }

  #change(ticket: FakeTicket, { id, name, priority, status }: Input, trouble: Trouble | undefined): Response {
    const wanted = status === undefined ? ticket.status : STATUSES[status];
    if (wanted === undefined || (trouble === 'refuse-transition' && wanted !== ticket.status)) {
      return fault(400, 'ERROR_GLPI_UPDATE');
    }
    ticket.status = wanted;
    ticket.subject = name ?? ticket.subject;
    if (priority !== undefined) ticket.priority = 6 - priority;
    return Response.json([{ [`${id}`]: true, message: '' }]);
  }

  #note({ items_id, content = '' }: Input, isSolution: boolean, trouble: Trouble | undefined): Response {
    const ticket = this.tickets.find(({ id }) => id === `${items_id}`);
    if (!ticket) return fault(404, 'ERROR_ITEM_NOT_FOUND');
    if (isSolution && trouble === 'refuse-transition') return fault(400, 'ERROR_GLPI_ADD');
    ticket.notes.push(content);
    if (isSolution) {
      this.#solutions.add(content);
      ticket.status = 'resolved';
    }
    return Response.json({ id: ticket.notes.length, message: '' }, { status: 201 });
  }
}

interface Input {
  id?: number;
  name?: string;
  content?: string;
  externalid?: string;
  priority?: number;
  status?: number;
  items_id?: number;
}

const numberOf = (status: TicketStatus) => Number(Object.entries(STATUSES).find(([, name]) => name === status)?.[0]);
const fault = (status: number, code: string) => Response.json([code, 'in words'], { status });
