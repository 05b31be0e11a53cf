import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { stringify } from 'yaml';
import type { Inventory } from '../../protocol/inventory.ts';
import type { IncidentView } from '../../protocol/views.ts';
import { isOver } from '../../protocol/weights.ts';
import { freePort } from '../support/free-port.ts';
import { runVigie, type VigieProcess } from '../support/vigie-process.ts';
import { type FatalDesk, openFatalDesk, POINTS, smallRandom } from './fatal-desk.ts';
import { ScriptedDevice } from './scripted-device.ts';
import { until } from './until.ts';

/** A hundred take three minutes alone: `VIGIE_KILLS=100 npm run test:faults -- kill-server-outbox`. */
const KILLS = Number(process.env.VIGIE_KILLS ?? 25);
const STORES = 8;
const TOKEN = 'a-token-for-this-test-only';
/** What fails in all stores at once here has nothing in common. */
const APART = 'correlate: { stores: 1000, storm: { incidents: 100000, within: 1 min } }';

let folder: string;
let fatal: FatalDesk;
let server: VigieProcess | undefined;
let devices: ScriptedDevice[] = [];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'vigie-kill-server-outbox-'));
  fatal = await openFatalDesk(() => server?.child.kill('SIGKILL') ?? false);
});
afterEach(async () => {
  for (const device of devices.splice(0)) device.end();
  await server?.end('SIGKILL');
  fatal.close();
  rmSync(folder, { recursive: true, force: true });
});

const inventory = (): Inventory => ({
  chains: [
    {
      ...{ name: 'load', title: 'Load' },
      stores: Array.from({ length: STORES }, (_, at) => ({
        ...{ name: `s${at}`, title: `S ${at}`, timeZone: 'Europe/Paris' },
        devices: [{ name: 'part', kind: 'till' as const }],
      })),
    },
  ],
});

/** Fills and empties its disk until it is told to end. */
async function live(device: ScriptedDevice, random: (below: number) => number, isOverNow: () => boolean) {
  while (!isOverNow()) {
    await pause(500 + random(2_500));
    device.fill();
    await pause(2_000 + random(2_000));
    device.empty();
    await pause(2_000);
  }
}

test('a whole server, killed at any point of its outbox again and again, loses no ticket and makes none twice', async () => {
  const [httpPort, mqttPort] = [await freePort(), await freePort()];
  const [config, rules] = [join(folder, 'vigie.yaml'), join(folder, 'rules.yaml')];
  writeFileSync(rules, `${readFileSync(new URL('campaign-rules.yaml', import.meta.url), 'utf8')}\n${APART}\n`);
  writeFileSync(
    config,
    stringify({
      ...{ http: { host: '127.0.0.1', port: httpPort }, mqtt: { host: '127.0.0.1', port: mqttPort } },
      ...{ dataDir: join(folder, 'data'), rules },
      desks: { main: { type: 'request_tracker', url: fatal.url, queue: 'Stores', tellHealed: true } },
    }),
  );
  const killed = async () => {
    const { child } = server as VigieProcess;
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  };
  const start = async () => {
    server = runVigie(['server', `--config=${config}`], { VIGIE_ADMIN_TOKEN: TOKEN, VIGIE_DESK_SECRET: 'a-token' });
    await server.says(/Ctrl-C/);
  };
  const api = async <T>(path: string, body?: object): Promise<T> => {
    const answer = await fetch(`http://127.0.0.1:${httpPort}/api/v1${path}`, {
      headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' },
      ...(body && { method: 'POST', body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as T;
  };
  const incidents = async () => (await api<{ incidents: IncidentView[] }>('/incidents?limit=1000')).incidents;

  await start();
  await api('/inventory', inventory());
  const random = smallRandom(20_261_123);
  let over = false;
  devices = Array.from(
    { length: STORES },
    (_, at) => new ScriptedDevice(mqttPort, { chain: 'load', store: `s${at}`, device: 'part' }, `bootofpart${at}`),
  );
  const lives = devices.map((device) => live(device, random, () => over));
  for (let kill = 0; kill < KILLS; kill++) {
    const point = POINTS[kill % POINTS.length] as (typeof POINTS)[number];
    fatal.aim({ request: random(12), point, laterMs: random(300) });
    await killed();
    await start();
  }
  fatal.aim(undefined);
  over = true;
  await Promise.all(lives);

  const settled = ({ state, ticketState }: IncidentView) => isOver(state) && ticketState === 'resolved';
  const all = await until(
    async () => {
      const found = await incidents();
      return found.every(settled) && found;
    },
    120_000,
    'not all is over, or told',
  );
  const { desk, reached } = fatal;
  process.stdout.write(
    `${KILLS} kills (${[...reached].join(' ')}), ${all.length} incidents, ${desk.requests} requests\n`,
  );
  expect([...reached.values()].reduce((sum, count) => sum + count, 0)).toBe(KILLS);
  expect(all.length).toBeGreaterThan(KILLS / 2);
  expect(desk.tickets.map(({ key }) => key).sort()).toEqual(all.map(({ key }) => key).sort());
  for (const incident of all) {
    const ticket = desk.tickets.find(({ key }) => key === incident.key);
    expect([ticket?.number, ticket?.status]).toEqual([incident.ticket, 'resolved']);
  }
  for (const { id, number } of desk.tickets) {
    const path = `http://desk/REST/2.0/ticket/${id}/attachments?per_page=1000`;
    const answer = await desk.fetch(path, { headers: { authorization: 'token a-token' } });
    const { items } = (await answer.json()) as { items: { Subject: string }[] };
    const marks = items.flatMap(({ Subject }) => /\[vigie:\d+\]/.exec(Subject)?.[0] ?? []);
    expect(new Set(marks).size, `notes of ${number}`).toBe(marks.length);
  }
  expect((await api<{ dead: unknown[] }>('/tickets/dead')).dead).toEqual([]);
}, 1_500_000);
