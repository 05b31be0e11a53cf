import { Type } from 'typebox';
import { parseAddress } from '../../../alerting/desks/address.ts';
import { askDesk, type Question } from '../../../alerting/desks/ask.ts';
import { defineConnector } from '../../../alerting/desks/connector.ts';
import { DeskFailure } from '../../../alerting/desks/desk-failure.ts';
import { keyWithin } from '../../../alerting/desks/our-key.ts';
import { reconciling } from '../../../alerting/desks/reconcile.ts';
import type { ChangedTicket } from '../../../alerting/desks/remote-ticket.ts';
import type { TicketClient, TicketStatus } from '../../../alerting/desks/ticket-client.ts';

/** What the desk calls the states of a ticket. */
const STATES: Readonly<Record<TicketStatus, string>> = {
  new: 'new',
  'in-progress': 'open',
  'on-hold': 'waiting',
  resolved: 'solved',
  closed: 'closed',
};

/** What the field that bears our key holds. */
const KEY_LENGTH = 200;
const MOST_READ = 100;
/** Whoever asked goes on from the last. */
const MOST_CHANGED = 500;

/** A desk that does not exist, to begin a connector from: its API is as plain as they come. */
export const plugin = defineConnector({
  type: 'sample_desk',
  title: { fr: 'Centre de services d’exemple', en: 'Sample desk' },
  options: Type.Object(
    {
      url: Type.String({
        pattern: '^https?://',
        maxLength: 2048,
        description: 'Where the desk is: `https://desk.example`.',
        fr: 'Adresse du centre de services\u202f: `https://desk.example`.',
      }),
    },
    { additionalProperties: false },
  ),
  secret: { fr: 'Le jeton d’API. Sur une ligne.', en: 'The API token. On one line.' },
  example: { url: 'https://desk.example' },
  create({ url }, context) {
    const [token = ''] = context.secrets;
    const base = `${parseAddress(url).url.replace(/\/+$/, '')}/api`;

    async function ask<T>(path: string, question: Question): Promise<T> {
      const headers = { authorization: `Bearer ${token}` };
      const { status, json } = await askDesk(context, `${base}${path}`, { ...question, headers });
      if (status === 404) throw new DeskFailure('refused', 'HTTP 404: the desk does not know what was asked for');
      return json as T;
    }

    /** As the ticket itself says, never as it was asked for: that is how somebody else’s is told from ours. */
    function ticketOf(told: SampleTicket | undefined, key?: string): ChangedTicket {
      if (told?.id === undefined) throw new DeskFailure('retry', 'the desk answers without a ticket');
      const { id, reference, external_key, state, owner, changed_at } = told;
      const isOurs = key !== undefined && external_key === keyWithin(key, KEY_LENGTH);
      const [status = 'in-progress'] = Object.entries(STATES).find(([, theirs]) => theirs === state) ?? [];
      return {
        ...{ id: `${id}`, number: reference, key: isOurs ? key : (external_key ?? undefined) },
        ...{ status: status as TicketStatus, changedAt: Date.parse(changed_at) },
        ...(owner !== null && { assignee: owner }),
      };
    }

    async function search(query: Record<string, string>, signal: AbortSignal): Promise<SampleTicket[]> {
      const { tickets } = await ask<{ tickets?: SampleTicket[] }>(`/tickets?${new URLSearchParams(query)}`, {
        ...{ method: 'GET', signal },
      });
      if (!Array.isArray(tickets)) throw new DeskFailure('retry', 'the answer to a search lists no tickets');
      return tickets;
    }

    async function notesOf(id: string, signal: AbortSignal): Promise<SampleNote[]> {
      const { notes } = await ask<{ notes?: SampleNote[] }>(`/tickets/${id}/notes`, { method: 'GET', signal });
      if (!Array.isArray(notes)) throw new DeskFailure('retry', 'the answer lists no notes');
      return notes;
    }

    const client: TicketClient = {
      async find(key, signal) {
        const found = await search({ external_key: keyWithin(key, KEY_LENGTH) }, signal);
        return found.map((ticket) => ticketOf(ticket, key));
      },

      async create({ key, subject, text, priority, about, fields }, signal) {
        const body = {
          ...fields,
          ...{ title: subject, body: text, urgency: priority, external_key: keyWithin(key, KEY_LENGTH) },
          ...{ asset: about.item, category: about.category, team: about.team },
        };
        return ticketOf(await ask<SampleTicket>('/tickets', { method: 'POST', body, signal }), key);
      },

      async hasNote({ id }, mark, signal) {
        const notes = await notesOf(id, signal);
        return notes.some(({ body }) => body.includes(`[${mark}]`));
      },

      async change({ id }, { subject, priority, status, note }, signal) {
        // The note first: what is solved says why.
        if (note) {
          const body = { body: `${note.text}\n[${note.mark}]` };
          await ask(`/tickets/${id}/notes`, { method: 'POST', body, signal });
        }
        const body = { title: subject, urgency: priority, ...(status && { state: STATES[status] }) };
        await ask(`/tickets/${id}`, { method: 'PATCH', body, signal });
      },

      async changedSince(since, signal) {
        const changed = await search({ changed_since: new Date(since).toISOString() }, signal);
        const ours = changed.filter(({ external_key }) => external_key !== null).map((ticket) => ticketOf(ticket));
        return ours.sort((a, b) => a.changedAt - b.changedAt).slice(0, MOST_CHANGED);
      },

      async comments({ id }, signal) {
        const notes = await notesOf(id, signal);
        return notes
          .slice(-MOST_READ)
          .map(({ id: note, author, at, body }) => ({ id: `${note}`, by: author, at: Date.parse(at), text: body }));
      },
    };
    return reconciling(client, context);
  },
});

interface SampleTicket {
  id?: number;
  reference: string;
  external_key: string | null;
  state: string;
  owner: string | null;
  /** ISO 8601, UTC. */
  changed_at: string;
}

interface SampleNote {
  id: number;
  author: string;
  at: string;
  body: string;
}
