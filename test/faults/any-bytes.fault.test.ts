import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import mqtt from 'mqtt';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Report } from '../../protocol/messages.ts';
import { agentClientId, deviceTopic } from '../../protocol/topics.ts';
import { freePort } from '../support/free-port.ts';
import { plainInventory } from '../support/load.ts';
import { runVigie, type VigieProcess } from '../support/vigie-process.ts';

const MQTT_CASES = 10_000;
/** Drawn, so that enough are left when those no MQTT client can send are taken out. */
const DRAWN = 14_000;
const HTTP_CASES = 1_000;
const TCP_CASES = 300;
const TOKEN = 'a-token-for-this-test-only';

let dataDir: string;
let server: VigieProcess;
let base: string;
let mqttPort: number;

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'vigie-bytes-'));
  mqttPort = await freePort();
  const httpPort = await freePort();
  base = `http://127.0.0.1:${httpPort}`;
  server = runVigie(['server', `--data-dir=${dataDir}`, `--http-port=${httpPort}`, `--mqtt-port=${mqttPort}`], {
    VIGIE_ADMIN_TOKEN: TOKEN,
  });
  await server.says(/Ctrl-C/);
  const imported = await fetch(`${base}/api/v1/inventory`, {
    method: 'POST',
    headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' },
    body: JSON.stringify(plainInventory(1, 1)),
  });
  expect(imported.status).toBe(200);
});
afterAll(async () => {
  await server.end('SIGKILL');
  rmSync(dataDir, { recursive: true, force: true });
});

async function figure(name: string): Promise<number> {
  const text = await (await fetch(`${base}/metrics`)).text();
  return Number(new RegExp(`^vigie_${name} (\\S+)$`, 'm').exec(text)?.[1]);
}

let seq = 0;
/** Sends a good report over a fresh connection and expects it committed. */
async function aGoodReportIsTaken(): Promise<void> {
  const before = await figure('reports_total');
  const client = await mqtt.connectAsync(`mqtt://127.0.0.1:${mqttPort}`, {
    clientId: agentClientId('load', 's0', 'd0'),
    protocolVersion: 4,
    reconnectPeriod: 0,
  });
  const report: Report = { v: 1, boot: 'thegoodboot', seq: ++seq, at: Date.now(), points: [{ m: 'cpu', f: { x: 1 } }] };
  const topic = deviceTopic({ chain: 'load', store: 's0', device: 'd0', kind: 'report' });
  await client.publishAsync(topic, JSON.stringify(report), { qos: 1 });
  client.end(true);
  expect(await figure('reports_total')).toBe(before + 1);
}

const mangledReport = fc
  .tuple(fc.nat({ max: 400 }), fc.uint8Array({ minLength: 1, maxLength: 6 }))
  .map(([at, bytes]) => {
    const good = Buffer.from(
      JSON.stringify({ v: 1, boot: 'thebadboots', seq: 1, at: Date.now(), points: [{ m: 'cpu', f: { x: 1 } }] }),
    );
    Buffer.from(bytes).copy(good, at % good.byteLength);
    return good;
  });
const anyPayload = fc.oneof(
  fc.uint8Array({ maxLength: 600 }).map((bytes) => Buffer.from(bytes)),
  fc.json().map((json) => Buffer.from(json)),
  mangledReport,
);
const anyTopic = fc.oneof(
  fc.string({ minLength: 1, maxLength: 60 }),
  fc.constantFrom('report', 'birth', 'status', 'config', 'sing').map((kind) => `vigie/v1/load/s0/d0/${kind}`),
  fc.constantFrom('ghost', 'd1', '__proto__').map((device) => `vigie/v1/load/s0/${device}/report`),
  fc.constant('vigie/v1/collector/embedded'),
);

test(`any bytes on any topic, ${MQTT_CASES} times: each is counted, set aside with a reason, and the next good report is taken`, async () => {
  const setAsideBefore = await figure('messages_set_aside_total');
  const takenBefore = await figure('reports_total');
  const staleBefore = await figure('messages_stale_total');
  const duplicatesBefore = await figure('reports_duplicate_total');
  const client = await mqtt.connectAsync(`mqtt://127.0.0.1:${mqttPort}`, {
    clientId: agentClientId('load', 's0', 'd0'),
    protocolVersion: 4,
    reconnectPeriod: 0,
  });
  const cases = fc
    .sample(fc.tuple(anyTopic, anyPayload), { numRuns: DRAWN, seed: 20_261_122 })
    // The client refuses these itself: MQTT has no such topic names.
    .filter(([topic]) => !/[#+\0]/.test(topic) && Buffer.from(topic).toString() === topic);
  // $-topics are the broker's own.
  const sent = cases.filter(([topic]) => !topic.startsWith('$'));
  expect(sent.length).toBeGreaterThanOrEqual(MQTT_CASES);
  for (let i = 0; i < sent.length; i += 200) {
    await Promise.all(
      sent.slice(i, i + 200).map(([topic, payload]) => client.publishAsync(topic, payload, { qos: 1 })),
    );
  }
  client.end(true);
  const accounted =
    (await figure('messages_set_aside_total')) -
    setAsideBefore +
    ((await figure('reports_total')) - takenBefore) +
    ((await figure('reports_duplicate_total')) - duplicatesBefore) +
    ((await figure('messages_stale_total')) - staleBefore);
  expect(accounted).toBe(sent.length);
  const answer = await fetch(`${base}/api/v1/set-aside`, { headers: { authorization: `Bearer ${TOKEN}` } });
  const { entries } = (await answer.json()) as { entries: { reason: string }[] };
  expect(entries.length).toBeGreaterThan(0);
  expect(entries.every(({ reason }) => reason.length > 0)).toBe(true);
  await aGoodReportIsTaken();
});

test(`any bytes on the MQTT port, ${TCP_CASES} times`, async () => {
  for (const bytes of fc.sample(fc.uint8Array({ minLength: 1, maxLength: 200 }), { numRuns: TCP_CASES, seed: 7 })) {
    const socket = connect(mqttPort, '127.0.0.1');
    socket.on('error', () => {});
    await once(socket, 'connect');
    await new Promise((resolve) => socket.end(Buffer.from(bytes), () => resolve(undefined)));
    socket.destroy();
  }
  await aGoodReportIsTaken();
});

test(`any request on any route, ${HTTP_CASES} times: a known answer, and the next good one is served`, async () => {
  const { paths } = (await (await fetch(`${base}/api/v1/openapi.json`)).json()) as { paths: Record<string, object> };
  const routes = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => ({ method, path })),
  );
  expect(routes.length).toBeGreaterThan(15);
  const request = fc.record({
    route: fc.constantFrom(...routes),
    part: fc.string({ maxLength: 40 }).map(encodeURIComponent),
    query: fc.dictionary(fc.string({ maxLength: 10 }), fc.string({ maxLength: 40 }), { maxKeys: 4 }),
    body: fc.oneof(fc.json(), fc.string({ maxLength: 200 })),
    type: fc.constantFrom('application/json', 'text/plain', 'application/octet-stream'),
  });
  for (const { route, part, query, body, type } of fc.sample(request, { numRuns: HTTP_CASES, seed: 11 })) {
    if (route.path.endsWith('/live')) continue;
    const path = route.path.replaceAll(/\{[^}]+\}/g, part === '' ? 'x' : part);
    const method = route.method.toUpperCase();
    const answer = await fetch(`${base}${path}?${new URLSearchParams(query)}`, {
      method,
      headers: { 'content-type': type, authorization: `Bearer ${TOKEN}` },
      ...(method === 'GET' ? {} : { body }),
      signal: AbortSignal.timeout(10_000),
    });
    await answer.arrayBuffer();
    expect(answer.status, `${method} ${path}`).toBeLessThan(500);
  }
  expect((await fetch(`${base}/api/v1/health`)).status).toBe(200);
  await aGoodReportIsTaken();
});
