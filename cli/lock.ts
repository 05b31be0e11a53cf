import { closeSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';

/** Who holds a folder. */
export interface Lock {
  release(): void;
}

/**
 * Takes a lock file for this process. A lock left behind by a process that is gone is taken over, also when another
 * process has its id by now, as after a power cut.
 * @returns the lock, or the id of the living process that holds it.
 * @throws the system's error when the file can't be written.
 */
export function takeLock(path: string): Lock | number {
  const us = `${process.pid} ${lifeOf(process.pid)}`;
  for (;;) {
    try {
      const file = openSync(path, 'wx');
      writeSync(file, us);
      closeSync(file);
      return {
        release() {
          // The folder may have been taken away meanwhile, and its place by another process.
          if (read(path) === us) rmSync(path, { force: true });
        },
      };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const holder = lockHolder(path);
    if (holder !== undefined && holder !== process.pid) return holder;
    rmSync(path, { force: true });
  }
}

/** The living process that holds a lock, if any. */
export function lockHolder(path: string): number | undefined {
  const [, digits, life] = /^(\d+) ?(.*)$/.exec(read(path) ?? '') ?? [];
  const holder = Number(digits);
  if (digits === undefined || !isAlive(holder)) return undefined;
  return life === '' || life === lifeOf(holder) ? holder : undefined;
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** What tells a process from another that had its id before: the machine's start and its own. Empty where nothing says. */
function lifeOf(pid: number): string {
  const machine = read('/proc/sys/kernel/random/boot_id')?.trim();
  const stat = read(`/proc/${pid}/stat`);
  if (machine === undefined || stat === undefined) return '';
  // The second field, the command in brackets, may hold anything; the time of start is the twenty-second.
  const startedAt = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  return `${machine} ${startedAt}`;
}
