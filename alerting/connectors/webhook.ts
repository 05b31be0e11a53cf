import { createHash } from 'node:crypto';
import { Type } from 'typebox';
import { parseAddress } from '../desks/address.ts';
import { defineConnector } from '../desks/connector.ts';
import { readSignedNews } from '../desks/ear.ts';
import { post } from '../desks/post.ts';
import { PushedNews } from '../desks/pushed-news.ts';
import { sign } from '../desks/signature.ts';
import type { Delivery, TicketWork } from '../ports.ts';
import { ticketBody } from '../tickets/ticket-body.ts';

/** The shortest secret that signs. */
const MIN_SECRET = 16;

/**
 * A desk that is any HTTP receiver. Every delivery is signed (`X-Signature`) and bears an `Idempotency-Key` that is the
 * same at each attempt, so that the receiver can tell a repetition from a new ticket. 2xx is done, 429, 5xx and no answer are
 * tried again, anything else is refused. Redirects are not followed.
 */
export const plugin = defineConnector({
  type: 'webhook',
  title: { fr: 'Webhook signé', en: 'Signed webhook' },
  options: Type.Object(
    {
      url: Type.String({
        pattern: '^https?://',
        maxLength: 2048,
        description:
          'Where the tickets are posted, `https://…` (or `http://…`). A user and password in it are sent as basic authorization.',
        fr: 'Adresse à laquelle les tickets sont envoyés, `https://…` (ou `http://…`). Un utilisateur et un mot de passe y figurant sont transmis en authentification basique.',
      }),
    },
    { additionalProperties: false },
  ),
  secret: {
    fr: 'Secret partagé avec le récepteur, 16 caractères au moins. Chaque requête est signée avec chacune des lignes, quatre au plus, pour pouvoir remplacer un secret par un autre.',
    en: 'Shared with the receiver, 16 characters at least. Every request is signed with each line, four at most, so that one can be replaced by another.',
  },
  example: { url: 'https://desk.example/hooks/vigie' },
  create(options, context) {
    const { url, authorization } = parseAddress(options.url);
    const { secrets } = context;
    if (secrets.length > 4 || secrets.some(({ length }) => length < MIN_SECRET || length > 256)) {
      throw new Error(`the secret must have one to four lines of ${MIN_SECRET} to 256 characters`);
    }

    async function deliver(work: TicketWork, signal: AbortSignal): Promise<Delivery> {
      const key = idempotencyKey(work);
      const eventId = createHash('sha256').update(key).digest('hex').slice(0, 32);
      const body = JSON.stringify(ticketBody(work, eventId, context));
      const headers: Record<string, string> = {
        'x-signature': sign(body, secrets, context.now()),
        'idempotency-key': key,
        'x-event-id': eventId,
        'x-attempt': String(work.attempts + 1),
      };
      if (authorization) headers.authorization = authorization;
      return post(context, url, { body, headers }, signal);
    }

    const news = new PushedNews();
    return {
      deliver,
      news,
      ear(message) {
        const told = readSignedNews(message, secrets, context.now());
        news.take(told, context.now());
        return [told.key];
      },
    };
  },
});

/** The same at every attempt, and only then. A key too long or too odd for a header is told by its hash. */
function idempotencyKey(work: TicketWork): string {
  const key = `${work.incident}:${work.action}:${work.id}`;
  return /^[\x21-\x7e]{1,200}$/.test(key)
    ? key
    : `${createHash('sha256').update(work.incident).digest('hex')}:${work.action}:${work.id}`;
}
