import { Type } from 'typebox';
import type { Priority } from '../../protocol/weights.ts';
import { basic, parseAddress } from '../desks/address.ts';
import { askDesk, type Question } from '../desks/ask.ts';
import { defineConnector } from '../desks/connector.ts';
import { DeskFailure, unlessRefused } from '../desks/desk-failure.ts';
import { keyWithin } from '../desks/our-key.ts';
import { reconciling } from '../desks/reconcile.ts';
import type { RemoteTicket, TicketStatus } from '../desks/remote-ticket.ts';
import type { TicketClient } from '../desks/ticket-client.ts';
import { unknownItem } from '../desks/unknown-item.ts';

/** Of the incident table; what else a state may be called is taken for work under way. */
const STATES: Readonly<Record<string, TicketStatus>> = {
  1: 'new',
  2: 'in-progress',
  3: 'on-hold',
  6: 'resolved',
  7: 'closed',
  8: 'closed',
};
const STATE_OF = { new: '1', 'in-progress': '2', 'on-hold': '3', resolved: '6', closed: '7' } as const;

/** ServiceNow computes the priority from these two and takes none: the pair whose priority is ours. */
const WEIGHTS: Readonly<Record<Priority, { impact: string; urgency: string }>> = {
  1: { impact: '1', urgency: '1' },
  2: { impact: '1', urgency: '2' },
  3: { impact: '2', urgency: '2' },
  4: { impact: '2', urgency: '3' },
  5: { impact: '3', urgency: '3' },
};

const KEY_LENGTH = 100;
const SUBJECT_LENGTH = 160;
const DISPLAY = 'Vigie';
const FIELDS = 'sys_id,number,state,correlation_id,correlation_display,assigned_to.name,sys_updated_on';
const MOST_CHANGED = 300;
const MOST_COMMENTS = 100;

/** ServiceNow’s incidents, by the Table API. */
export const plugin = defineConnector({
  type: 'servicenow',
  title: { fr: 'ServiceNow, incidents', en: 'ServiceNow, incidents' },
  options: Type.Object(
    {
      url: Type.String({
        pattern: '^https?://',
        maxLength: 2048,
        description: 'The instance: `https://example.service-now.com`.',
        fr: 'L’instance\u202f: `https://example.service-now.com`.',
      }),
      user: Type.Optional(
        Type.String({
          minLength: 1,
          maxLength: 200,
          description: 'With it the secret is this user’s password; without it the secret is an API key.',
          fr: 'Avec lui, le secret est le mot de passe de cet utilisateur\u202f; sans lui, le secret est une clé d’API.',
        }),
      ),
      fields: Type.Optional(
        Type.Record(Type.String({ pattern: '^[a-z][a-z0-9_]{0,79}$' }), Type.String({ maxLength: 4000 }), {
          maxProperties: 40,
          description:
            'More fields of a new incident, by their names in the table: `assignment_group`, `category`, `caller_id`, `contact_type` …',
          fr: 'Autres champs d’un nouvel incident, par leur nom dans la table\u202f: `assignment_group`, `category`, `caller_id`, `contact_type`…',
        }),
      ),
      closeCode: Type.Optional(
        Type.String({
          minLength: 1,
          maxLength: 200,
          default: 'Solved (Permanently)',
          description: 'Value of `close_code` when an incident is resolved.',
          fr: 'Valeur de `close_code` à la résolution d’un incident.',
        }),
      ),
      holdReason: Type.Optional(
        Type.String({
          minLength: 1,
          maxLength: 40,
          default: '1',
          description: 'Value of `hold_reason` when an incident is put on hold.',
          fr: 'Valeur de `hold_reason` à la mise en attente d’un incident.',
        }),
      ),
    },
    { additionalProperties: false },
  ),
  secret: {
    fr: 'Le mot de passe de l’utilisateur, ou la clé d’API. Sur une ligne. Rôle nécessaire\u202f: `itil`\u202f; fuseau horaire du compte\u202f: GMT.',
    en: 'The user’s password, or the API key. On one line. It needs the role `itil`, and its time zone is to be GMT.',
  },
  example: {
    url: 'https://example.service-now.com',
    user: 'vigie',
    fields: { assignment_group: 'Stores', category: 'hardware' },
  },
  create(options, context) {
    const { url } = parseAddress(options.url);
    const { closeCode = 'Solved (Permanently)', holdReason = '1', fields = {} } = options;
    const [secret = ''] = context.secrets;
    const headers: Record<string, string> =
      options.user === undefined ? { 'x-sn-apikey': secret } : { authorization: basic(options.user, secret) };
    const base = `${url.replace(/\/+$/, '')}/api/now/table`;

    async function ask(path: string, question: Omit<Question, 'headers'>): Promise<unknown> {
      const { json } = await askDesk(context, `${base}${path}`, { ...question, headers });
      const { result } = (json ?? {}) as { result?: unknown };
      return result;
    }

    async function rows(table: string, query: string, wanted: string, signal: AbortSignal, limit = 2): Promise<Row[]> {
      const asked = new URLSearchParams({
        sysparm_query: query,
        sysparm_limit: `${limit}`,
        sysparm_fields: wanted,
        sysparm_exclude_reference_link: 'true',
      });
      const result = await ask(`/${table}?${asked}`, { method: 'GET', signal });
      if (!Array.isArray(result)) throw new DeskFailure('retry', 'the answer to a search lists nothing');
      return result as Row[];
    }

    /** The one configuration item of that name; undefined where there is none, or several. */
    async function itemOf(name: string, signal: AbortSignal): Promise<string | undefined> {
      const found = await unlessRefused(rows('cmdb_ci', `name=${escaped(name)}`, 'sys_id,name', signal), []);
      return found.length === 1 && found[0]?.name === name ? found[0].sys_id : undefined;
    }

    /** What an account may read of the journal depends on its rights: 403, or rows that are left out without a word. */
    async function journalBears(id: string, mark: string, signal: AbortSignal): Promise<boolean> {
      const query = `element_id=${id}^elementINwork_notes,comments^valueLIKE[${mark}]`;
      const found = await unlessRefused(rows('sys_journal_field', query, 'element_id,value', signal), []);
      return found.some(({ element_id, value }) => element_id === id && value?.includes(`[${mark}]`) === true);
    }

    /** Of a key that is too long for the field, the field’s value stands for it. */
    const ticketOf = (row: Row, key?: string): RemoteTicket => {
      const { sys_id, number, state, correlation_id, 'assigned_to.name': assignee } = row;
      if (!sys_id || !number) throw new DeskFailure('retry', 'the desk answers with an incident that has no number');
      return {
        id: sys_id,
        number,
        key: key !== undefined && correlation_id === keyWithin(key, KEY_LENGTH) ? key : correlation_id || undefined,
        status: STATES[state ?? ''] ?? 'in-progress',
        ...(assignee && { assignee }),
      };
    };

    const client: TicketClient = {
      async find(key, signal) {
        const found = await rows('incident', `correlation_id=${escaped(keyWithin(key, KEY_LENGTH))}`, FIELDS, signal);
        return found.map((row) => ticketOf(row, key));
      },

      async create({ key, subject, text, priority, about: { item, category, team }, fields: more }, signal) {
        const found = item === undefined ? undefined : await itemOf(item, signal);
        const body = {
          ...fields,
          ...(category !== undefined && { category }),
          ...(team !== undefined && { assignment_group: team }),
          ...(found !== undefined && { cmdb_ci: found }),
          ...(item !== undefined && found === undefined && { work_notes: unknownItem(item) }),
          ...more,
          short_description: subject.slice(0, SUBJECT_LENGTH),
          description: text,
          ...WEIGHTS[priority],
          correlation_id: keyWithin(key, KEY_LENGTH),
          correlation_display: DISPLAY,
        };
        const path = `/incident?${new URLSearchParams({ sysparm_fields: FIELDS, sysparm_exclude_reference_link: 'true' })}`;
        return ticketOf(((await ask(path, { method: 'POST', body, signal })) ?? {}) as Row, key);
      },

      async hasNote({ id }, mark, signal) {
        if (await journalBears(id, mark, signal)) return true;
        // The incident shows its own journal whole, to whoever may read it.
        const shown = new URLSearchParams({ sysparm_fields: 'work_notes,comments', sysparm_display_value: 'true' });
        const { work_notes, comments } = ((await ask(`/incident/${id}?${shown}`, { method: 'GET', signal })) ??
          {}) as Row;
        return [work_notes, comments].some((journal) => journal?.includes(`[${mark}]`) === true);
      },

      async change({ id }, { subject, priority, status, note }, signal) {
        const body = {
          short_description: subject.slice(0, SUBJECT_LENGTH),
          ...WEIGHTS[priority],
          ...(status && { state: STATE_OF[status] }),
          ...(status === 'on-hold' && { hold_reason: holdReason }),
          ...(status === 'resolved' && { close_code: closeCode, close_notes: note?.text ?? subject }),
          ...(note && { work_notes: `[${note.mark}]\n${note.text}` }),
        };
        await ask(`/incident/${id}?sysparm_fields=sys_id`, { method: 'PATCH', body, signal });
      },

      async changedSince(since, signal) {
        const query = `correlation_display=${DISPLAY}^sys_updated_on>=${timeOf(since)}^ORDERBYsys_updated_on`;
        const found = await rows('incident', query, FIELDS, signal, MOST_CHANGED);
        return found
          .filter((row) => row.correlation_display === DISPLAY && row.correlation_id)
          .map((row) => ({ ...ticketOf(row), changedAt: instantOf(row.sys_updated_on) }))
          .filter(({ changedAt }) => changedAt >= Math.floor(since / 1000) * 1000)
          .sort((a, b) => a.changedAt - b.changedAt);
      },

      async comments({ id }, signal) {
        const query = `element_id=${id}^elementINwork_notes,comments^ORDERBYDESCsys_created_on`;
        const wanted = 'sys_id,element_id,value,sys_created_on,sys_created_by';
        const found = await rows('sys_journal_field', query, wanted, signal, MOST_COMMENTS);
        return found
          .filter(({ element_id }) => element_id === id)
          .map(({ sys_id = '', value = '', sys_created_on, sys_created_by = '' }) => ({
            ...{ id: sys_id, by: sys_created_by, at: instantOf(sys_created_on), text: value },
          }))
          .reverse();
      },
    };
    return reconciling(client, context);
  },
});

type Row = Readonly<Record<string, string | undefined>>;

/** `2026-11-22 08:00:00`, as tables keep their times: in UTC. */
const timeOf = (at: number): string => new Date(at).toISOString().slice(0, 19).replace('T', ' ');

function instantOf(time: string | undefined): number {
  const at = Date.parse(`${time?.replace(' ', 'T')}Z`);
  if (Number.isNaN(at)) throw new DeskFailure('retry', 'the desk tells a time that is none');
  return at;
}

/** `^` parts the conditions of a query; doubled it is itself. */
const escaped = (value: string): string => value.replaceAll('^', '^^');
