import { Type } from 'typebox';
import { parseAddress } from '../desks/address.ts';
import { askDesk } from '../desks/ask.ts';
import { defineConnector } from '../desks/connector.ts';
import { DeskFailure, unlessRefused } from '../desks/desk-failure.ts';
import { fieldOf, type ItopRow, leadsTo, rowsOf } from '../desks/itop-answer.ts';
import { ITOP_STATUSES, ITOP_WEIGHTS, type Stimulus, wayBetween } from '../desks/itop-lifecycle.ts';
import { bearsNote, commentsOf, ITOP_LOGS } from '../desks/itop-log.ts';
import { oldestChanges } from '../desks/oldest-changes.ts';
import { keyOf, quoted, whereNamed } from '../desks/oql.ts';
import { digestOf, keyWithin } from '../desks/our-key.ts';
import { htmlOf } from '../desks/plain-text.ts';
import { reconciling } from '../desks/reconcile.ts';
import type { ChangedTicket, RemoteTicket } from '../desks/remote-ticket.ts';
import type { TicketClient } from '../desks/ticket-client.ts';
import { unknownItem } from '../desks/unknown-item.ts';
import { instantOfWall, wallTimeOf } from '../desks/wall-time.ts';
import { zoneOf } from '../engine/calendar.ts';

const TITLE_LENGTH = 255;
const KEY_LENGTH = 255;
const MOST_CHANGED = 300;
const MOST_COMMENTS = 100;
/** Of objects of one name, upper and lower case aside. */
const NAMES_READ = 10;
const COMMENT = 'Vigie';
const FIELDS = 'id,ref,status,description,agent_id_friendlyname,last_update';

/** An object by its name, or by its number. */
const Named = (description: string, fr: string) =>
  Type.Union([Type.Integer({ minimum: 1 }), Type.String({ minLength: 1, maxLength: 200 })], { description, fr });

/** iTop. It has no field for a key of ours: without `keyField` a mark at the end of the description bears it. */
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
      user: Type.Optional(
        Type.String({
          minLength: 1,
          maxLength: 200,
          description:
            'An account with the profile “REST Services User” that may also modify in bulk: the secret is its password. Without it, the secret is a token.',
          fr: 'Un compte ayant le profil «\u00a0REST Services User\u00a0» et le droit de modification en masse\u202f: le secret est son mot de passe. Sans lui, le secret est un jeton.',
        }),
      ),
      class: Type.Optional(
        Type.Enum(['Incident', 'UserRequest'], {
          default: 'Incident',
          description: 'The class of the tickets.',
          fr: 'La classe des tickets.',
        }),
      ),
      organization: Named(
        'Name or number of the organisation whose tickets they are.',
        'Nom ou numéro de l’organisation à laquelle ils appartiennent.',
      ),
      team: Type.Optional(
        Named(
          'Name or number of the team that has a ticket once it is taken, where it has none.',
          'Nom ou numéro de l’équipe qui reçoit un ticket pris en charge, s’il n’en a pas.',
        ),
      ),
      agent: Type.Optional(
        Named(
          'Name, as iTop shows it, or number of the agent who has it then, where nobody has. Without one, what nobody has taken there cannot be put on hold nor resolved.',
          'Nom, tel qu’iTop l’affiche, ou numéro de l’agent qui le reçoit alors, si personne ne l’a. Sans lui, ce que personne n’a pris là-bas ne peut être mis en attente ni résolu.',
        ),
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
        Type.Enum([...ITOP_LOGS], {
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
          description:
            'The resolution code of what is over. iTop may ask for a service as well: give it to new tickets, `fields: { service_id: … }`.',
          fr: 'Le code de résolution de ce qui est terminé. iTop peut aussi exiger un service\u202f: donnez-le aux nouveaux tickets, `fields: { service_id: … }`.',
        }),
      ),
      solution: Type.Optional(
        Type.String({
          minLength: 1,
          maxLength: 4000,
          description: 'The solution of what is over; what the ticket is told then, by default.',
          fr: 'La solution de ce qui est terminé\u202f; par défaut, ce qui est alors dit au ticket.',
        }),
      ),
      timeZone: Type.Optional(
        Type.String({
          minLength: 1,
          maxLength: 60,
          default: 'Europe/Paris',
          description: 'Time zone of the server, `timezone` in its configuration.',
          fr: 'Fuseau horaire du serveur, `timezone` dans sa configuration.',
        }),
      ),
    },
    { additionalProperties: false },
  ),
  secret: {
    fr: 'Le mot de passe du compte, ou le jeton. Sur une ligne.',
    en: 'The account’s password, or the token. On one line.',
  },
  example: {
    ...{ url: 'https://itop.example', user: 'vigie', organization: 'Marchés Clairvoie' },
    ...{ team: 'Magasins', agent: 'Vigie' },
  },
  create(options, context) {
    const { url } = parseAddress(options.url);
    const { class: kind = 'Incident', keyField, log = 'private_log', resolutionCode = 'other' } = options;
    const { user, organization, team, agent, solution } = options;
    const [secret = ''] = context.secrets;
    const address = `${url.replace(/\/+$/, '')}/webservices/rest.php?version=1.3`;
    const credentials: Record<string, string> = user === undefined ? {} : { auth_user: user, auth_pwd: secret };
    const headers: Record<string, string> = user === undefined ? { 'auth-token': secret } : {};
    const timeZone = zoneOf(options.timeZone ?? 'Europe/Paris');
    const wanted = [FIELDS, ...(keyField === undefined ? [] : [keyField])].join(',');

    async function ask(operation: string, parameters: object, signal: AbortSignal): Promise<ItopRow[]> {
      const form = { ...credentials, json_data: JSON.stringify({ operation: `core/${operation}`, ...parameters }) };
      const { status, json } = await askDesk(context, address, { method: 'POST', form, headers, signal });
      if (status === 404) throw new DeskFailure('refused', 'HTTP 404: there is no iTop');
      return rowsOf(json);
    }

    const list = (oql: string, limit: number, signal: AbortSignal): Promise<ItopRow[]> =>
      ask('get', { class: kind, key: oql, output_fields: wanted, limit, page: 1 }, signal);

    async function read(id: string, fields: string, signal: AbortSignal): Promise<ItopRow> {
      const rows = await ask('get', { class: kind, key: Number(id), output_fields: fields }, signal);
      const row = rows.find((one) => one.id === id);
      if (!row) throw new DeskFailure('retry', `ticket ${id} was found and is not there`);
      return row;
    }

    const markOf = (key: string): string => `[vigie~${digestOf(key)}]`;
    /** Our key as the ticket bears it: itself, or what is known again by its digest. */
    function borneBy(row: ItopRow): string | undefined {
      if (keyField !== undefined) return fieldOf(row, keyField);
      const marks = [...(fieldOf(row, 'description') ?? '').matchAll(/\[vigie(~[0-9a-f]{32})\]/g)];
      return marks.at(-1)?.[1];
    }
    const borneAs = (key: string): string =>
      keyField === undefined ? `~${digestOf(key)}` : keyWithin(key, KEY_LENGTH);

    function ticketOf(row: ItopRow, key?: string): RemoteTicket {
      const status = fieldOf(row, 'status');
      if (status === undefined) throw new DeskFailure('retry', 'the desk answers with a ticket that has no state');
      const borne = borneBy(row);
      const assignee = fieldOf(row, 'agent_id_friendlyname');
      return {
        ...{ id: row.id, number: fieldOf(row, 'ref') ?? row.id, status: ITOP_STATUSES[status] ?? 'in-progress' },
        key: key !== undefined && borne === borneAs(key) ? key : borne,
        ...(assignee !== undefined && { assignee }),
      };
    }

    /** The number of what is called so; undefined where there is none, several, or no right to see it. */
    async function named(of: string, name: string | undefined, signal: AbortSignal): Promise<string | undefined> {
      if (name === undefined) return undefined;
      const asked = { class: of, key: whereNamed(of, name), output_fields: 'id,name', limit: NAMES_READ, page: 1 };
      const found = await unlessRefused(ask('get', asked, signal), []);
      // A name in capitals is another’s.
      const [one, ...more] = found.filter((row) => row.name === name);
      return more.length === 0 ? one?.id : undefined;
    }

    /** What people there decided about who has it stays. */
    async function assignment(id: string, signal: AbortSignal) {
      const row = await read(id, 'team_id,agent_id', signal);
      const fields = {
        ...(team !== undefined && !leadsTo(row, 'team_id') && { team_id: keyOf('Team', team) }),
        ...(agent !== undefined && !leadsTo(row, 'agent_id') && { agent_id: keyOf('Person', agent) }),
      };
      return { fields, isPossible: agent !== undefined || leadsTo(row, 'agent_id') };
    }

    async function move(id: string, way: readonly Stimulus[], note: string, signal: AbortSignal): Promise<void> {
      for (const stimulus of way) {
        let fields: object = {};
        if (stimulus === 'ev_assign') {
          const assigned = await assignment(id, signal);
          // Where nobody is to have it, iTop may still let it go on, or says itself why not.
          if (!assigned.isPossible && way.length > 1) continue;
          fields = assigned.fields;
        }
        if (stimulus === 'ev_pending') fields = { pending_reason: note };
        if (stimulus === 'ev_resolve') {
          fields = { resolution_code: resolutionCode, solution: htmlOf(solution ?? note) };
        }
        const asked = { class: kind, key: Number(id), comment: COMMENT, stimulus, fields, output_fields: 'id' };
        await ask('apply_stimulus', asked, signal);
      }
    }

    /** Told by number, not by time. */
    async function changedWithin(from: number, until: number, signal: AbortSignal): Promise<ChangedTicket[]> {
      const ours = keyField === undefined ? `description LIKE '%[vigie~%'` : `${keyField} != ''`;
      const end = until === Number.POSITIVE_INFINITY ? '' : ` AND last_update <= '${wallTimeOf(until, timeZone)}'`;
      const oql = `SELECT ${kind} WHERE last_update >= '${wallTimeOf(from, timeZone)}'${end} AND ${ours}`;
      const rows = await list(oql, MOST_CHANGED + 1, signal);
      return rows.map((row) => ({
        ...ticketOf(row),
        changedAt: instantOfWall(fieldOf(row, 'last_update'), timeZone),
      }));
    }

    const client: TicketClient = {
      async find(key, signal) {
        const where =
          keyField === undefined
            ? `description LIKE ${quoted(`%${markOf(key)}%`)}`
            : `${keyField} = ${quoted(keyWithin(key, KEY_LENGTH))}`;
        return (await list(`SELECT ${kind} WHERE ${where}`, 2, signal)).map((row) => ticketOf(row, key));
      },

      async create({ key, subject, text, priority, about, fields }, signal) {
        const { item } = about;
        const ci = await named('FunctionalCI', item, signal);
        const teamId = await named('Team', about.team, signal);
        const told = item !== undefined && ci === undefined ? `${text}\n${unknownItem(item)}` : text;
        const mark = keyField === undefined ? `\n${markOf(key)}` : '';
        const input = {
          ...{ org_id: keyOf('Organization', organization), origin: 'monitoring' },
          ...(teamId !== undefined && { team_id: teamId }),
          ...fields,
          ...{
            title: subject.slice(0, TITLE_LENGTH),
            description: htmlOf(`${told}${mark}`),
            ...ITOP_WEIGHTS[priority],
          },
          ...(keyField !== undefined && { [keyField]: keyWithin(key, KEY_LENGTH) }),
          ...(ci !== undefined && { functionalcis_list: [{ functionalci_id: ci }] }),
        };
        const asked = { class: kind, comment: COMMENT, fields: input, output_fields: 'id' };
        const [made] = await ask('create', asked, signal);
        if (!made) throw new DeskFailure('retry', 'the desk answers without a ticket');
        // The answer tells the ticket as it was sent.
        return ticketOf(await read(made.id, wanted, signal), key);
      },

      async hasNote({ id }, mark, signal) {
        return bearsNote(await read(id, ITOP_LOGS.join(','), signal), mark);
      },

      async change({ id, status: from }, { subject, priority, status, note }, signal) {
        const told = note && { add_item: { message: `${note.text}\n[${note.mark}]`, format: 'text' } };
        const fields = {
          ...{ title: subject.slice(0, TITLE_LENGTH), ...ITOP_WEIGHTS[priority] },
          ...(told && { [log]: told }),
        };
        await ask('update', { class: kind, key: Number(id), comment: COMMENT, fields, output_fields: 'id' }, signal);
        await move(id, wayBetween(from, status), note?.text ?? subject, signal);
      },

      async changedSince(since, signal) {
        const changed = await oldestChanges(since, MOST_CHANGED, (from, until) => changedWithin(from, until, signal));
        return changed.filter(({ key }) => key !== undefined);
      },

      async comments({ id }, signal) {
        return commentsOf(await read(id, ITOP_LOGS.join(','), signal), timeZone).slice(-MOST_COMMENTS);
      },
    };
    return reconciling(client, context);
  },
});
