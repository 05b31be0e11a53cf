import { Type } from 'typebox';
import type { Priority } from '../../protocol/weights.ts';
import { basic, parseAddress } from '../desks/address.ts';
import { askDesk, type Question } from '../desks/ask.ts';
import { defineConnector } from '../desks/connector.ts';
import { DeskFailure } from '../desks/desk-failure.ts';
import { keyWithin } from '../desks/our-key.ts';
import { reconciling } from '../desks/reconcile.ts';
import type { RemoteTicket, TicketClient, TicketStatus } from '../desks/ticket-client.ts';

/** Of Request Tracker’s default lifecycle. */
const STATUSES = {
  new: 'new',
  'in-progress': 'open',
  'on-hold': 'stalled',
  resolved: 'resolved',
} as const satisfies Partial<Record<TicketStatus, string>>;

/** Request Tracker calls 100 high, 50 medium, 0 low. */
const PRIORITIES: Readonly<Record<Priority, number>> = { 1: 100, 2: 75, 3: 50, 4: 25, 5: 0 };

/** A reference of the ticket to a thing outside: nothing has to be set up for it, it is searched for, and people see it. */
const KEY_URN = 'urn:vigie:';
/** Of the 240 that a reference may have. */
const KEY_LENGTH = 200;
/** Notes are looked through from the newest page back, so many to a page. */
const PER_PAGE = 100;
const PAGES_READ = 2;

/** Request Tracker 5, by its REST 2 interface. */
export const plugin = defineConnector({
  type: 'request_tracker',
  title: { fr: 'Request Tracker 5', en: 'Request Tracker 5' },
  options: Type.Object(
    {
      url: Type.String({
        pattern: '^https?://',
        maxLength: 2048,
        description: 'Where Request Tracker is, as people open it: `https://rt.example`.',
        fr: 'Adresse de Request Tracker, telle qu’on l’ouvre\u202f: `https://rt.example`.',
      }),
      queue: Type.String({
        minLength: 1,
        maxLength: 200,
        description: 'Name of the queue that takes the tickets.',
        fr: 'Nom de la file qui reçoit les tickets.',
      }),
      user: Type.Optional(
        Type.String({
          minLength: 1,
          maxLength: 200,
          description: 'With it the secret is this user’s password; without it the secret is a token.',
          fr: 'Avec lui, le secret est le mot de passe de cet utilisateur\u202f; sans lui, le secret est un jeton.',
        }),
      ),
      requestor: Type.Optional(
        Type.String({
          minLength: 3,
          maxLength: 254,
          description: 'E-mail address the tickets are opened for.',
          fr: 'Adresse de courriel du demandeur des tickets.',
        }),
      ),
    },
    { additionalProperties: false },
  ),
  secret: {
    fr: 'Le jeton, ou le mot de passe de l’utilisateur. Sur une ligne.',
    en: 'The token, or the user’s password. On one line.',
  },
  example: { url: 'https://rt.example', queue: 'Stores' },
  create(options, context) {
    const { url } = parseAddress(options.url);
    const [secret = ''] = context.secrets;
    const authorization = options.user === undefined ? `token ${secret}` : basic(options.user, secret);
    const base = `${url.replace(/\/+$/, '')}/REST/2.0`;

    async function ask(path: string, question: Omit<Question, 'headers'>) {
      return askDesk(context, `${base}${path}`, { ...question, headers: { authorization } });
    }

    /** The ticket itself: a search says only that its number fits, not what it bears. */
    async function read(id: string, wanted: string, signal: AbortSignal): Promise<RemoteTicket> {
      const { status, json } = await ask(`/ticket/${id}`, { method: 'GET', signal });
      if (status === 404) throw new DeskFailure('retry', `ticket ${id} was found and is not there`);
      const { Status, _hyperlinks } = json as RtTicket;
      const references = _hyperlinks?.filter(({ ref, _url }) => ref === 'refers-to' && _url?.startsWith(KEY_URN)) ?? [];
      // Tickets that were merged over there bear the keys of all of them.
      const isOurs = references.some(({ _url }) => _url === urnOf(wanted));
      return { id, number: id, key: isOurs ? wanted : references[0]?._url, status: statusOf(Status) };
    }

    const client: TicketClient = {
      async find(key, signal) {
        const query = new URLSearchParams({ query: `RefersTo = '${urnOf(key)}'`, per_page: '2' });
        const { json } = await ask(`/tickets?${query}`, { method: 'GET', signal });
        const { items } = json as { items?: { id: string | number }[] };
        if (!Array.isArray(items)) throw new DeskFailure('retry', 'the answer to a search lists no tickets');
        return Promise.all(items.map(({ id }) => read(`${id}`, key, signal)));
      },

      async create({ key, subject, text, priority }, signal) {
        const { queue, requestor } = options;
        const body = {
          Queue: queue,
          Subject: subject,
          Content: text,
          ContentType: 'text/plain',
          Priority: PRIORITIES[priority],
          RefersTo: urnOf(key),
          ...(requestor !== undefined && { Requestor: requestor }),
        };
        const { json } = await ask('/ticket', { method: 'POST', body, signal });
        const { id } = (json ?? {}) as { id?: string };
        // Where it is no Request Tracker, and where the queue is not there, nothing was made.
        if (id === undefined)
          throw new DeskFailure('refused', 'the desk answers without a ticket to the opening of one');
        return read(id, key, signal);
      },

      async hasNote({ id }, mark, signal) {
        const page = async (number: number) => {
          const query = new URLSearchParams({ fields: 'Subject', per_page: `${PER_PAGE}`, page: `${number}` });
          const { json } = await ask(`/ticket/${id}/attachments?${query}`, { method: 'GET', signal });
          return json as { items?: { Subject?: string }[]; pages?: number };
        };
        const bears = ({ items }: Awaited<ReturnType<typeof page>>) =>
          items?.some(({ Subject }) => Subject === `[${mark}]`) === true;
        const first = await page(1);
        if (bears(first)) return true;
        const last = first.pages ?? 1;
        for (let number = last; number > Math.max(1, last - PAGES_READ); number--) {
          if (bears(await page(number))) return true;
        }
        return false;
      },

      async change({ id }, { subject, priority, status, note }, signal) {
        const Status = status === undefined || status === 'closed' ? undefined : STATUSES[status];
        const fields = { Subject: subject, Priority: PRIORITIES[priority] };
        await ask(`/ticket/${id}`, { method: 'PUT', body: fields, signal });
        if (note) {
          // Both or neither: what is resolved says why.
          const body = { Subject: `[${note.mark}]`, Content: note.text, ContentType: 'text/plain', Status };
          await ask(`/ticket/${id}/comment`, { method: 'POST', body, signal });
        } else if (Status) await ask(`/ticket/${id}`, { method: 'PUT', body: { Status }, signal });
      },
    };
    return reconciling(client, context);
  },
});

interface RtTicket {
  Status?: string;
  _hyperlinks?: { ref?: string; _url?: string }[];
}

/** As it stands in a query, between quotes. */
const urnOf = (key: string): string =>
  `${KEY_URN}${keyWithin(encodeURIComponent(key).replaceAll("'", '%27'), KEY_LENGTH)}`;

function statusOf(status: string | undefined): TicketStatus {
  const known = Object.entries(STATUSES).find(([, theirs]) => theirs === status);
  if (known) return known[0] as TicketStatus;
  // Rejected, deleted, and what a lifecycle of the desk's own may call its end.
  return status === 'rejected' || status === 'deleted' ? 'closed' : 'in-progress';
}
