import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openSqliteStateStore } from '../../collector/state/sqlite-state-store.ts';
import { workOn } from '../alerting/fixtures.ts';
import { type FatalDesk, openFatalDesk, POINTS, smallRandom } from './fatal-desk.ts';
import { INCIDENTS, lifeOf } from './outbox-plan.ts';

const KILLS = 100;
const CHILD = fileURLToPath(new URL('./outbox-child.ts', import.meta.url));

let folder: string;
let fatal: FatalDesk;
let child: ChildProcess | undefined;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'vigie-kill-outbox-'));
  fatal = await openFatalDesk(() => child?.kill('SIGKILL') ?? false);
});
afterEach(() => {
  child?.kill('SIGKILL');
  fatal.close();
  rmSync(folder, { recursive: true, force: true });
});

test('killed at a hundred points of its outbox, a server loses no ticket, makes none twice, and notes all once', async () => {
  const { desk, reached } = fatal;
  const database = join(folder, 'state.sqlite');
  const random = smallRandom(20_261_122);
  let said = '';
  for (let ended = false, kills = 0; !ended; ) {
    const point = POINTS[kills % POINTS.length] as (typeof POINTS)[number];
    fatal.aim(kills < KILLS ? { request: random(9), point, laterMs: random(12) } : undefined);
    child = spawn(process.execPath, [CHILD, database, fatal.url], {
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
