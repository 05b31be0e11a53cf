import { createHash } from 'node:crypto';
import { Type } from 'typebox';
import { parseAddress } from '../desks/address.ts';
import { defineConnector } from '../desks/connector.ts';
import { post } from '../desks/post.ts';
import type { TicketWork } from '../ports.ts';
import { ticketLink } from '../tickets/ticket-context.ts';
import { ticketPlace } from '../tickets/ticket-place.ts';
import { wordTicket } from '../tickets/word-ticket.ts';

/** What Alertmanager writes for a time that has not come. */
const NEVER = '0001-01-01T00:00:00Z';

/** Any receiver of Alertmanager’s webhook, version 4: one group of one alert per incident. */
export const plugin = defineConnector({
  type: 'alertmanager',
  title: { fr: 'Webhook d’Alertmanager (version 4)', en: 'Alertmanager webhook (version 4)' },
  options: Type.Object(
    {
      url: Type.String({
        pattern: '^https?://',
        maxLength: 2048,
        description:
          'What takes Alertmanager’s webhooks. A user and password in it are sent as basic authorization instead of the secret. Comments are not sent.',
        fr: 'Ce qui reçoit les webhooks d’Alertmanager. Un utilisateur et un mot de passe y figurant sont transmis en authentification basique à la place du secret. Les commentaires ne sont pas transmis.',
      }),
      receiver: Type.Optional(
        Type.String({
          minLength: 1,
          maxLength: 100,
          default: 'vigie',
          description: 'The name of the receiver it says it is for.',
          fr: 'Nom du destinataire annoncé.',
        }),
      ),
      labels: Type.Optional(
        Type.Record(Type.String({ pattern: '^[a-zA-Z_][a-zA-Z0-9_]*$' }), Type.String({ maxLength: 200 }), {
          additionalProperties: false,
          description: 'More labels of every alert.',
          fr: 'Étiquettes ajoutées à chaque alerte.',
        }),
      ),
    },
    { additionalProperties: false },
  ),
  secret: {
    fr: 'Jeton envoyé au récepteur (`Authorization: Bearer`). Sur une ligne.',
    en: 'Token sent to the receiver (`Authorization: Bearer`). On one line.',
  },
  example: { url: 'https://alerts.example/webhook', labels: { team: 'noc' } },
  create({ url, receiver = 'vigie', labels: more = {} }, context) {
    const { url: address, authorization = `Bearer ${context.secrets[0]}` } = parseAddress(url);

    function bodyOf(work: TicketWork): object {
      const { action, view, incident } = work;
      const { chain, store, device, rule } = ticketPlace(view);
      const { subject, text } = wordTicket(work, context);
      const link = ticketLink(view, context) ?? '';
      const status = action === 'resolve' ? 'resolved' : 'firing';
      const labels = {
        ...more,
        alertname: rule,
        severity: view.severity,
        priority: `P${view.priority}`,
        chain,
        ...(store !== undefined && { store }),
        ...(device !== undefined && { device }),
        incident: `${view.number}`,
      };
      const annotations = { summary: subject, description: text };
      return {
        version: '4',
        groupKey: `vigie:${incident}`,
        truncatedAlerts: 0,
        status,
        receiver,
        groupLabels: { incident: `${view.number}` },
        commonLabels: labels,
        commonAnnotations: annotations,
        externalURL: context.publicUrl ?? '',
        alerts: [
          {
            status,
            labels,
            annotations,
            startsAt: new Date(view.since).toISOString(),
            endsAt: status === 'resolved' ? new Date(view.resolvedAt ?? work.at).toISOString() : NEVER,
            generatorURL: link,
            fingerprint: createHash('sha256').update(incident).digest('hex').slice(0, 16),
          },
        ],
      };
    }

    return {
      async deliver(work, signal) {
        if (work.action === 'comment') return { outcome: 'done' };
        return post(context, address, { body: JSON.stringify(bodyOf(work)), headers: { authorization } }, signal);
      },
    };
  },
});
