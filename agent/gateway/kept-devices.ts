import { mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describeError } from '../describe-error.ts';
import type { Log } from '../log.ts';

/** So long without a word, a device is not coming back; if it does, it says all anew. */
const FORGOTTEN_MS = 30 * 86_400_000;

/**
 * Devices of which earlier runs kept something, by the names of their folders. One that is long gone is forgotten when
 * nothing of it waits: it would take the place of another for ever.
 */
export function keptDevices(folder: string, prefix: string, { now, log }: { now: number; log: Log }): string[] {
  try {
    mkdirSync(folder, { recursive: true });
    return readdirSync(folder)
      .filter((name) => name.startsWith(prefix) && !forget(join(folder, name), now, log))
      .map((name) => name.slice(prefix.length));
  } catch (error) {
    log('error', 'what the gateway kept cannot be read', { folder, error: describeError(error) });
    return [];
  }
}

function forget(folder: string, now: number, log: Log): boolean {
  try {
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
    const isOver = ['.', ...files].every((file) => {
      const { mtimeMs, size } = statSync(join(folder, file));
      return now - mtimeMs > FORGOTTEN_MS && !(file.endsWith('.seg') && size > 0);
    });
    if (!isOver) return false;
    rmSync(folder, { recursive: true });
    log('info', 'a device that is long gone is forgotten', { folder });
    return true;
  } catch (error) {
    log('warn', 'what is kept of a device cannot be looked at', { folder, error: describeError(error) });
    return false;
  }
}
