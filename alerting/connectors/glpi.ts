import { Type } from 'typebox';
import { basic, parseAddress } from '../desks/address.ts';
import { askDesk, type DeskAnswer, type Question } from '../desks/ask.ts';
import { defineConnector } from '../desks/connector.ts';
import { DeskFailure, unlessRefused } from '../desks/desk-failure.ts';
import { GLPI_INCIDENT, GLPI_KEY_LENGTH, GLPI_STATUS_OF, GLPI_STATUSES, glpiWeight } from '../desks/glpi.ts';
import { keyWithin } from '../desks/our-key.ts';
import { htmlOf, plainText } from '../desks/plain-text.ts';
import { reconciling } from '../desks/reconcile.ts';
import type { ChangedTicket, RemoteComment } from '../desks/remote-ticket.ts';
import type { TicketClient, TicketNote } from '../desks/ticket-client.ts';
import { unknownItem } from '../desks/unknown-item.ts';
import { instantOfWall, wallTimeOf } from '../desks/wall-time.ts';
import { zoneOf } from '../engine/calendar.ts';

/** Notes are looked through from the newest back. */
const NOTES_READ = '0-199';
const PER_PAGE = 100;
const PAGES_SEARCHED = 5;
const MOST_CHANGED = 100;
const MOST_COMMENTS = 100;
const READ_AT_ONCE = 5;
const ASSIGNED = 2;
/** Kinds of things a ticket may be about, in the order in which they are looked for. */
const ITEM_KINDS = ['Computer', 'NetworkEquipment', 'Peripheral', 'Printer'];

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
      timeZone: Type.Optional(
        Type.String({
          minLength: 1,
          maxLength: 60,
          default: 'UTC',
          description: 'Time zone in which this account sees times: `Europe/Paris`.',
          fr: 'Fuseau horaire dans lequel ce compte voit les heures\u202f: `Europe/Paris`.',
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
    let searchFields: Promise<SearchFields> | undefined;
    const timeZone = zoneOf(options.timeZone ?? 'UTC');

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

    /** The numbers by which searches know a ticket’s fields: GLPI’s own may change between versions. */
    const fieldsOfSearch = (signal: AbortSignal): Promise<SearchFields> => {
      const look = async () => {
        const { json } = await ask('/listSearchOptions/Ticket', { method: 'GET', signal });
        const fields = Object.entries((json ?? {}) as Record<string, { table?: string; field?: string }>);
        const numberOf = (name: string) =>
          fields.find(([, { table, field }]) => table === 'glpi_tickets' && field === name)?.[0];
        const [key, changed] = [numberOf('externalid'), numberOf('date_mod')];
        if (!key || !changed) throw new DeskFailure('refused', 'tickets of this GLPI have no external identifier');
        return { key, changed };
      };
      searchFields ??= once(look(), () => {
        searchFields = undefined;
      });
      return searchFields;
    };

    async function search(asked: Record<string, string>, signal: AbortSignal) {
      const { json } = await ask(`/search/Ticket?${new URLSearchParams(asked)}`, { method: 'GET', signal });
      const { totalcount, data = [] } = (json ?? {}) as { totalcount?: number; data?: Record<string, unknown>[] };
      if (totalcount === undefined) throw new DeskFailure('retry', 'the answer to a search counts no tickets');
      return { totalcount, data };
    }

    /** The number of what is called so; undefined where there is none, several, or no right to see it. */
    async function named(kind: string, name: string, signal: AbortSignal): Promise<number | undefined> {
      const query = new URLSearchParams({ 'searchText[name]': name, range: '0-49' });
      const { json } = await unlessRefused(ask(`/${kind}?${query}`, { method: 'GET', signal }), NOTHING);
      const found = (Array.isArray(json) ? (json as { id: number; name?: string }[]) : []).filter(
        (one) => one.name === name,
      );
      return found.length === 1 ? found[0]?.id : undefined;
    }

    async function itemNamed(name: string, signal: AbortSignal): Promise<Record<string, number[]> | undefined> {
      for (const kind of ITEM_KINDS) {
        const id = await named(kind, name, signal);
        if (id !== undefined) return { [kind]: [id] };
      }
      return undefined;
    }

    async function read(id: string, key: string | undefined, signal: AbortSignal): Promise<ChangedTicket> {
      const { status, json } = await ask(`/Ticket/${id}`, { method: 'GET', signal });
      if (status === 404) throw new DeskFailure('retry', `ticket ${id} was found and is not there`);
      const ticket = (json ?? {}) as { externalid?: string | null; status?: number; date_mod?: string };
      const users = await ask(`/Ticket/${id}/Ticket_User?expand_dropdowns=true`, { method: 'GET', signal });
      const people = Array.isArray(users.json) ? (users.json as { type?: number; users_id?: string | number }[]) : [];
      const assigned = people.find(({ type }) => type === ASSIGNED)?.users_id;
      const isOurs = key !== undefined && ticket.externalid === keyWithin(key, GLPI_KEY_LENGTH);
      return {
        ...{ id, number: id, changedAt: instantOfWall(ticket.date_mod, timeZone) },
        key: isOurs ? key : ticket.externalid || undefined,
        status: GLPI_STATUSES[ticket.status ?? 0] ?? 'in-progress',
        ...(assigned !== undefined && { assignee: `${assigned}` }),
      };
    }

    async function notesOf(id: string, kind: string, signal: AbortSignal): Promise<Note[]> {
      const query = new URLSearchParams({ range: NOTES_READ, order: 'DESC', expand_dropdowns: 'true' });
      const { json } = await ask(`/Ticket/${id}/${kind}?${query}`, { method: 'GET', signal });
      return Array.isArray(json) ? (json as Note[]) : [];
    }

    const client: TicketClient = {
      async find(key, signal) {
        const asked = {
          'criteria[0][field]': (await fieldsOfSearch(signal)).key,
          'criteria[0][searchtype]': 'equals',
          'criteria[0][value]': keyWithin(key, GLPI_KEY_LENGTH),
          'forcedisplay[0]': '2',
          range: '0-1',
        };
        const { data } = await search(asked, signal);
        return Promise.all(data.map((row) => read(`${row['2']}`, key, signal)));
      },

      async create({ key, subject, text, priority, about: { item, category, team }, fields }, signal) {
        const weight = glpiWeight(priority);
        const items = item === undefined ? undefined : await itemNamed(item, signal);
        const categoryId = category === undefined ? undefined : await named('ITILCategory', category, signal);
        const groupId = team === undefined ? undefined : await named('Group', team, signal);
        const told = item !== undefined && items === undefined ? `${text}\n${unknownItem(item)}` : text;
        const input = {
          ...options.fields,
          ...(items && { items_id: items }),
          ...(categoryId !== undefined && { itilcategories_id: categoryId }),
          ...(groupId !== undefined && { _groups_id_assign: groupId }),
          ...fields,
          ...{ type: GLPI_INCIDENT, name: subject, content: htmlOf(told), externalid: keyWithin(key, GLPI_KEY_LENGTH) },
          ...{ urgency: weight, impact: weight, priority: weight },
        };
        const { id } = ((await write('POST', '/Ticket', input, signal)) ?? {}) as { id?: number };
        if (id === undefined)
          throw new DeskFailure('refused', 'the desk answers without a ticket to the opening of one');
        return read(`${id}`, key, signal);
      },

      async hasNote({ id }, mark, signal) {
        const told = [...(await notesOf(id, 'ITILFollowup', signal)), ...(await notesOf(id, 'ITILSolution', signal))];
        return told.some(({ content }) => content?.includes(`[${mark}]`) === true);
      },

      async change({ id }, { subject, priority, status, note }, signal) {
        const weight = glpiWeight(priority);
        // A solution resolves the ticket by itself; where it was told already, the state alone is missing.
        const isSolution = status === 'resolved' && note !== undefined;
        const input = {
          ...{ id: Number(id), name: subject, urgency: weight, impact: weight, priority: weight },
          ...(status && !isSolution && { status: GLPI_STATUS_OF[status] }),
        };
        await write('PUT', `/Ticket/${id}`, input, signal);
        if (!note) return;
        const content = { itemtype: 'Ticket', items_id: Number(id), content: contentOf(note) };
        if (isSolution) await write('POST', '/ITILSolution', content, signal);
        else await write('POST', '/ITILFollowup', { ...content, is_private: 0 }, signal);
      },

      async changedSince(since, signal) {
        const from = Math.floor(since / 1000) * 1000;
        const { key: keyField, changed: dateField } = await fieldsOfSearch(signal);
        const changed: ChangedTicket[] = [];
        for (let page = 0, total = 1; page < PAGES_SEARCHED && page * PER_PAGE < total; page++) {
          const asked = {
            ...{ 'criteria[0][field]': dateField, 'criteria[0][searchtype]': 'morethan' },
            // The very second is asked for by the one before.
            'criteria[0][value]': wallTimeOf(from - 1000, timeZone),
            ...{ 'forcedisplay[0]': '2', 'forcedisplay[1]': keyField, sort: dateField, order: 'ASC' },
            range: `${page * PER_PAGE}-${(page + 1) * PER_PAGE - 1}`,
          };
          const { totalcount, data } = await search(asked, signal);
          total = totalcount;
          const ours = data.filter((row) => row[keyField]);
          for (let at = 0; at < ours.length; at += READ_AT_ONCE) {
            const some = ours.slice(at, at + READ_AT_ONCE);
            const tickets = await Promise.all(some.map((row) => read(`${row['2']}`, undefined, signal)));
            changed.push(...tickets.filter(({ key, changedAt }) => key !== undefined && changedAt >= from));
          }
          if (changed.length >= MOST_CHANGED) break;
        }
        return changed.sort((a, b) => a.changedAt - b.changedAt);
      },

      async comments({ id }, signal) {
        const followups = await notesOf(id, 'ITILFollowup', signal);
        const solutions = await notesOf(id, 'ITILSolution', signal);
        const told = (kind: string, note: Note): RemoteComment => ({
          ...{ id: `${kind}${note.id}`, by: `${note.users_id ?? ''}`, text: plainText(note.content ?? '') },
          at: instantOfWall(note.date_creation, timeZone),
        });
        return [
          ...followups.map((note) => told('f', note)).reverse(),
          ...solutions.map((note) => told('s', note)).reverse(),
        ]
          .sort((a, b) => a.at - b.at)
          .slice(-MOST_COMMENTS);
      },
    };
    return reconciling(client, context);
  },
});

interface SearchFields {
  key: string;
  changed: string;
}

interface Note {
  id: number;
  users_id?: string | number;
  date_creation?: string;
  content?: string;
}

const NOTHING: DeskAnswer = { status: 404, headers: new Headers(), json: undefined };

/** Faults come as `["ERROR_CODE", "words"]`. */
const codeOf = (json: unknown): string | undefined =>
  Array.isArray(json) && typeof json[0] === 'string' ? json[0].slice(0, 80) : undefined;

/** GLPI’s texts are HTML. */
const contentOf = ({ text, mark }: TicketNote): string => htmlOf(`${text}\n[${mark}]`);
