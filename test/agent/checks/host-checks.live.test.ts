import { spawn, spawnSync } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { appendFileSync, copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { CheckContext } from '../../../agent/check.ts';
import { plugin as antivirus } from '../../../agent/checks/antivirus.ts';
import { plugin as log } from '../../../agent/checks/log_pattern.ts';
import { plugin as ntp } from '../../../agent/checks/ntp.ts';
import { plugin as processes } from '../../../agent/checks/process.ts';
import { plugin as task } from '../../../agent/checks/scheduled_task.ts';
import { plugin as service } from '../../../agent/checks/service.ts';
import { plugin as smart } from '../../../agent/checks/smart.ts';
import { plugin as updates } from '../../../agent/checks/updates.ts';
import { createContext } from '../../../agent/platform/context.ts';
import { sayIn } from '../../../agent/words.ts';

/** Checks of the host against the programs and files of a real Debian. */
let folder = '';
const ends: (() => Promise<void> | void)[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vigie-host-'));
});
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
  rmSync(folder, { recursive: true, force: true });
});

const outside = (more: Partial<CheckContext> = {}): CheckContext => ({
  ...createContext('the-check', AbortSignal.timeout(30_000), sayIn('en')),
  ...more,
});

function start(program: string, args: string[], env = process.env) {
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], env });
  ends.push(async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  });
  return child;
}

/** Waits until a stream has said `text`. It is read on: a program whose reader has gone would end. */
function said(stream: NodeJS.ReadableStream, text: string): Promise<void> {
  let heard = '';
  return new Promise((resolve, reject) => {
    stream.on('data', (chunk: Buffer) => {
      heard += String(chunk);
      if (heard.includes(text)) resolve();
    });
    stream.once('end', () => reject(new Error(`never said ${text}: ${heard}`)));
  });
}

/** Below those the system gives to clients: a client that asks too early could else be given the very port it asks. */
async function freeUdpPort(): Promise<number> {
  for (let port = 20_000 + (process.pid % 10_000); ; port += 1) {
    const socket = createSocket('udp4').bind(port, '127.0.0.1');
    const isFree = await once(socket, 'listening').then(
      () => true,
      () => false,
    );
    if (!isFree) continue;
    socket.close();
    await once(socket, 'close');
    return port;
  }
}

async function serveTime(...lines: string[]): Promise<number> {
  const port = await freeUdpPort();
  const file = join(folder, 'chrony.conf');
  const settings = [`port ${port}`, 'bindaddress 127.0.0.1', 'allow 127.0.0.1', 'cmdport 0', `pidfile ${folder}/pid`];
  writeFileSync(file, [...settings, `bindcmdaddress ${folder}/cmd.sock`, ...lines, ''].join('\n'));
  // -x: it serves time and never touches the clock.
  const chrony = start('/usr/sbin/chronyd', ['-d', '-x', '-u', 'root', '-f', file]);
  await said(chrony.stderr, 'starting');
  return port;
}

/** It says “starting” before it listens. */
async function untilHeard(port: number) {
  const run = ntp.create({ server: '127.0.0.1', port });
  for (;;) {
    const result = await run(outside());
    if (!/does not answer \(ECONNREFUSED\)/.test(result.statuses[0]?.text ?? '')) return result;
  }
}

test('ntp: a real chrony of stratum 5 agrees with our clock, which is its own', async () => {
  const { points, statuses } = await untilHeard(await serveTime('local stratum 5'));
  expect(statuses).toEqual([{ check: 'the-check', status: 'ok' }]);
  expect(points[0]?.f.stratum).toBe(5);
  expect(points[0]?.f.offset_abs).toBeLessThan(50);
});

test('ntp: a real chrony without a source is not synchronised', async () => {
  const { points, statuses } = await untilHeard(await serveTime());
  expect(points).toEqual([]);
  expect(statuses[0]?.text).toBe('The time server 127.0.0.1 is not synchronised itself.');
});

test('antivirus: files made by ClamAV’s own sigtool', async () => {
  for (const [name, version] of [
    ['daily', 27_500],
    ['main', 62],
  ] as const) {
    const at = join(folder, name);
    mkdirSync(at);
    writeFileSync(join(at, 'COPYING'), 'ours');
    writeFileSync(join(at, `${name}.ndb`), 'Test.Ours:0:*:68656c6c6f776f726c64746573747369676e6174757265\n');
    writeFileSync(join(at, `${name}.info`), '');
    const args = [`--build=${name}.cud`, '--unsigned', `--cvd-version=${version}`, '--no-cdiff', '--max-bad-sigs=0'];
    const made = spawnSync('sigtool', args, { cwd: at, env: { ...process.env, SIGNDUSER: 'builder' } });
    expect(made.status, String(made.stderr)).toBe(0);
    copyFileSync(join(at, `${name}.cud`), join(folder, `${name}.cvd`));
  }
  const { points, statuses } = await antivirus.create({ folder })(outside());
  expect(statuses).toEqual([{ check: 'the-check', status: 'ok' }]);
  expect(points[0]?.f).toMatchObject({ signature_version: 27_500, signatures: 2 });
  // Its header tells minutes and seconds of now.
  expect(points[0]?.f.signature_age_seconds).toBeLessThan(120);
});

test.each(['create', 'copytruncate', 'dateext\ncreate'])(
  'log_pattern: no line is lost or counted twice when logrotate (%s)',
  async (how) => {
    const file = join(folder, 'pos.log');
    const config = join(folder, 'rotate.conf');
    writeFileSync(config, `${file} {\nrotate 3\n${how}\n}\n`, { mode: 0o644 });
    const run = log.create({ file, patterns: [{ name: 'lost', match: 'LOST' }] });
    const matches = async () => (await run(outside())).points[0]?.f.matches;
    const rotate = () => {
      const { status, stderr } = spawnSync('/usr/sbin/logrotate', ['-f', '-s', join(folder, 'state'), config]);
      expect(status, String(stderr)).toBe(0);
    };
    writeFileSync(file, 'LOST before\n');
    expect(await matches()).toBe(0);
    appendFileSync(file, 'LOST one\n');
    expect(await matches()).toBe(1);
    // What is written before a copy is cut is read from the file itself: only what stands there when we look can be.
    if (how !== 'copytruncate') appendFileSync(file, 'LOST two\n');
    rotate();
    appendFileSync(
      file,
      'LOST three, and a longer line than there was before, so that the file has outgrown our place\n',
    );
    expect(await matches()).toBe(how === 'copytruncate' ? 1 : 2);
    expect(await matches()).toBe(0);
  },
);

test('updates: the real apt, whatever waits on this machine', async () => {
  const { points, statuses } = await updates.create({})(outside());
  expect(statuses[0]?.status).toBe('ok');
  const { pending, security } = points[0]?.f ?? {};
  const upgradable = spawnSync('apt', ['list', '--upgradable'], { env: { ...process.env, LC_ALL: 'C' } });
  const listed = String(upgradable.stdout)
    .split('\n')
    .filter((line) => line.includes('[upgradable from')).length;
  // What a simulated upgrade holds back is in the list and not in our count.
  expect(pending).toBeLessThanOrEqual(listed);
  expect(pending === 0).toBe(listed === 0);
  expect(security).toBeLessThanOrEqual(pending ?? 0);
});

test('smart: the real smartctl about a disk that is not there', async () => {
  const { points, statuses } = await smart.create({ devices: ['/dev/sd-none'] })(outside());
  expect(points).toEqual([]);
  expect(statuses[0]).toMatchObject({ status: 'unknown' });
  expect(statuses[0]?.text).toContain('sd-none');
});

test('process: a real one that is killed and started again', async () => {
  const mark = `exec -a vigie-watched sleep ${600 + Math.floor(performance.now() % 100)}`;
  const launch = async () => {
    const child = start('bash', ['-c', `echo up; ${mark}`]);
    await said(child.stdout, 'up');
    return child;
  };
  const run = processes.create({ pattern: '^vigie-watched', min: 1, usage: true });
  /** The shell becomes the program a moment after it has spoken. */
  const seen = async () => {
    for (;;) {
      const { points } = await run(outside());
      if (points[0]?.f.running === 1) return points[1]?.f;
    }
  };
  const first = await launch();
  expect(await seen()).toMatchObject({ restarts: 0 });
  const gone = once(first, 'exit');
  first.kill('SIGKILL');
  await gone;
  expect((await run(outside())).statuses[0]?.status).toBe('critical');
  await launch();
  const used = await seen();
  expect(used).toMatchObject({ restarts: 1, num_threads: 1 });
  expect(used?.memory_rss).toBeGreaterThan(100_000);
});

/** A real systemd as a user's manager, in a mount namespace of its own: it takes no PID 1. */
async function startSystemd(units: Record<string, string>) {
  mkdirSync(join(folder, 'systemd/user'), { recursive: true });
  for (const [name, text] of Object.entries(units)) writeFileSync(join(folder, 'systemd/user', name), text);
  const env = { PATH: process.env.PATH, HOME: folder, XDG_CONFIG_HOME: folder, XDG_RUNTIME_DIR: '/run/user/0' };
  const boot = `mount -t tmpfs tmpfs /run && mkdir -p /run/systemd/system /run/user/0 && mount -t cgroup2 none /sys/fs/cgroup
    exec /lib/systemd/systemd --user`;
  const manager = spawn('unshare', ['--mount', 'bash', '-c', boot], { stdio: 'ignore', env });
  ends.push(async () => {
    // Told to end, it ends its units too.
    const ended = once(manager, 'exit');
    manager.kill('SIGTERM');
    await ended;
  });
  const { exec } = outside();
  const systemctl: CheckContext['exec'] = (_, args, options) =>
    exec('nsenter', ['-t', String(manager.pid), '-m', 'systemctl', '--user', ...args], {
      ...options,
      env: { ...options?.env, HOME: folder, XDG_RUNTIME_DIR: '/run/user/0' },
    });
  while ((await systemctl('systemctl', ['list-units'])).code !== 0) await outside().wait(50);
  return systemctl;
}

test('service and scheduled_task: a real systemd that runs, restarts and fails units', async () => {
  const systemctl = await startSystemd({
    'pos.service': '[Service]\nExecStart=/bin/sleep 1000\nRestart=always\nRestartSec=0\n',
    'backup.service': '[Service]\nType=oneshot\nExecStart=/bin/true\n',
    'backup.timer': '[Timer]\nOnCalendar=*-*-* 03:00:00\n',
    'broken.service': '[Service]\nType=oneshot\nExecStart=/bin/sh -c "exit 3"\n',
    'broken.timer': '[Timer]\nOnCalendar=*-*-* 03:00:00\n',
  });
  const ctx = () => outside({ exec: systemctl });
  await systemctl('', ['start', 'pos.service', 'backup.timer', 'broken.timer', 'backup.service']);
  await systemctl('', ['start', 'broken.service']);

  const run = service.create({ services: ['pos'] });
  expect((await run(ctx())).points[0]).toMatchObject({
    t: { name: 'pos.service' },
    f: { active_code: 0, restarts: 0 },
  });
  await systemctl('', ['kill', '--signal=KILL', 'pos.service']);
  let again = await run(ctx());
  while (again.points[0]?.f.restarts !== 1 || again.statuses[0]?.status !== 'ok') again = await run(ctx());
  const broken = await service.create({ services: ['broken', 'no-such'] })(ctx());
  expect(broken.statuses[0]?.text).toBe('“broken” has failed (failed/failed), “no-such” does not exist.');

  const good = await task.create({ task: 'backup.timer', maxAgeS: 3600 })(ctx());
  expect(good.statuses[0]?.status).toBe('ok');
  expect(good.points[0]?.f).toMatchObject({ succeeded: 1, enabled: 1 });
  expect(good.points[0]?.f.last_success_age_seconds).toBeLessThan(60);
  expect(good.points[0]?.f.next_run_seconds).toBeGreaterThan(0);
  const bad = await task.create({ task: 'broken' })(ctx());
  expect(bad.statuses[0]?.text).toBe('The task “broken” failed (code 3, exit-code).');
  await systemctl('', ['stop', 'backup.timer']);
  const off = await task.create({ task: 'backup' })(ctx());
  expect(off.statuses[0]?.text).toBe('The task “backup” is disabled.');
});
