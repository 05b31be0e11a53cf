import { Temporal } from 'temporal-polyfill';
import { Type } from 'typebox';
import { basic, parseAddress } from '../desks/address.ts';
import { type AdfNode, adfOf, textOfAdf } from '../desks/adf.ts';
import { askDesk, type Question } from '../desks/ask.ts';
import { defineConnector } from '../desks/connector.ts';
import { DeskFailure } from '../desks/desk-failure.ts';
import {
  JIRA_STATUS_NAMES,
  type JiraStatus,
  type JiraTransition,
  statusOfJira,
  transitionTo,
} from '../desks/jira-workflow.ts';
import { digestOf } from '../desks/our-key.ts';
import { reconciling } from '../desks/reconcile.ts';
import type { ChangedTicket, RemoteTicket } from '../desks/remote-ticket.ts';
import type { TicketClient } from '../desks/ticket-client.ts';
import { zoneOf } from '../engine/calendar.ts';

const SUMMARY_LENGTH = 255;
/** Of all our issues; beside it each has one of its own. */
const LABEL = 'vigie';
const OWN_LABEL = /^vigie(-[0-9a-f]{32})$/;
const FIELDS = ['status', 'labels', 'assignee', 'updated'];
const PER_PAGE = 100;
const PAGES_READ = 5;
const MOST_CHANGED = 300;
/** Searches show an issue seconds after it was made; for so long we do not believe that it is not there. */
const DOUBT_MS = 60_000;

const FieldId = (description: string, fr: string) =>
  Type.Optional(Type.String({ pattern: '^customfield_\\d{1,9}$', description, fr }));
const Names = (description: string, fr: string) =>
  Type.Optional(
    Type.Array(Type.String({ minLength: 1, maxLength: 100 }), { minItems: 1, maxItems: 20, description, fr }),
  );

/**
 * Jira Service Management, Cloud. A label bears our key, by its digest: it is made with the issue, in one request. A search lags
 * behind: an issue whose making was not answered is taken to be there for a minute, and nothing else is opened meanwhile.
 */
export const plugin = defineConnector({
  type: 'jira',
  title: { fr: 'Jira Service Management', en: 'Jira Service Management' },
  options: Type.Object(
    {
      url: Type.String({
        pattern: '^https?://',
        maxLength: 2048,
        description: 'The site: `https://example.atlassian.net`.',
        fr: 'Le site\u202f: `https://example.atlassian.net`.',
      }),
      user: Type.String({
        minLength: 3,
        maxLength: 254,
        description: 'E-mail address of the account in whose name issues are written.',
        fr: 'Adresse de courriel du compte au nom duquel les demandes sont écrites.',
      }),
      project: Type.String({
        pattern: '^[A-Z][A-Z0-9_]{1,29}$',
        description: 'Key of the project: `SUP`.',
        fr: 'Clé du projet\u202f: `SUP`.',
      }),
      issueType: Type.Optional(
        Type.String({
          minLength: 1,
          maxLength: 100,
          default: '[System] Incident',
          description: 'Name of the type of the issues.',
          fr: 'Nom du type des demandes.',
        }),
      ),
      priorities: Type.Optional(
        Type.Array(Type.String({ minLength: 1, maxLength: 60 }), {
          minItems: 5,
          maxItems: 5,
          description: 'Names of the priorities, P1 to P5; `Highest` to `Lowest` where left out.',
          fr: 'Noms des priorités, de P1 à P5\u202f; `Highest` à `Lowest` par défaut.',
        }),
      ),
      onHold: Names(
        'Names of statuses that mean on hold.',
        'Noms des statuts qui signifient «\u00a0en attente\u00a0».',
      ),
      resolved: Names('Names of statuses that mean resolved.', 'Noms des statuts qui signifient «\u00a0résolu\u00a0».'),
      closed: Names(
        'Names of statuses from which nothing is opened again.',
        'Noms des statuts depuis lesquels rien n’est rouvert.',
      ),
      resolution: Type.Optional(
        Type.String({
          minLength: 1,
          maxLength: 100,
          description: 'Name of the resolution, where the workflow asks for one.',
          fr: 'Nom de la résolution, si le flux de travail en demande une.',
        }),
      ),
      isPublic: Type.Optional(
        Type.Boolean({
          default: false,
          description: 'Whether news is shown to customers, instead of agents only.',
          fr: 'Si les nouvelles sont visibles des clients, et non des seuls agents.',
        }),
      ),
      itemField: FieldId(
        'Text field that takes the configuration item.',
        'Champ texte qui reçoit l’élément de configuration.',
      ),
      categoryField: FieldId('Text field that takes the category.', 'Champ texte qui reçoit la catégorie.'),
      teamField: FieldId('Text field that takes the team.', 'Champ texte qui reçoit l’équipe.'),
      timeZone: Type.Optional(
        Type.String({
          minLength: 1,
          maxLength: 60,
          default: 'UTC',
          description: 'Time zone of the account: `Europe/Paris`.',
          fr: 'Fuseau horaire du compte\u202f: `Europe/Paris`.',
        }),
      ),
    },
    { additionalProperties: false },
  ),
  secret: { fr: 'Le jeton d’API du compte. Sur une ligne.', en: 'The account’s API token. On one line.' },
  example: { url: 'https://example.atlassian.net', user: 'vigie@example.com', project: 'SUP' },
  create(options, context) {
    const { url } = parseAddress(options.url);
    const { project, issueType = '[System] Incident', resolution, isPublic = false } = options;
    const { itemField, categoryField, teamField } = options;
    const { priorities = ['Highest', 'High', 'Medium', 'Low', 'Lowest'] } = options;
    const { onHold, resolved, closed } = { ...JIRA_STATUS_NAMES, ...options };
    const names = { inProgress: JIRA_STATUS_NAMES.inProgress, onHold, resolved, closed };
    const headers = { authorization: basic(options.user, context.secrets[0] ?? '') };
    const base = `${url.replace(/\/+$/, '')}/rest/api/3`;
    const timeZone = zoneOf(options.timeZone ?? 'UTC');
    /** What was opened, or may have been, a moment ago: the issue’s number once it is known. */
    const fresh = new Map<string, { until: number; id?: string }>();
    const waitedFor = new Set<string>();

    async function ask<T>(path: string, question: Omit<Question, 'headers'>): Promise<T> {
      const { status, json } = await askDesk(context, `${base}${path}`, { ...question, headers });
      if (status === 404) throw new DeskFailure('refused', 'HTTP 404: the desk does not know what was asked for');
      return json as T;
    }

    const labelOf = (key: string): string => `${LABEL}-${digestOf(key)}`;

    function ticketOf({ id, key: number, fields }: Issue, key?: string): ChangedTicket {
      if (!id || !number || !fields?.status) throw new DeskFailure('retry', 'the desk answers without an issue');
      const { labels = [], assignee, status, updated } = fields;
      const own = labels.flatMap((label) => OWN_LABEL.exec(label)?.[1] ?? []);
      const isOurs = key !== undefined && own.length === 1 && labels.includes(labelOf(key));
      return {
        ...{ id, number, status: statusOfJira(status, names), changedAt: instantOf(updated) },
        key: isOurs ? key : own[0]?.replace('-', '~'),
        ...(assignee?.displayName && { assignee: assignee.displayName }),
      };
    }

    async function search(
      jql: string,
      maxResults: number,
      signal: AbortSignal,
      nextPageToken?: string,
    ): Promise<Found> {
      const body = { jql, maxResults, fields: FIELDS, ...(nextPageToken && { nextPageToken }) };
      const found = await ask<Found>('/search/jql', { method: 'POST', body, signal });
      if (!Array.isArray(found?.issues)) throw new DeskFailure('retry', 'the answer to a search lists no issues');
      return found;
    }

    async function read(id: string, key: string, signal: AbortSignal): Promise<RemoteTicket> {
      const issue = await ask<Issue>(`/issue/${id}?fields=${FIELDS.join(',')}`, { method: 'GET', signal });
      return withoutTime(ticketOf(issue ?? {}, key));
    }

    /** The newest first. */
    async function commentsOf(id: string, startAt: number, signal: AbortSignal): Promise<Comment[]> {
      const asked = new URLSearchParams({ orderBy: '-created', startAt: `${startAt}`, maxResults: `${PER_PAGE}` });
      const { comments } =
        (await ask<{ comments?: Comment[] }>(`/issue/${id}/comment?${asked}`, { method: 'GET', signal })) ?? {};
      if (!Array.isArray(comments)) throw new DeskFailure('retry', 'the answer lists no comments');
      return comments;
    }

    async function move(id: string, status: RemoteTicket['status'], signal: AbortSignal): Promise<void> {
      const path = `/issue/${id}/transitions`;
      const { transitions = [] } =
        (await ask<{ transitions?: JiraTransition[] }>(path, { method: 'GET', signal })) ?? {};
      const way = transitionTo(status, transitions, names);
      if (!way) throw new DeskFailure('refused', `no transition of the issue leads to a status that means ${status}`);
      const fields =
        status === 'resolved' && resolution !== undefined ? { fields: { resolution: { name: resolution } } } : {};
      await ask(path, { method: 'POST', body: { transition: { id: way.id }, ...fields }, signal });
    }

    const client: TicketClient = {
      async find(key, signal) {
        const { issues } = await search(`labels = "${labelOf(key)}"`, 2, signal);
        const known = fresh.get(key);
        if (known && known.until <= context.now()) fresh.delete(key);
        else if (known && issues.length === 0) {
          if (known.id === undefined)
            throw new DeskFailure('retry', 'an issue that may have been opened is not found yet');
          return [await read(known.id, key, signal)];
        }
        return issues.map((issue) => withoutTime(ticketOf(issue, key)));
      },

      async create({ key, subject, text, priority, about, fields: more, mayExist }, signal) {
        const { item, category, team } = about;
        if (mayExist && !waitedFor.has(key)) {
          waitedFor.add(key);
          fresh.set(key, { until: context.now() + DOUBT_MS });
          throw new DeskFailure('retry', 'an issue that may have been opened before we were stopped is waited for');
        }
        const fields = {
          project: { key: project },
          issuetype: { name: issueType },
          ...(itemField !== undefined && item !== undefined && { [itemField]: item }),
          ...(categoryField !== undefined && category !== undefined && { [categoryField]: category }),
          ...(teamField !== undefined && team !== undefined && { [teamField]: team }),
          ...Object.fromEntries(Object.entries(more).map(([name, value]) => [name, fieldOf(value)])),
          ...{ summary: oneLine(subject), description: adfOf(text), labels: [LABEL, labelOf(key)] },
          priority: { name: priorities[priority - 1] },
        };
        const until = context.now() + DOUBT_MS;
        for (const [other, doubt] of fresh) if (doubt.until <= context.now()) fresh.delete(other);
        fresh.set(key, { until });
        try {
          const { id } = (await ask<Issue>('/issue', { method: 'POST', body: { fields }, signal })) ?? {};
          if (id === undefined) throw new DeskFailure('retry', 'the desk answers without an issue');
          fresh.set(key, { until, id });
          return await read(id, key, signal);
        } catch (error) {
          // What is refused was not made.
          if (error instanceof DeskFailure && error.outcome === 'refused') fresh.delete(key);
          throw error;
        }
      },

      async hasNote({ id }, mark, signal) {
        for (let page = 0; page < PAGES_READ; page++) {
          const comments = await commentsOf(id, page * PER_PAGE, signal);
          if (comments.some(({ body }) => textOfAdf(body).includes(`[${mark}]`))) return true;
          if (comments.length < PER_PAGE) break;
        }
        return false;
      },

      async change({ id }, { subject, priority, status, note }, signal) {
        const fields = { summary: oneLine(subject), priority: { name: priorities[priority - 1] } };
        await ask(`/issue/${id}`, { method: 'PUT', body: { fields }, signal });
        if (note) {
          const internal = [{ key: 'sd.public.comment', value: { internal: true } }];
          const body = { body: adfOf(`${note.text}\n[${note.mark}]`), ...(!isPublic && { properties: internal }) };
          await ask(`/issue/${id}/comment`, { method: 'POST', body, signal });
        }
        if (status) await move(id, status, signal);
      },

      async changedSince(since, signal) {
        const from = Math.floor(since / 1000) * 1000;
        const jql = `labels = "${LABEL}" AND updated >= "${minuteOf(from, timeZone)}" ORDER BY updated ASC`;
        const changed: ChangedTicket[] = [];
        let next: string | undefined;
        for (let page = 0; page < PAGES_READ && changed.length < MOST_CHANGED; page++) {
          const { issues, nextPageToken } = await search(jql, PER_PAGE, signal, next);
          changed.push(...issues.map((issue) => ticketOf(issue)));
          next = nextPageToken;
          if (next === undefined) break;
        }
        return changed
          .filter(({ key, changedAt }) => key !== undefined && changedAt >= from)
          .sort((a, b) => a.changedAt - b.changedAt)
          .slice(0, MOST_CHANGED);
      },

      async comments({ id }, signal) {
        const told = await commentsOf(id, 0, signal);
        return told
          .map(({ id: number, author, created, body }) => ({
            ...{ id: number, by: author?.displayName ?? '', at: instantOf(created), text: textOfAdf(body) },
          }))
          .reverse();
      },
    };
    return reconciling(client, context);
  },
});

interface Issue {
  id?: string;
  key?: string;
  fields?: {
    status?: JiraStatus;
    labels?: string[];
    assignee?: { displayName?: string } | null;
    updated?: string;
  };
}

interface Found {
  issues: Issue[];
  nextPageToken?: string;
}

interface Comment {
  id: string;
  author?: { displayName?: string };
  created?: string;
  body?: AdfNode;
}

/** A ticket that is asked for is as it is now. */
const withoutTime = ({ changedAt: _, ...ticket }: ChangedTicket): RemoteTicket => ticket;

const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ').slice(0, SUMMARY_LENGTH);

/** Many fields are objects or lists: a template may write them as JSON. */
function fieldOf(text: string): unknown {
  if (!/^[[{]/.test(text)) return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** JQL knows minutes, in the account’s own time. */
const minuteOf = (at: number, timeZone: string): string =>
  Temporal.Instant.fromEpochMilliseconds(at)
    .toZonedDateTimeISO(timeZone)
    .toPlainDateTime()
    .toString({ smallestUnit: 'minute' })
    .replace('T', ' ');

/** `2026-11-22T09:00:00.000+0100`. */
function instantOf(time: string | undefined): number {
  const at = Date.parse((time ?? '').replace(/([+-]\d\d)(\d\d)$/, '$1:$2'));
  if (Number.isNaN(at)) throw new DeskFailure('retry', 'the desk tells a time that is none');
  return at;
}
