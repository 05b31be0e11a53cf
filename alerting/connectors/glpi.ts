import { Type } from 'typebox';
import type { Priority } from '../../protocol/weights.ts';
import { basic, parseAddress } from '../desks/address.ts';
import { askDesk, type DeskAnswer, type Question } from '../desks/ask.ts';
import { defineConnector } from '../desks/connector.ts';
import { DeskFailure } from '../desks/desk-failure.ts';
import { keyWithin } from '../desks/our-key.ts';
import { reconciling } from '../desks/reconcile.ts';
import type { RemoteTicket, TicketClient, TicketNote, TicketStatus } from '../desks/ticket-client.ts';

const STATUSES: Readonly<Record<number, TicketStatus>> = {
  1: 'new',
  2: 'in-progress',
  3: 'in-progress',
  4: 'on-hold',
  5: 'resolved',
  6: 'closed',
};
const STATUS_OF = { new: 1, 'in-progress': 2, 'on-hold': 4, resolved: 5, closed: 6 } as const;

/** GLPI counts 5 as very high, 1 as very low. */
const weightOf = (priority: Priority): number => 6 - priority;

const KEY_LENGTH = 255;
const INCIDENT = 1;
/** Notes are looked through from the newest back. */
const NOTES_READ = '0-199';

/** GLPI 9.5 to 11, by `apirest.php`. */
export const plugin = defineConnector({
  type: 'glpi',
  title: { fr: 'GLPI, interface apirest.php', en: 'GLPI, by apirest.php' },
  options: Type.Object(
    {
      url: Type.String({
        pattern: '^https?://',
        maxLength: 2048,
        description: 'Where GLPI is, as people open it: `https://glpi.example`.',
        fr: 'Adresse de GLPI, telle qu’on l’ouvre\u202f: `https://glpi.example`.',
      }),
      user: Type.Optional(
        Type.String({
          minLength: 1,
          maxLength: 200,
          description: 'With it the secret’s first line is this user’s password; without it, a user token.',
          fr: 'Avec lui, la première ligne du secret est le mot de passe de cet utilisateur\u202f; sans lui, un jeton d’utilisateur.',
        }),
      ),
      fields: Type.Optional(
        Type.Record(
          Type.String({ pattern: '^_?[a-z][a-z0-9_]{0,79}$' }),
          Type.Union([Type.Integer(), Type.String({ maxLength: 4000 })]),
          {
            maxProperties: 40,
            description:
              'More fields of a new ticket: `entities_id`, `itilcategories_id`, `locations_id`, `_groups_id_assign` …',
            fr: 'Autres champs d’un nouveau ticket\u202f: `entities_id`, `itilcategories_id`, `locations_id`, `_groups_id_assign`…',
          },
        ),
      ),
    },
    { additionalProperties: false },
  ),
  secret: {
    fr: 'Sur la première ligne, le jeton de l’utilisateur ou son mot de passe\u202f; sur la seconde, le jeton d’application s’il en faut un.',
    en: 'On the first line the user’s token or password; on the second the application token, if one is needed.',
  },
  example: { url: 'https://glpi.example', fields: { itilcategories_id: 12 } },
  create(options, context) {
    const { url } = parseAddress(options.url);
    const [secret = '', appToken] = context.secrets;
    const base = `${url.replace(/\/+$/, '')}/apirest.php`;
    const authorization = options.user === undefined ? `user_token ${secret}` : basic(options.user, secret);
    const app: Record<string, string> = appToken === undefined ? {} : { 'app-token': appToken };
    /** One for all that goes on at once; asked for again when it is not good any more. */
    let session: Promise<string> | undefined;
    let keyField: Promise<number> | undefined;

    async function signIn(signal: AbortSignal): Promise<string> {
      const headers = { ...app, authorization };
      const { json } = await askDesk(context, `${base}/initSession`, { method: 'GET', headers, signal });
      const { session_token } = (json ?? {}) as { session_token?: string };
      if (!session_token) throw new DeskFailure('retry', 'the desk lets us in without a session');
      return session_token;
    }

    /** What fails is not kept: the next to ask tries anew. */
    const once = <T>(attempt: Promise<T>, forget: () => void): Promise<T> => {
      attempt.catch(forget);
      return attempt;
    };

    async function ask(path: string, question: Omit<Question, 'headers' | 'accepts'>): Promise<DeskAnswer> {
      for (let attempt = 0; ; attempt++) {
        session ??= once(signIn(question.signal), () => {
          session = undefined;
        });
        const mine = session;
        const headers = { ...app, 'session-token': await mine };
        const answer = await askDesk(context, `${base}${path}`, { ...question, headers, accepts: [401] });
        if (answer.status !== 401) return answer;
        if (session === mine) session = undefined;
        if (attempt > 0) throw new DeskFailure('retry', `HTTP 401: ${codeOf(answer.json) ?? 'signed out'}`);
      }
    }

    /** Carries out one thing; 207 says that a part of it was not done, and that was all of it. */
    async function write(method: 'POST' | 'PUT', path: string, input: object, signal: AbortSignal): Promise<unknown> {
      const { status, json } = await ask(path, { method, body: { input }, signal });
      if (status === 207) throw new DeskFailure('retry', 'HTTP 207: done in part only');
      if (status === 404) throw new DeskFailure('refused', `HTTP 404: ${codeOf(json) ?? 'not found'}`);
      return json;
    }

    /** The number by which searches know the field that bears our key: GLPI’s own may change between versions. */
    const fieldOfKey = (signal: AbortSignal): Promise<number> => {
      const look = async () => {
        const { json } = await ask('/listSearchOptions/Ticket', { method: 'GET', signal });
        const fields = Object.entries((json ?? {}) as Record<string, { table?: string; field?: string }>);
        const found = fields.find(([, { table, field }]) => table === 'glpi_tickets' && field === 'externalid');
        if (!found) throw new DeskFailure('refused', 'tickets of this GLPI have no external identifier');
        return Number(found[0]);
      };
      keyField ??= once(look(), () => {
        keyField = undefined;
      });
      return keyField;
    };

    async function read(id: string, key: string, signal: AbortSignal): Promise<RemoteTicket> {
      const { status, json } = await ask(`/Ticket/${id}`, { method: 'GET', signal });
      if (status === 404) throw new DeskFailure('retry', `ticket ${id} was found and is not there`);
      const ticket = (json ?? {}) as { externalid?: string | null; status?: number };
      return {
        ...{ id, number: id },
        key: ticket.externalid === keyWithin(key, KEY_LENGTH) ? key : (ticket.externalid ?? undefined),
        status: STATUSES[ticket.status ?? 0] ?? 'in-progress',
      };
    }

    async function notesOf(id: string, kind: string, signal: AbortSignal): Promise<string[]> {
      const query = new URLSearchParams({ range: NOTES_READ, order: 'DESC' });
      const { json } = await ask(`/Ticket/${id}/${kind}?${query}`, { method: 'GET', signal });
      return Array.isArray(json) ? json.map(({ content }: { content?: string }) => content ?? '') : [];
    }

    const client: TicketClient = {
      async find(key, signal) {
        const query = new URLSearchParams({
          'criteria[0][field]': `${await fieldOfKey(signal)}`,
          'criteria[0][searchtype]': 'equals',
          'criteria[0][value]': keyWithin(key, KEY_LENGTH),
          'forcedisplay[0]': '2',
          range: '0-1',
        });
        const { json } = await ask(`/search/Ticket?${query}`, { method: 'GET', signal });
        const { totalcount, data = [] } = (json ?? {}) as { totalcount?: number; data?: Record<string, unknown>[] };
        if (totalcount === undefined) throw new DeskFailure('retry', 'the answer to a search counts no tickets');
        return Promise.all(data.map((row) => read(`${row['2']}`, key, signal)));
      },

      async create({ key, subject, text, priority }, signal) {
        const weight = weightOf(priority);
        const input = {
          ...options.fields,
          ...{ type: INCIDENT, name: subject, content: htmlOf(text), externalid: keyWithin(key, KEY_LENGTH) },
          ...{ urgency: weight, impact: weight, priority: weight },
        };
        const { id } = ((await write('POST', '/Ticket', input, signal)) ?? {}) as { id?: number };
        if (id === undefined)
          throw new DeskFailure('refused', 'the desk answers without a ticket to the opening of one');
        return read(`${id}`, key, signal);
      },

      async hasNote({ id }, mark, signal) {
        const told = [...(await notesOf(id, 'ITILFollowup', signal)), ...(await notesOf(id, 'ITILSolution', signal))];
        return told.some((content) => content.includes(`[${mark}]`));
      },

      async change({ id }, { subject, priority, status, note }, signal) {
        const weight = weightOf(priority);
        // A solution resolves the ticket by itself; where it was told already, the state alone is missing.
        const isSolution = status === 'resolved' && note !== undefined;
        const input = {
          ...{ id: Number(id), name: subject, urgency: weight, impact: weight, priority: weight },
          ...(status && !isSolution && { status: STATUS_OF[status] }),
        };
        await write('PUT', `/Ticket/${id}`, input, signal);
        if (!note) return;
        const content = { itemtype: 'Ticket', items_id: Number(id), content: contentOf(note) };
        if (isSolution) await write('POST', '/ITILSolution', content, signal);
        else await write('POST', '/ITILFollowup', { ...content, is_private: 0 }, signal);
      },
    };
    return reconciling(client, context);
  },
});

/** Faults come as `["ERROR_CODE", "words"]`. */
const codeOf = (json: unknown): string | undefined =>
  Array.isArray(json) && typeof json[0] === 'string' ? json[0].slice(0, 80) : undefined;

const contentOf = ({ text, mark }: TicketNote): string => htmlOf(`${text}\n[${mark}]`);

/** GLPI’s texts are HTML. */
const htmlOf = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('\n', '<br>');
