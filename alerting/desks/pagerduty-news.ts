import { createHmac, timingSafeEqual } from 'node:crypto';
import { Type } from 'typebox';
import { Compile } from 'typebox/compile';
import { type DeskMessage, instantOf, MessageRefused, parseJson, type ToldNews } from './ear.ts';
import type { TicketStatus } from './remote-ticket.ts';

const Named = Type.Object({ summary: Type.Optional(Type.String()) });
const Message = Type.Object({
  event: Type.Object({
    id: Type.String(),
    event_type: Type.String(),
    occurred_at: Type.String(),
    agent: Type.Optional(Type.Union([Named, Type.Null()])),
    data: Type.Object({
      incident_key: Type.Optional(Type.Union([Type.String(), Type.Null()])),
      number: Type.Optional(Type.Number()),
      status: Type.Optional(Type.String()),
      assignees: Type.Optional(Type.Array(Named)),
      content: Type.Optional(Type.String()),
      incident: Type.Optional(Type.Object({ incident_key: Type.Optional(Type.Union([Type.String(), Type.Null()])) })),
    }),
  }),
});
const checker = Compile(Message);

const STATUSES: Readonly<Record<string, TicketStatus>> = {
  triggered: 'new',
  acknowledged: 'in-progress',
  resolved: 'resolved',
};

/** Any of the secrets will do: while one is replaced there are two. */
function isSigned(header: string | undefined, body: Uint8Array, secrets: readonly string[]): boolean {
  const given = (header ?? '').split(',').map((part) => part.trim().match(/^v1=([0-9a-f]{64})$/)?.[1]);
  let fits = false;
  for (const secret of secrets) {
    const wanted = createHmac('sha256', secret).update(body).digest();
    for (const hex of given) if (hex !== undefined && timingSafeEqual(wanted, Buffer.from(hex, 'hex'))) fits = true;
  }
  return fits;
}

/**
 * Reads a message of PagerDuty's webhooks, version 3; undefined for what tells nothing of an incident of ours.
 * @throws MessageRefused
 */
export function readPagerDutyNews({ body, header }: DeskMessage, secrets: readonly string[]): ToldNews | undefined {
  if (!isSigned(header('x-pagerduty-signature'), body, secrets)) {
    throw new MessageRefused('signature', 'X-PagerDuty-Signature fits none of the secrets');
  }
  const told = parseJson(body);
  if (!checker.Check(told)) {
    const [fault] = checker.Errors(told);
    throw new MessageRefused('body', `${fault?.instancePath || '/'} ${fault?.message ?? 'is not as expected'}`);
  }
  const { id, event_type: type, occurred_at, agent, data } = told.event;
  const at = instantOf(occurred_at, '/event/occurred_at');
  if (type === 'incident.annotated') {
    const key = data.incident?.incident_key ?? data.incident_key;
    if (typeof key !== 'string' || !data.content) return undefined;
    return { key, comment: { id, by: agent?.summary ?? 'PagerDuty', text: data.content.slice(0, 10_000) } };
  }
  const { incident_key: key, number, status = '', assignees } = data;
  if (typeof key !== 'string' || !type.startsWith('incident.')) return undefined;
  const [{ summary } = {}] = assignees ?? [];
  return {
    key,
    at,
    ...(number !== undefined && { ticket: `${number}` }),
    ...(STATUSES[status] && { status: STATUSES[status] }),
    // Nobody is on it any more once it is over: that is no news of who had it.
    ...(assignees && STATUSES[status] !== 'resolved' && { assignee: summary ?? null }),
  };
}
