import { whereNamed } from '../../../alerting/desks/oql.ts';
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
/** The priority by impact and urgency, of the usual data model. */
const PRIORITIES = [
  [1, 1, 2, 4],
  [1, 2, 3, 4],
  [2, 3, 3, 4],
];
/** What it knows by name; the place in its list is the number. MySQL tells no upper from lower case. */
const NAMES: Readonly<Record<string, readonly string[]>> = {
  FunctionalCI: ['-', 'CAISSE-3', 'caisse-3'],
  Organization: ['-', "Marchés d'Ouest"],
  Team: ['-', 'Magasins', 'Caisses'],
  Person: ['-', 'Vigie', 'Karim'],
};
const NO_RIGHT = 'The current user does not have enough permissions for exporting data of class';

/** iTop’s REST services as their source has them, as far as the connector speaks to them. No real iTop has been asked. */
export class FakeItop extends FakeDesk {
  readonly own = ['refuse-transition', 'ignore-query'] as const;
  readonly knows = { about: { item: 'caisse-3', team: 'Caisses' }, field: 'servicesubcategory_id', listsItems: true };
  /** Classes the account may not read. */
  readonly hidden = new Set<string>();
  /** What every answer is, in the place of its own. */
  instead: unknown;
  /** Numbers of the teams that have tickets, by the tickets’. */
  readonly #teams = new Map<string, number>();
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
    if (this.instead !== undefined) return Response.json(this.instead);
    const form = new URLSearchParams(await request.text());
    const isTokenRight = request.headers.get('auth-token') === 'a-token';
    if (!isTokenRight && form.get('auth_user') === null) return fault(5, "Error: Missing parameter 'auth_user'");
    if (!isTokenRight && form.get('auth_pwd') !== 'a-password') return fault(1, 'Error: Invalid login');
    if (url.searchParams.get('version') === null) return fault(2, "Error: Missing parameter 'version' (e.g. '1.0')");
    const asked = JSON.parse(form.get('json_data') ?? '{}') as Asked;
    if (asked.operation === 'core/get') return this.#get(asked, trouble);
    if (!asked.comment) return fault(100, "Error: Missing parameter 'comment'");
    if (asked.operation === 'core/create') return this.#create(asked);
    const ticket = this.tickets.find(({ id }) => id === `${asked.key}`);
    if (!ticket) return fault(100, `Error: Invalid object Incident::${asked.key}`);
    if (asked.operation === 'core/update') return this.#update(ticket, asked.fields ?? {}, asked.output_fields);
    if (asked.operation === 'core/apply_stimulus') return this.#apply(ticket, asked, trouble);
    return fault(11, `Error: Unknown verb '${asked.operation}' in version '1.3'`);
  }

  #get(
    { class: kind = '', key, limit = 0, page = 1, output_fields = '' }: Asked,
    trouble: Trouble | undefined,
  ): Response {
    if (this.hidden.has(kind)) return fault(1, `${NO_RIGHT} ${kind}`);
    const names = NAMES[kind];
    if (names) {
      const isAll = trouble === 'ignore-query';
      const found = isAll ? names.map((_, number) => number).slice(1) : numbersOf(`${key}`);
      return told(
        found.map((number) => ({ key: number, class: kind, fields: { id: `${number}`, name: names[number] } })),
        'Found',
      );
    }
    const select = () =>
      typeof key === 'number' ? this.tickets.filter(({ id }) => id === `${key}`) : this.#select(`${key}`);
    const fitting = trouble === 'ignore-query' ? this.tickets : select();
    const from = (page - 1) * limit;
    const shown = limit === 0 ? fitting : fitting.slice(from, from + limit);
    return told(
      shown.map((ticket) => this.#row(ticket, output_fields)),
      'Found',
    );
  }

  /** What it understands of OQL. */
  #select(oql: string): FakeTicket[] {
    const like = oql.match(/description LIKE '%(.*?)%'/)?.[1];
    const since = oql.match(/last_update >= '([^']*)'/)?.[1];
    const until = oql.match(/last_update <= '([^']*)'/)?.[1];
    const [, field, value] = oql.match(/WHERE (\w+) = '((?:[^'\\]|\\.)*)'/) ?? [];
    return this.tickets.filter((ticket) => {
      if (since !== undefined && timeOf(ticket.changedAt) < since) return false;
      if (until !== undefined && timeOf(ticket.changedAt) > until) return false;
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

  #create({ fields = {}, output_fields = '' }: Asked): Response {
    const { title, description, impact, urgency, functionalcis_list = [], org_id, origin, team_id, ...rest } = fields;
    const org = numberOf(org_id);
    if (org === undefined) return fault(100, `Error: org_id: No item found for query: ${org_id}`);
    if (!title || !description || !origin) return fault(100, 'Error: Null not allowed');
    const { [this.keyField ?? '']: key, ...more } = rest;
    const [link] = functionalcis_list as { functionalci_id: string }[];
    const team = numberOf(team_id);
    const ticket = this.add({
      subject: `${title}`,
      text: `${description}`,
      key: this.keyField === undefined ? keyIn(`${description}`) : (key as string),
      priority: priorityOf(impact, urgency),
      about: {
        ...(link && { item: NAMES.FunctionalCI?.[Number(link.functionalci_id)] as string }),
        ...(team !== undefined && { team: NAMES.Team?.[team] as string }),
      },
      fields: more,
    });
    if (team !== undefined) this.#teams.set(ticket.id, team);
    return told([this.#row(ticket, output_fields)], 'created');
  }

  #update(ticket: FakeTicket, { title, impact, urgency, ...logs }: Fields, output_fields = ''): Response {
    if (ticket.status === 'closed') return fault(100, 'Error: attributes are read-only in state closed');
    this.set(ticket, { subject: `${title}`, priority: priorityOf(impact, urgency) });
    for (const log of Object.values(logs)) {
      const { add_item } = log as { add_item?: { message: string } };
      if (add_item) this.say(ticket, OUR_NAME, add_item.message);
    }
    return told([this.#row(ticket, output_fields)], 'updated');
  }

  #apply(ticket: FakeTicket, asked: Asked, trouble: Trouble | undefined): Response {
    const { stimulus = '', fields = {}, output_fields = '' } = asked;
    const { [stimulus]: known } = STIMULI;
    if (!known?.from.includes(ticket.status) || trouble === 'refuse-transition') {
      const state = Object.entries(STATUSES).find(([, name]) => name === ticket.status)?.[0];
      return fault(100, `Invalid stimulus: '${stimulus}' on the object ${ticket.number} in state '${state}'`);
    }
    const has: Fields = { team_id: this.#teams.get(ticket.id), agent_id: ticket.assignee, ...fields };
    const missing = known.needs.filter((name) => !has[name]);
    if (missing.length > 0) {
      return fault(100, `Missing mandatory attribute(s) for applying the stimulus: ${missing.join(', ')}.`);
    }
    const team = numberOf(fields.team_id);
    if (team !== undefined) this.#teams.set(ticket.id, team);
    const agent = numberOf(fields.agent_id);
    this.set(ticket, { status: known.to, ...(agent !== undefined && { assignee: NAMES.Person?.[agent] }) });
    return told([this.#row(ticket, output_fields)], 'updated');
  }

  /** What is asked for of a ticket. The entries of a log come the oldest first. */
  #row(ticket: FakeTicket, wanted: string) {
    const entries = ticket.notes.map(({ by, at, text }: FakeNote) => ({
      ...{ date: timeOf(at), user_login: by, user_id: '1', message: text, message_html: `<p>${text}</p>` },
    }));
    const fields: Fields = {
      id: ticket.id,
      ref: ticket.number,
      status: Object.entries(STATUSES).find(([, name]) => name === ticket.status)?.[0],
      description: this.#descriptionOf(ticket),
      team_id: `${this.#teams.get(ticket.id) ?? 0}`,
      agent_id: ticket.assignee === undefined ? '0' : `${numberOf(whereNamed('Person', ticket.assignee)) ?? 99}`,
      agent_id_friendlyname: ticket.assignee ?? '',
      last_update: timeOf(ticket.changedAt),
      ...(this.keyField !== undefined && { [this.keyField]: ticket.key ?? '' }),
      private_log: { entries },
      public_log: { entries: [] },
    };
    const shown = wanted.split(',').map((name) => [name, fields[name]]);
    return { key: ticket.id, class: 'Incident', fields: Object.fromEntries(shown) as Fields };
  }
}

type Fields = Record<string, unknown>;

interface Asked {
  operation?: string;
  class?: string;
  key?: number | string;
  comment?: string;
  stimulus?: string;
  limit?: number;
  page?: number;
  output_fields?: string;
  fields?: Fields;
}

const keyIn = (description: string): string | undefined => description.match(/\[vigie(~[0-9a-f]{32})\]/)?.[1];
/** In the server’s own time, which is that of Paris in winter. */
const timeOf = (at: number): string => new Date(at + 3_600_000).toISOString().slice(0, 19).replace('T', ' ');
const unescaped = (text: string): string => text.replaceAll(/\\(.)/g, '$1');
const priorityOf = (impact: unknown, urgency: unknown): number =>
  PRIORITIES[Number(impact) - 1]?.[Number(urgency) - 1] ?? 0;

/** Of what is called so, in the least of its query language. */
function numbersOf(oql: string): number[] {
  const [, kind = '', name = ''] = oql.match(/^SELECT (\w+) WHERE (?:name|friendlyname) = '((?:[^'\\]|\\.)*)'$/) ?? [];
  const asked = unescaped(name).toLowerCase();
  return (NAMES[kind] ?? []).flatMap((one, number) => (one.toLowerCase() === asked ? [number] : []));
}

/** Of the one object a key leads to. */
function numberOf(key: unknown): number | undefined {
  if (/^\d+$/.test(`${key}`)) return Number(key);
  const [number, ...more] = typeof key === 'string' ? numbersOf(key) : [];
  return more.length === 0 ? number : undefined;
}

const fault = (code: number, message: string) => Response.json({ code, message });

function told(rows: { key: number | string; class: string; fields: object }[], said: string): Response {
  const objects = Object.fromEntries(
    rows.map((row) => [`${row.class}::${row.key}`, { code: 0, message: said, ...row }]),
  );
  const message = said === 'Found' ? `Found: ${rows.length}` : null;
  return Response.json({ code: 0, message, objects: rows.length === 0 ? null : objects });
}
