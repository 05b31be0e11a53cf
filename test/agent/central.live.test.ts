import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Agent, startAgent } from '../../agent/agent.ts';
import { validateAgentConfig } from '../../agent/config.ts';
import { createSigner } from '../../collector/signer.ts';
import { type FakeCollector, startFakeCollector } from './fake-collector.ts';

const ME = 'demo/lyon/till-1';
const signer = createSigner(randomBytes(32));
let dataDir: string;
let collector: FakeCollector;
let agent: Agent | undefined;

beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'vigie-central-'));
  mkdirSync(join(dataDir, 'identity'));
  writeFileSync(join(dataDir, 'identity', 'signing.pub'), signer.publicKey);
  collector = await startFakeCollector();
  await collector.setPresent(true);
});
afterEach(async () => {
  await agent?.stop();
  agent = undefined;
  await collector.close();
  rmSync(dataDir, { recursive: true, force: true });
});

async function start(): Promise<void> {
  const own = {
    chain: 'demo',
    store: 'lyon',
    device: 'till-1',
    server: `mqtt://127.0.0.1:${collector.port}`,
    dataDir,
    intervalS: 1,
    checks: [{ type: 'system' }],
  };
  agent = await startAgent(await validateAgentConfig(own, 'agent.yaml'), { log: () => {}, chance: () => 0 });
  await collector.until(({ reports }) => reports.length >= 1);
}
const send = (version: number, settings: object) =>
  collector.tell(ME, 'config', signer.sign('config', { v: 1, to: ME, version, at: Date.now(), settings }));
const central = () => collector.heard.births.at(-1)?.agent.central;
const checksOfLast = () =>
  collector.heard.reports
    .at(-1)
    ?.statuses?.map(({ check }) => check)
    .sort();

test('a configuration is applied within seconds, with no goodbye, no will and no report lost, and holds over a restart', async () => {
  await start();
  expect(central()).toEqual({ applied: 0 });
  await send(1, { intervalS: 2, checks: [{ type: 'mem' }] });
  await collector.until(() => central()?.applied === 1);
  expect(collector.heard.births.at(-1)).toMatchObject({ intervalS: 2, checks: ['system', 'mem'] });
  await collector.until(() => checksOfLast()?.join() === 'mem,system');
  const { reports, statuses } = collector.heard;
  expect(reports.map(({ seq }) => seq)).toEqual(reports.map((_, index) => index + 1));
  expect(statuses.map(({ online }) => online)).toEqual([true]);

  await agent?.stop();
  const before = reports.length;
  await start();
  await collector.until(() => reports.length > before);
  expect(central()).toEqual({ applied: 1 });
  expect(checksOfLast()).toEqual(['mem', 'system']);
});

test('a new keepalive is taken by connecting anew, without a word of absence', async () => {
  await start();
  await send(1, { keepaliveS: 1 });
  await collector.until(() => central()?.applied === 1);
  expect(collector.heard.births.length).toBeGreaterThanOrEqual(3);
  expect(collector.heard.statuses.every(({ online }) => online)).toBe(true);
});

test('what the server did not sign, or did long ago, is refused', async () => {
  await start();
  await send(3, { checks: [{ type: 'mem' }] });
  await collector.until(() => central()?.applied === 3);
  const stranger = createSigner(randomBytes(32));
  const body = { v: 1, to: ME, version: 9, at: 1, settings: {} };
  await collector.tell(ME, 'config', stranger.sign('config', body));
  await collector.until(() => central()?.refused?.reason === 'signature');
  expect(central()).toMatchObject({ applied: 3, refused: { reason: 'signature' } });
  expect(central()?.refused?.version).toBeUndefined();
  await collector.tell(ME, 'config', signer.sign('command', body));
  await collector.tell(ME, 'config', body);
  await send(2, { checks: [] });
  await collector.until(() => central()?.refused?.reason === 'outdated');
  expect(central()).toMatchObject({ applied: 3, refused: { reason: 'outdated', version: 2 } });
  await send(4, { checks: [{ type: 'no_such' }] });
  await collector.until(() => central()?.refused?.version === 4);
  expect(central()).toMatchObject({
    applied: 3,
    refused: { reason: 'schema', text: expect.stringContaining('central.checks[0].type: no check is called') },
  });
  await send(5, {});
  await collector.until(() => central()?.applied === 5);
  expect(central()).toEqual({ applied: 5 });
});
