import { createHash } from 'node:crypto';
import { type Static, Type } from 'typebox';
import type { Delivery, Desk, TicketWork } from '../ports.ts';
import { ticketBody } from '../tickets/ticket-body.ts';
import type { TicketContext } from '../tickets/ticket-context.ts';
import { readAnswer } from './answer.ts';
import { sign } from './signature.ts';

export { verifySignature } from './signature.ts';

export const WebhookOptions = Type.Object(
  {
    url: Type.String({
      minLength: 1,
      maxLength: 2048,
      description:
        'Where the tickets are posted, `https://…` (or `http://…`). A user and password in it are sent as basic authorization.',
    }),
    secrets: Type.Array(Type.String({ minLength: 16, maxLength: 256 }), {
      minItems: 1,
      maxItems: 4,
      description:
        'Shared with the receiver; every request is signed with each, so that one can be replaced by another.',
    }),
  },
  { additionalProperties: false, description: 'Posts every ticket as signed JSON to a receiver of your own.' },
);
export type WebhookOptions = Static<typeof WebhookOptions>;

/** What the webhook needs from outside, and what its tickets tell beyond the incident. */
export interface WebhookContext extends TicketContext {
  fetch: typeof fetch;
  /** Milliseconds since 1970. */
  now: () => number;
}

/**
 * A desk that is any HTTP receiver. Every delivery is signed (`X-Signature`) and bears an `Idempotency-Key` that is the
 * same at each attempt, so that the receiver can tell a repetition from a new ticket. 2xx is done, 429, 5xx and no answer are
 * tried again, anything else is refused. Redirects are not followed.
 *
 * @throws Error when the address is not an HTTP one; the message does not quote it, for it may hold a password.
 */
export function createWebhookDesk(options: WebhookOptions, context: WebhookContext): Desk {
  const { url, authorization } = parseAddress(options.url);

  async function deliver(work: TicketWork, signal: AbortSignal): Promise<Delivery> {
    const key = idempotencyKey(work);
    const eventId = createHash('sha256').update(key).digest('hex').slice(0, 32);
    const body = JSON.stringify(ticketBody(work, eventId, context));
    const headers: Record<string, string> = {
      'content-type': 'application/json',
      accept: 'application/json',
      'user-agent': 'vigie',
      'x-signature': sign(body, options.secrets, context.now()),
      'idempotency-key': key,
      'x-event-id': eventId,
      'x-attempt': String(work.attempts + 1),
    };
    if (authorization) headers.authorization = authorization;
    try {
      const response = await context.fetch(url, { method: 'POST', headers, body, signal, redirect: 'manual' });
      return await readAnswer(response, context.now());
    } catch (error) {
      return { outcome: 'retry', error: signal.aborted ? 'no answer in time' : describeFailure(error) };
    }
  }

  return { deliver };
}

function parseAddress(address: string): { url: string; authorization: string | undefined } {
  const url = URL.parse(address);
  if (!url || (url.protocol !== 'https:' && url.protocol !== 'http:')) {
    throw new Error('webhook desk: `url` must be an https:// or http:// address');
  }
  const user = decodeURIComponent(url.username);
  const password = decodeURIComponent(url.password);
  url.username = '';
  url.password = '';
  const authorization = user || password ? `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}` : undefined;
  return { url: url.href, authorization };
}

/** The same at every attempt, and only then. A key too long or too odd for a header is told by its hash. */
function idempotencyKey(work: TicketWork): string {
  const key = `${work.incident}:${work.action}:${work.id}`;
  return /^[\x21-\x7e]{1,200}$/.test(key)
    ? key
    : `${createHash('sha256').update(work.incident).digest('hex')}:${work.action}:${work.id}`;
}

/** The system's code and no more: messages of the network layer quote addresses. */
function describeFailure(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  return `connection failed (${typeof code === 'string' ? code : 'network error'})`;
}
