import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openSqliteStateStore } from '../../collector/state/sqlite-state-store.ts';
import { workOn } from '../alerting/fixtures.ts';
import { FakeRequestTracker } from '../fakes/desks/request-tracker.ts';
import { INCIDENTS, lifeOf } from './outbox-plan.ts';

const KILLS = 100;
const CHILD = fileURLToPath(new URL('./outbox-child.ts', import.meta.url));
/** Where in the life of a request the process is killed; `later`: so many milliseconds after it was answered. */
const POINTS = ['before', 'done', 'answered', 'later'] as const;

let folder: string;
let desk: FakeRequestTracker;
let server: Server;
let child: ChildProcess | undefined;
/** The process is killed at this request, counted from its start. */
let fatal: { request: number; point: (typeof POINTS)[number]; laterMs: number } | undefined;
let requests = 0;
const reached = new Map<string, number>();

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'vigie-kill-outbox-'));
  desk = new FakeRequestTracker();
  server = createServer((request, response) => void handle(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterEach(async () => {
  child?.kill('SIGKILL');
  server.closeAllConnections();
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

const kill = (point: string) => {
  if (child?.kill('SIGKILL')) reached.set(point, (reached.get(point) ?? 0) + 1);
};

/** The desk, which knows at which point of which request the other side dies. */
async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const mine = fatal?.request === requests++ ? fatal : undefined;
  if (mine?.point === 'before') {
    kill('before');
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
    kill('done');
    response.destroy();
    return;
  }
  response.writeHead(answer.status, { 'content-type': 'application/json' });
  response.end(Buffer.from(await answer.arrayBuffer()));
  if (mine?.point === 'answered') response.once('finish', () => kill('answered'));
  if (mine?.point === 'later') setTimeout(() => kill('later'), mine.laterMs);
}

test('killed at a hundred points of its outbox, a server loses no ticket, makes none twice, and notes all once', async () => {
  const { port } = server.address() as AddressInfo;
  const database = join(folder, 'state.sqlite');
  let seed = 20_261_122;
  const random = (below: number) => {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
    return Math.floor((seed / 2 ** 32) * below);
  };
  let said = '';
  for (let ended = false, kills = 0; !ended; ) {
    const point = POINTS[kills % POINTS.length] as (typeof POINTS)[number];
    fatal = kills < KILLS ? { request: random(9), point, laterMs: random(12) } : undefined;
    requests = 0;
    child = spawn(process.execPath, [CHILD, database, `http://127.0.0.1:${port}`], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (said += chunk));
    const [code] = (await once(child, 'close')) as [number | null];
    if (code !== null && code !== 0) throw new Error(`the process failed:\n${said}`);
    ended = code === 0;
    if (!ended) kills++;
  }
  const points = [...reached.values()].reduce((sum, count) => sum + count, 0);
  process.stdout.write(`${points} kills (${[...reached].join(' ')}), ${desk.requests} requests\n`);
  expect(points).toBe(KILLS);
  expect(said).toBe('');

  const keyed = new Map(desk.tickets.map((ticket) => [ticket.key, ticket]));
  expect(desk.tickets).toHaveLength(INCIDENTS);
  expect(keyed.size).toBe(INCIDENTS);
  const state = openSqliteStateStore(database);
  try {
    expect(await state.deadTicketWork(9)).toEqual([]);
    for (let number = 1; number <= INCIDENTS; number++) {
      const actions = lifeOf(number).map(([action]) => action);
      const kept = await state.incident(number);
      const ticket = desk.tickets.find(({ id }) => id === kept?.incident.ticket);
      expect(ticket?.key).toBe(workOn(number).incident);
      expect(ticket?.notes, `notes of ${number}`).toHaveLength(actions.length - 1);
      expect(ticket?.status).toBe(
        actions.at(-1) === 'resolve' ? 'resolved' : actions.at(-1) === 'reopen' ? 'in-progress' : 'new',
      );
      expect(kept?.timeline.filter(({ reason }) => reason.code.startsWith('ticket.'))).toHaveLength(actions.length);
    }
  } finally {
    await state.close();
  }
});
