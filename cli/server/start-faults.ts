import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Fault } from '../fault.ts';
import { takeLock } from '../lock.ts';
import type { ServerSettings } from '../settings.ts';
import { words } from '../words/index.ts';

/*
 * What keeps a server from starting, told so that the person at the keyboard can mend it.
 */

/** One server per folder: two would each undo what the other does. */
export function holdFolder(dataDir: string, closers: (() => void)[], { locale }: ServerSettings): void {
  const text = words(locale);
  let lock: ReturnType<typeof takeLock>;
  try {
    mkdirSync(dataDir, { recursive: true });
    lock = takeLock(join(dataDir, 'server.lock'));
  } catch (error) {
    throw new Fault(text.folderRefused(dataDir, (error as Error).message));
  }
  if (typeof lock === 'number') throw new Fault(text.folderHeld(dataDir, lock));
  closers.push(() => lock.release());
}

/** The stores' and the rules' own errors are plain sentences that name the file. */
export async function orFault<T>(open: () => T | Promise<T>): Promise<T> {
  try {
    return await open();
  } catch (error) {
    if (error instanceof Error && /Error$/.test(error.name) && error.name !== 'Error' && error.name !== 'TypeError') {
      throw new Fault(error.message);
    }
    throw error;
  }
}

/** Starts what listens on a port. @throws Fault naming the port and the setting that chooses it. */
export async function listening<T>(
  what: string,
  { host, port }: { host: string; port: number },
  flag: string,
  { locale }: ServerSettings,
  start: () => Promise<T>,
): Promise<T> {
  try {
    return await start();
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'EADDRINUSE') throw new Fault(words(locale).portTaken(what, host, port, flag));
    if (code === undefined) throw error;
    throw new Fault(words(locale).portRefused(what, host, port, message));
  }
}
