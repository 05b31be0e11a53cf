import { Type } from 'typebox';
import type { Priority } from '../../protocol/weights.ts';
import { defineConnector } from '../desks/connector.ts';
import { post, secretAddress } from '../desks/post.ts';
import type { Bulletin } from '../ports.ts';
import { ticketLink } from '../tickets/ticket-context.ts';
import { TICKET_WORDS } from '../tickets/ticket-words.ts';
import { wordTicket } from '../tickets/word-ticket.ts';

const COLOURS: Readonly<Record<Priority, string>> = {
  1: 'Attention',
  2: 'Attention',
  3: 'Warning',
  4: 'Accent',
  5: 'Accent',
};

/** Teams takes 28 KB, with all that surrounds it. */
const MOST_LINES = 60;
const LINE_LENGTH = 300;

/** Microsoft Teams, by a workflow’s webhook: an adaptive card per news. */
export const plugin = defineConnector({
  type: 'teams',
  title: { fr: 'Microsoft Teams', en: 'Microsoft Teams' },
  options: Type.Object({}, { additionalProperties: false }),
  secret: {
    fr: 'L’adresse du webhook du flux de travail\u202f: qui la connaît peut écrire. Sur une ligne.',
    en: 'The address of the workflow’s webhook: whoever knows it can write. On one line.',
  },
  example: {},
  create(_options, context) {
    const address = secretAddress(context.secrets);

    function cardOf({ subject, text, locale, link }: Omit<Bulletin, 'id'>, color: string): object {
      const lines = text.split('\n').slice(0, MOST_LINES);
      return {
        $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
        type: 'AdaptiveCard',
        version: '1.4',
        body: [
          {
            ...{ type: 'TextBlock', text: plain(subject), weight: 'Bolder', size: 'Medium', wrap: true },
            color,
          },
          ...lines.map((line) => ({ type: 'TextBlock', text: plain(line), wrap: true, spacing: 'Small' })),
        ],
        ...(link !== undefined && {
          actions: [{ type: 'Action.OpenUrl', title: TICKET_WORDS[locale].link, url: link }],
        }),
      };
    }

    function send(content: object, signal: AbortSignal) {
      const attachment = { contentType: 'application/vnd.microsoft.card.adaptive', contentUrl: null, content };
      const body = JSON.stringify({ type: 'message', attachments: [attachment] });
      return post(context, address, { body }, signal);
    }

    return {
      deliver(work, signal) {
        const { view, locale, action } = work;
        const { subject, text } = wordTicket(work, context);
        const link = ticketLink(view, context);
        const message = { subject, text, locale, ...(link !== undefined && { link }) };
        return send(cardOf(message, action === 'resolve' ? 'Good' : COLOURS[view.priority]), signal);
      },
      announce: (bulletin, signal) => send(cardOf(bulletin, 'Accent'), signal),
    };
  },
});

/** A card’s text is Markdown: what people and machines said is not. */
const plain = (text: string): string => text.slice(0, LINE_LENGTH).replace(/[\\`*_[\]<>#]/g, '\\$&');
