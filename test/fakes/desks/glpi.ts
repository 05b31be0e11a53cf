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
const KEY_FIELD = '83';
const DATE_FIELD = '19';
/** What it knows by name, all of it number 7. */
const NAMES: Readonly<Record<string, string>> = { Computer: 'caisse-3', ITILCategory: 'Caisses', Group: 'Magasins' };

/** GLPI’s `apirest.php`, as far as the connector speaks to it. No real GLPI has been asked. */
export class FakeGlpi extends FakeDesk {
  readonly own = ['ignore-query', 'refuse-transition', 'expire-session', 'partial'] as const;
  readonly knows = {
    about: { item: 'caisse-3', category: 'Caisses', team: 'Magasins' },
    field: 'locations_id',
    listsItems: true,
  };
  /** Numbers of the notes that are solutions. */
  readonly #solutions = new Set<number>();
  #sessions = 0;
  #session: string | undefined;

  protected namesAfter(count: number) {
    return { id: `${count + 1}`, number: `${count + 1}` };
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
      return Response.json({
        common: 'Characteristics',
        [KEY_FIELD]: { table: 'glpi_tickets', field: 'externalid' },
        [DATE_FIELD]: { table: 'glpi_tickets', field: 'date_mod' },
      });
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
    const listed = /^\/(Computer|NetworkEquipment|Peripheral|Printer|ITILCategory|Group)$/.exec(path)?.[1];
    if (listed !== undefined) {
      const isAsked = url.searchParams.get('searchText[name]') === NAMES[listed] || trouble === 'ignore-query';
      return Response.json(isAsked && NAMES[listed] ? [{ id: 7, name: NAMES[listed] }] : []);
    }
    const [, id, kind] = path.match(/^\/Ticket\/(\d+)(?:\/(ITILFollowup|ITILSolution|Ticket_User))?$/) ?? [];
    const ticket = this.tickets.find((one) => one.id === id);
    if (!ticket) return fault(404, 'ERROR_ITEM_NOT_FOUND');
    if (kind === 'Ticket_User') {
      const { assignee } = ticket;
      return Response.json([{ type: 1, users_id: OUR_NAME }, ...(assignee ? [{ type: 2, users_id: assignee }] : [])]);
    }
    if (kind !== undefined) {
      const last = Number(url.searchParams.get('range')?.split('-')[1] ?? 49);
      const notes = ticket.notes.filter((note) => this.#solutions.has(note.id) === (kind === 'ITILSolution'));
      const told = notes.map((note) => ({
        ...{ id: note.id, users_id: note.by, date_creation: timeOf(note.at) },
        content: note.by === OUR_NAME ? note.text : htmlOf(note.text),
      }));
      return Response.json(told.reverse().slice(0, last + 1));
    }
    if (request.method === 'PUT') return this.#change(ticket, input, trouble);
    return Response.json({
      id: Number(id),
      externalid: ticket.key ?? null,
      status: numberOf(ticket.status),
      date_mod: timeOf(ticket.changedAt),
    });
  }

  #signIn(request: Request): Response {
    if (request.headers.get('authorization') !== 'user_token a-token') return fault(401, 'ERROR_GLPI_LOGIN_USER_TOKEN');
    this.#session = `session-${++this.#sessions}`;
    return Response.json({ session_token: this.#session });
  }

  #search(asked: URLSearchParams, trouble: Trouble | undefined): Response {
    const field = trouble === 'ignore-query' ? undefined : asked.get('criteria[0][field]');
    const value = asked.get('criteria[0][value]') ?? '';
    const fitting = this.tickets.filter(({ key, changedAt }) => {
      if (field === KEY_FIELD) return key === value;
      return field !== DATE_FIELD || timeOf(changedAt) > value;
    });
    if (asked.get('sort') === DATE_FIELD) fitting.sort((a, b) => a.changedAt - b.changedAt);
    const [first = 0, last = 49] = (asked.get('range') ?? '').split('-').map(Number);
    const data = fitting.slice(first, last + 1).map(({ id, key }) => ({ 2: Number(id), [KEY_FIELD]: key ?? null }));
    const counted = { totalcount: fitting.length, count: data.length };
    // Without rows it leaves them out, and a part of them is a 206.
    return Response.json(data.length === 0 ? counted : { ...counted, data }, {
      status: data.length < fitting.length ? 206 : 200,
    });
  }

  #create({ name = '', content = '', externalid, priority = 3, ...fields }: Input): Response {
    const about = {
      ...(fields.items_id !== undefined && { item: NAMES.Computer as string }),
      ...(fields.itilcategories_id === 7 && { category: NAMES.ITILCategory as string }),
      ...(fields._groups_id_assign === 7 && { team: NAMES.Group as string }),
    };
    const told = { key: externalid, subject: name, text: content, priority: 6 - priority };
    const ticket = this.add({ ...told, about, fields });
    return Response.json({ id: Number(ticket.id), message: '' }, { status: 201 });
  }

  #change(ticket: FakeTicket, { id, name, priority, status }: Input, trouble: Trouble | undefined): Response {
    const wanted = status === undefined ? ticket.status : STATUSES[status];
    if (wanted === undefined || (trouble === 'refuse-transition' && wanted !== ticket.status)) {
      return fault(400, 'ERROR_GLPI_UPDATE');
    }
    this.set(ticket, { status: wanted, subject: name ?? ticket.subject });
    if (priority !== undefined) ticket.priority = 6 - priority;
    return Response.json([{ [`${id}`]: true, message: '' }]);
  }

  #note({ items_id, content = '' }: Input, isSolution: boolean, trouble: Trouble | undefined): Response {
    const ticket = this.tickets.find(({ id }) => id === `${items_id}`);
    if (!ticket) return fault(404, 'ERROR_ITEM_NOT_FOUND');
    if (isSolution && trouble === 'refuse-transition') return fault(400, 'ERROR_GLPI_ADD');
    const note = this.say(ticket, OUR_NAME, content);
    if (isSolution) {
      this.#solutions.add(note.id);
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
  items_id?: number | Record<string, number[]>;
  itilcategories_id?: number;
  _groups_id_assign?: number;
}

/** In the server’s own time, which is that of Paris in winter. */
const timeOf = (at: number): string => new Date(at + 3_600_000).toISOString().slice(0, 19).replace('T', ' ');
const htmlOf = (text: string): string =>
  `<p>${text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('\n', '<br />')}</p>`;
const numberOf = (status: TicketStatus) => Number(Object.entries(STATUSES).find(([, name]) => name === status)?.[0]);
const fault = (status: number, code: string) => Response.json([code, 'in words'], { status });
