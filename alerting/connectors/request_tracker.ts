import { Type } from 'typebox';
import type { Priority } from '../../protocol/weights.ts';
import { basic, parseAddress } from '../desks/address.ts';
import { askDesk, type Question } from '../desks/ask.ts';
import { defineConnector } from '../desks/connector.ts';
import { DeskFailure } from '../desks/desk-failure.ts';
import { keyWithin } from '../desks/our-key.ts';
import { plainText } from '../desks/plain-text.ts';
import { reconciling } from '../desks/reconcile.ts';
import type { ChangedTicket, RemoteComment, TicketStatus } from '../desks/remote-ticket.ts';
import type { TicketClient } from '../desks/ticket-client.ts';

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
const MOST_COMMENTS = 100;
/** Keeps a copy of each mail that Request Tracker sends, which nobody wrote. */
const MAILER = 'RT_System';
const PAGES_SEARCHED = 5;
const MOST_CHANGED = 100;
const READ_AT_ONCE = 5;

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
      queues: Type.Optional(
        Type.Record(Type.String({ minLength: 1, maxLength: 200 }), Type.String({ minLength: 1, maxLength: 200 }), {
          maxProperties: 200,
          description: 'Name of the queue by the name of a team; other teams’ tickets go to `queue`.',
          fr: 'Nom de la file par nom d’équipe\u202f; les tickets des autres équipes vont à `queue`.',
        }),
      ),
      itemField: Type.Optional(
        Type.String({
          minLength: 1,
          maxLength: 200,
          description: 'Name of the custom field that takes the configuration item.',
          fr: 'Nom du champ personnalisé qui reçoit l’élément de configuration.',
        }),
      ),
      categoryField: Type.Optional(
        Type.String({
          minLength: 1,
          maxLength: 200,
          description: 'Name of the custom field that takes the category.',
          fr: 'Nom du champ personnalisé qui reçoit la catégorie.',
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
    async function read(id: string, wanted: string | undefined, signal: AbortSignal): Promise<ChangedTicket> {
      const { status, json } = await ask(`/ticket/${id}`, { method: 'GET', signal });
      if (status === 404) throw new DeskFailure('retry', `ticket ${id} was found and is not there`);
      const { Status, Owner, LastUpdated, _hyperlinks } = json as RtTicket;
      const urns = (_hyperlinks ?? [])
        .filter(({ ref, _url }) => ref === 'refers-to' && _url?.startsWith(KEY_URN))
        .map(({ _url = '' }) => _url);
      // Tickets that were merged over there bear the keys of all of them.
      const isOurs = wanted !== undefined && urns.includes(urnOf(wanted));
      const [urn] = urns;
      return {
        ...{ id, number: id, status: statusOf(Status), changedAt: instantOf(LastUpdated) },
        key: isOurs ? wanted : urn && keyOf(urn),
        ...(Owner?.id !== undefined && Owner.id !== 'Nobody' && { assignee: Owner.id }),
      };
    }

    async function attachments(id: string, fields: string, page: number, signal: AbortSignal) {
      const query = new URLSearchParams({ fields, per_page: `${PER_PAGE}`, page: `${page}` });
      const { json } = await ask(`/ticket/${id}/attachments?${query}`, { method: 'GET', signal });
      const { items, pages = 1 } = (json ?? {}) as { items?: Attachment[]; pages?: number };
      if (!Array.isArray(items)) throw new DeskFailure('retry', 'the answer lists no attachments');
      return { items, pages };
    }

    const client: TicketClient = {
      async find(key, signal) {
        const query = new URLSearchParams({ query: `RefersTo = '${urnOf(key)}'`, per_page: '2' });
        const { json } = await ask(`/tickets?${query}`, { method: 'GET', signal });
        const { items } = json as { items?: { id: string | number }[] };
        if (!Array.isArray(items)) throw new DeskFailure('retry', 'the answer to a search lists no tickets');
        return Promise.all(items.map(({ id }) => read(`${id}`, key, signal)));
      },

      async create({ key, subject, text, priority, about: { item, category, team }, fields }, signal) {
        const { queue, queues = {}, requestor, itemField, categoryField } = options;
        const custom = {
          ...(itemField !== undefined && item !== undefined && { [itemField]: item }),
          ...(categoryField !== undefined && category !== undefined && { [categoryField]: category }),
          ...fields,
        };
        const body = {
          Queue: (team === undefined ? undefined : queues[team]) ?? queue,
          ...(Object.keys(custom).length > 0 && { CustomFields: custom }),
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
        const bears = ({ items }: { items: Attachment[] }) => items.some(({ Subject }) => Subject === `[${mark}]`);
        const first = await attachments(id, 'Subject', 1, signal);
        if (bears(first)) return true;
        const last = first.pages;
        for (let number = last; number > Math.max(1, last - PAGES_READ); number--) {
          if (bears(await attachments(id, 'Subject', number, signal))) return true;
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

      async changedSince(since, signal) {
        const from = Math.floor(since / 1000) * 1000;
        const time = new Date(from).toISOString().slice(0, 19).replace('T', ' ');
        const changed: ChangedTicket[] = [];
        for (let page = 1, pages = 1; page <= Math.min(pages, PAGES_SEARCHED); page++) {
          const query = new URLSearchParams({
            ...{ query: `RefersTo IS NOT NULL AND LastUpdated >= '${time}'`, fields: 'LastUpdated' },
            ...{ orderby: 'LastUpdated', order: 'ASC', per_page: `${PER_PAGE}`, page: `${page}` },
          });
          const { json } = await ask(`/tickets?${query}`, { method: 'GET', signal });
          const { items, pages: all = 1 } = (json ?? {}) as { items?: { id: string | number }[]; pages?: number };
          if (!Array.isArray(items)) throw new DeskFailure('retry', 'the answer to a search lists no tickets');
          for (let at = 0; at < items.length; at += READ_AT_ONCE) {
            const some = items.slice(at, at + READ_AT_ONCE);
            const tickets = await Promise.all(some.map(({ id }) => read(`${id}`, undefined, signal)));
            changed.push(...tickets.filter(({ key, changedAt }) => key !== undefined && changedAt >= from));
          }
          if (changed.length >= MOST_CHANGED) break;
          pages = all;
        }
        return changed.sort((a, b) => a.changedAt - b.changedAt);
      },

      async comments({ id }, signal) {
        const fields = 'Subject,Content,ContentType,Creator,Created,TransactionId';
        const first = await attachments(id, fields, 1, signal);
        const found = [...first.items];
        for (let page = Math.max(2, first.pages - PAGES_READ); page <= first.pages; page++) {
          found.push(...(await attachments(id, fields, page, signal)).items);
        }
        return commentsOf(found).slice(-MOST_COMMENTS);
      },
    };
    return reconciling(client, context);
  },
});

interface RtTicket {
  Status?: string;
  Owner?: { id?: string };
  LastUpdated?: string;
  _hyperlinks?: { ref?: string; _url?: string }[];
}

interface Attachment {
  id?: string;
  Subject?: string;
  Content?: string;
  ContentType?: string;
  Creator?: { id?: string };
  Created?: string;
  TransactionId?: string;
}

/** Each transaction is one comment: of its parts, the plain text, or else the page. The first opened the ticket. */
function commentsOf(attachments: readonly Attachment[]): RemoteComment[] {
  const opening = attachments[0]?.TransactionId;
  const comments = new Map<string, RemoteComment & { isPlain: boolean }>();
  for (const { Subject, Content = '', ContentType = '', Creator, Created, TransactionId = '' } of attachments) {
    const isPlain = ContentType.startsWith('text/plain');
    const isText = (isPlain || ContentType.startsWith('text/html')) && Content.trim() !== '';
    if (!isText || TransactionId === opening || Creator?.id === MAILER) continue;
    const known = comments.get(TransactionId);
    if (known && (known.isPlain || !isPlain)) continue;
    const mark = Subject?.startsWith('[vigie:') ? `${Subject}\n` : '';
    const text = `${mark}${isPlain ? Content.trim() : plainText(Content)}`;
    comments.set(TransactionId, { id: TransactionId, by: Creator?.id ?? '', at: instantOf(Created), text, isPlain });
  }
  return [...comments.values()].map(({ isPlain: _, ...comment }) => comment);
}

function instantOf(time: string | undefined): number {
  const at = Date.parse(time ?? '');
  if (Number.isNaN(at)) throw new DeskFailure('retry', 'the desk tells a time that is none');
  return at;
}

/** Of a key that was too long the shortened one; of what is no key of ours, as it stands. */
function keyOf(urn: string): string {
  try {
    return decodeURIComponent(urn.slice(KEY_URN.length));
  } catch {
    return urn;
  }
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
