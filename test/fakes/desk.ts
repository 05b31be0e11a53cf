import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { verifySignature } from '../../alerting/desks/signature.ts';

/** How the test desk answers one request. */
export type DeskManner =
  | { manner: 'well' }
  | { manner: 'status'; status: number; retryAfter?: string; body?: string }
  /** Takes the ticket, then answers with a web page. */
  | { manner: 'html' }
  /** Takes the ticket, announces more than it sends, and hangs up. */
  | { manner: 'half-body' }
  /** Takes the ticket and hangs up without a word. */
  | { manner: 'drop-reply' }
  /** Never answers. */
  | { manner: 'hang' }
  /** Answers well, with this body. */
  | { manner: 'answer'; body: string };

/** A ticket as the desk has it, by incident key. */
export interface DeskTicket {
  ticket: string;
  state: 'open' | 'resolved';
  /** Actions taken, in order, each once. */
  actions: string[];
  subject: string;
  text: string;
}

export interface DeskRequest {
  headers: IncomingMessage['headers'];
  raw: string;
  /** It was left without an answer. */
  hung: boolean;
  /** The parsed body; undefined when it is not JSON. */
  body: { action: string; key: string; subject: string; text: string; [more: string]: unknown } | undefined;
}

export interface TestDesk {
  url: string;
  /** Every request, in the order of arrival, taken or not. */
  requests: DeskRequest[];
  tickets: Map<string, DeskTicket>;
  /** What was wrong with requests: bad signatures, a key used for two things, an update of nothing. Empty when all is well. */
  faults: string[];
  /** Manners of the requests to come, in order; `well` once they are used up. */
  manners: DeskManner[];
  /** Resolves when `done` holds, looked at after every request. */
  until(done: () => boolean): Promise<void>;
  /** Resolves with the next request that is handled. */
  nextRequest(): Promise<void>;
  /** What the desk takes for the time when it looks at signatures. */
  now: () => number;
  close(): Promise<void>;
}

const WELL: DeskManner = { manner: 'well' };

/**
 * A service desk on loopback that speaks Vigie's signed webhook: it verifies signatures, takes each `Idempotency-Key` once,
 * keeps tickets by incident key, and misbehaves on request.
 */
export async function openTestDesk({
  secrets,
  now = Date.now,
}: {
  secrets: string[];
  now?: () => number;
}): Promise<TestDesk> {
  const requests: DeskRequest[] = [];
  const tickets = new Map<string, DeskTicket>();
  const faults: string[] = [];
  const manners: DeskManner[] = [];
  const taken = new Map<string, { raw: string; ticket: string }>();
  const waiters = new Set<() => void>();

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const raw = await readAll(request);
    const entry: DeskRequest = { headers: request.headers, raw, hung: false, body: parse(raw) };
    requests.push(entry);
    const verdict = verifySignature(String(request.headers['x-signature']), raw, secrets, desk.now());
    if (verdict !== 'valid') {
      faults.push(`signature ${verdict}`);
      response.writeHead(401).end();
    } else answer(entry, manners.shift() ?? WELL, response);
    for (const look of waiters) look();
  }

  function answer(entry: DeskRequest, manner: DeskManner, response: ServerResponse): void {
    switch (manner.manner) {
      case 'status':
        response.writeHead(manner.status, manner.retryAfter === undefined ? {} : { 'retry-after': manner.retryAfter });
        response.end(manner.body ?? 'no');
        return;
      case 'hang':
        entry.hung = true;
        return;
      case 'drop-reply':
        take(entry);
        response.destroy();
        return;
      case 'half-body':
        take(entry);
        response.writeHead(201, { 'content-type': 'application/json', 'content-length': '200' });
        response.write('{"ticket":"T', () => response.destroy());
        return;
      case 'html':
        take(entry);
        response.writeHead(200, { 'content-type': 'text/html' }).end('<!DOCTYPE html><html>asleep</html>');
        return;
      case 'answer':
        take(entry);
        response.writeHead(200).end(manner.body);
        return;
      case 'well':
        response.writeHead(201, { 'content-type': 'application/json' }).end(JSON.stringify({ ticket: take(entry) }));
    }
  }

  /** The ticket's name. A key that was taken before changes nothing. */
  function take({ headers, raw, body }: DeskRequest): string {
    const key = String(headers['idempotency-key']);
    const before = taken.get(key);
    if (before) {
      if (before.raw !== raw) faults.push(`key ${key} came with two bodies`);
      return before.ticket;
    }
    const ticket = body ? apply(body) : '';
    taken.set(key, { raw, ticket });
    return ticket;
  }

  function apply({ action, key, subject, text }: NonNullable<DeskRequest['body']>): string {
    let ticket = tickets.get(key);
    if (!ticket) {
      if (action !== 'open') faults.push(`${action} of ${key}, which was never opened`);
      ticket = { ticket: `T${tickets.size + 1}`, state: 'open', actions: [], subject, text };
      tickets.set(key, ticket);
    } else if (action === 'open') faults.push(`${key} opened twice`);
    if (ticket.state === 'resolved') faults.push(`${action} of ${key} after it was resolved`);
    ticket.actions.push(action);
    if (action === 'resolve') ticket.state = 'resolved';
    Object.assign(ticket, { subject, text });
    return ticket.ticket;
  }

  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => faults.push(String(error)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;

  const desk: TestDesk = {
    now,
    url: `http://127.0.0.1:${port}/tickets`,
    requests,
    tickets,
    faults,
    manners,
    until: (done) =>
      new Promise((resolve) => {
        const look = () => {
          if (!done()) return;
          waiters.delete(look);
          resolve();
        };
        waiters.add(look);
        look();
      }),
    nextRequest: () => {
      const seen = requests.length;
      return desk.until(() => requests.length > seen);
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return desk;
}

async function readAll(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

function parse(raw: string): DeskRequest['body'] {
  try {
    return JSON.parse(raw) as DeskRequest['body'];
  } catch {
    return undefined;
  }
}
