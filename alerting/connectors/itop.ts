import { createHash } from 'node:crypto';
import { Type } from 'typebox';
import type { Priority } from '../../protocol/weights.ts';
import { parseAddress } from '../desks/address.ts';
import { askDesk } from '../desks/ask.ts';
import { defineConnector } from '../desks/connector.ts';
import { DeskFailure } from '../desks/desk-failure.ts';
import { digestOf, keyWithin } from '../desks/our-key.ts';
import { htmlOf } from '../desks/plain-text.ts';
import { reconciling } from '../desks/reconcile.ts';
import type { ChangedTicket, RemoteComment, TicketStatus } from '../desks/remote-ticket.ts';
import type { TicketClient } from '../desks/ticket-client.ts';
import { unknownItem } from '../desks/unknown-item.ts';
import { instantOfWall, wallTimeOf } from '../desks/wall-time.ts';
import { zoneOf } from '../engine/calendar.ts';

const STATUSES: Readonly<Record<string, TicketStatus>> = {
  new: 'new',
  escalated_tto: 'new',
  assigned: 'in-progress',
  escalated_ttr: 'in-progress',
  pending: 'on-hold',
  resolved: 'resolved',
  closed: 'closed',
  rejected: 'closed',
};

type Stimulus = 'ev_assign' | 'ev_pending' | 'ev_resolve' | 'ev_reopen';
/** The way from one state to another; there is none that is shorter. */
const WAYS: Readonly<Record<TicketStatus, Partial<Record<TicketStatus, readonly Stimulus[]>>>> = {
  new: {
    'in-progress': ['ev_assign'],
    'on-hold': ['ev_assign', 'ev_pending'],
    resolved: ['ev_assign', 'ev_resolve'],
  },
  'in-progress': { 'on-hold': ['ev_pending'], resolved: ['ev_resolve'] },
  'on-hold': { 'in-progress': ['ev_assign'], resolved: ['ev_assign', 'ev_resolve'] },
  resolved: { 'in-progress': ['ev_reopen'] },
  closed: {},
};

/** Impact and urgency, 1 the gravest: of them iTop makes the priority. */
const WEIGHTS: Readonly<Record<Priority, { impact: string; urgency: string }>> = {
  1: { impact: '1', urgency: '1' },
  2: { impact: '1', urgency: '2' },
  3: { impact: '2', urgency: '2' },
  4: { impact: '2', urgency: '3' },
  5: { impact: '3', urgency: '3' },
};

const TITLE_LENGTH = 255;
const KEY_LENGTH = 255;
const PER_PAGE = 200;
const PAGES_READ = 5;
const MOST_CHANGED = 300;
const MOST_COMMENTS = 100;
const LOGS = ['private_log', 'public_log'] as const;
const FIELDS = 'id,ref,status,description,agent_id_friendlyname,last_update';
/** Of its internal errors, those that pass. */
const PASSES = /deadlock|lock wait|gone away|too many connections|timed? ?out/i;

const Name = (description: string, fr: string) => Type.String({ minLength: 1, maxLength: 200, description, fr });

/**
 * iTop. It answers 200 whatever became of a question: the code in the answer tells. It has no field for a key of ours: without
 * `keyField` a mark at the end of the description bears it.
 */
export const plugin = defineConnector({
  type: 'itop',
  title: { fr: 'iTop', en: 'iTop' },
  options: Type.Object(
    {
      url: Type.String({
        pattern: '^https?://',
        maxLength: 2048,
        description: 'Where iTop is, as people open it: `https://itop.example`.',
        fr: 'Adresse d’iTop, telle qu’on l’ouvre\u202f: `https://itop.example`.',
      }),
      user: Name(
        'An account with the profile “REST Services User”.',
        'Un compte ayant le profil «\u00a0REST Services User\u00a0».',
      ),
      class: Type.Optional(
        Type.Enum(['Incident', 'UserRequest'], {
          default: 'Incident',
          description: 'The class of the tickets.',
          fr: 'La classe des tickets.',
        }),
      ),
      organization: Name(
        'Name of the organisation whose tickets they are.',
        'Nom de l’organisation à laquelle ils appartiennent.',
      ),
      team: Name(
        'Name of the team that has a ticket once it is taken.',
        'Nom de l’équipe qui reçoit un ticket pris en charge.',
      ),
      agent: Name(
        'Name of the agent who has it then, as iTop shows it.',
        'Nom de l’agent qui le reçoit alors, tel qu’iTop l’affiche.',
      ),
      keyField: Type.Optional(
        Type.String({
          pattern: '^[a-z][a-z0-9_]{0,63}$',
          description:
            'A text attribute of the class, of 255 characters, that bears our key. Faster than a mark in the description.',
          fr: 'Un attribut texte de la classe, de 255 caractères, qui porte notre clé. Plus rapide qu’une marque dans la description.',
        }),
      ),
      log: Type.Optional(
        Type.Enum([...LOGS], {
          default: 'private_log',
          description: 'Where news is written; the public log is seen by the caller.',
          fr: 'Journal où sont écrites les nouvelles\u202f; le journal public est visible du demandeur.',
        }),
      ),
      resolutionCode: Type.Optional(
        Type.String({
          minLength: 1,
          maxLength: 100,
          default: 'other',
          description: 'The resolution code of what is over.',
          fr: 'Le code de résolution de ce qui est terminé.',
        }),
      ),
      timeZone: Type.Optional(
        Type.String({
          minLength: 1,
          maxLength: 60,
          default: 'UTC',
          description: 'Time zone of the server: `Europe/Paris`.',
          fr: 'Fuseau horaire du serveur\u202f: `Europe/Paris`.',
        }),
      ),
    },
    { additionalProperties: false },
  ),
  secret: { fr: 'Le mot de passe du compte. Sur une ligne.', en: 'The account’s password. On one line.' },
  example: {
    ...{ url: 'https://itop.example', user: 'vigie', organization: 'Marchés Clairvoie' },
    ...{ team: 'Magasins', agent: 'Vigie' },
  },
  create(options, context) {
    const { url } = parseAddress(options.url);
    const { class: kind = 'Incident', keyField, log = 'private_log', resolutionCode = 'other' } = options;
    const [password = ''] = context.secrets;
    const address = `${url.replace(/\/+$/, '')}/webservices/rest.php?version=1.3`;
    const timeZone = zoneOf(options.timeZone ?? 'UTC');
    const wanted = [FIELDS, ...(keyField === undefined ? [] : [keyField])].join(',');

    async function ask(operation: string, parameters: object, signal: AbortSignal): Promise<Row[]> {
      const json_data = JSON.stringify({ operation: `core/${operation}`, ...parameters });
      const form = { auth_user: options.user, auth_pwd: password, json_data };
      const { json } = await askDesk(context, address, { method: 'POST', form, signal });
      const { code, message, objects } = (json ?? {}) as Answer;
      if (code === 0) return Object.values(objects ?? {}).map(({ key, fields }) => ({ ...fields, id: `${key}` }));
      if (typeof code !== 'number') throw new DeskFailure('retry', 'the desk answers without a code');
      if (code === 1) throw new DeskFailure('retry', 'iTop does not accept our credentials');
      const said = `iTop says ${code}${message ? `: ${message.slice(0, 200)}` : ''}`;
      throw new DeskFailure(PASSES.test(message ?? '') ? 'retry' : 'refused', said);
    }

    const list = (oql: string, fields: string, limit: number, page: number, signal: AbortSignal, of: string = kind) =>
      ask('get', { class: of, key: oql, output_fields: fields, limit: `${limit}`, page: `${page}` }, signal);

    const markOf = (key: string): string => `[vigie~${digestOf(key)}]`;
    /** Our key as the ticket bears it: itself, or what is known again by its digest. */
    function borneBy(row: Row): string | undefined {
      if (keyField !== undefined) return row[keyField] || undefined;
      const marks = [...(row.description ?? '').matchAll(/\[vigie(~[0-9a-f]{32})\]/g)];
      return marks.at(-1)?.[1];
    }
    const bornAs = (key: string): string => (keyField === undefined ? `~${digestOf(key)}` : keyWithin(key, KEY_LENGTH));

    function ticketOf(row: Row, key?: string): ChangedTicket {
      const { id = '', ref = '', status = '', agent_id_friendlyname: agent, last_update } = row;
      const borne = borneBy(row);
      return {
        ...{ id, number: ref || id, status: STATUSES[status] ?? 'in-progress' },
        key: key !== undefined && borne === bornAs(key) ? key : borne,
        ...(agent && { assignee: agent }),
        changedAt: instantOfWall(last_update, timeZone),
      };
    }

    async function itemNamed(name: string, signal: AbortSignal): Promise<string | undefined> {
      const found = await list(
        `SELECT FunctionalCI WHERE name = ${quoted(name)}`,
        'id,name',
        2,
        1,
        signal,
        'FunctionalCI',
      );
      return found.length === 1 && found[0]?.name === name ? found[0].id : undefined;
    }

    function fieldsOf(stimulus: Stimulus, note: string): object {
      if (stimulus === 'ev_resolve') return { resolution_code: resolutionCode, solution: htmlOf(note) };
      if (stimulus === 'ev_pending') return { pending_reason: note };
      if (stimulus === 'ev_reopen') return {};
      return {
        team_id: `SELECT Team WHERE name = ${quoted(options.team)}`,
        agent_id: `SELECT Person WHERE friendlyname = ${quoted(options.agent)}`,
      };
    }

    const client: TicketClient = {
      async find(key, signal) {
        const where =
          keyField === undefined
            ? `description LIKE ${quoted(`%${markOf(key)}%`)}`
            : `${keyField} = ${quoted(keyWithin(key, KEY_LENGTH))}`;
        const rows = await list(`SELECT ${kind} WHERE ${where}`, wanted, 2, 1, signal);
        return rows.map((row) => withoutTime(ticketOf(row, key)));
      },

      async create({ key, subject, text, priority, about: { item }, fields }, signal) {
        const ci = item === undefined ? undefined : await itemNamed(item, signal);
        const told = item !== undefined && ci === undefined ? `${text}\n${unknownItem(item)}` : text;
        const mark = keyField === undefined ? `\n${markOf(key)}` : '';
        const input = {
          org_id: `SELECT Organization WHERE name = ${quoted(options.organization)}`,
          origin: 'monitoring',
          ...fields,
          ...{ title: subject.slice(0, TITLE_LENGTH), description: htmlOf(`${told}${mark}`), ...WEIGHTS[priority] },
          ...(keyField !== undefined && { [keyField]: keyWithin(key, KEY_LENGTH) }),
          ...(ci !== undefined && { functionalcis_list: [{ functionalci_id: ci }] }),
        };
        const asked = { class: kind, comment: 'Vigie', fields: input, output_fields: wanted };
        const [row] = await ask('create', asked, signal);
        if (!row) throw new DeskFailure('retry', 'the desk answers without a ticket');
        return withoutTime(ticketOf(row, key));
      },

      async hasNote({ id }, mark, signal) {
        const [row] = await ask('get', { class: kind, key: Number(id), output_fields: LOGS.join(',') }, signal);
        return LOGS.some((name) => entriesOf(row, name).some(({ message }) => message?.includes(`[${mark}]`)));
      },

      async change({ id, status: from }, { subject, priority, status, note }, signal) {
        const own = { class: kind, key: Number(id), comment: 'Vigie', output_fields: 'id' };
        const told = note && { add_item: { message: `${note.text}\n[${note.mark}]`, format: 'text' } };
        const fields = { title: subject.slice(0, TITLE_LENGTH), ...WEIGHTS[priority], ...(told && { [log]: told }) };
        await ask('update', { ...own, fields }, signal);
        for (const stimulus of status === undefined ? [] : (WAYS[from][status] ?? [])) {
          await ask('apply_stimulus', { ...own, stimulus, fields: fieldsOf(stimulus, note?.text ?? subject) }, signal);
        }
      },

      async changedSince(since, signal) {
        const from = Math.floor(since / 1000) * 1000;
        const ours = keyField === undefined ? `description LIKE '%[vigie~%'` : `${keyField} != ''`;
        const oql = `SELECT ${kind} WHERE last_update >= '${wallTimeOf(from, timeZone)}' AND ${ours}`;
        const changed: ChangedTicket[] = [];
        // Answers come by number: all of them are read before the oldest change is known.
        for (let page = 1; page <= PAGES_READ; page++) {
          const rows = await list(oql, wanted, PER_PAGE, page, signal);
          changed.push(...rows.map((row) => ticketOf(row)));
          if (rows.length < PER_PAGE) break;
        }
        return changed
          .filter(({ key, changedAt }) => key !== undefined && changedAt >= from)
          .sort((a, b) => a.changedAt - b.changedAt)
          .slice(0, MOST_CHANGED);
      },

      async comments({ id }, signal) {
        const [row] = await ask('get', { class: kind, key: Number(id), output_fields: LOGS.join(',') }, signal);
        return LOGS.flatMap((name) => commentsIn(entriesOf(row, name), name, timeZone))
          .sort((a, b) => a.at - b.at)
          .slice(-MOST_COMMENTS);
      },
    };
    return reconciling(client, context);
  },
});

interface Answer {
  code?: number;
  message?: string | null;
  objects?: Record<string, { key: string | number; fields?: Row }> | null;
}

type Row = Readonly<Record<string, string | undefined>>;

interface LogEntry {
  date?: string;
  user_login?: string;
  message?: string;
}

/** A ticket that is asked for is as it is now. */
const withoutTime = ({ changedAt: _, ...ticket }: ChangedTicket) => ticket;

/** The newest first, as iTop keeps them. */
const entriesOf = (row: Row | undefined, name: string): LogEntry[] =>
  ((row as Record<string, { entries?: LogEntry[] } | undefined> | undefined)?.[name]?.entries ?? []) as LogEntry[];

/** Entries have no names of their own: what is said, when and by whom makes one, and its place among its like. */
function commentsIn(entries: readonly LogEntry[], log: string, timeZone: string): RemoteComment[] {
  const likes = new Map<string, number>();
  return entries.toReversed().map(({ date, user_login = '', message = '' }) => {
    const said = createHash('sha256').update(`${date} ${user_login} ${message}`).digest('hex').slice(0, 24);
    const place = (likes.get(said) ?? 0) + 1;
    likes.set(said, place);
    return {
      id: `${log}-${said}-${place}`,
      by: user_login,
      at: instantOfWall(date, timeZone),
      text: message,
    };
  });
}

/** A text of OQL. */
const quoted = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
