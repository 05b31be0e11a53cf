import { type AdfNode, adfOf, textOfAdf } from '../../../alerting/desks/adf.ts';
import { digestOf } from '../../../alerting/desks/our-key.ts';
import type { TicketStatus } from '../../../alerting/desks/remote-ticket.ts';
import { FakeDesk, type FakeTicket, OUR_NAME } from './fake-desk.ts';
import type { Trouble } from './troubled-server.ts';

const STATUSES: Readonly<Record<string, { is: TicketStatus; category: string; leadsTo: string[] }>> = {
  Open: { is: 'new', category: 'new', leadsTo: ['Work in progress', 'Pending', 'Completed'] },
  'Work in progress': { is: 'in-progress', category: 'indeterminate', leadsTo: ['Pending', 'Completed'] },
  Pending: { is: 'on-hold', category: 'indeterminate', leadsTo: ['Work in progress', 'Completed'] },
  Completed: { is: 'resolved', category: 'done', leadsTo: ['Work in progress', 'Closed'] },
  Closed: { is: 'closed', category: 'done', leadsTo: [] },
};
const PRIORITIES = ['Highest', 'High', 'Medium', 'Low', 'Lowest'];
export const ITEM_FIELD = 'customfield_10101';
export const CATEGORY_FIELD = 'customfield_10102';
export const TEAM_FIELD = 'customfield_10103';
/** So long a search may not show what was made. */
const LAG_MS = 30_000;

/** Jira Cloud’s platform interface on a service project, as far as the connector speaks to it. No real site has been asked. */
export class FakeJira extends FakeDesk {
  readonly own = ['refuse-transition', 'lag'] as const;
  readonly knows = {
    about: { item: 'caisse-3', category: 'Matériel', team: 'Magasins' },
    field: 'customfield_10104',
    listsItems: false,
  };
  readonly #made = new Map<FakeTicket, number>();

  protected namesAfter(count: number) {
    return { id: `${10_000 + count}`, number: `SUP-${count + 1}` };
  }

  protected async answer(request: Request, url: URL, trouble: Trouble | undefined): Promise<Response> {
    if (request.headers.get('authorization') !== `Basic ${btoa('vigie@example.com:a-token')}`) {
      return fault(401, 'Client must be authenticated to access this resource.');
    }
    const told = request.method === 'GET' ? {} : ((await request.json()) as Told);
    const path = url.pathname.replace('/rest/api/3', '');
    if (path === '/search/jql') return this.#search(told, trouble);
    if (path === '/issue') return this.#create(told);
    const [, id, part] = path.match(/^\/issue\/([\w-]+)(?:\/(\w+))?$/) ?? [];
    const ticket = this.tickets.find((one) => one.id === id || one.number === id);
    if (!ticket) return fault(404, 'Issue does not exist or you do not have permission to see it.');
    if (part === 'comment') return this.#comment(ticket, request.method, told, url.searchParams);
    if (part === 'transitions') return this.#transition(ticket, request.method, told, trouble);
    if (request.method === 'GET') return Response.json(this.#row(ticket));
    const { summary, priority } = told.fields ?? {};
    this.set(ticket, { subject: summary ?? ticket.subject });
    if (priority) ticket.priority = PRIORITIES.indexOf(priority.name) + 1;
    return new Response(null, { status: 204 });
  }

  #search({ jql = '', maxResults = 50, nextPageToken }: Told, trouble: Trouble | undefined): Response {
    const label = jql.match(/labels = "([^"]*)"/)?.[1] ?? '';
    const since = jql.match(/updated >= "([^"]*)"/)?.[1];
    const isShown = (ticket: FakeTicket) =>
      trouble !== 'lag' || this.now - (this.#made.get(ticket) ?? Number.NEGATIVE_INFINITY) > LAG_MS;
    const fitting = this.tickets.filter(
      (ticket) =>
        isShown(ticket) &&
        labelsOf(ticket).includes(label) &&
        (since === undefined || wallTime(ticket.changedAt) >= since),
    );
    if (jql.endsWith('ORDER BY updated ASC')) fitting.sort((a, b) => a.changedAt - b.changedAt);
    const start = Number(nextPageToken ?? 0);
    const end = start + maxResults;
    const issues = fitting.slice(start, end).map((ticket) => this.#row(ticket));
    return Response.json({ issues, ...(end < fitting.length ? { nextPageToken: `${end}` } : { isLast: true }) });
  }

  #create({ fields = {} }: Told): Response {
    const { project, issuetype, summary = '', description, labels = [], priority, ...custom } = fields;
    if (project?.key !== 'SUP' || issuetype?.name !== '[System] Incident' || summary.includes('\n')) {
      return Response.json({ errorMessages: [], errors: { summary: 'You must specify a summary' } }, { status: 400 });
    }
    const { [ITEM_FIELD]: item, [CATEGORY_FIELD]: category, [TEAM_FIELD]: team, ...more } = custom;
    const own = labels.find((one) => /^vigie-/.test(one));
    const ticket = this.add({
      ...{ subject: summary, text: textOfAdf(description), key: own?.replace('vigie-', '~'), fields: more },
      priority: PRIORITIES.indexOf(priority?.name ?? '') + 1,
      about: { ...(item && { item }), ...(category && { category }), ...(team && { team }) },
    });
    this.#made.set(ticket, this.now);
    return Response.json({ id: ticket.id, key: ticket.number, self: 'https://example' }, { status: 201 });
  }

  #comment(ticket: FakeTicket, method: string, { body }: Told, asked: URLSearchParams): Response {
    if (method === 'POST') {
      const note = this.say(ticket, OUR_NAME, textOfAdf(body));
      return Response.json({ id: `${note.id}` }, { status: 201 });
    }
    const start = Number(asked.get('startAt') ?? 0);
    const newest = asked.get('orderBy') === '-created' ? ticket.notes.toReversed() : ticket.notes;
    const comments = newest.slice(start, start + Number(asked.get('maxResults') ?? 50)).map(({ id, by, at, text }) => ({
      ...{ id: `${id}`, author: { displayName: by }, created: timeOf(at), body: adfOf(text) },
    }));
    return Response.json({ comments, total: ticket.notes.length, startAt: start });
  }

  #transition(ticket: FakeTicket, method: string, { transition }: Told, trouble: Trouble | undefined): Response {
    const ways = (STATUSES[nameOf(ticket.status)]?.leadsTo ?? []).map((name, at) => ({
      id: `${at + 11}`,
      name: `To ${name}`,
      to: { name, statusCategory: { key: STATUSES[name]?.category } },
    }));
    if (method === 'GET') return Response.json({ transitions: ways });
    const way = ways.find(({ id }) => id === transition?.id);
    if (!way || trouble === 'refuse-transition') return fault(400, 'The transition is not valid for the issue.');
    this.set(ticket, { status: STATUSES[way.to.name]?.is ?? 'new' });
    return new Response(null, { status: 204 });
  }

  #row(ticket: FakeTicket) {
    const name = nameOf(ticket.status);
    return {
      id: ticket.id,
      key: ticket.number,
      fields: {
        status: { name, statusCategory: { key: STATUSES[name]?.category } },
        labels: labelsOf(ticket),
        assignee: ticket.assignee === undefined ? null : { displayName: ticket.assignee },
        updated: timeOf(ticket.changedAt),
      },
    };
  }
}

interface Told {
  jql?: string;
  maxResults?: number;
  nextPageToken?: string;
  transition?: { id: string };
  body?: AdfNode;
  fields?: {
    project?: { key: string };
    issuetype?: { name: string };
    summary?: string;
    description?: AdfNode;
    labels?: string[];
    priority?: { name: string };
    [custom: string]: unknown;
  } & { [field in `customfield_${number}`]?: string };
}

const labelsOf = ({ key }: FakeTicket): string[] =>
  key === undefined ? [] : ['vigie', key.startsWith('~') ? `vigie-${key.slice(1)}` : `vigie-${digestOf(key)}`];
const nameOf = (status: TicketStatus): string =>
  Object.entries(STATUSES).find(([, { is }]) => is === status)?.[0] ?? '';
/** In the account’s own time, which is that of Paris in winter. */
const timeOf = (at: number): string => `${new Date(at + 3_600_000).toISOString().slice(0, 23)}+0100`;
const wallTime = (at: number): string => new Date(at + 3_600_000).toISOString().slice(0, 16).replace('T', ' ');
const fault = (status: number, message: string) => Response.json({ errorMessages: [message], errors: {} }, { status });
