import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Agent, startAgent } from '../../agent/agent.ts';
import { validateAgentConfig } from '../../agent/config.ts';
import { createSigner } from '../../collector/signer.ts';
import { openSqliteStateStore } from '../../collector/state/sqlite-state-store.ts';
import type { EffectiveConfig } from '../../dashboard/ports.ts';
import { until } from '../faults/until.ts';
import { freePort } from '../support/free-port.ts';
import { runVigie, type VigieProcess } from '../support/vigie-process.ts';

const TILL = 'demo/lyon/till-1';
const TOKEN = 'a-token-for-this-test';
const store = { name: 'lyon', title: 'Lyon', timeZone: 'Europe/Paris', devices: [{ name: 'till-1', kind: 'till' }] };
const INVENTORY = { chains: [{ name: 'demo', title: 'Demo', stores: [store] }] };

let folder: string;
let server: VigieProcess | undefined;
let agent: Agent | undefined;
let ports: { http: number; mqtt: number };

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'vigie-config-'));
  for (const name of ['server', 'till/identity']) mkdirSync(join(folder, name), { recursive: true });
  // What enrolment would have brought.
  const state = openSqliteStateStore(join(folder, 'server', 'state.sqlite'));
  const { publicKey } = createSigner(await state.secret('signing'));
  await state.close();
  writeFileSync(join(folder, 'till', 'identity', 'signing.pub'), publicKey);
  ports = { http: await freePort(), mqtt: await freePort() };
  await startServer();
  await ask('inventory', INVENTORY);
});
afterEach(async () => {
  await agent?.stop();
  agent = undefined;
  await server?.end('SIGKILL');
  server = undefined;
  rmSync(folder, { recursive: true, force: true });
});

async function startServer(): Promise<void> {
  const flags = [`--http-port=${ports.http}`, `--mqtt-port=${ports.mqtt}`];
  server = runVigie(['server', `--data-dir=${join(folder, 'server')}`, ...flags], { VIGIE_ADMIN_TOKEN: TOKEN });
  await server.says(/Ctrl-C/);
}

async function startTill(): Promise<void> {
  const own = {
    chain: 'demo',
    store: 'lyon',
    device: 'till-1',
    server: `mqtt://127.0.0.1:${ports.mqtt}`,
    dataDir: join(folder, 'till'),
    intervalS: 1,
    checks: [{ type: 'system' }],
    central: { trialS: 5 },
  };
  agent = await startAgent(await validateAgentConfig(own, 'agent.yaml'), { log: () => {}, chance: () => 0 });
}

async function ask(path: string, body?: object): Promise<{ status: number; said: Record<string, unknown> }> {
  const answer = await fetch(`http://127.0.0.1:${ports.http}/api/v1/${path}`, {
    headers: { authorization: `Bearer ${TOKEN}`, ...(body && { 'content-type': 'application/json' }) },
    ...(body && { method: 'POST', body: JSON.stringify(body) }),
  });
  return { status: answer.status, said: (await answer.json()) as Record<string, unknown> };
}
const soon = (look: () => Promise<boolean>, otherwise: string) => until(look, 30_000, `not so: ${otherwise}`);
const till = async () => (await ask(`agent-configs/devices/${TILL}`)).said as unknown as EffectiveConfig;
const wanted = (scope: string, settings: object, basedOn: number) =>
  ask('agent-configs/scope', { scope, settings, basedOn, comment: 'a test' });

/** Runs `vigie config …` to its end. */
async function vigieConfig(...args: string[]): Promise<string> {
  const ran = runVigie(['config', ...args, `--url=http://127.0.0.1:${ports.http}`], { VIGIE_ADMIN_TOKEN: TOKEN });
  await ran.end('SIGCONT');
  return ran.output();
}

test('a check wanted for a chain runs on its till, and is seen to', async () => {
  await startTill();
  expect(await till()).toMatchObject({ standing: 'none' });
  expect((await wanted('demo:till', { checks: [{ type: 'mem' }] }, 0)).said).toMatchObject({ devices: 1 });
  await soon(async () => (await till()).standing === 'applied', 'the till runs it');
  expect(await till()).toMatchObject({
    desired: { version: 1 },
    applied: 1,
    from: { 'checks.mem': { scope: 'demo:till', version: 1 } },
  });
  await soon(async () => {
    const { said } = await ask(`devices/${TILL}`);
    return (said.readings as { measurement: string }[]).some(({ measurement }) => measurement === 'mem');
  }, 'its readings come');

  const file = join(folder, 'store.yaml');
  writeFileSync(file, 'intervalS: 2\nremoveChecks: [mem]\n');
  expect(await vigieConfig('set', 'demo/lyon', file, '--check')).toContain('they would change 1 device(s)');
  expect(await vigieConfig('set', 'demo/lyon', file, '--comment=slower')).toContain('version 1 is wanted now');
  await soon(async () => (await till()).applied === 2, 'the till runs the second');
  expect(await vigieConfig('get', TILL, '--explain')).toMatch(
    /: applied \(2 \/ 2\)[\s\S]*# intervalS: demo\/lyon, version 1/,
  );
  writeFileSync(file, '{}');
  await vigieConfig('set', 'demo/lyon', file);
  expect(await vigieConfig('revert', 'demo/lyon', '1')).toContain('version 3 is wanted now');
  expect(await vigieConfig('history', 'demo/lyon')).toMatch(/version 3[\s\S]*version 2[\s\S]*version 1,[\s\S]*slower/);
  await soon(
    async () => (await till()).settings.intervalS === 2 && (await till()).standing === 'applied',
    'it is back',
  );
  writeFileSync(file, 'chain: other\nchecks: [{ type: no_such }]\n');
  expect(await vigieConfig('set', 'demo', file)).toMatch(
    /1 fault\(s\)[\s\S]*settings\.chain: unknown key; known are server/,
  );
});

test('one that breaks the link is put back by the till itself, and seen as refused; a retry is a new attempt', async () => {
  await startTill();
  await wanted(TILL, { intervalS: 2 }, 0);
  await soon(async () => (await till()).applied === 1, 'the first is applied');
  const { said } = await wanted(TILL, { intervalS: 3, server: `mqtt://127.0.0.1:${await freePort()}` }, 1);
  expect(said).toMatchObject({ devices: 1 });
  await soon(async () => (await till()).standing === 'refused', 'the second is refused');
  expect(await till()).toMatchObject({ applied: 1, refused: { version: 2, reason: 'link' }, desired: { version: 2 } });
  expect((await ask('agent-configs/devices?standing=refused')).said).toMatchObject({
    devices: [{ device: TILL }],
    counts: { refused: 1 },
  });
  expect(await vigieConfig('retry', TILL)).toContain('is told its configuration again');
  await soon(async () => (await till()).refused?.version === 3, 'it tries again, and refuses again');
  await wanted(TILL, {}, 2);
  await soon(async () => (await till()).applied === 4, 'nothing is wanted any more, and that is applied');
  expect((await till()).refused).toBeUndefined();
});

test('a server that was killed tells everyone again, under the same numbers', async () => {
  await wanted('demo', { checks: [{ type: 'mem' }] }, 0);
  await soon(async () => (await till()).desired?.publishedAt !== undefined, 'it is told');
  await server?.end('SIGKILL');
  await startServer();
  await startTill();
  await soon(async () => (await till()).standing === 'applied', 'the till runs it');
  expect(await till()).toMatchObject({ desired: { version: 1 }, applied: 1 });
});
