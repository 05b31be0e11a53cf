import { closeSync, openSync, readFileSync, unlinkSync, writeSync } from 'node:fs';

/** Who holds a folder. */
export interface Lock {
  release(): void;
}

/**
 * Takes a lock file for this process. A lock left behind by a process that is gone is taken over.
 * @returns the lock, or the id of the living process that holds it.
 * @throws the system's error when the file can't be written.
 */
export function takeLock(path: string): Lock | number {
  for (;;) {
    try {
      const file = openSync(path, 'wx');
      writeSync(file, String(process.pid));
      closeSync(file);
      return { release: () => unlinkSync(path) };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const holder = Number.parseInt(readFileSync(path, 'utf8'), 10);
    if (Number.isInteger(holder) && holder !== process.pid && isAlive(holder)) return holder;
    unlinkSync(path);
  }
}

/** The living process that holds a lock, if any. */
export function lockHolder(path: string): number | undefined {
  try {
    const holder = Number.parseInt(readFileSync(path, 'utf8'), 10);
    return Number.isInteger(holder) && isAlive(holder) ? holder : undefined;
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
