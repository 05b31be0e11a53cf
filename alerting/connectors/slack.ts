import { Type } from 'typebox';
import { defineConnector } from '../desks/connector.ts';
import { post, secretAddress } from '../desks/post.ts';
import type { Bulletin } from '../ports.ts';
import { ticketLink } from '../tickets/ticket-context.ts';
import { TICKET_WORDS } from '../tickets/ticket-words.ts';
import { wordTicket } from '../tickets/word-ticket.ts';

const HEADER_LENGTH = 150;
const SECTION_LENGTH = 3_000;

/** Slack’s incoming webhooks, and what takes the same: Mattermost, Rocket.Chat. A message per news. */
export const plugin = defineConnector({
  type: 'slack',
  title: { fr: 'Slack, Mattermost, Rocket.Chat', en: 'Slack, Mattermost, Rocket.Chat' },
  options: Type.Object(
    {
      plain: Type.Optional(
        Type.Boolean({
          default: false,
          description: 'Text only: for what does not know Slack’s blocks, as Mattermost and Rocket.Chat.',
          fr: 'Texte seul\u202f: pour ce qui ne connaît pas les blocs de Slack, comme Mattermost et Rocket.Chat.',
        }),
      ),
    },
    { additionalProperties: false },
  ),
  secret: {
    fr: 'L’adresse du webhook entrant\u202f: qui la connaît peut écrire. Sur une ligne.',
    en: 'The incoming webhook’s address: whoever knows it can write. On one line.',
  },
  example: {},
  create({ plain = false }, context) {
    const address = secretAddress(context.secrets);

    function messageOf({ subject, text, link, locale }: Omit<Bulletin, 'id'>): object {
      const title = escaped(subject);
      if (plain) return { text: `*${title}*\n${escaped(text)}` };
      const follow = link === undefined ? [] : [footer(`<${link}|${TICKET_WORDS[locale].link}>`)];
      return {
        // What notifications and screen readers tell.
        text: title,
        blocks: [
          { type: 'header', text: { type: 'plain_text', text: clip(subject, HEADER_LENGTH) } },
          { type: 'section', text: { type: 'mrkdwn', text: clip(escaped(text), SECTION_LENGTH) } },
          ...follow,
        ],
      };
    }

    const send = (message: Omit<Bulletin, 'id'>, signal: AbortSignal) =>
      post(context, address, { body: JSON.stringify(messageOf(message)) }, signal);

    return {
      deliver(work, signal) {
        const { subject, text } = wordTicket(work, context);
        const link = ticketLink(work.view, context);
        return send({ subject, text, locale: work.locale, ...(link !== undefined && { link }) }, signal);
      },
      announce: send,
    };
  },
});

const footer = (text: string) => ({ type: 'context', elements: [{ type: 'mrkdwn', text }] });

/** What would be a link, or call a whole channel, is text. */
const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** Never within an entity. */
const clip = (text: string, length: number): string =>
  text.length <= length ? text : `${text.slice(0, length - 1).replace(/&[a-z]{0,3}$/, '')}…`;
