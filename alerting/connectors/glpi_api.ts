import { Type } from 'typebox';
import { parseAddress } from '../desks/address.ts';
import { askDesk, type DeskAnswer, type Question } from '../desks/ask.ts';
import { defineConnector } from '../desks/connector.ts';
import { DeskFailure, unlessRefused } from '../desks/desk-failure.ts';
import { GLPI_INCIDENT, GLPI_KEY_LENGTH, GLPI_STATUS_OF, GLPI_STATUSES, glpiWeight } from '../desks/glpi.ts';
import { keyWithin } from '../desks/our-key.ts';
import { htmlOf, plainText } from '../desks/plain-text.ts';
import { reconciling } from '../desks/reconcile.ts';
import type { ChangedTicket, RemoteComment } from '../desks/remote-ticket.ts';
import type { TicketClient } from '../desks/ticket-client.ts';
import { namedItem } from '../desks/unknown-item.ts';
import { wallTimeOf } from '../desks/wall-time.ts';
import { zoneOf } from '../engine/calendar.ts';

const PER_PAGE = 100;
const PAGES_READ = 5;
const MOST_CHANGED = 300;
const MOST_COMMENTS = 100;
/** Notes of one kind that are looked through. */
const MOST_NOTES = 1_000;
/** A token is asked for anew so long before it runs out. */
const EARLY_MS = 60_000;

/** GLPI 11 by its high-level interface, `api.php`, version 2. */
export const plugin = defineConnector({
  type: 'glpi_api',
  title: { fr: 'GLPI 11, interface api.php (v2)', en: 'GLPI 11, by api.php (v2)' },
  options: Type.Object(
    {
      url: Type.String({
        pattern: '^https?://',
        maxLength: 2048,
        description: 'Where GLPI is, as people open it: `https://glpi.example`.',
        fr: 'Adresse de GLPI, telle qu’on l’ouvre\u202f: `https://glpi.example`.',
      }),
      user: Type.String({
        minLength: 1,
        maxLength: 200,
        description: 'In whose name tickets are written.',
        fr: 'Au nom de qui les tickets sont écrits.',
      }),
      clientId: Type.String({
        minLength: 1,
        maxLength: 200,
        description:
          'Of the OAuth client made under Setup › OAuth clients, with the password grant and the scope `api`.',
        fr: 'Du client OAuth créé sous Configuration › Clients OAuth, avec la cession par mot de passe et la portée `api`.',
      }),
      timeZone: Type.Optional(
        Type.String({
          minLength: 1,
          maxLength: 60,
          default: 'UTC',
          description: 'Time zone of the database: `Europe/Paris`.',
          fr: 'Fuseau horaire de la base de données\u202f: `Europe/Paris`.',
        }),
      ),
      categoryId: Type.Optional(
        Type.Integer({
          minimum: 1,
          description: 'Category of tickets for which no other is named.',
          fr: 'Catégorie des tickets pour lesquels aucune autre n’est nommée.',
        }),
      ),
      locationId: Type.Optional(
        Type.Integer({ minimum: 1, description: 'Location of the tickets.', fr: 'Lieu des tickets.' }),
      ),
    },
    { additionalProperties: false },
  ),
  secret: {
    fr: 'Sur la première ligne, le mot de passe de l’utilisateur\u202f; sur la seconde, le secret du client OAuth.',
    en: 'On the first line the user’s password; on the second the OAuth client’s secret.',
  },
  example: { url: 'https://glpi.example', user: 'vigie', clientId: '9f2c' },
  create(options, context) {
    const { url } = parseAddress(options.url);
    const [password = '', clientSecret] = context.secrets;
    if (clientSecret === undefined) throw new Error('the secret must have two lines: password and client secret');
    const base = `${url.replace(/\/+$/, '')}/api.php`;
    const timeZone = zoneOf(options.timeZone ?? 'UTC');
    /** One for all that goes on at once. */
    let token: Promise<{ text: string; until: number }> | undefined;

    async function signIn(signal: AbortSignal) {
      const body = {
        ...{ grant_type: 'password', client_id: options.clientId, client_secret: clientSecret, scope: 'api' },
        ...{ username: options.user, password },
      };
      const { json } = await askDesk(context, `${base}/token`, { method: 'POST', body, signal });
      const { access_token: text, expires_in: seconds = 0 } = (json ?? {}) as Token;
      if (!text) throw new DeskFailure('retry', 'the desk lets us in without a token');
      return { text, until: context.now() + seconds * 1_000 - EARLY_MS };
    }

    function tokenNow(signal: AbortSignal) {
      const asked = signIn(signal);
      token = asked;
      // What fails is not kept: the next to ask tries anew.
      asked.catch(() => {
        if (token === asked) token = undefined;
      });
      return asked;
    }

    async function ask(path: string, question: Omit<Question, 'headers' | 'accepts'>): Promise<DeskAnswer> {
      for (let attempt = 0; ; attempt++) {
        let mine = token ?? tokenNow(question.signal);
        if ((await mine).until <= context.now()) mine = tokenNow(question.signal);
        const headers = { authorization: `Bearer ${(await mine).text}` };
        const answer = await askDesk(context, `${base}/v2${path}`, { ...question, headers, accepts: [401] });
        if (answer.status !== 401) return answer;
        if (token === mine) token = undefined;
        if (attempt > 0) throw new DeskFailure('retry', 'HTTP 401: the desk does not accept our credentials');
      }
    }

    async function write(method: 'POST' | 'PATCH', path: string, body: object, signal: AbortSignal): Promise<unknown> {
      const { status, json } = await ask(path, { method, body, signal });
      if (status === 404) throw new DeskFailure('refused', 'HTTP 404: the desk does not know what was asked for');
      return json;
    }

    async function list<Row>(path: string, asked: Record<string, string>, signal: AbortSignal): Promise<Row[]> {
      const { json } = await ask(`${path}?${new URLSearchParams(asked)}`, { method: 'GET', signal });
      if (!Array.isArray(json)) throw new DeskFailure('retry', 'the answer to a search lists nothing');
      return json as Row[];
    }

    /** The number of what is called so; undefined where there is none, several, or no right to see it. */
    async function named(path: string, name: string, signal: AbortSignal): Promise<number | undefined> {
      const asked = { filter: `name==${quoted(name)}`, limit: '2' };
      const found = await unlessRefused(list<{ id: number; name?: string }>(path, asked, signal), []);
      return found.length === 1 && found[0]?.name === name ? found[0].id : undefined;
    }

    function ticketOf(row: Row, key?: string): ChangedTicket {
      const { id, external_id, status, date_mod, team } = row;
      if (id === undefined) throw new DeskFailure('retry', 'the desk answers without a ticket');
      const assigned = team?.find(({ role, type }) => role === 'assigned' && type === 'User');
      const who = assigned?.display_name ?? assigned?.name;
      return {
        ...{ id: `${id}`, number: `${id}`, changedAt: instantOf(date_mod) },
        key: key !== undefined && external_id === keyWithin(key, GLPI_KEY_LENGTH) ? key : external_id || undefined,
        status: GLPI_STATUSES[status?.id ?? 0] ?? 'in-progress',
        ...(who && { assignee: who }),
      };
    }

    async function read(id: string, key: string, signal: AbortSignal): Promise<ChangedTicket> {
      const { status, json } = await ask(`/Assistance/Ticket/${id}`, { method: 'GET', signal });
      if (status === 404) throw new DeskFailure('retry', `ticket ${id} was opened and is not there`);
      return ticketOf((json ?? {}) as Row, key);
    }

    async function notesOf(id: string, kind: 'Followup' | 'Solution', signal: AbortSignal): Promise<Note[]> {
      const asked = { limit: `${MOST_NOTES}` };
      const rows = await list<Note & { item?: Note }>(`/Assistance/Ticket/${id}/Timeline/${kind}`, asked, signal);
      return rows.map((row) => row.item ?? row);
    }

    const client: TicketClient = {
      async find(key, signal) {
        const filter = `external_id==${quoted(keyWithin(key, GLPI_KEY_LENGTH))}`;
        const found = await list<Row>('/Assistance/Ticket', { filter, limit: '2' }, signal);
        return found.map((row) => withoutTime(ticketOf(row, key)));
      },

      async create({ key, subject, text, priority, about: { item, category, team }, fields }, signal) {
        const weight = glpiWeight(priority);
        const named_ = category === undefined ? undefined : await named('/Dropdowns/ITILCategory', category, signal);
        const groupId = team === undefined ? undefined : await named('/Administration/Group', team, signal);
        const categoryId = named_ ?? options.categoryId;
        const body = {
          ...(categoryId !== undefined && { category: { id: categoryId } }),
          ...(options.locationId !== undefined && { location: { id: options.locationId } }),
          ...fields,
          ...{ type: GLPI_INCIDENT, name: subject, external_id: keyWithin(key, GLPI_KEY_LENGTH) },
          content: htmlOf(item === undefined ? text : `${text}\n${namedItem(item)}`),
          ...{ urgency: weight, impact: weight, priority: weight },
        };
        const { id } = ((await write('POST', '/Assistance/Ticket', body, signal)) ?? {}) as { id?: number };
        if (id === undefined) throw new DeskFailure('retry', 'the desk answers without a ticket');
        if (groupId !== undefined) {
          const member = { type: 'Group', id: groupId, role: 'assigned' };
          await unlessRefused(write('POST', `/Assistance/Ticket/${id}/TeamMember`, member, signal), undefined);
        }
        return withoutTime(await read(`${id}`, key, signal));
      },

      async hasNote({ id }, mark, signal) {
        const told = [...(await notesOf(id, 'Followup', signal)), ...(await notesOf(id, 'Solution', signal))];
        return told.some(({ content }) => content?.includes(`[${mark}]`) === true);
      },

      async change({ id }, { subject, priority, status, note }, signal) {
        const weight = glpiWeight(priority);
        // A solution resolves the ticket by itself; where it was told already, the state alone is missing.
        const isSolution = status === 'resolved' && note !== undefined;
        const body = {
          ...{ name: subject, urgency: weight, impact: weight, priority: weight },
          ...(status && !isSolution && { status: { id: GLPI_STATUS_OF[status] } }),
        };
        await write('PATCH', `/Assistance/Ticket/${id}`, body, signal);
        if (!note) return;
        const content = htmlOf(`${note.text}\n[${note.mark}]`);
        if (isSolution) await write('POST', `/Assistance/Ticket/${id}/Timeline/Solution`, { content }, signal);
        else await write('POST', `/Assistance/Ticket/${id}/Timeline/Followup`, { content, is_private: false }, signal);
      },

      async changedSince(since, signal) {
        const from = Math.floor(since / 1000) * 1000;
        const changed: ChangedTicket[] = [];
        for (let page = 0; page < PAGES_READ && changed.length < MOST_CHANGED; page++) {
          const asked = {
            ...{ filter: `date_mod=ge=${quoted(wallTimeOf(from, timeZone))}`, sort: 'date_mod:asc' },
            ...{ start: `${page * PER_PAGE}`, limit: `${PER_PAGE}` },
          };
          const rows = await list<Row>('/Assistance/Ticket', asked, signal);
          changed.push(...rows.filter(({ external_id }) => external_id).map((row) => ticketOf(row)));
          if (rows.length < PER_PAGE) break;
        }
        return changed
          .filter(({ changedAt }) => changedAt >= from)
          .sort((a, b) => a.changedAt - b.changedAt)
          .slice(0, MOST_CHANGED);
      },

      async comments({ id }, signal) {
        const told = (kind: string, note: Note): RemoteComment => ({
          ...{ id: `${kind}${note.id}`, by: note.user?.name ?? '', text: plainText(note.content ?? '') },
          at: instantOf(note.date_creation ?? note.date),
        });
        const followups = (await notesOf(id, 'Followup', signal)).map((note) => told('f', note));
        const solutions = (await notesOf(id, 'Solution', signal)).map((note) => told('s', note));
        return [...followups, ...solutions].sort((a, b) => a.at - b.at).slice(-MOST_COMMENTS);
      },
    };
    return reconciling(client, context);
  },
});

interface Token {
  access_token?: string;
  expires_in?: number;
}

interface Row {
  id?: number;
  external_id?: string | null;
  status?: { id?: number };
  date_mod?: string;
  team?: { role?: string; type?: string; name?: string; display_name?: string }[];
}

interface Note {
  id: number;
  content?: string;
  date?: string;
  date_creation?: string;
  user?: { name?: string };
}

/** A ticket that is asked for is as it is now. */
const withoutTime = ({ changedAt: _, ...ticket }: ChangedTicket) => ticket;

/** A text of RSQL. */
const quoted = (text: string): string => `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;

function instantOf(time: string | undefined): number {
  const at = Date.parse(time ?? '');
  if (Number.isNaN(at)) throw new DeskFailure('retry', 'the desk tells a time that is none');
  return at;
}
