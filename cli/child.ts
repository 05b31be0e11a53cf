import { type ChildProcess, spawn } from 'node:child_process';

export interface ChildProgram {
  /** For Node itself. */
  flags: readonly string[];
  script: string;
  args: readonly string[];
  env: NodeJS.ProcessEnv;
}

export interface Child {
  pid: number | undefined;
  /** Resolves to how it ended, e.g. `SIGKILL` or `1`. */
  ended: Promise<string>;
  /** Asks it to stop; kills it when it hasn't after `graceMs`. Resolves when it is gone. */
  stop(graceMs: number): Promise<void>;
}

/**
 * Starts a part of Vigie as a process of its own, tied to this one: when this one dies, however it dies, the channel
 * between them closes and the child ends by itself.
 */
export function startChild({ flags, script, args, env }: ChildProgram): Child {
  const child: ChildProcess = spawn(process.execPath, [...flags, script, ...args], {
    // A group of its own: Ctrl-C reaches us, and we stop our children in order.
    detached: process.platform !== 'win32',
    env,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const ended = new Promise<string>((resolve) => {
    child.once('exit', (code, signal) => resolve(signal ?? String(code)));
    child.once('error', (error) => resolve(error.message));
  });
  return {
    pid: child.pid,
    ended,
    async stop(graceMs) {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), graceMs);
      await ended;
      clearTimeout(timer);
    },
  };
}

/** In a child: aborts when the parent is gone or asks to stop. Without a parent, only the signals count. */
export function abortWithParent(stop: AbortSignal): AbortSignal {
  if (!process.channel) return stop;
  const gone = new AbortController();
  process.once('disconnect', () => gone.abort());
  return AbortSignal.any([stop, gone.signal]);
}
