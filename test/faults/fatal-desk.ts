import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { FakeRequestTracker } from '../fakes/desks/request-tracker.ts';

/** Where in the life of a request the asking process is killed; `later`: so many milliseconds after it was answered. */
export const POINTS = ['before', 'done', 'answered', 'later'] as const;

export interface Fatal {
  /** The number of the request, counted from the last `aim`. */
  request: number;
  point: (typeof POINTS)[number];
  laterMs: number;
}

/** A desk on loopback at which whoever asks dies, at a point of a request that was chosen before. */
export interface FatalDesk {
  desk: FakeRequestTracker;
  url: string;
  /** The next to ask is killed there; undefined: nobody is. */
  aim(fatal: Fatal | undefined): void;
  /** How often somebody was killed, by the point. */
  reached: ReadonlyMap<string, number>;
  close(): void;
}

/** @param kill kills whoever asks, with a signal it cannot catch; false where it is dead already. */
export async function openFatalDesk(kill: () => boolean): Promise<FatalDesk> {
  const desk = new FakeRequestTracker();
  const reached = new Map<string, number>();
  let fatal: Fatal | undefined;
  let requests = 0;

  const strike = (point: string) => {
    if (kill()) reached.set(point, (reached.get(point) ?? 0) + 1);
  };

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const mine = fatal?.request === requests++ ? fatal : undefined;
    if (mine?.point === 'before') {
      strike('before');
      response.destroy();
      return;
    }
    const { method = 'GET', headers, url } = request;
    const body = Buffer.concat(chunks);
    const answer = await desk.fetch(`http://desk${url}`, {
      method,
      headers: { authorization: headers.authorization ?? '', 'content-type': headers['content-type'] ?? 'text/plain' },
      ...(body.length > 0 && { body }),
    });
    if (mine?.point === 'done') {
      strike('done');
      response.destroy();
      return;
    }
    response.writeHead(answer.status, { 'content-type': 'application/json' });
    response.end(Buffer.from(await answer.arrayBuffer()));
    if (mine?.point === 'answered') response.once('finish', () => strike('answered'));
    if (mine?.point === 'later') setTimeout(() => strike('later'), mine.laterMs);
  }

  const server = createServer((request, response) => void handle(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    desk,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    aim(next) {
      fatal = next;
      requests = 0;
    },
    reached,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** The same numbers at every run. */
export function smallRandom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}
