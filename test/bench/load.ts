import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { ended } from './leftovers.ts';
import type { Asked, LoadCounts, Rate, Said } from './load-child.ts';

/** A load in a process of its own. */
export interface Load {
  readonly pid: number;
  /** From now on so many reports per second; 0 pauses it. */
  offer(rate: Rate): void;
  look(): Promise<LoadCounts>;
  stop(): Promise<void>;
}

/** Starts a script that holds a `Pace`, and resolves when it is ready to send. */
export async function startLoad(script: URL, ...args: (string | number)[]): Promise<Load> {
  const child = fork(fileURLToPath(script), args.map(String), { execArgv: [] });
  const leftover = ended(async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  });
  let looks = 0;
  const waiting = new Map<number, { resolve: (counts: LoadCounts) => void; reject: (error: Error) => void }>();
  const started = Promise.withResolvers<void>();
  child.on('message', (said: Said) => {
    if ('ready' in said) return started.resolve();
    waiting.get(said.look)?.resolve(said);
    waiting.delete(said.look);
  });
  child.once('exit', (code, signal) => {
    const error = new Error(`${script.pathname} ended by itself (${signal ?? code})`);
    started.reject(error);
    for (const { reject } of waiting.values()) reject(error);
  });
  await started.promise;
  return {
    pid: child.pid as number,
    offer: (rate) => void child.send({ offer: rate } satisfies Asked),
    look: () =>
      new Promise((resolve, reject) => {
        waiting.set(++looks, { resolve, reject });
        child.send({ look: looks } satisfies Asked);
      }),
    stop: leftover,
  };
}
