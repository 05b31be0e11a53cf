import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { until } from '../faults/until.ts';

/** Debian as debootstrap makes it, with systemd and what a till has at least. Kept: it takes a minute to make. */
const BASE = '/var/tmp/vigie-debian-bookworm';
const MIRROR = 'http://deb.debian.org/debian';
const INCLUDED = 'systemd,systemd-sysv,dbus,adduser,procps';
const BOOT_TIMEOUT_MS = 60_000;

/** A machine of its own with a real systemd as its first process: a container that shares the host's network. */
export interface DebianMachine {
  /** Runs a command in it, as root, and gives what it said on both channels. Throws when it fails. */
  run(program: string, ...args: string[]): string;
  /** The same; undefined when it fails. */
  try(program: string, ...args: string[]): string | undefined;
  put(from: string, to: string): void;
  boot(): Promise<void>;
  /** As when the power goes. */
  cutPower(): Promise<void>;
  /** Through systemd, as `reboot` does. */
  reboot(): Promise<void>;
  destroy(): Promise<void>;
}

/** Whether this host can run one: it takes root, and the container manager. */
export const canRunMachines = (): boolean =>
  process.getuid?.() === 0 &&
  ['systemd-nspawn', 'debootstrap', 'nsenter'].every((name) => spawnSync('which', [name]).status === 0);

export async function makeDebianMachine(): Promise<DebianMachine> {
  makeBase();
  const folder = mkdtempSync(join(tmpdir(), 'vigie-machine-'));
  const [upper, work, root] = ['upper', 'work', 'root'].map((name) => join(folder, name)) as [string, string, string];
  for (const path of [upper, work, root]) mkdirSync(path);
  execFileSync('mount', ['-t', 'overlay', 'overlay', '-o', `lowerdir=${BASE},upperdir=${upper},workdir=${work}`, root]);
  let nspawn: ChildProcess | undefined;
  let said = '';

  /** The machine's first process, as the host numbers it. */
  const first = (): number => {
    const pid = nspawn?.pid;
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ');
    return Number(children.at(-1));
  };
  const attempt = (program: string, args: string[]): string | undefined => {
    const into = ['-t', String(first()), '-m', '-u', '-i', '-p', '-C', '--'];
    const { status, stdout, stderr } = spawnSync('nsenter', [...into, program, ...args], {
      encoding: 'utf8',
      env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', LC_ALL: 'C.UTF-8', DEBIAN_FRONTEND: 'noninteractive' },
      timeout: BOOT_TIMEOUT_MS,
    });
    said = `${stdout}${stderr}`;
    return status === 0 ? said : undefined;
  };
  const isUp = () => /^(running|degraded)/.test(attempt('systemctl', ['is-system-running']) ?? said);
  const up = () => until(isUp, BOOT_TIMEOUT_MS, () => `the machine does not come up: ${said}`);

  const machine: DebianMachine = {
    run(program, ...args) {
      const output = attempt(program, args);
      if (output === undefined) throw new Error(`${program} ${args.join(' ')}: ${said}`);
      return output;
    },
    try: (program, ...args) => attempt(program, args),
    put: (from, to) => copyFileSync(from, `/proc/${first()}/root${to}`),
    async boot() {
      const options = ['--register=no', '--keep-unit', '--quiet', '--console=passive', '-D', root, '--boot'];
      nspawn = spawn('systemd-nspawn', options, { stdio: 'ignore' });
      await up();
    },
    async cutPower() {
      const ended = nspawn && once(nspawn, 'close');
      process.kill(first(), 'SIGKILL');
      await ended;
    },
    async reboot() {
      // Without a service manager of its own on the host, the container ends where a machine would start again.
      const ended = nspawn && once(nspawn, 'close');
      attempt('systemctl', ['reboot']);
      await ended;
      await machine.boot();
    },
    async destroy() {
      if (nspawn && nspawn.exitCode === null && nspawn.signalCode === null) await machine.cutPower();
      execFileSync('umount', ['-l', root]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
  await machine.boot();
  return machine;
}

function makeBase(): void {
  if (existsSync(BASE)) return;
  const partial = `${BASE}.${process.pid}`;
  execFileSync('debootstrap', ['--variant=minbase', `--include=${INCLUDED}`, 'bookworm', partial, MIRROR], {
    stdio: 'pipe',
    maxBuffer: 64 * 1024 * 1024,
  });
  renameSync(partial, BASE);
}
