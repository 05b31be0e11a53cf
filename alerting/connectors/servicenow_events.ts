import { Type } from 'typebox';
import type { Priority } from '../../protocol/weights.ts';
import { basic, parseAddress } from '../desks/address.ts';
import { defineConnector } from '../desks/connector.ts';
import { keyWithin } from '../desks/our-key.ts';
import { post } from '../desks/post.ts';
import type { TicketWork } from '../ports.ts';
import { ticketLink } from '../tickets/ticket-context.ts';
import { ticketPlace } from '../tickets/ticket-place.ts';
import { wordTicket } from '../tickets/word-ticket.ts';

/** Event Management’s: 1 critical to 4 warning; 0 clears. */
const SEVERITIES: Readonly<Record<Priority, string>> = { 1: '1', 2: '2', 3: '3', 4: '4', 5: '4' };

const SOURCE_LENGTH = 100;
const KEY_LENGTH = 1_000;
const DESCRIPTION_LENGTH = 4_000;

/** ServiceNow Event Management: one event per news, one alert per incident by its `message_key`. */
export const plugin = defineConnector({
  type: 'servicenow_events',
  title: { fr: 'ServiceNow, évènements', en: 'ServiceNow, events' },
  options: Type.Object(
    {
      url: Type.String({
        pattern: '^https?://',
        maxLength: 2048,
        description: 'The instance: `https://example.service-now.com`. Comments are not sent: events have none.',
        fr: 'L’instance\u202f: `https://example.service-now.com`. Les commentaires ne sont pas transmis\u202f: un évènement n’en porte pas.',
      }),
      user: Type.Optional(
        Type.String({
          minLength: 1,
          maxLength: 200,
          description:
            'With it the secret is this user’s password (role `evt_mgmt_integration`); without it, an OAuth token.',
          fr: 'Avec lui, le secret est le mot de passe de cet utilisateur (rôle `evt_mgmt_integration`)\u202f; sans lui, un jeton OAuth.',
        }),
      ),
      source: Type.Optional(
        Type.String({
          minLength: 1,
          maxLength: SOURCE_LENGTH,
          default: 'Vigie',
          description: 'Name of the event source.',
          fr: 'Nom de la source des évènements.',
        }),
      ),
    },
    { additionalProperties: false },
  ),
  secret: { fr: 'Le mot de passe ou le jeton. Sur une ligne.', en: 'The password or the token. On one line.' },
  example: { url: 'https://example.service-now.com', user: 'vigie' },
  create({ url, user, source = 'Vigie' }, context) {
    const address = `${parseAddress(url).url.replace(/\/+$/, '')}/api/now/table/em_event`;
    const [secret = ''] = context.secrets;
    const authorization = user === undefined ? `Bearer ${secret}` : basic(user, secret);

    function eventOf(work: TicketWork): object {
      const { action, view, incident, at } = work;
      const { chain, store, device, rule } = ticketPlace(view);
      const { subject, text } = wordTicket(work, context);
      const link = ticketLink(view, context);
      const isOver = action === 'resolve';
      const about = { incident: view.number, priority: view.priority, state: view.state, chain, store, link, text };
      return {
        source,
        event_class: 'Vigie',
        node: device ?? store ?? chain,
        resource: store ?? chain,
        type: rule,
        metric_name: rule,
        message_key: keyWithin(incident, KEY_LENGTH),
        severity: isOver ? '0' : SEVERITIES[view.priority],
        resolution_state: isOver ? 'Closing' : 'New',
        description: subject.slice(0, DESCRIPTION_LENGTH),
        time_of_event: new Date(at).toISOString().slice(0, 19).replace('T', ' '),
        // A text that holds JSON: that is how the table wants it.
        additional_info: JSON.stringify(about),
      };
    }

    return {
      async deliver(work, signal) {
        if (work.action === 'comment') return { outcome: 'done' };
        const delivery = await post(
          context,
          address,
          { body: JSON.stringify(eventOf(work)), headers: { authorization } },
          signal,
        );
        // What it names is the event, a new one each time, not a ticket.
        return delivery.outcome === 'done' ? { outcome: 'done' } : delivery;
      },
    };
  },
});
