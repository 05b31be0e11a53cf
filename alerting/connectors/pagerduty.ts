import { Type } from 'typebox';
import type { Priority } from '../../protocol/weights.ts';
import { parseAddress } from '../desks/address.ts';
import { defineConnector } from '../desks/connector.ts';
import type { DeskMessage } from '../desks/ear.ts';
import { keyWithin } from '../desks/our-key.ts';
import { readPagerDutyNews } from '../desks/pagerduty-news.ts';
import { post } from '../desks/post.ts';
import { PushedNews } from '../desks/pushed-news.ts';
import type { TicketWork } from '../ports.ts';
import { ticketLink } from '../tickets/ticket-context.ts';
import { ticketPlace } from '../tickets/ticket-place.ts';
import { wordTicket } from '../tickets/word-ticket.ts';

const SEVERITIES: Readonly<Record<Priority, string>> = {
  1: 'critical',
  2: 'error',
  3: 'warning',
  4: 'info',
  5: 'info',
};

const KEY_LENGTH = 255;
const SUMMARY_LENGTH = 1_024;
const DETAILS_LENGTH = 20_000;

/** PagerDuty, Events API v2: one alert per incident, by its `dedup_key`, however often it is told. */
export const plugin = defineConnector({
  type: 'pagerduty',
  title: { fr: 'PagerDuty, évènements', en: 'PagerDuty, events' },
  options: Type.Object(
    {
      url: Type.Optional(
        Type.String({
          pattern: '^https?://',
          maxLength: 2048,
          default: 'https://events.pagerduty.com/v2/enqueue',
          description:
            'Where events are sent; another one in the European region. Comments are not sent: events have none.',
          fr: 'Adresse des évènements\u202f; une autre dans la région européenne. Les commentaires ne sont pas transmis\u202f: un évènement n’en porte pas.',
        }),
      ),
    },
    { additionalProperties: false },
  ),
  secret: {
    fr: 'Sur la première ligne la clé d’intégration (`routing_key`) du service\u202f; sur les suivantes, s’il y en a, les secrets de son webhook (version 3), par lequel reviennent prises en charge, affectations, notes et résolutions.',
    en: 'On the first line the service’s integration key (`routing_key`); on those that follow, if any, the secrets of its webhook (version 3), by which acknowledgements, assignments, notes and resolutions come back.',
  },
  example: {},
  create({ url = 'https://events.pagerduty.com/v2/enqueue' }, context) {
    const address = parseAddress(url).url;
    const [routing_key = '', ...webhookSecrets] = context.secrets;
    const news = new PushedNews((key) => keyWithin(key, KEY_LENGTH));

    function eventOf(work: TicketWork): object {
      const { view, incident } = work;
      const head = { routing_key, event_action: actionOf(work), dedup_key: keyWithin(incident, KEY_LENGTH) };
      if (head.event_action === 'resolve') return head;
      const { chain, store, device, rule, source } = ticketPlace(view);
      const { subject, text } = wordTicket(work, context);
      const link = ticketLink(view, context);
      return {
        ...head,
        payload: {
          summary: subject.slice(0, SUMMARY_LENGTH),
          source,
          severity: SEVERITIES[view.priority],
          timestamp: new Date(view.since).toISOString(),
          component: device ?? store ?? chain,
          group: store === undefined ? chain : `${chain}/${store}`,
          class: rule,
          custom_details: { text: text.slice(0, DETAILS_LENGTH) },
        },
        client: 'Vigie',
        ...(link !== undefined && { client_url: link, links: [{ href: link, text: `Vigie ${view.number}` }] }),
      };
    }

    return {
      async deliver(work, signal) {
        if (work.action === 'comment') return { outcome: 'done' };
        return post(context, address, { body: JSON.stringify(eventOf(work)) }, signal);
      },
      ...(webhookSecrets.length > 0 && {
        news,
        ear(message: DeskMessage) {
          const told = readPagerDutyNews(message, webhookSecrets);
          if (!told) return [];
          news.take(told, context.now());
          return [told.key];
        },
      }),
    };
  },
});

/** What is taken stays taken: a `trigger` for it would call somebody again. */
function actionOf({ action, view }: TicketWork): 'trigger' | 'acknowledge' | 'resolve' {
  if (action === 'resolve') return 'resolve';
  return view.state === 'new' || action === 'reopen' ? 'trigger' : 'acknowledge';
}
