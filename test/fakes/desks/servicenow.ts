import type { TicketStatus } from '../../../alerting/desks/ticket-client.ts';
import { FakeDesk, type FakeTicket, type Trouble } from './fake-desk.ts';

const STATES: Readonly<Record<string, TicketStatus>> = {
  1: 'new',
  2: 'in-progress',
  3: 'on-hold',
  6: 'resolved',
  7: 'closed',
};

/** ServiceNow’s Table API, as far as the connector speaks to it. No real instance has been asked. */
export class FakeServiceNow extends FakeDesk {
  readonly own = ['ignore-query', 'refuse-transition'] as const;

  add(ticket: Partial<FakeTicket> = {}): FakeTicket {
    const count = this.tickets.length + 1;
    const added: FakeTicket = {
      ...{ id: `${count}`.padStart(32, 'a'), number: `INC${`${count}`.padStart(7, '0')}`, key: undefined },
      ...{ status: 'new', subject: '', text: '', priority: 3, notes: [] },
      ...ticket,
    };
    this.tickets.push(added);
    return added;
  }

  protected async answer(request: Request, url: URL, trouble: Trouble | undefined): Promise<Response> {
    if (request.headers.get('authorization') !== `Basic ${btoa('vigie:a-password')}`) {
      return failure(401, 'User Not Authenticated');
    }
    const [, table, id] = url.pathname.match(/^\/api\/now\/table\/(\w+)(?:\/(\w+))?$/) ?? [];
    const query = url.searchParams.get('sysparm_query') ?? '';
    if (table === 'sys_journal_field') return result(this.#journal(query, trouble));
    if (table !== 'incident') return failure(400, `Invalid table ${table}`);
    if (request.method === 'GET') return result(this.#search(query, url.searchParams, trouble));
    const body = (await request.json()) as Record<string, string | undefined>;
    if (request.method === 'POST') return this.#create(body);
    const ticket = this.tickets.find((one) => one.id === id);
    return ticket ? this.#change(ticket, body, trouble) : failure(404, 'No Record found');
  }

  #search(query: string, asked: URLSearchParams, trouble: Trouble | undefined): object[] {
    const key = /^correlation_id=((?:[^^]|\^\^)*)$/.exec(query)?.[1]?.replaceAll('^^', '^');
    const fitting =
      key === undefined || trouble === 'ignore-query' ? this.tickets : this.tickets.filter((one) => one.key === key);
    return fitting.slice(0, Number(asked.get('sysparm_limit') ?? 10_000)).map(rowOf);
  }

  #journal(query: string, trouble: Trouble | undefined): object[] {
    const [, id, mark = ''] = /^element_id=(\w+)\^elementINwork_notes,comments\^valueLIKE(.*)$/.exec(query) ?? [];
    const rows = this.tickets.flatMap((one) => one.notes.map((value) => ({ element_id: one.id, value })));
    if (trouble === 'ignore-query') return rows.slice(0, 2);
    return rows.filter((row) => row.element_id === id && row.value.includes(mark)).slice(0, 2);
  }

  #create(body: Record<string, string | undefined>): Response {
    const { short_description = '', description = '', correlation_id } = body;
    if ((correlation_id?.length ?? 0) > 100) return failure(400, 'correlation_id is cut off after 100 characters');
    const ticket = this.add({ key: correlation_id, subject: short_description, text: description });
    weigh(ticket, body);
    return result(rowOf(ticket), 201);
  }

  #change(ticket: FakeTicket, body: Record<string, string | undefined>, trouble: Trouble | undefined): Response {
    const status = body.state === undefined ? ticket.status : STATES[body.state];
    const lacks = body.state === '6' && !(body.close_code && body.close_notes);
    if (status === undefined || lacks || (trouble === 'refuse-transition' && status !== ticket.status)) {
      return failure(403, 'Operation Failed', 'Data Policy Exception: Resolution code, Resolution notes are mandatory');
    }
    ticket.status = status;
    ticket.subject = body.short_description ?? ticket.subject;
    if (body.work_notes !== undefined) ticket.notes.push(body.work_notes);
    weigh(ticket, body);
    return result(rowOf(ticket));
  }
}

const PRIORITIES: Readonly<Record<string, number>> = { 11: 1, 12: 2, 21: 2, 13: 3, 22: 3, 31: 3, 23: 4, 32: 4, 33: 5 };

function weigh(ticket: FakeTicket, { impact, urgency }: Record<string, string | undefined>): void {
  ticket.priority = PRIORITIES[`${impact}${urgency}`] ?? ticket.priority;
}

const rowOf = ({ id, number, status, key }: FakeTicket) => ({
  ...{ sys_id: id, number, correlation_id: key ?? '' },
  state: Object.entries(STATES).find(([, name]) => name === status)?.[0],
});
const result = (value: unknown, status = 200) => Response.json({ result: value }, { status });
const failure = (status: number, message: string, detail: string | null = null) =>
  Response.json({ error: { message, detail }, status: 'failure' }, { status });
