import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CommandView } from '../../../dashboard/ports/actions.ts';
import type { EffectiveConfig } from '../../../dashboard/ports.ts';
import { until } from '../../faults/until.ts';
import { freePort } from '../../support/free-port.ts';
import { runVigie, type VigieProcess } from '../../support/vigie-process.ts';

const ADMIN = 'the-admin-of-this-test';
const TILL = 'acme/s1/till-1';
const SOON_MS = 30_000;
/** The store's side of the gateway: no name of the server's certificate. */
const STORE_SIDE = '127.0.0.2';

const INVENTORY = {
  chains: [
    {
      name: 'acme',
      title: 'Acme',
      stores: [
        {
          name: 's1',
          title: 'Lyon',
          timeZone: 'Europe/Paris',
          devices: [
            { name: 'gw', kind: 'gateway' },
            { name: 'till-1', kind: 'till', lane: 1, gateway: 'gw' },
          ],
        },
      ],
    },
  ],
};

/** A server with its real doors, a gateway enrolled with it, and a till that knows of neither but the gateway's address. */
let folder: string;
let url: string;
let ports: { mqtt: number; https: number; lan: number; relay: number };
let gateway: VigieProcess;
let till: VigieProcess;
const running: VigieProcess[] = [];

function run(...args: string[]): VigieProcess {
  const vigie = runVigie([...args, '--lang=en'], { VIGIE_ADMIN_TOKEN: ADMIN, VIGIE_URL: url ?? '' });
  running.push(vigie);
  return vigie;
}

/** What a command says; it must end well. */
async function done(...args: string[]): Promise<string> {
  const vigie = run(...args);
  const code = await vigie.end('SIGCONT');
  if (code !== 0) throw new Error(`vigie ${args.join(' ')}: ${vigie.output()}`);
  return vigie.output();
}

async function api<T>(path: string, body?: object): Promise<T> {
  const answer = await fetch(new URL(`/api/v1${path}`, url), {
    headers: { authorization: `Bearer ${ADMIN}`, ...(body && { 'content-type': 'application/json' }) },
    ...(body && { method: 'POST', body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(10_000),
  });
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  return (answer.status === 204 ? undefined : await answer.json()) as T;
}
const soon = <T>(look: () => Promise<T | false | undefined>, otherwise: string) =>
  until(look, SOON_MS, () => `${otherwise}\n${till?.output().slice(-3000)}\n${gateway?.output().slice(-3000)}`);

async function enrol(device: string, kind: string, server: string): Promise<void> {
  const made = await done('token', 'create', '--chain=acme', '--store=s1', `--kind=${kind}`, `--device=${device}`);
  const token = /^vigie-\S+$/m.exec(made)?.[0];
  const where = [`--server=${server}`, `--device=${device}`, `--data-dir=${join(folder, device)}`];
  expect(await done('agent', 'enroll', ...where, `--token=${token}`)).toContain(`Enrolled as acme/s1/${device}`);
}

async function startAgent(device: string, more: object): Promise<VigieProcess> {
  const file = join(folder, `${device}.yaml`);
  // JSON is YAML too.
  writeFileSync(file, JSON.stringify({ dataDir: join(folder, device), intervalS: 1, keepaliveS: 2, ...more }));
  const agent = run('agent', `--config=${file}`);
  await agent.says(/"connected"/);
  return agent;
}
const startGateway = () =>
  startAgent('gw', {
    checks: [{ type: 'mem' }],
    gateway: {
      host: STORE_SIDE,
      port: ports.lan,
      relay: { to: `127.0.0.1:${ports.https}`, host: STORE_SIDE, port: ports.relay },
    },
  });

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'vigie-carried-'));
  mkdirSync(join(folder, 'spool'));
  ports = { mqtt: await freePort(), https: await freePort(), lan: await freePort(), relay: await freePort() };
  const agents = { host: '127.0.0.1', mqttPort: ports.mqtt, httpsPort: ports.https, names: ['127.0.0.1'] };
  const config = join(folder, 'vigie.yaml');
  writeFileSync(config, JSON.stringify({ agents, dataDir: join(folder, 'server') }));
  const server = run('server', `--config=${config}`, '--http-port=0', '--mqtt-port=0');
  url = (await server.says(/Open (http\S+)/))[1] as string;
  await server.says(/Ctrl-C/);
  await api('/inventory', INVENTORY);

  await enrol('gw', 'gateway', `https://127.0.0.1:${ports.https}`);
  gateway = await startGateway();
  await soon(async () => (await stateOf('gw')) === 'up', 'the gateway is not there');
  await enrol('till-1', 'till', `https://${STORE_SIDE}:${ports.relay}`);
  till = await startAgent('till-1', {
    checks: [{ type: 'system' }],
    central: { trialS: 5 },
    inventory: { afterS: 0 },
    actions: {
      allow: [
        { name: 'clear', type: 'clear_spool', folder: join(folder, 'spool'), files: '*.spl', notWhileSelling: false },
      ],
    },
  });
  await soon(async () => (await stateOf('till-1')) === 'up', 'the till is not there');
}, 90_000);
afterAll(async () => {
  for (const vigie of running.splice(0).reverse()) await vigie.end('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

const stateOf = async (device: string) =>
  (await api<{ view: { state: string } }>(`/devices/acme/s1/${device}`)).view.state;

test('the till was told the gateway’s own address, and who must answer there', () => {
  const identity = JSON.parse(readFileSync(join(folder, 'till-1', 'identity', 'identity.json'), 'utf8')) as object;
  expect(identity).toMatchObject({
    mqtt: `mqtts://${STORE_SIDE}:${ports.lan}`,
    https: `https://${STORE_SIDE}:${ports.relay}`,
    through: 'gw',
  });
});

test('what it is made of comes through its gateway', async () => {
  const told = await soon(async () => {
    const body = await api<{ facts: { path: string; value: string }[]; gatheredAt?: number }>(`/devices/${TILL}/facts`);
    return body.gatheredAt !== undefined && body.facts;
  }, 'no facts');
  expect(told.find(({ path }) => path === 'agent.runtime')?.value).toBe(process.version);
});

test('an action is done, and what became of it comes back', async () => {
  writeFileSync(join(folder, 'spool', '1.spl'), 'ticket');
  await soon(async () => (await api<{ online: boolean }>(`/devices/${TILL}/actions`)).online, 'no actions');
  const { command } = await api<{ command: CommandView }>(`/devices/${TILL}/actions`, { action: 'clear', why: 'full' });
  const settled = await soon(async () => {
    const { commands } = await api<{ commands: CommandView[] }>(`/devices/${TILL}/actions`);
    return commands.find(({ id, state }) => id === command.id && state !== 'sent');
  }, 'no reply');
  expect(settled).toMatchObject({ state: 'done', reply: { output: '1.spl' } });
  expect(existsSync(join(folder, 'spool', '1.spl'))).toBe(false);
});

test('what the centre sets is applied, and seen to be; it waits at the gateway for a till that is off', async () => {
  const standing = () => api<EffectiveConfig>(`/agent-configs/devices/${TILL}`);
  const want = (settings: object, basedOn: number) =>
    api('/agent-configs/scope', { scope: TILL, settings, basedOn, comment: 'a test' });
  await want({ checks: [{ type: 'system' }, { type: 'mem' }] }, 0);
  await soon(async () => (await standing()).applied === 1, 'not applied');
  await soon(async () => {
    const { readings } = await api<{ readings: { measurement: string }[] }>(`/devices/${TILL}`);
    return readings.some(({ measurement }) => measurement === 'mem');
  }, 'no such reading');
  await till.end('SIGTERM');
  await want({ checks: [{ type: 'system' }, { type: 'swap' }] }, 1);
  await soon(async () => (await standing()).desired?.publishedAt !== undefined, 'not told');
  till = run('agent', `--config=${join(folder, 'till-1.yaml')}`);
  await soon(async () => (await standing()).applied === 2, 'the second is not applied');
});

test('its certificate is revoked: what it says is refused at once, and the gateway, as soon as it knows, lets it in no more', async () => {
  const { agents } = await api<{ agents: { device: string; certificate: { serial: string } }[] }>('/agents');
  const serial = agents.find(({ device }) => device === TILL)?.certificate.serial;
  await api(`/agents/certificates/${serial}/revoke`, { reason: 'stolen' });
  const aside = await soon(async () => {
    const { entries } = await api<{ entries: { source: string; reason: string }[] }>('/set-aside');
    return entries.find(({ reason, source }) => /^revoked-certificate/.test(reason) && source.includes('/report'));
  }, 'not set aside');
  expect(aside.source).toBe(`vigie:acme/s1/gw vigie/v1/${TILL}/report`);
  // It asks at each connection.
  await gateway.end('SIGTERM');
  gateway = await startGateway();
  await gateway.says(/a device of the store is refused: its certificate was revoked/);
  await soon(async () => {
    const { view } = await api<{ view: { state: string; reason: { code: string } } }>(`/devices/${TILL}`);
    return view.state === 'down' && view.reason.code === 'presence.refused';
  }, 'not shown');
  await till.says(/connection lost|refuses/);
});
