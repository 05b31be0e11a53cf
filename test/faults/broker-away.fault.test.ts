import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { stringify } from 'yaml';
import type { IncidentView, WallSnapshot } from '../../protocol/views.ts';
import { freePort } from '../support/free-port.ts';
import { NumberedSender, plainInventory } from '../support/load.ts';
import { type Mosquitto, startMosquitto } from '../support/mosquitto.ts';
import { runVigie, type VigieProcess } from '../support/vigie-process.ts';

/** Longer than any till may be silent by the default rules: three intervals of ten seconds, and five for patience. */
const AWAY_MS = 42_000;
const STORES = 4;

let folder: string;
let mosquitto: Mosquitto;
let server: VigieProcess;
let senders: NumberedSender[];
let base: string;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'vigie-broker-away-'));
  mosquitto = await startMosquitto();
  const httpPort = await freePort();
  base = `http://127.0.0.1:${httpPort}`;
  const config = join(folder, 'vigie.yaml');
  const broker = { url: `mqtt://127.0.0.1:${mosquitto.port}` };
  writeFileSync(config, stringify({ http: { port: httpPort }, broker, dataDir: join(folder, 'data') }));
  server = runVigie(['server', `--config=${config}`], { VIGIE_ADMIN_TOKEN: 'a-token' });
  await server.says(/Ctrl-C/);
  await fetch(`${base}/api/v1/inventory`, {
    method: 'POST',
    headers: { authorization: 'Bearer a-token', 'content-type': 'application/json' },
    body: JSON.stringify(plainInventory(STORES, 2)),
  });
  senders = Array.from({ length: 2 * STORES }, (_, i) => {
    const [s, d] = [Math.floor(i / 2), i % 2];
    return new NumberedSender(mosquitto.port, `s${s}`, `d${d}`, `bootof${s}x${d}`);
  });
});
afterEach(async () => {
  for (const sender of senders) sender.end();
  await server.end('SIGKILL');
  await mosquitto.remove();
  rmSync(folder, { recursive: true, force: true });
});

const ask = async <T>(path: string) => (await (await fetch(`${base}${path}`)).json()) as T;

async function allUp(): Promise<void> {
  for (;;) {
    const { stores } = await ask<WallSnapshot>('/api/v1/wall');
    if (stores.length === STORES && stores.every(({ state }) => state === 'up' || state === 'closed')) return;
    await pause(200);
  }
}

test('a broker that is gone for a while is Vigie’s own trouble: no till is called dead for it', async () => {
  const report = setInterval(() => {
    for (const sender of senders) sender.next();
  }, 2_000);
  await allUp();
  await mosquitto.kill();
  const until = Date.now() + AWAY_MS;
  while (Date.now() < until) {
    expect((await ask<{ incidents: IncidentView[] }>('/api/v1/incidents')).incidents).toEqual([]);
    await pause(1_000);
  }
  expect(await ask('/api/v1/health')).toMatchObject({ status: 'degraded' });
  await mosquitto.start();
  while ((await ask<{ status: string }>('/api/v1/health')).status !== 'ok') await pause(200);
  // Everyone is heard again; and still nobody is called.
  const before = senders.map(({ acknowledged }) => acknowledged.size);
  while (senders.some(({ acknowledged }, i) => acknowledged.size === before[i])) await pause(200);
  await allUp();
  clearInterval(report);
  expect((await ask<{ incidents: IncidentView[] }>('/api/v1/incidents')).incidents).toEqual([]);
});
