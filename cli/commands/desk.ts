import { createServer, type IncomingMessage } from 'node:http';
import { verifySignature } from '../../alerting/desks/signature.ts';
import { SERVER_CALL_HELP, SERVER_CALL_OPTIONS } from '../call-server.ts';
import type { Command } from '../command.ts';
import { showTicket } from '../desk/show.ts';
import { Fault } from '../fault.ts';
import { stopped } from '../stopped.ts';
import { words } from '../words/index.ts';

const MAX_BODY_BYTES = 1024 * 1024;

/**
 * A desk to try out the signed webhook with: checks what it gets and prints it. It opens no ticket anywhere. With `show`: a ticket as
 * a configured desk would get it.
 */
export const command: Command = {
  summary: {
    en: 'a desk to try tickets out with: verifies and prints what it gets; or shows a ticket as a desk would get it',
    fr: 'un centre de services d’essai\u202f: vérifie et affiche ce qu’il reçoit\u202f; ou montre un ticket tel qu’un centre le recevrait',
  },
  operands: '[show]',
  options: {
    ...SERVER_CALL_OPTIONS,
    port: { type: 'string' },
    desk: { type: 'string' },
    incident: { type: 'string' },
    locale: { type: 'string' },
  },
  help: {
    ...SERVER_CALL_HELP,
    desk: { en: 'The desk, as it is configured', fr: 'Le centre de services, tel qu’il est configuré' },
    incident: { en: 'Number of the incident (an example)', fr: 'Numéro de l’incident (un exemple)' },
    locale: { en: 'Language of the ticket (the chain’s)', fr: 'Langue du ticket (celle de l’enseigne)' },
    port: {
      en: 'Port on 127.0.0.1 (8090). The secret is taken from VIGIE_DESK_SECRET',
      fr: 'Port sur 127.0.0.1 (8090). Le secret est pris dans VIGIE_DESK_SECRET',
    },
  },
  async run(invocation) {
    const { flags, operands, env, locale, say, stop } = invocation;
    if (operands[0] === 'show') return showTicket(invocation);
    const say1 = words(locale);
    const secret = env.VIGIE_DESK_SECRET;
    if (!secret) throw new Fault(say1.deskSecretMissing);
    const port = Number(flags.port ?? 8090);
    if (!Number.isInteger(port) || port < 0 || port > 65_535)
      throw new Fault(say1.badPort('--port', String(flags.port)));
    let opened = 0;
    const tickets = new Map<string, string>();

    const server = createServer((request, response) => {
      readBody(request)
        .then((body) => {
          const verdict = verifySignature(header(request, 'x-signature'), body, [secret], Date.now());
          if (verdict !== 'valid') {
            say(`${say1.deskUnsigned} (${verdict})`);
            response.writeHead(401).end();
            return;
          }
          const { key, subject, text, action } = JSON.parse(body.toString('utf8')) as Record<string, string>;
          let ticket = tickets.get(String(key));
          if (ticket === undefined) {
            ticket = `T-${++opened}`;
            tickets.set(String(key), ticket);
          }
          say(`── ${ticket} · ${action} ─────────\n${subject}\n${text}\n`);
          response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ ticket }));
        })
        .catch((error: Error) => {
          say(error.message);
          if (!response.headersSent) response.writeHead(400);
          response.end();
        });
    });
    server.requestTimeout = 10_000;
    await new Promise<void>((resolve, reject) => {
      server.once('error', (error) => reject(new Fault(say1.portRefused('HTTP', '127.0.0.1', port, error.message))));
      server.listen(port, '127.0.0.1', resolve);
    });
    const address = server.address();
    say(say1.deskListening(`http://127.0.0.1:${typeof address === 'object' && address ? address.port : port}/`));
    await stopped(stop);
    server.closeAllConnections();
    server.close();
    return 0;
  },
};

const header = (request: IncomingMessage, name: string): string | undefined => {
  const value = request.headers[name];
  return Array.isArray(value) ? value.join(',') : value;
};

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    bytes += part.byteLength;
    if (bytes > MAX_BODY_BYTES) throw new Error(`a body of more than ${MAX_BODY_BYTES} bytes`);
    parts.push(part);
  }
  return Buffer.concat(parts);
}
