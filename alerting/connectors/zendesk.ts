import { createHash } from 'node:crypto';
import { Type } from 'typebox';
import type { Priority } from '../../protocol/weights.ts';
import { basic, parseAddress } from '../desks/address.ts';
import { askDesk, type Question } from '../desks/ask.ts';
import { defineConnector } from '../desks/connector.ts';
import { DeskFailure } from '../desks/desk-failure.ts';
import { keyWithin } from '../desks/our-key.ts';
import { reconciling } from '../desks/reconcile.ts';
import type { RemoteTicket, TicketClient, TicketStatus } from '../desks/ticket-client.ts';

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
    const { requester, groupId, assigneeId, tags, holdStatus = 'pending' } = options;
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

    const ticketOf = (told: ZendeskTicket | undefined, key: string): RemoteTicket => {
      if (told?.id === undefined) throw new DeskFailure('retry', 'the desk answers without a ticket');
      const { id, external_id, status = '' } = told;
      return {
        id: `${id}`,
        number: `${id}`,
        key: external_id === keyWithin(key, KEY_LENGTH) ? key : (external_id ?? undefined),
        status: STATUSES[status] ?? 'in-progress',
      };
    };

    const client: TicketClient = {
      async find(key, signal) {
        const query = new URLSearchParams({ external_id: keyWithin(key, KEY_LENGTH), per_page: '2' });
        const { tickets } = await ask<{ tickets?: ZendeskTicket[] }>(`/tickets?${query}`, { method: 'GET', signal });
        if (!Array.isArray(tickets)) throw new DeskFailure('retry', 'the answer to a search lists no tickets');
        return tickets.map((ticket) => ticketOf(ticket, key));
      },

      async create({ key, subject, text, priority }, signal) {
        const ticket = {
          subject,
          comment: { body: text, public: false },
          type: 'incident',
          priority: PRIORITIES[priority],
          external_id: keyWithin(key, KEY_LENGTH),
          ...(requester && { requester }),
          ...(groupId !== undefined && { group_id: groupId }),
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
        const query = new URLSearchParams({ sort_order: 'desc', per_page: '100' });
        const path = `/tickets/${id}/comments?${query}`;
        const { comments } = await ask<{ comments?: { body?: string }[] }>(path, { method: 'GET', signal });
        if (!Array.isArray(comments)) throw new DeskFailure('retry', 'the answer lists no comments');
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
    };
    return reconciling(client, context);
  },
});

interface ZendeskTicket {
  id?: number;
  external_id?: string | null;
  status?: string;
}
