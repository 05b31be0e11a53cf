import { digestOf } from '../../../alerting/desks/our-key.ts';
import type { TicketStatus } from '../../../alerting/desks/remote-ticket.ts';
import { FakeDesk, type FakeNote, type FakeTicket, OUR_NAME } from './fake-desk.ts';
import type { Trouble } from './troubled-server.ts';

const STATUSES: Readonly<Record<string, TicketStatus>> = {
  new: 'new',
  assigned: 'in-progress',
  pending: 'on-hold',
  resolved: 'resolved',
  closed: 'closed',
};
/** From where a stimulus leads, where to, and what it asks for. */
const STIMULI: Readonly<Record<string, { from: TicketStatus[]; to: TicketStatus; needs: string[] }>> = {
  ev_assign: { from: ['new', 'on-hold'], to: 'in-progress', needs: ['team_id', 'agent_id'] },
  ev_pending: { from: ['in-progress'], to: 'on-hold', needs: ['pending_reason'] },
  ev_resolve: { from: ['in-progress'], to: 'resolved', needs: ['resolution_code', 'solution'] },
  ev_reopen: { from: ['resolved'], to: 'in-progress', needs: [] },
  ev_close: { from: ['resolved'], to: 'closed', needs: [] },
};
const ITEM = 'caisse-3';

/** iTop’s REST services, as far as the connector speaks to them. No real iTop has been asked. */
export class FakeItop extends FakeDesk {
  readonly own = ['refuse-transition'] as const;
  readonly knows = { about: { item: ITEM }, field: 'servicesubcategory_id', listsItems: true };
  /** The attribute that bears our key; undefined: a mark in the description does. */
  readonly keyField: string | undefined;

  constructor(keyField?: string) {
    super();
    this.keyField = keyField;
  }

  protected namesAfter(count: number) {
    return { id: `${count + 12}`, number: `I-${`${count + 12}`.padStart(6, '0')}` };
  }

  protected async answer(request: Request, url: URL, trouble: Trouble | undefined): Promise<Response> {
    const form = new URLSearchParams(await request.text());
    if (url.searchParams.get('version') === null) return fault(2, 'Missing parameter "version"');
    if (form.get('auth_user') !== 'vigie' || form.get('auth_pwd') !== 'a-password') return fault(1, 'Invalid login');
    const asked = JSON.parse(form.get('json_data') ?? '{}') as Asked;
    if (asked.operation === 'core/get') return this.#get(asked);
    if (!asked.comment) return fault(100, 'Error: Missing mandatory parameter "comment"');
    if (asked.operation === 'core/create') return this.#create(asked);
    const ticket = this.tickets.find(({ id }) => id === `${asked.key}`);
    if (!ticket) return fault(100, 'Error: No item found for query: SELECT Incident');
    if (asked.operation === 'core/update') return this.#update(ticket, asked.fields ?? {});
    if (asked.operation === 'core/apply_stimulus') return this.#apply(ticket, asked, trouble);
    return fault(11, `Unknown verb '${asked.operation}'`);
  }

  #get({ class: kind, key, limit = '0', page = '1' }: Asked): Response {
    const count = Number(limit) || 1_000_000;
    const from = (Number(page) - 1) * count;
    if (kind === 'FunctionalCI') {
      const isThere = `${key}` === `SELECT FunctionalCI WHERE name = '${ITEM}'`;
      return told(isThere ? [{ key: 7, class: 'Server', fields: { name: ITEM } }] : [], 'Found');
    }
    const fitting = typeof key === 'number' ? this.tickets.filter(({ id }) => id === `${key}`) : this.#select(`${key}`);
    return told(
      fitting.slice(from, from + count).map((ticket) => this.#row(ticket)),
      'Found',
    );
  }

  /** What it understands of OQL. */
  #select(oql: string): FakeTicket[] {
    const like = oql.match(/description LIKE '%(.*?)%'/)?.[1];
    const since = oql.match(/last_update >= '([^']*)'/)?.[1];
    const [, field, value] = oql.match(/WHERE (\w+) = '((?:[^'\\]|\\.)*)'/) ?? [];
    return this.tickets.filter((ticket) => {
      if (since !== undefined && timeOf(ticket.changedAt) < since) return false;
      if (oql.includes("!= ''") && ticket.key === undefined) return false;
      if (like !== undefined && !this.#descriptionOf(ticket).includes(like)) return false;
      return field === undefined || (field === this.keyField && ticket.key === unescaped(value ?? ''));
    });
  }

  /** A key a test gives a ticket is borne as ours are. */
  #descriptionOf({ text, key }: FakeTicket): string {
    const mark =
      key === undefined || this.keyField ? '' : `[vigie~${key.startsWith('~') ? key.slice(1) : digestOf(key)}]`;
    return text.includes('[vigie~') ? text : `${text}<br>${mark}`;
  }

  #create({ fields = {} }: Asked): Response {
    for (const name of ['org_id', 'title', 'description']) {
      if (!fields[name]) return fault(100, `Error: Missing mandatory attribute(s): ${name}`);
    }
    const { title, description, impact, urgency, functionalcis_list, org_id, origin, ...rest } = fields;
    const { [this.keyField ?? '']: key, ...more } = rest;
    const ticket = this.add({
      subject: `${title}`,
      text: `${description}`,
      key: this.keyField === undefined ? keyIn(`${description}`) : (key as string),
      priority: priorityOf(`${impact}`, `${urgency}`),
      about: Array.isArray(functionalcis_list) ? { item: ITEM } : {},
      fields: more,
    });
    return told([this.#row(ticket)], 'created');
  }

  #update(ticket: FakeTicket, { title, impact, urgency, ...logs }: Fields): Response {
    if (ticket.status === 'closed') return fault(100, 'Error: attributes are read-only in state closed');
    this.set(ticket, { subject: `${title}`, priority: priorityOf(`${impact}`, `${urgency}`) });
    for (const log of Object.values(logs)) {
      const { add_item } = log as { add_item?: { message: string } };
      if (add_item) this.say(ticket, OUR_NAME, add_item.message);
    }
    return told([this.#row(ticket)], 'updated');
  }

  #apply(ticket: FakeTicket, { stimulus = '', fields = {} }: Asked, trouble: Trouble | undefined): Response {
    const { [stimulus]: known } = STIMULI;
    if (!known?.from.includes(ticket.status) || trouble === 'refuse-transition') {
      const state = Object.entries(STATUSES).find(([, name]) => name === ticket.status)?.[0];
      return fault(100, `Error: Invalid stimulus: '${stimulus}' on the object ${ticket.number} in state '${state}'`);
    }
    const missing = known.needs.filter((name) => !fields[name]);
    if (missing.length > 0) {
      return fault(100, `Error: Missing mandatory attribute(s) for applying the stimulus: ${missing.join(', ')}.`);
    }
    this.set(ticket, { status: known.to });
    return told([this.#row(ticket)], 'updated');
  }

  #row(ticket: FakeTicket) {
    const entries = ticket.notes.map(({ by, at, text }: FakeNote) => ({
      ...{ date: timeOf(at), user_login: by, user_id: '1', message: text, message_html: `<p>${text}</p>` },
    }));
    return {
      key: Number(ticket.id),
      class: 'Incident',
      fields: {
        id: ticket.id,
        ref: ticket.number,
        status: Object.entries(STATUSES).find(([, name]) => name === ticket.status)?.[0],
        description: this.#descriptionOf(ticket),
        agent_id_friendlyname: ticket.assignee ?? '',
        last_update: timeOf(ticket.changedAt),
        ...(this.keyField !== undefined && { [this.keyField]: ticket.key ?? '' }),
        private_log: { entries: entries.reverse() },
        public_log: { entries: [] },
      },
    };
  }
}

type Fields = Record<string, unknown>;

interface Asked {
  operation?: string;
  class?: string;
  key?: number | string;
  comment?: string;
  stimulus?: string;
  limit?: string;
  page?: string;
  fields?: Fields;
}

const keyIn = (description: string): string | undefined => description.match(/\[vigie(~[0-9a-f]{32})\]/)?.[1];
/** In the server’s own time, which is that of Paris in winter. */
const timeOf = (at: number): string => new Date(at + 3_600_000).toISOString().slice(0, 19).replace('T', ' ');
const unescaped = (text: string): string => text.replaceAll(/\\(.)/g, '$1');
const PRIORITIES = ['11', '12', '22', '23', '33'];
const priorityOf = (impact: string, urgency: string): number => PRIORITIES.indexOf(impact + urgency) + 1;
const fault = (code: number, message: string) => Response.json({ code, message });

function told(rows: { key: number; class: string; fields: object }[], said: string): Response {
  const objects = Object.fromEntries(
    rows.map((row) => [`${row.class}::${row.key}`, { code: 0, message: said, ...row }]),
  );
  const message = said === 'Found' ? `Found: ${rows.length}` : null;
  return Response.json({ code: 0, message, objects: rows.length === 0 ? null : objects });
}
