import type { TicketStatus } from '../../../alerting/desks/remote-ticket.ts';
import { FakeDesk, type FakeNote, type FakeTicket, OUR_NAME } from './fake-desk.ts';
import type { Trouble } from './troubled-server.ts';

const STATES: Readonly<Record<string, TicketStatus>> = {
  1: 'new',
  2: 'in-progress',
  3: 'on-hold',
  6: 'resolved',
  7: 'closed',
};
const ITEM = { sys_id: 'c'.repeat(32), name: 'caisse-3' };
type Body = Readonly<Record<string, string | undefined>>;

/** ServiceNow’s Table API, as far as the connector speaks to it. No real instance has been asked. */
export class FakeServiceNow extends FakeDesk {
  readonly own = ['ignore-query', 'refuse-transition'] as const;
  readonly knows = {
    about: { item: ITEM.name, category: 'hardware', team: 'Stores' },
    field: 'u_site',
    listsItems: true,
  };
  /** `forbidden`: 403; `hidden`: its rows are left out of the answer. */
  journal: 'open' | 'forbidden' | 'hidden' = 'open';

  protected namesAfter(count: number) {
    return { id: `${count + 1}`.padStart(32, 'a'), number: `INC${`${count + 1}`.padStart(7, '0')}` };
  }

  protected async answer(request: Request, url: URL, trouble: Trouble | undefined): Promise<Response> {
    if (request.headers.get('authorization') !== `Basic ${btoa('vigie:a-password')}`) {
      return failure(401, 'User Not Authenticated');
    }
    const [, table, id] = url.pathname.match(/^\/api\/now\/table\/(\w+)(?:\/(\w+))?$/) ?? [];
    const query = url.searchParams.get('sysparm_query') ?? '';
    const limit = Number(url.searchParams.get('sysparm_limit') ?? 10_000);
    if (table === 'sys_journal_field') return this.#journal(query, limit, trouble);
    if (table === 'cmdb_ci') {
      return result(trouble === 'ignore-query' || query === `name=${ITEM.name}` ? [ITEM] : []);
    }
    if (table !== 'incident') return failure(400, `Invalid table ${table}`);
    if (request.method === 'GET' && id === undefined) return result(this.#search(query, limit, trouble));
    const body = request.method === 'GET' ? {} : ((await request.json()) as Body);
    if (request.method === 'POST') return this.#create(body);
    const ticket = this.tickets.find((one) => one.id === id);
    if (!ticket) return failure(404, 'No Record found');
    if (request.method === 'GET') return result({ work_notes: ticket.notes.map(rendered).reverse().join('\n\n') });
    return this.#change(ticket, body, trouble);
  }

  #search(query: string, limit: number, trouble: Trouble | undefined): object[] {
    if (trouble === 'ignore-query') return this.tickets.slice(0, limit).map(rowOf);
    const key = /^correlation_id=((?:[^^]|\^\^)*)$/.exec(query)?.[1]?.replaceAll('^^', '^');
    const since = /^correlation_display=Vigie\^sys_updated_on>=([\d :-]{19})\^ORDERBYsys_updated_on$/.exec(query)?.[1];
    const fits = ({ key: borne, changedAt }: FakeTicket) =>
      since === undefined ? key === undefined || borne === key : borne !== undefined && timeOf(changedAt) >= since;
    const fitting = this.tickets.filter(fits);
    if (since !== undefined) fitting.sort((a, b) => a.changedAt - b.changedAt);
    return fitting.slice(0, limit).map(rowOf);
  }

  #journal(query: string, limit: number, trouble: Trouble | undefined): Response {
    if (this.journal === 'forbidden') return failure(403, 'Operation Failed', 'ACL restricts the record retrieval');
    if (this.journal === 'hidden') return result([]);
    const asked = /^element_id=(\w+)\^elementINwork_notes,comments\^(?:valueLIKE(.*)|ORDERBYDESCsys_created_on)$/;
    const [, id, mark = ''] = asked.exec(query) ?? [];
    const rows = this.tickets.flatMap((one) => one.notes.map((note) => journalRow(one, note)));
    if (trouble === 'ignore-query') return result(rows.slice(0, limit));
    const fitting = rows.filter(({ element_id, value }) => element_id === id && value.includes(mark));
    return result(fitting.reverse().slice(0, limit));
  }

  #create(body: Body): Response {
    const { short_description = '', description = '', correlation_id, correlation_display, ...rest } = body;
    if ((correlation_id?.length ?? 0) > 100) return failure(400, 'correlation_id is cut off after 100 characters');
    if (correlation_display !== 'Vigie') return failure(400, 'whose ticket is it?');
    const ticket = this.add({ key: correlation_id, subject: short_description, text: description, fields: rest });
    ticket.about = {
      ...(body.cmdb_ci === ITEM.sys_id && { item: ITEM.name }),
      ...(body.category !== undefined && { category: body.category }),
      ...(body.assignment_group !== undefined && { team: body.assignment_group }),
    };
    if (body.work_notes !== undefined) this.say(ticket, OUR_NAME, body.work_notes);
    weigh(ticket, body);
    return result(rowOf(ticket), 201);
  }

  #change(ticket: FakeTicket, body: Body, trouble: Trouble | undefined): Response {
    const status = body.state === undefined ? ticket.status : STATES[body.state];
    const lacks = body.state === '6' && !(body.close_code && body.close_notes);
    if (status === undefined || lacks || (trouble === 'refuse-transition' && status !== ticket.status)) {
      return failure(403, 'Operation Failed', 'Data Policy Exception: Resolution code, Resolution notes are mandatory');
    }
    this.set(ticket, { status, subject: body.short_description ?? ticket.subject });
    if (body.work_notes !== undefined) this.say(ticket, OUR_NAME, body.work_notes);
    weigh(ticket, body);
    return result(rowOf(ticket));
  }
}

const PRIORITIES: Readonly<Record<string, number>> = { 11: 1, 12: 2, 21: 2, 13: 3, 22: 3, 31: 3, 23: 4, 32: 4, 33: 5 };

function weigh(ticket: FakeTicket, { impact, urgency }: Body): void {
  ticket.priority = PRIORITIES[`${impact}${urgency}`] ?? ticket.priority;
}

const timeOf = (at: number): string => new Date(at).toISOString().slice(0, 19).replace('T', ' ');
const rendered = ({ at, by, text }: FakeNote): string => `${timeOf(at)} - ${by} (Work notes)\n${text}`;
const journalRow = (ticket: FakeTicket, { id, at, by, text }: FakeNote) => ({
  ...{ sys_id: `${id}`.padStart(32, 'd'), element_id: ticket.id, element: 'work_notes' },
  ...{ value: text, sys_created_on: timeOf(at), sys_created_by: by },
});
const rowOf = ({ id, number, status, key, assignee, changedAt }: FakeTicket) => ({
  ...{ sys_id: id, number, correlation_id: key ?? '', correlation_display: key === undefined ? '' : 'Vigie' },
  ...{ 'assigned_to.name': assignee ?? '', sys_updated_on: timeOf(changedAt) },
  state: Object.entries(STATES).find(([, name]) => name === status)?.[0],
});
const result = (value: unknown, status = 200) => Response.json({ result: value }, { status });
const failure = (status: number, message: string, detail: string | null = null) =>
  Response.json({ error: { message, detail }, status: 'failure' }, { status });
