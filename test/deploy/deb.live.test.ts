import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeReleaseKey } from '../../cli/sign-release.ts';
import { until } from '../faults/until.ts';
import { canRunMachines, type DebianMachine, makeDebianMachine } from '../support/debian-machine.ts';
import { freePort } from '../support/free-port.ts';
import { runVigie, type VigieProcess } from '../support/vigie-process.ts';

const ROOT = new URL('../..', import.meta.url).pathname;
const TILL = 'acme/s1/till-1';
const PATIENCE_MS = 120_000;
const INVENTORY = {
  chains: [
    {
      name: 'acme',
      title: 'Acme',
      stores: [
        { name: 's1', title: 'Lyon', timeZone: 'Europe/Paris', devices: [{ name: 'till-1', kind: 'till', lane: 1 }] },
      ],
    },
  ],
};

let folder: string;
let machine: DebianMachine;
let server: VigieProcess;
let url: string;
let httpsPort: number;

/** `npm run package` for this version; gives the folder of what it made. */
function makePackages(version: string, { key = 'ours', entry }: { key?: string; entry?: string } = {}): string {
  const out = join(folder, version);
  const options = ['--only=linux-x64', '--quick', `--out=${out}`, `--release-version=${version}`];
  const more = [`--release-key=${join(folder, `${key}.key`)}`, ...(entry ? [`--entry=${join(ROOT, entry)}`] : [])];
  execFileSync(process.execPath, [join(ROOT, 'deploy/package/main.ts'), ...options, ...more], { stdio: 'pipe' });
  return out;
}

async function api<T>(path: string, body?: object): Promise<T> {
  const answer = await fetch(new URL(path, url), {
    headers: { authorization: 'Bearer the-admin', ...(body && { 'content-type': 'application/json' }) },
    ...(body && { method: 'POST', body: JSON.stringify(body) }),
  });
  const said = answer.status === 204 ? undefined : await answer.json();
  if (!answer.ok) throw new Error(`${path}: ${JSON.stringify(said)}`);
  return said as T;
}

/** The till as the wall has it, and the version its agent says. */
const till = () =>
  api<{ view: { state: string; lastReportAt?: number }; agentVersion?: string }>(`/api/v1/devices/${TILL}`);
const reportsAfter = (at: number) =>
  until(
    async () => ((await till()).view.lastReportAt ?? 0) > at,
    PATIENCE_MS,
    () => `no report:\n${journal()}`,
  );
const runs = (version: string) =>
  until(
    async () => (await till()).agentVersion === version,
    PATIENCE_MS,
    () => `not ${version}:\n${journal()}`,
  );
const rollout = async () =>
  (await api<{ rollout: { state: string; attention: object[]; counts: Record<string, number> } }>('/api/v1/releases'))
    .rollout;
const journal = () => machine.try('journalctl', '-u', 'vigie-agent', '--no-pager', '-n', '40') ?? '';
const mainPid = () => machine.run('systemctl', 'show', '-p', 'MainPID', '--value', 'vigie-agent').trim();
const launch = () => JSON.parse(machine.run('cat', '/var/lib/vigie-agent/versions/state.json')) as object;

/** Makes a version, adds it to the server and rolls it out to the one store there is. */
async function release(version: string, how: Parameters<typeof makePackages>[1] = {}): Promise<void> {
  const out = makePackages(version, how);
  const list = join(out, 'release.json');
  const args = [join(ROOT, 'cli/vigie.mjs'), 'release', 'add', list, `--url=${url}`];
  execFileSync(process.execPath, args, { env: { ...process.env, VIGIE_ADMIN_TOKEN: 'the-admin' }, stdio: 'pipe' });
  await start(version);
}
const start = (version: string) =>
  api('/api/v1/rollout', {
    version,
    canary: ['acme/s1'],
    spreadMinutes: 0,
    kbPerSecond: 1_000_000,
    soakMinutes: 0,
    whileOpen: true,
  });

beforeAll(async () => {
  if (!canRunMachines()) throw new Error('needs root, systemd-nspawn, debootstrap and nsenter');
  folder = mkdtempSync(join(tmpdir(), 'vigie-deb-test-'));
  for (const name of ['ours', 'anothers']) {
    writeFileSync(join(folder, `${name}.key`), makeReleaseKey(undefined).secretKey, { mode: 0o600 });
  }
  const deb = join(makePackages('1.0.0'), 'vigie-agent_1.0.0_amd64.deb');
  machine = await makeDebianMachine();
  machine.put(deb, '/root/vigie-agent.deb');

  const mqttPort = await freePort();
  httpsPort = await freePort();
  const config = join(folder, 'vigie.yaml');
  const agents = { host: '127.0.0.1', mqttPort, httpsPort, names: ['127.0.0.1'] };
  writeFileSync(config, JSON.stringify({ agents, dataDir: join(folder, 'server') }));
  server = runVigie(['server', `--config=${config}`, '--http-port=0', '--mqtt-port=0'], {
    VIGIE_ADMIN_TOKEN: 'the-admin',
  });
  url = (await server.says(/Open (http\S+)/))[1] as string;
  await server.says(/Ctrl-C/);
  await api('/api/v1/inventory', INVENTORY);
}, 300_000);
afterAll(async () => {
  await machine?.destroy();
  await server?.end('SIGTERM');
  if (folder && existsSync(folder)) rmSync(folder, { recursive: true });
}, 60_000);

test('it installs: enabled, under an account of its own, and waits for its enrolment', () => {
  machine.run('dpkg', '-i', '/root/vigie-agent.deb');
  expect(machine.run('systemctl', 'is-enabled', 'vigie-agent').trim()).toBe('enabled');
  expect(machine.try('systemctl', 'is-active', 'vigie-agent')).toBeUndefined();
  expect(machine.run('stat', '-c', '%U %a', '/var/lib/vigie-agent').trim()).toBe('vigie-agent 700');
  expect(machine.run('vigie-agent', '--version').trim()).toBe('1.0.0');
  expect(machine.try('dpkg', '--verify', 'vigie-agent')).toBe('');
});

test('it enrols with one command and reports, without a right on the system', async () => {
  const { token } = await api<{ token: string }>('/api/v1/agents/tokens', { chain: 'acme', store: 's1', kind: 'till' });
  machine.run('sh', '-c', 'printf "dataDir: /var/lib/vigie-agent\\nintervalS: 1\\n" > /etc/vigie-agent/agent.yaml');
  machine.run(
    'vigie-agent',
    'enroll',
    `--server=https://127.0.0.1:${httpsPort}`,
    `--token=${token}`,
    '--device=till-1',
  );
  await runs('1.0.0');
  await reportsAfter(0);
  expect(machine.run('systemctl', 'is-active', 'vigie-agent').trim()).toBe('active');
  const status = machine.run('cat', `/proc/${mainPid()}/status`);
  expect(status).toMatch(/^CapEff:\s0+$/m);
  expect(status).toMatch(/^NoNewPrivs:\s1$/m);
  expect(status).toMatch(/^Seccomp:\s2$/m);
  expect(machine.run('ps', '-o', 'user=', '-p', mainPid()).trim()).toMatch(/^vigie-a/);
  // Not even root could write there where the agent is.
  expect(machine.try('nsenter', '-t', mainPid(), '-m', 'touch', '/usr/lib/vigie-agent/x')).toBeUndefined();
});

test('killed, it is back; so it is after a reboot and after a power cut', async () => {
  const before = mainPid();
  machine.run('kill', '-9', before);
  const killedAt = Date.now();
  await until(() => !['0', before].includes(mainPid()), PATIENCE_MS, journal);
  await reportsAfter(killedAt);
  await machine.reboot();
  await reportsAfter(Date.now());
  await machine.cutPower();
  await machine.boot();
  await reportsAfter(Date.now());
}, 240_000);

test('an agent that is stuck is killed by the watchdog and starts anew', async () => {
  machine.run('sh', '-c', 'mkdir -p /run/systemd/system/vigie-agent.service.d');
  machine.run(
    'sh',
    '-c',
    'printf "[Service]\\nWatchdogSec=6\\n" > /run/systemd/system/vigie-agent.service.d/test.conf',
  );
  machine.run('systemctl', 'daemon-reload');
  machine.run('systemctl', 'restart', 'vigie-agent');
  const before = mainPid();
  await reportsAfter(Date.now() + 8000);
  expect(mainPid()).toBe(before);
  machine.run('kill', '-STOP', before);
  const stuckAt = Date.now();
  await until(() => !['0', before].includes(mainPid()), PATIENCE_MS, journal);
  await reportsAfter(stuckAt);
  machine.run('rm', '/run/systemd/system/vigie-agent.service.d/test.conf');
  machine.run('systemctl', 'daemon-reload');
  machine.run('systemctl', 'restart', 'vigie-agent');
}, 240_000);

test('it updates itself to a signed version, and stays with it over a restart', async () => {
  await release('1.1.0');
  await runs('1.1.0');
  await until(async () => (await rollout()).state === 'done', PATIENCE_MS, journal);
  expect(launch()).toEqual({ confirmed: { version: '1.1.0', packaged: '1.0.0' }, refused: [] });
  machine.run('systemctl', 'restart', 'vigie-agent');
  await reportsAfter(Date.now());
  expect((await till()).agentVersion).toBe('1.1.0');
  expect(machine.run('readlink', `/proc/${mainPid()}/exe`).trim()).toBe(
    '/var/lib/vigie-agent/versions/1.1.0/vigie-agent',
  );
}, 300_000);

test('a version that ends at once is given up: back to the one before, and the rollout stops', async () => {
  await release('1.2.0', { entry: 'test/deploy/broken/ends.ts' });
  await until(async () => (await rollout()).state === 'stopped', PATIENCE_MS, journal);
  await runs('1.1.0');
  await reportsAfter(Date.now());
  expect((await rollout()).attention).toEqual([{ device: TILL, standing: 'refused' }]);
  expect(launch()).toMatchObject({ refused: [{ version: '1.2.0', attempt: 2, reason: 'starts' }] });
}, 300_000);

test('a version that runs and never brings a report through is given up too', async () => {
  machine.run('sh', '-c', 'mkdir -p /run/systemd/system/vigie-agent.service.d');
  machine.run(
    'sh',
    '-c',
    'printf "[Service]\\nTimeoutStartSec=8\\n" > /run/systemd/system/vigie-agent.service.d/test.conf',
  );
  machine.run('systemctl', 'daemon-reload');
  await release('1.3.0', { entry: 'test/deploy/broken/hangs.ts' });
  await until(async () => (await rollout()).state === 'stopped', PATIENCE_MS, journal);
  await runs('1.1.0');
  expect(launch()).toMatchObject({ refused: [{}, { version: '1.3.0', attempt: 3, reason: 'starts' }] });
}, 300_000);

test('what another key signed is not run, and neither is a program that was put in the place of a signed one', async () => {
  await release('1.4.0', { key: 'anothers' });
  await until(() => /a release is not taken/.test(journal()), PATIENCE_MS, journal);
  await api('/api/v1/rollout/state', { state: 'aborted' });

  const program = '/var/lib/vigie-agent/versions/1.1.0/vigie-agent';
  machine.run('sh', '-c', `cp /bin/sleep ${program}.new && mv ${program}.new ${program}`);
  machine.run('systemctl', 'restart', 'vigie-agent');
  await runs('1.0.0');
  expect(machine.run('readlink', `/proc/${mainPid()}/exe`).trim()).toBe('/usr/lib/vigie-agent/vigie-agent');
}, 300_000);

test('a purge leaves nothing behind', () => {
  machine.run('dpkg', '--purge', 'vigie-agent');
  for (const path of ['/var/lib/vigie-agent', '/etc/vigie-agent', '/usr/lib/vigie-agent']) {
    expect(machine.try('test', '-e', path)).toBeUndefined();
  }
  expect(machine.try('getent', 'passwd', 'vigie-agent')).toBeUndefined();
});
