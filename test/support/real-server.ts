import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';

export interface RealServerOptions {
  program: string;
  args: string[];
  env?: Record<string, string>;
  /** Asked again and again until it says yes. */
  isReady: () => Promise<boolean>;
  /** Some servers refuse to run as root. */
  user?: { uid: number; gid: number };
  /** How long it may take to answer first, on a busy machine; 20 s by default. */
  readyWithinMs?: number;
  /** How it is asked to stop; SIGTERM by default. */
  stopSignal?: NodeJS.Signals;
}

/** A real server as a process of ours, on loopback and in a folder of its own, that can be struck like one in a machine room. */
export interface RealServer {
  readonly pid: number;
  /** Resolves when it answers again. To be called when it has ended. */
  start(): Promise<void>;
  /** kill -9. */
  kill(): Promise<void>;
  /** SIGSTOP: it hangs, connections stay open. */
  freeze(): void;
  /** SIGCONT. */
  thaw(): void;
  /** Asks it to stop, and waits. */
  stop(): Promise<void>;
}

const STOP_TIMEOUT_MS = 10_000;

export const isInstalled = (program: string): boolean =>
  spawnSync('sh', ['-c', `command -v ${program}`], { env: { ...process.env, PATH: SEARCH_PATH } }).status === 0;

/** Debian puts servers where only root looks. */
const SEARCH_PATH = `${process.env.PATH}:/usr/sbin:/sbin`;

export async function startRealServer(options: RealServerOptions): Promise<RealServer> {
  const { program, args, env, isReady, user, stopSignal = 'SIGTERM', readyWithinMs = 20_000 } = options;
  let child: ChildProcess;
  let said = '';

  async function start(): Promise<void> {
    said = '';
    child = spawn(program, args, {
      env: { ...process.env, PATH: SEARCH_PATH, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      ...user,
    });
    const hear = (chunk: Buffer) => {
      said = `${said}${chunk}`.slice(-4000);
    };
    child.stdout?.on('data', hear);
    child.stderr?.on('data', hear);
    let failure: Error | undefined;
    child.once('error', (error) => {
      failure = error;
    });
    const until = Date.now() + readyWithinMs;
    while (!(await isReady().catch(() => false))) {
      if (failure) throw failure;
      if (child.exitCode !== null) throw new Error(`${program} ended by itself:\n${said}`);
      if (Date.now() > until) throw new Error(`${program} is not ready after ${readyWithinMs} ms:\n${said}`);
      await pause(25);
    }
  }

  async function end(signal: NodeJS.Signals): Promise<void> {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'close');
    // A frozen process hears SIGTERM only once it is thawed.
    if (signal !== 'SIGKILL') child.kill('SIGCONT');
    child.kill(signal);
    const late = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS);
    await ended;
    clearTimeout(late);
  }

  await start();
  return {
    get pid() {
      return child.pid as number;
    },
    start,
    kill: () => end('SIGKILL'),
    freeze: () => void child.kill('SIGSTOP'),
    thaw: () => void child.kill('SIGCONT'),
    stop: () => end(stopSignal),
  };
}
