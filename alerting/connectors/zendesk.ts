import { createHash } from 'node:crypto';
import { Type } from 'typebox';
import type { Priority } from '../../protocol/weights.ts';
import { basic, parseAddress } from '../desks/address.ts';
import { askDesk, type Question } from '../desks/ask.ts';
import { defineConnector } from '../desks/connector.ts';
import { DeskFailure } from '../desks/desk-failure.ts';
import { keyWithin } from '../desks/our-key.ts';
import { reconciling } from '../desks/reconcile.ts';
import type { ChangedTicket, RemoteTicket, TicketStatus } from '../desks/remote-ticket.ts';
import type { NewTicket, TicketClient } from '../desks/ticket-client.ts';

const STATUSES: Readonly<Record<string, TicketStatus>> = {
  new: 'new',
  open: 'in-progress',
  pending: 'on-hold',
  hold: 'on-hold',
  solved: 'resolved',
  closed: 'closed',
};

const PRIORITIES: Readonly<Record<Priority, string>> = { 1: 'urgent', 2: 'high', 3: 'normal', 4: 'low', 5: 'low' };

const KEY_LENGTH = 255;

const PER_PAGE = 100;
/** So many changed tickets of an account, ours and others’, are looked through for ours. */
const PAGES_READ = 20;
const MOST_CHANGED = 300;

/** Zendesk Support. */
export const plugin = defineConnector({
  type: 'zendesk',
  title: { fr: 'Zendesk', en: 'Zendesk' },
  options: Type.Object(
    {
      url: Type.String({
        pattern: '^https?://',
        maxLength: 2048,
        description: 'The account: `https://example.zendesk.com`.',
        fr: 'Le compte\u202f: `https://example.zendesk.com`.',
      }),
      user: Type.String({
        minLength: 3,
        maxLength: 254,
        description: 'E-mail address of the agent in whose name tickets are written.',
        fr: 'Adresse de courriel de l’agent au nom duquel les tickets sont écrits.',
      }),
      requester: Type.Optional(
        Type.Object(
          {
            name: Type.String({ minLength: 1, maxLength: 200, description: 'Their name.', fr: 'Son nom.' }),
            email: Type.String({ minLength: 3, maxLength: 254, description: 'Their address.', fr: 'Son adresse.' }),
          },
          {
            additionalProperties: false,
            description: 'For whom tickets are opened; the agent themselves by default.',
            fr: 'Demandeur des tickets\u202f; par défaut, l’agent lui-même.',
          },
        ),
      ),
      groupId: Type.Optional(
        Type.Integer({
          minimum: 1,
          maximum: Number.MAX_SAFE_INTEGER,
          description: 'Group that takes the tickets.',
          fr: 'Groupe qui reçoit les tickets.',
        }),
      ),
      assigneeId: Type.Optional(
        Type.Integer({
          minimum: 1,
          maximum: Number.MAX_SAFE_INTEGER,
          description: 'Agent who takes the tickets. An account may ask for one before a ticket is solved.',
          fr: 'Agent qui reçoit les tickets. Un compte peut en exiger un pour qu’un ticket soit résolu.',
        }),
      ),
      tags: Type.Optional(
        Type.Array(Type.String({ pattern: '^[^\\s,]{1,80}$' }), {
          maxItems: 20,
          uniqueItems: true,
          description: 'Tags of new tickets.',
          fr: 'Marqueurs des nouveaux tickets.',
        }),
      ),
      groups: Type.Optional(
        Type.Record(Type.String({ minLength: 1, maxLength: 200 }), Type.Integer({ minimum: 1 }), {
          maxProperties: 200,
          description: 'Number of the group by the name of a team; other teams’ tickets go to `groupId`.',
          fr: 'Numéro du groupe par nom d’équipe\u202f; les tickets des autres équipes vont à `groupId`.',
        }),
      ),
      itemFieldId: Type.Optional(
        Type.Integer({
          minimum: 1,
          maximum: Number.MAX_SAFE_INTEGER,
          description: 'Number of the ticket field that takes the configuration item.',
          fr: 'Numéro du champ de ticket qui reçoit l’élément de configuration.',
        }),
      ),
      categoryFieldId: Type.Optional(
        Type.Integer({
          minimum: 1,
          maximum: Number.MAX_SAFE_INTEGER,
          description: 'Number of the ticket field that takes the category.',
          fr: 'Numéro du champ de ticket qui reçoit la catégorie.',
        }),
      ),
      holdStatus: Type.Optional(
        Type.Enum(['hold', 'pending'], {
          default: 'pending',
          description: 'What a ticket on hold is called; `hold` has to be switched on in the account.',
          fr: 'Statut d’un ticket en attente\u202f; `hold` doit être activé dans le compte.',
        }),
      ),
    },
    { additionalProperties: false },
  ),
  secret: { fr: 'Le jeton d’API de l’agent. Sur une ligne.', en: 'The agent’s API token. On one line.' },
  example: { url: 'https://example.zendesk.com', user: 'vigie@example.com', tags: ['vigie'] },
  create(options, context) {
    const { url } = parseAddress(options.url);
    const { requester, assigneeId, tags, itemFieldId, categoryFieldId, holdStatus = 'pending' } = options;
    const [secret = ''] = context.secrets;
    const authorization = basic(`${options.user}/token`, secret);
    const base = `${url.replace(/\/+$/, '')}/api/v2`;
    const statusOf = { new: 'new', 'in-progress': 'open', 'on-hold': holdStatus, resolved: 'solved', closed: 'closed' };

    async function ask<T>(path: string, question: Question): Promise<T> {
      const headers = { authorization, ...question.headers };
      const { status, json } = await askDesk(context, `${base}${path}`, { ...question, headers });
      if (status === 404) throw new DeskFailure('refused', 'HTTP 404: the desk does not know what was asked for');
      return json as T;
    }

    const ticketOf = (told: ZendeskTicket | undefined, key?: string, users?: readonly User[]): RemoteTicket => {
      if (told?.id === undefined) throw new DeskFailure('retry', 'the desk answers without a ticket');
      const { id, external_id, status = '', assignee_id } = told;
      const isOurs = key !== undefined && external_id === keyWithin(key, KEY_LENGTH);
      return {
        id: `${id}`,
        number: `${id}`,
        key: isOurs ? key : (external_id ?? undefined),
        status: STATUSES[status] ?? 'in-progress',
        ...(typeof assignee_id === 'number' && { assignee: nameOf(assignee_id, users) }),
      };
    };

    async function list(query: URLSearchParams, signal: AbortSignal) {
      const { tickets, users, next_page } = await ask<Page>(`/tickets?${query}`, { method: 'GET', signal });
      if (!Array.isArray(tickets)) throw new DeskFailure('retry', 'the answer to a search lists no tickets');
      return { tickets, users, isLast: !next_page };
    }

    async function commentsOf(id: string, signal: AbortSignal) {
      const query = new URLSearchParams({ sort_order: 'desc', per_page: `${PER_PAGE}`, include: 'users' });
      const told = await ask<CommentPage>(`/tickets/${id}/comments?${query}`, { method: 'GET', signal });
      const { comments, users, count } = told;
      if (!Array.isArray(comments)) throw new DeskFailure('retry', 'the answer lists no comments');
      return { comments, users, hasFirst: count === undefined || count <= comments.length };
    }

    /** Fields that have a number are custom ones; the others are the ticket’s own. */
    function fieldsOf({ about: { item, category, team }, fields }: NewTicket) {
      const isNumber = (name: string) => /^\d+$/.test(name);
      const custom = [
        ...(item !== undefined && itemFieldId !== undefined ? [{ id: itemFieldId, value: item }] : []),
        ...(category !== undefined && categoryFieldId !== undefined ? [{ id: categoryFieldId, value: category }] : []),
        ...Object.entries(fields)
          .filter(([name]) => isNumber(name))
          .map(([name, value]) => ({ id: Number(name), value })),
      ];
      const groupId = (team === undefined ? undefined : options.groups?.[team]) ?? options.groupId;
      return {
        ...(groupId !== undefined && { group_id: groupId }),
        ...Object.fromEntries(Object.entries(fields).filter(([name]) => !isNumber(name))),
        ...(custom.length > 0 && { custom_fields: custom }),
      };
    }

    const client: TicketClient = {
      async find(key, signal) {
        const query = new URLSearchParams({ external_id: keyWithin(key, KEY_LENGTH), per_page: '2', include: 'users' });
        const { tickets, users } = await list(query, signal);
        return tickets.map((ticket) => ticketOf(ticket, key, users));
      },

      async create(opening, signal) {
        const { key, subject, text, priority } = opening;
        const ticket = {
          ...fieldsOf(opening),
          subject,
          comment: { body: text, public: false },
          type: 'incident',
          priority: PRIORITIES[priority],
          external_id: keyWithin(key, KEY_LENGTH),
          ...(requester && { requester }),
          ...(assigneeId !== undefined && { assignee_id: assigneeId }),
          ...(tags && { tags }),
        };
        // A search may lag behind what was opened a moment ago; this does not.
        const headers = { 'idempotency-key': createHash('sha256').update(key).digest('hex') };
        const answer = await ask<{ ticket?: ZendeskTicket }>('/tickets.json', {
          ...{ method: 'POST', body: { ticket }, headers, signal },
        });
        return ticketOf(answer?.ticket, key);
      },

      async hasNote({ id }, mark, signal) {
        const { comments } = await commentsOf(id, signal);
        return comments.some(({ body }) => body?.includes(`[${mark}]`) === true);
      },

      async change({ id }, { subject, priority, status, note }, signal) {
        const ticket = {
          subject,
          priority: PRIORITIES[priority],
          ...(status && { status: statusOf[status] }),
          ...(note && { comment: { body: `${note.text}\n[${note.mark}]`, public: false } }),
        };
        await ask(`/tickets/${id}`, { method: 'PUT', body: { ticket }, signal });
      },

      async changedSince(since, signal) {
        const from = Math.floor(since / 1000) * 1000;
        const changed = new Map<string, ChangedTicket>();
        // A search lags and is not to be relied on; the list of tickets is read from its newest back.
        for (let page = 1; page <= PAGES_READ; page++) {
          const query = new URLSearchParams({
            ...{ sort_by: 'updated_at', sort_order: 'desc', include: 'users' },
            ...{ per_page: `${PER_PAGE}`, page: `${page}` },
          });
          const { tickets, users, isLast } = await list(query, signal);
          for (const ticket of tickets) {
            const told = { ...ticketOf(ticket, undefined, users), changedAt: instantOf(ticket.updated_at) };
            if (told.key !== undefined && told.changedAt >= from) changed.set(told.id, told);
          }
          if (isLast || tickets.some(({ updated_at }) => instantOf(updated_at) < from)) break;
        }
        return [...changed.values()].sort((a, b) => a.changedAt - b.changedAt).slice(0, MOST_CHANGED);
      },

      async comments({ id }, signal) {
        const { comments, users, hasFirst } = await commentsOf(id, signal);
        return (hasFirst ? comments.slice(0, -1) : comments)
          .map(({ id: number, author_id, created_at, plain_body, body = '' }) => ({
            ...{ id: `${number}`, by: nameOf(author_id, users), at: instantOf(created_at), text: plain_body ?? body },
          }))
          .reverse();
      },
    };
    return reconciling(client, context);
  },
});

interface ZendeskTicket {
  id?: number;
  external_id?: string | null;
  status?: string;
  assignee_id?: number | null;
  updated_at?: string;
}

interface User {
  id: number;
  name: string;
}

interface Page {
  tickets?: ZendeskTicket[];
  users?: User[];
  next_page?: string | null;
}

interface CommentPage {
  comments?: { id: number; author_id: number; created_at?: string; body?: string; plain_body?: string }[];
  users?: User[];
  count?: number;
}

/** An answer may leave out who was removed since. */
const nameOf = (id: number, users: readonly User[] = []): string =>
  users.find((user) => user.id === id)?.name ?? `${id}`;

function instantOf(time: string | undefined): number {
  const at = Date.parse(time ?? '');
  if (Number.isNaN(at)) throw new DeskFailure('retry', 'the desk tells a time that is none');
  return at;
}
