import { once } from 'node:events';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { plugin as terminals } from '../../../agent/checks/payment_terminal.ts';
import { plugin } from '../../../agent/checks/x509_cert.ts';
import { runLive, runOnce } from './run-live.ts';
import { createAuthority, type Pair, startTlsServer } from './tls-server.ts';

let folder: string;
let ours: ReturnType<typeof createAuthority>;
let theirs: ReturnType<typeof createAuthority>;
let server: Awaited<ReturnType<typeof startTlsServer>> | undefined;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'vigie-tls-'));
  ours = createAuthority(folder, 'Chain CA');
  theirs = createAuthority(folder, 'Somebody CA');
});
afterEach(async () => {
  await server?.close();
  server = undefined;
});
afterAll(() => rmSync(folder, { recursive: true }));

async function ask(pair: Pair, more = {}) {
  server = await startTlsServer(pair);
  const result = await runOnce(plugin, {
    server: '127.0.0.1',
    port: server.port,
    servername: 'pos.example.net',
    caFile: ours.caFile,
    ...more,
  });
  return { ...result, source: `127.0.0.1:${server.port}` };
}

test('a certificate that ends within days', async () => {
  const { points, statuses, source } = await ask(ours.sign('pos.example.net', 5));
  expect(statuses).toEqual([{ check: 'the-check', status: 'ok' }]);
  expect(points[0]).toMatchObject({
    t: { source, common_name: 'pos.example.net', issuer_common_name: 'Chain CA', verification: 'valid' },
    f: { days_left: 4, verification_code: 0 },
  });
  expect(points[0]?.f.expiry).toBeGreaterThan(4.9 * 86_400);
  expect(points[0]?.f.expiry).toBeLessThanOrEqual(5 * 86_400);
});

test('one that has ended', async () => {
  const { points, statuses, source } = await ask(ours.sign('pos.example.net', -1));
  expect(points[0]?.f).toMatchObject({ verification_code: 1 });
  expect(points[0]?.f.days_left).toBeLessThan(0);
  expect(statuses[0]).toMatchObject({ status: 'critical', text: expect.stringContaining(`${source} expired on `) });
});

test('one for another name', async () => {
  const { statuses, source } = await ask(ours.sign('other.example.net', 30));
  expect(statuses[0]?.text).toBe(`The certificate of ${source} is for other.example.net, not for pos.example.net.`);
});

test('one of an authority nobody knows', async () => {
  const { points, statuses, source } = await ask(theirs.sign('pos.example.net', 30));
  expect(points[0]?.f).toMatchObject({ days_left: 29, verification_code: 1 });
  expect(statuses[0]?.text).toMatch(`The certificate of ${source} comes from no trusted authority (`);
});

test('files found by a pattern', async () => {
  const live = join(folder, 'live');
  for (const [name, days] of [
    ['a', 40],
    ['b', 3],
  ] as const) {
    mkdirSync(join(live, name), { recursive: true });
    copyFileSync(ours.sign(`${name}.example.net`, days).cert, join(live, name, 'cert.pem'));
  }
  const { points, statuses } = await runOnce(plugin, { files: [`${live}/*/cert.pem`] });
  expect(points.map(({ t, f }) => [t?.common_name, f.days_left])).toEqual([
    ['a.example.net', 39],
    ['b.example.net', 2],
  ]);
  expect(statuses).toEqual([{ check: 'the-check', status: 'ok' }]);
});

test('a port that never shakes hands', async () => {
  const silent = createServer((socket) => socket.resume());
  silent.listen(0, '127.0.0.1');
  await once(silent, 'listening');
  const { port } = silent.address() as AddressInfo;
  const { statuses } = await runLive(plugin.create({ server: '127.0.0.1', port }), 300);
  expect(statuses[0]?.text).toBe(`127.0.0.1:${port} gives no answer in time.`);
  silent.close();
  await once(silent, 'close');
});

test('a payment terminal: its certificate, and not a byte of what it carries', async () => {
  server = await startTlsServer(theirs.sign('terminal', 20));
  const terminal = { name: 'lane 1', server: '127.0.0.1', port: server.port, tls: true };
  const { points, statuses } = await runOnce(terminals, { terminals: [terminal] });
  expect(points[0]).toMatchObject({ t: { terminal: 'lane 1' }, f: { reachable: 1, tls_valid: 1, days_left: 19 } });
  expect(statuses).toEqual([{ check: 'the-check', status: 'ok' }]);
  const judged = await runOnce(terminals, { terminals: [{ ...terminal, caFile: ours.caFile }] });
  expect(judged.points[0]?.f.tls_valid).toBe(0);
  expect(server.heard()).toBe(0);
});
