import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import mqtt from 'mqtt';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { stringify } from 'yaml';
import type { IncidentView, WallSnapshot } from '../../protocol/views.ts';
import { isOver } from '../../protocol/weights.ts';
import { freePort } from '../support/free-port.ts';
import { startInfluxd } from '../support/influxd.ts';
import { NumberedSender, plainInventory } from '../support/load.ts';
import { startMosquitto } from '../support/mosquitto.ts';
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
  await untilTrue(async () => (await wall()).incidents.every(({ state }) => isOver(state)));
});

test('two collectors show the same wall, and either takes a person’s word for a store the other serves', async () => {
  const postgres = await startPostgres();
  undo.push(() => postgres.destroy());
  const mosquitto = await startMosquitto();
  undo.push(() => mosquitto.remove());
  const influx = await startInfluxd();
  undo.push(() => influx.stop());
  const shared = {
    state: { postgres: { url: await postgres.createDatabase(), partitions: 4 } },
    broker: { url: `mqtt://127.0.0.1:${mosquitto.port}` },
    metrics: { influx: { url: influx.url, version: 1, database: 'vigie' } },
  };
  const bases: string[] = [];
  for (const id of ['a', 'b']) {
    const server = await run({ ...shared, collector: { id }, dataDir: join(folder, id) });
    bases.push(base);
    await server.says(/Ctrl-C/);
  }
  const [one, other] = bases as [string, string];
  const admin = { authorization: 'Bearer a-token', 'content-type': 'application/json' };
  // Partitions change hands meanwhile: the second has just come.
  const imported = await fetch(`${one}/api/v1/inventory`, {
    method: 'POST',
    headers: admin,
    body: JSON.stringify(plainInventory(8, 2)),
  });
  expect(imported.status).toBe(200);
  await untilTrue(async () => (await servedBy(one)) === 2 && (await servedBy(other)) === 2);
  const wallOf = async (at: string) => (await (await fetch(`${at}/api/v1/wall`)).json()) as WallSnapshot;
  await untilTrue(async () => (await wallOf(other)).stores.length === 8);

  // One till of every store is lost: incidents on both sides of the divide.
  const senders = Array.from(
    { length: 8 },
    (_, s) => new NumberedSender(mosquitto.port, `s${s}`, 'd0', `bootofs${s}x`),
  );
  undo.push(() => senders.map((sender) => sender.end()));
  for (const sender of senders) sender.next();
  await untilTrue(async () => senders.every(({ unacknowledged }) => unacknowledged === 0));
  for (const { store } of senders) await sayLost(mosquitto.port, store);
  await untilTrue(
    async () => (await wallOf(one)).incidents.length === 8 && (await wallOf(other)).incidents.length === 8,
  );
  const numbers = (await wallOf(one)).incidents.map(({ number }) => number);
  expect(new Set(numbers).size).toBe(8);

  for (const number of numbers) {
    const answer = await fetch(`${one}/api/v1/incidents/${number}/acknowledge`, {
      method: 'POST',
      headers: admin,
      body: '{}',
    });
    expect(answer.status).toBe(204);
  }
  const allTaken = async (at: string) => (await wallOf(at)).incidents.every(({ state }) => state === 'acknowledged');
  await untilTrue(async () => (await allTaken(one)) && (await allTaken(other)));

  // A page opened at one is signed in at the other.
  const signedIn = await fetch(`${one}/api/v1/session`, {
    method: 'POST',
    headers: admin,
    body: '{"token":"a-token"}',
  });
  const cookie = signedIn.headers.get('set-cookie')?.split(';')[0] ?? '';
  expect(await (await fetch(`${other}/api/v1/session`, { headers: { cookie } })).json()).toMatchObject({
    who: { role: 'admin' },
  });
  // And a device's page is the same at both, readings included.
  const page = async (at: string) =>
    (await (await fetch(`${at}/api/v1/devices/load/s0/d0`)).json()) as { view: { state: string }; readings: unknown[] };
  await untilTrue(async () => (await page(one)).readings.length === 1);
  expect((await page(one)).view.state).toBe((await page(other)).view.state);
  expect((await page(other)).readings).toEqual((await page(one)).readings);
});

const servedBy = async (at: string) =>
  Number(/^vigie_partitions_served (\d+)$/m.exec(await (await fetch(`${at}/metrics`)).text())?.[1]);

/** What the broker says for an agent whose connection broke. */
async function sayLost(port: number, store: string): Promise<void> {
  const client = await mqtt.connectAsync(`mqtt://127.0.0.1:${port}`, { protocolVersion: 4, reconnectPeriod: 0 });
  const lost = { v: 1, boot: `bootof${store}x`, online: false, reason: 'lost', at: Date.now() };
  await client.publishAsync(`vigie/v1/load/${store}/d0/status`, JSON.stringify(lost), { qos: 1 });
  await client.endAsync();
}

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
