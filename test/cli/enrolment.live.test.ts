import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import mqtt from 'mqtt';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { freePort } from '../support/free-port.ts';
import { runVigie, type VigieProcess } from '../support/vigie-process.ts';

let folder: string;
let server: VigieProcess;
let url: string;
let ports: { mqtt: number; https: number };
const running: VigieProcess[] = [];

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
            { name: 'till-1', kind: 'till', lane: 1 },
            { name: 'till-2', kind: 'till', lane: 2 },
          ],
        },
      ],
    },
  ],
};

function run(args: string[]): VigieProcess {
  const vigie = runVigie(args, { VIGIE_ADMIN_TOKEN: 'the-admin', VIGIE_URL: url ?? '' });
  running.push(vigie);
  return vigie;
}

/** What a command says; it must end well. */
async function done(...args: string[]): Promise<string> {
  const vigie = run(args);
  const [code] = await new Promise<[number | null]>((resolve) => vigie.child.once('close', (exit) => resolve([exit])));
  if (code !== 0) throw new Error(`vigie ${args.join(' ')}: ${vigie.output()}`);
  return vigie.output();
}

async function api<T>(path: string, body?: object): Promise<T> {
  const answer = await fetch(new URL(path, url), {
    headers: { authorization: 'Bearer the-admin', ...(body && { 'content-type': 'application/json' }) },
    ...(body && { method: 'POST', body: JSON.stringify(body) }),
  });
  return (answer.status === 204 ? undefined : await answer.json()) as T;
}

async function until<T>(look: () => Promise<T | undefined>, withinMs: number): Promise<T> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (Date.now() > deadline) throw new Error(`not within ${withinMs} ms`);
    await pause(50);
  }
}

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'vigie-enrolment-'));
  ports = { mqtt: await freePort(), https: await freePort() };
  const config = join(folder, 'vigie.yaml');
  const agents = { host: '127.0.0.1', mqttPort: ports.mqtt, httpsPort: ports.https, names: ['127.0.0.1'] };
  writeFileSync(config, JSON.stringify({ agents, dataDir: join(folder, 'server') }));
  server = run(['server', `--config=${config}`, '--http-port=0', '--mqtt-port=0']);
  url = (await server.says(/Open (http\S+)/))[1] as string;
  await server.says(/Ctrl-C/);
  const inventory = join(folder, 'inventory.yaml');
  writeFileSync(inventory, JSON.stringify(INVENTORY));
  await done('import', inventory);
});
afterEach(async () => {
  for (const vigie of running.splice(0).reverse()) await vigie.end('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

const token = async (...more: string[]) =>
  /^vigie-\S+$/m.exec(await done('token', 'create', '--chain=acme', '--store=s1', ...more))?.[0] as string;
const enrolArgs = (name: string, device: string, text: string) => [
  'agent',
  'enroll',
  `--server=https://127.0.0.1:${ports.https}`,
  `--device=${device}`,
  `--token=${text}`,
  `--data-dir=${join(folder, name)}`,
];
const stateOf = async (device: string) =>
  (await api<{ view: { state: string } }>(`/api/v1/devices/acme/s1/${device}`)).view.state;
const setAside = async () => {
  const { entries } = await api<{ entries: { source: string; reason: string }[] }>('/api/v1/set-aside');
  return entries.map(({ source, reason }) => `${reason.split(':', 1)[0]} ${source}`);
};
const aside = (line: RegExp) => until(async () => (await setAside()).find((each) => line.test(each)), 10_000);
const tlsOf = (name: string) => {
  const pem = (file: string) => readFileSync(join(folder, name, 'identity', file), 'utf8');
  return { ca: pem('ca.pem'), cert: pem('agent.crt'), key: pem('agent.key') };
};

test('a till is enrolled with one command; its agent starts without another word and is on the wall within ten seconds', async () => {
  const text = await token();
  expect(await done(...enrolArgs('till', 'till-1', text))).toContain('Enrolled as acme/s1/till-1');
  run(['agent', `--data-dir=${join(folder, 'till')}`]);
  await until(async () => ((await stateOf('till-1')) === 'up' ? true : undefined), 10_000);
  const { agents } = await api<{ agents: object[] }>('/api/v1/agents');
  expect(agents).toMatchObject([
    {
      device: 'acme/s1/till-1',
      kind: 'till',
      state: 'up',
      agentVersion: expect.any(String),
      certificate: { state: 'good' },
    },
  ]);
  expect(await done('token', 'list')).toMatch(/used up +1\/1 .*acme\/s1\/\* +till/);
  // A second time: neither this device, nor with this token another one.
  await expect(done(...enrolArgs('till', 'till-1', text))).rejects.toThrow(/enrolled as acme\/s1\/till-1 until/);
  await expect(done(...enrolArgs('other', 'till-2', text))).rejects.toThrow(
    /not enrolled: this enrolment token is used up/,
  );
  expect(await aside(/^spent-token/)).toBe('spent-token acme/s1/till-2 127.0.0.1');
  const { entries } = await api<{ entries: { action: string }[] }>('/api/v1/audit');
  expect(entries.map(({ action }) => action)).toEqual(expect.arrayContaining(['agent.enrolled', 'enrolment.refused']));
});

test('an agent that speaks for another is refused and recorded; revoked, it is cut off, and told why it stays out', async () => {
  await done(...enrolArgs('till', 'till-1', await token()));
  const client = await mqtt.connectAsync(`mqtts://127.0.0.1:${ports.mqtt}`, {
    ...tlsOf('till'),
    clientId: 'vigie:acme/s1/till-1',
    protocolVersion: 4,
    reconnectPeriod: 0,
  });
  const forged = { v: 1, boot: '01jd0000forged01', at: Date.now(), online: true };
  await client.publishAsync('vigie/v1/acme/s1/till-2/status', JSON.stringify(forged), { qos: 1, retain: true });
  expect(await aside(/^not-its-own/)).toContain('vigie/v1/acme/s1/till-2/status');
  expect(await stateOf('till-2')).not.toBe('up');

  const closed = new Promise<void>((resolve) => client.once('close', () => resolve()));
  const [agent] = (await api<{ agents: { certificate: { serial: string } }[] }>('/api/v1/agents')).agents;
  await api(`/api/v1/agents/certificates/${agent?.certificate.serial}/revoke`, { reason: 'stolen' });
  await closed;
  const till = run(['agent', `--data-dir=${join(folder, 'till')}`]);
  await till.says(/refuses/);
  expect(await aside(/^revoked-certificate/)).toContain('acme/s1/till-1');
  expect((await api<{ agents: object[] }>('/api/v1/agents')).agents).toMatchObject([
    { certificate: { state: 'revoked', revoked: { by: 'admin', reason: 'stolen' } } },
  ]);
  const figures = await (
    await fetch(new URL('/metrics', url), { headers: { authorization: 'Bearer the-admin' } })
  ).text();
  expect(figures).toMatch(/vigie_agents_refused_total\{reason="revoked-certificate"\} [1-9]/);
});

test('the authority is the same after a restart, and plain MQTT does not leave the machine', async () => {
  const before = await api<{ fingerprint: string }>('/api/v1/agents/authority');
  expect(await server.end('SIGTERM')).toBe(0);
  const again = run(['server', `--config=${join(folder, 'vigie.yaml')}`, '--http-port=0', '--mqtt-port=0']);
  url = (await again.says(/Open (http\S+)/))[1] as string;
  await again.says(/Ctrl-C/);
  expect((await api<{ fingerprint: string }>('/api/v1/agents/authority')).fingerprint).toBe(before.fingerprint);
  await expect(done('server', '--mqtt-host=0.0.0.0', `--data-dir=${join(folder, 'two')}`)).rejects.toThrow(
    /mqtt\.host: 0\.0\.0\.0 is not this machine alone.*ENROLMENT\.md/,
  );
});
