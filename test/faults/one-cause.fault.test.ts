import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { demoInventory } from '../../cli/demo/chain.ts';
import { type SimulatorProcess, startSimulatorProcess } from '../../cli/demo/simulator-process.ts';
import type { IncidentView, WallSnapshot } from '../../protocol/views.ts';
import { isOver } from '../../protocol/weights.ts';
import { freePort } from '../support/free-port.ts';
import { impatientRules } from '../support/impatient-rules.ts';
import { runVigie, type VigieProcess } from '../support/vigie-process.ts';

const TOKEN = 'a-token-for-this-test-only';
const STORES = 500;
const KEEPALIVE_S = 5;

let dataDir: string;
let server: VigieProcess;
let simulator: SimulatorProcess;
let base: string;

beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'vigie-cause-'));
  const [httpPort, mqttPort] = [await freePort(), await freePort()];
  base = `http://127.0.0.1:${httpPort}`;
  server = runVigie(['server', `--data-dir=${dataDir}`, `--http-port=${httpPort}`, `--mqtt-port=${mqttPort}`], {
    VIGIE_ADMIN_TOKEN: TOKEN,
    VIGIE_CONFIG: impatientRules(dataDir),
  });
  await server.says(/Ctrl-C/);
  const inventoryAt = Date.now();
  const chain = { seed: 7, stores: STORES, devices: STORES * 16 };
  const imported = await fetch(`${base}/api/v1/inventory`, {
    method: 'POST',
    headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' },
    body: JSON.stringify(demoInventory({ ...chain, now: inventoryAt })),
  });
  expect(imported.status).toBe(200);
  simulator = await startSimulatorProcess({
    ...chain,
    url: `mqtt://127.0.0.1:${mqttPort}`,
    inventoryAt,
    dayFile: new URL('quiet-day.yaml', import.meta.url).pathname,
    intervalS: 10,
    keepaliveS: KEEPALIVE_S,
    connectOverS: 3,
    onEvent: () => {},
    onLost: () => {},
  });
  await wallWhere((wall) => wall.stores.every(({ state }) => state === 'up' || state === 'closed'));
});
afterEach(async () => {
  await simulator.stop();
  await server.end('SIGTERM');
  rmSync(dataDir, { recursive: true, force: true });
});

/** Looks at the wall until it is as wanted: the stream's content, without its plumbing. */
async function wallWhere(wanted: (wall: WallSnapshot) => boolean): Promise<WallSnapshot> {
  for (;;) {
    const wall = (await (await fetch(`${base}/api/v1/wall`)).json()) as WallSnapshot;
    if (wanted(wall)) return wall;
    await pause(100);
  }
}

const incidents = async () =>
  ((await (await fetch(`${base}/api/v1/incidents?limit=1000`)).json()) as { incidents: IncidentView[] }).incidents;

test('a carrier outage over 40 stores makes one incident per store and none per till; a WAN cut makes one; all heal', async () => {
  const outage = await simulator.trigger({ what: 'carrier-outage', where: { count: 40 }, forS: 25 });
  const struck = new Set(outage.map(({ store }) => store));
  expect(struck.size).toBe(40);
  const cut = await wallWhere((wall) => wall.stores.filter(({ state }) => state === 'blind').length === 40);
  expect(new Set(cut.stores.filter(({ state }) => state === 'blind').map(({ key }) => key))).toEqual(struck);
  await wallWhere((wall) => wall.incidents.length >= 40);
  // Long enough for a till's own alert to have fired, had the store's silence not explained it.
  await pause(8_000);
  const during = await incidents();
  expect(during).toHaveLength(40);
  expect(new Set(during.map(({ store }) => store))).toEqual(struck);
  expect(during.every(({ cause }) => cause.kind === 'store')).toBe(true);

  await wallWhere((wall) => wall.stores.every(({ state }) => state === 'up' || state === 'closed'));
  await wallWhere((wall) => wall.incidents.every(({ state }) => isOver(state)));

  const [wanCut] = await simulator.trigger({ what: 'wan-cut', where: { count: 1 }, forS: 15 });
  await wallWhere((wall) => wall.incidents.some(({ state, store }) => state === 'new' && store === wanCut?.store));
  await pause(6_000);
  const all = await incidents();
  expect(all).toHaveLength(41);
});
