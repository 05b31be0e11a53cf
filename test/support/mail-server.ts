import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

/** A mail as it arrived: headers by their names in lower case, unfolded, and its text part decoded. */
export interface Mail {
  from: string;
  to: string[];
  headers: Map<string, string>;
  text: string;
  html: string;
  raw: string;
}

export interface MailServer {
  port: number;
  mails: Mail[];
  /** What becomes of the messages to come, in order: a reply’s code, or the connection is cut once the message is taken. */
  says: (number | 'drop' | 'hang')[];
  close(): Promise<void>;
}

/** A real SMTP server on loopback that keeps what it takes in memory. */
export async function startMailServer(options: SMTPServerOptions = {}): Promise<MailServer> {
  const mails: Mail[] = [];
  const says: MailServer['says'] = [];
  const server = new SMTPServer({
    authOptional: true,
    hideSTARTTLS: options.key === undefined,
    logger: false,
    onData(stream, session, done) {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('end', () => {
        const what = says.shift();
        if (typeof what === 'number') return done(Object.assign(new Error('not now'), { responseCode: what }));
        const { mailFrom, rcptTo } = session.envelope;
        const raw = Buffer.concat(parts).toString('utf8');
        const from = mailFrom === false ? '' : mailFrom.address;
        mails.push({ from, to: rcptTo.map(({ address }) => address), ...readMail(raw), raw });
        if (what === 'drop') for (const { _socket } of connections(server)) _socket.destroy();
        else if (what === undefined) done();
      });
    },
    ...options,
  });
  server.on('error', () => {});
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  return {
    port: (server.server.address() as AddressInfo).port,
    mails,
    says,
    async close() {
      for (const { _socket } of connections(server)) _socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

const connections = (server: SMTPServer) =>
  (server as unknown as { connections: Set<{ _socket: { destroy(): void } }> }).connections;

function readMail(raw: string): Pick<Mail, 'headers' | 'text' | 'html'> {
  const { headers, body } = partOf(raw);
  const boundary = /boundary="([^"]+)"/.exec(headers.get('content-type') ?? '')?.[1];
  const parts =
    boundary === undefined
      ? []
      : body
          .split(`--${boundary}`)
          .slice(1, -1)
          .map((part) => partOf(part.trimStart()));
  const decoded = (type: string) => {
    const part = parts.find((one) => one.headers.get('content-type')?.startsWith(type));
    return part ? decode(part) : '';
  };
  return { headers, text: decoded('text/plain'), html: decoded('text/html') };
}

function partOf(raw: string) {
  const end = raw.indexOf('\r\n\r\n');
  const head = raw.slice(0, end).replace(/\r\n[ \t]+/g, ' ');
  const headers = new Map(
    head
      .split('\r\n')
      .map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), words(line.slice(line.indexOf(':') + 1).trim())]),
  );
  return { headers, body: raw.slice(end + 4) };
}

function decode({ headers, body }: ReturnType<typeof partOf>): string {
  const encoding = headers.get('content-transfer-encoding');
  if (encoding === 'base64') return Buffer.from(body, 'base64').toString('utf8').replaceAll('\r\n', '\n');
  if (encoding !== 'quoted-printable') return body.trimEnd().replaceAll('\r\n', '\n');
  const joined = body.replace(/=\r\n/g, '');
  const bytes = joined.replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8').trimEnd().replaceAll('\r\n', '\n');
}

/** Encoded words (RFC 2047), as headers have them. */
const words = (text: string): string =>
  text
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/=\?utf-8\?([BQ])\?([^?]*)\?=/gi, (_, how: string, told: string) => {
      if (how.toUpperCase() === 'B') return Buffer.from(told, 'base64').toString('latin1');
      return told
        .replaceAll('_', ' ')
        .replace(/=([0-9A-F]{2})/gi, (_all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
    })
    .replace(/[\u0080-\u00ff]+/g, (bytes) => Buffer.from(bytes, 'latin1').toString('utf8'));
