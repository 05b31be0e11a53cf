import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { stringify } from 'yaml';
import type { IncidentView, WallSnapshot } from '../../protocol/views.ts';
import { freePort } from '../support/free-port.ts';
import { startInfluxd } from '../support/influxd.ts';
import { NumberedSender, plainInventory } from '../support/load.ts';
import { startPostgres } from '../support/postgres.ts';
import { runVigie, type VigieProcess } from '../support/vigie-process.ts';

let folder: string;
let base: string;
let undo: (() => unknown)[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vigie-servers-'));
  undo = [() => rmSync(folder, { recursive: true, force: true })];
});
afterEach(async () => {
  for (const work of undo.splice(0).reverse()) await work();
});

async function run(settings: object, ...flags: string[]): Promise<VigieProcess> {
  const [httpPort, mqttPort] = [await freePort(), await freePort()];
  base = `http://127.0.0.1:${httpPort}`;
  const config = join(folder, 'vigie.yaml');
  const ports = { http: { port: httpPort }, mqtt: { port: mqttPort }, dataDir: join(folder, 'data') };
  writeFileSync(config, stringify({ ...ports, ...settings }));
  const server = runVigie(['server', `--config=${config}`, ...flags], { VIGIE_ADMIN_TOKEN: 'a-token' });
  undo.push(() => server.end('SIGKILL'));
  return server;
}

const ask = async <T>(path: string) => (await (await fetch(`${base}${path}`)).json()) as T;

/** Looks until it is as wanted. */
async function untilTrue(look: () => Promise<boolean>): Promise<void> {
  while (!(await look())) await pause(200);
}

test('a PostgreSQL that comes up later than we do is waited for, in the reader’s language', async () => {
  const postgres = await startPostgres();
  undo.push(() => postgres.destroy());
  const url = await postgres.createDatabase();
  await postgres.kill();
  const server = await run({ state: { postgres: { url } } }, '--lang=fr');
  await server.says(/base d’état .* n’est pas joignable.*nouvel essai/);
  await postgres.start();
  await server.says(/Ctrl-C arrête tout/);
  expect((await fetch(`${base}/api/v1/health`)).status).toBe(200);
  expect(await server.end('SIGTERM')).toBe(0);
});

test('a second collector on the same database stands by, and serves once the first has gone', async () => {
  const postgres = await startPostgres();
  undo.push(() => postgres.destroy());
  const url = await postgres.createDatabase();
  const first = await run({ state: { postgres: { url } }, collector: { id: 'first' } });
  await first.says(/Ctrl-C/);
  const second = await run({
    state: { postgres: { url } },
    collector: { id: 'second' },
    dataDir: join(folder, 'other'),
  });
  await second.says(/Ctrl-C/);
  const served = async () =>
    /^vigie_partitions_served (\d+)$/m.exec(await (await fetch(`${base}/metrics`)).text())?.[1];
  expect(await served()).toBe('0');
  await first.end('SIGTERM');
  await untilTrue(async () => (await served()) === '1');
});

test('a metrics store that stays away is an incident of Vigie itself, on the wall until it is back', async () => {
  const influx = await startInfluxd();
  undo.push(() => influx.stop());
  const rules = join(folder, 'rules.yaml');
  writeFileSync(
    rules,
    stringify({
      settle: '1 s',
      quiet: '1 s',
      grace: '1 s',
      rules: [
        {
          id: 'vigie-log-behind',
          title: { fr: 'Base de mesures en retard', en: 'Metrics store behind' },
          type: 'threshold',
          measurement: 'vigie_log',
          field: 'age_seconds',
          direction: 'above',
          raise: 8,
          clear: 5,
          severity: 'warning',
          urgency: 2,
          hours: 'always',
          for: '1 s',
          clearFor: '1 s',
        },
      ],
    }),
  );
  const server = await run({ metrics: { influx: { url: influx.url, version: 1, database: 'vigie' } }, rules });
  await server.says(/Ctrl-C/);
  const wall = () => ask<WallSnapshot>('/api/v1/wall');
  expect((await wall()).stores).toEqual([]);
  expect((await ask<{ chains: unknown[] }>('/api/v1/inventory')).chains).toEqual([]);

  await influx.server.kill();
  await sendOneReport(server);
  await untilTrue(async () => (await wall()).stores.some(({ key }) => key === 'vigie-self/vigie'));
  const [incident] = (await ask<{ incidents: IncidentView[] }>('/api/v1/incidents')).incidents;
  expect(incident).toMatchObject({ store: 'vigie-self/vigie', cause: { rule: 'vigie-log-behind' }, state: 'new' });
  expect(await ask('/api/v1/health')).toMatchObject({ status: 'degraded' });

  await influx.server.start();
  await untilTrue(async () => (await wall()).stores.length === 1);
  await untilTrue(async () => !(await wall()).stores.some(({ key }) => key === 'vigie-self/vigie'));
  await untilTrue(async () => (await wall()).incidents.every(({ state }) => state === 'resolved'));
});

/** Something for the metrics store to take. */
async function sendOneReport(server: VigieProcess): Promise<void> {
  const port = Number(/mqtt:\/\/127\.0\.0\.1:(\d+)/.exec(server.output())?.[1]);
  await fetch(`${base}/api/v1/inventory`, {
    method: 'POST',
    headers: { authorization: 'Bearer a-token', 'content-type': 'application/json' },
    body: JSON.stringify(plainInventory(1, 1)),
  });
  const sender = new NumberedSender(port, 's0', 'd0', 'bootofone1');
  undo.push(() => sender.end());
  sender.next();
  await untilTrue(async () => sender.unacknowledged === 0);
}
