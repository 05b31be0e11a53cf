import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { processTree } from './processes.ts';

/** What must not outlive the bench, the newest last. */
const running = new Set<() => Promise<void>>();
const folders = new Set<string>();

let watching = false;

function watchSignals(): void {
  if (watching) return;
  watching = true;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      // Whoever waits for what is being ended fails now: of no interest to anyone.
      process.on('uncaughtException', () => {});
      void endAll().finally(() => process.exit(130));
    });
  }
}

/** Asks politely, then ends what was still starting; folders last, so that nobody writes into them any more. */
async function endAll(): Promise<void> {
  for (const end of [...running].reverse()) {
    await end().catch((error: Error) => process.stderr.write(`${error.message}\n`));
  }
  for (const pid of processTree(process.pid).slice(1)) killNow(pid);
  for (const path of folders) remove(path);
}

/** Wraps what ends a process: it does so once, at the latest when the bench is stopped half-way. */
export function ended(end: () => Promise<void>): () => Promise<void> {
  watchSignals();
  let ending: Promise<void> | undefined;
  const once = () => {
    ending ??= end().finally(() => running.delete(once));
    return ending;
  };
  running.add(once);
  return once;
}

/** kill -9, if it is still there. */
export function killNow(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}

export interface Folder {
  path: string;
  remove(): void;
}

/** A folder that is removed by `remove`, or at the latest when the bench is stopped half-way. */
export function temporaryFolder(name: string): Folder {
  watchSignals();
  const path = mkdtempSync(join(tmpdir(), `vigie-bench-${name}-`));
  folders.add(path);
  return { path, remove: () => remove(path) };
}

function remove(path: string): void {
  rmSync(path, { recursive: true, force: true, maxRetries: 5 });
}
