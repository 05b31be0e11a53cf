import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createTransport, type SendMailOptions } from 'nodemailer';
import { Type } from 'typebox';
import { defineConnector } from '../desks/connector.ts';
import { DeskFailure } from '../desks/desk-failure.ts';
import type { Bulletin, Delivery, TicketWork } from '../ports.ts';
import { mailHtml } from '../tickets/mail-html.ts';
import { ticketLink } from '../tickets/ticket-context.ts';
import { TICKET_WORDS } from '../tickets/ticket-words.ts';
import { wordTicket } from '../tickets/word-ticket.ts';

const PORTS = { starttls: 587, tls: 465, none: 25 } as const;
const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|::1)$/;
const TEXT_LENGTH = 100_000;
/** Each step of the conversation; the whole of it ends with the work’s own patience. */
const STEP_MS = 10_000;

const Address = (description: string, fr: string) =>
  // One address, without what could begin another header.
  Type.String({ pattern: '^[^\\s<>",;:]+@[^\\s<>",;:]+$', maxLength: 254, description, fr });

/**
 * E-mail. The mails of an incident make one thread, and a mail that is repeated bears the same `Message-ID`, by which mail
 * systems know it again.
 */
export const plugin = defineConnector({
  type: 'smtp',
  title: { fr: 'Courriel (SMTP)', en: 'E-mail (SMTP)' },
  options: Type.Object(
    {
      host: Type.String({
        pattern: '^[A-Za-z0-9.:_-]{1,253}$',
        description: 'Name or address of the mail server.',
        fr: 'Nom ou adresse du serveur de courriel.',
      }),
      port: Type.Optional(
        Type.Integer({
          minimum: 1,
          maximum: 65_535,
          description: 'Its port: 587, 465 with `tls: tls`, 25 with `tls: none`.',
          fr: 'Son port\u202f: 587, 465 avec `tls: tls`, 25 avec `tls: none`.',
        }),
      ),
      tls: Type.Optional(
        Type.Enum(['starttls', 'tls', 'none'], {
          default: 'starttls',
          description: '`starttls` insists on it; `none` only where the server is this machine.',
          fr: '`starttls` l’exige\u202f; `none` seulement si le serveur est cette machine.',
        }),
      ),
      caFile: Type.Optional(
        Type.String({
          maxLength: 4096,
          description: 'The certificate authority of the server, PEM, where the system does not know it.',
          fr: 'L’autorité de certification du serveur, en PEM, si le système ne la connaît pas.',
        }),
      ),
      user: Type.Optional(
        Type.String({
          minLength: 1,
          maxLength: 254,
          description:
            'With it we sign in, and the secret is the password; without it the server takes our mail as it is.',
          fr: 'Avec lui, une connexion est ouverte et le secret est le mot de passe\u202f; sans lui, le serveur accepte nos courriels tels quels.',
        }),
      ),
      from: Address('The sender’s address.', 'Adresse de l’expéditeur.'),
      to: Type.Array(Address('An address.', 'Une adresse.'), {
        minItems: 1,
        maxItems: 50,
        description: 'Who gets the mails. Where some are refused and one is taken, the mail is sent.',
        fr: 'Destinataires des courriels. Si certains sont refusés et un accepté, le courriel est envoyé.',
      }),
    },
    { additionalProperties: false },
  ),
  secret: {
    isOptional: true,
    fr: 'Le mot de passe, si `user` est donné. Sur une ligne.',
    en: 'The password, where `user` is given. On one line.',
  },
  example: { host: 'mail.example', user: 'vigie', from: 'vigie@example.com', to: ['support@example.com'] },
  create({ host, tls = 'starttls', port = PORTS[tls], caFile, user, from, to }, context) {
    const [pass] = context.secrets;
    if (user !== undefined && pass === undefined) throw new Error('the secret, the password of `user`, is missing');
    if (tls === 'none' && !LOOPBACK.test(host)) throw new Error('`tls: none` is for a server on this machine only');
    const ca = caFile === undefined ? undefined : readAuthority(caFile);
    const domain = from.slice(from.lastIndexOf('@') + 1);

    const idOf = (text: string) => `<${createHash('sha256').update(text).digest('hex').slice(0, 40)}@${domain}>`;

    /** What all our mails are. */
    const common = {
      from: { name: 'Vigie', address: from },
      to,
      disableFileAccess: true,
      disableUrlAccess: true,
    };
    /** No out-of-office answers to us. */
    const unanswered = { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' };

    function bulletinMail({ id, subject, text, locale, link: url }: Bulletin) {
      const link = url === undefined ? undefined : { url, label: TICKET_WORDS[locale].link };
      const html = mailHtml({ locale, subject, text, priority: 4, isOver: false, link });
      return { ...common, subject, text, html, messageId: idOf(id), headers: unanswered };
    }

    function mailOf(work: TicketWork) {
      const { view, action, incident, locale } = work;
      const { subject, text } = wordTicket(work, context);
      const url = ticketLink(view, context);
      const first = idOf(incident);
      const isFirst = action === 'open';
      return {
        ...common,
        subject: `${subject} #${view.number}`,
        text: text.slice(0, TEXT_LENGTH),
        html: mailHtml({
          ...{ locale, subject, text: text.slice(0, TEXT_LENGTH), priority: view.priority },
          isOver: action === 'resolve',
          link: url === undefined ? undefined : { url, label: TICKET_WORDS[locale].link },
        }),
        messageId: isFirst ? first : idOf(`${incident}:${work.id}`),
        ...(!isFirst && { inReplyTo: first, references: first }),
        ...(view.priority <= 2 && action !== 'resolve' && { priority: 'high' as const }),
        headers: {
          ...unanswered,
          'X-Vigie-Key': encodeURI(incident),
        },
      };
    }

    async function send(mail: SendMailOptions, signal: AbortSignal): Promise<Delivery> {
      const transport = createTransport({
        ...{ host, port, secure: tls === 'tls', requireTLS: tls === 'starttls', ignoreTLS: tls === 'none' },
        ...{ connectionTimeout: STEP_MS, greetingTimeout: STEP_MS, socketTimeout: STEP_MS },
        ...(user !== undefined && { auth: { user, pass: pass ?? '' } }),
        tls: { minVersion: 'TLSv1.2', ...(ca !== undefined && { ca }) },
      });
      let stop = () => {};
      // A conversation under way ends by its own timeouts; nobody waits for it.
      const late = new Promise<never>((_, reject) => {
        stop = () => reject(new Error('aborted'));
      });
      signal.addEventListener('abort', stop);
      try {
        await Promise.race([transport.sendMail(mail), late]);
        return { outcome: 'done' };
      } catch (error) {
        return failureOf(error as MailError, signal).delivery;
      } finally {
        signal.removeEventListener('abort', stop);
        transport.close();
      }
    }

    return {
      deliver: (work, signal) => send(mailOf(work), signal),
      announce: (bulletin, signal) => send(bulletinMail(bulletin), signal),
    };
  },
});

interface MailError extends Error {
  code?: string;
  responseCode?: number;
}

/** What the server itself says is left out: it may repeat addresses and names. */
function failureOf({ code = 'network error', responseCode = 0 }: MailError, signal: AbortSignal): DeskFailure {
  if (signal.aborted) return new DeskFailure('retry', 'no answer in time');
  // A door that is closed says nothing of the mail.
  if (code === 'EAUTH') return new DeskFailure('retry', 'the mail server does not accept our credentials');
  if (code === 'ETLS') return new DeskFailure('retry', 'the mail server offers no TLS that we trust');
  if (responseCode >= 500) return new DeskFailure('refused', `SMTP ${responseCode}`);
  if (responseCode > 0) return new DeskFailure('retry', `SMTP ${responseCode}`);
  return new DeskFailure('retry', `connection failed (${code})`);
}

function readAuthority(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new Error(`\`caFile\` cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'})`);
  }
}
