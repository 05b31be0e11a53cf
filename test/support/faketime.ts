import { existsSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A clock whose hour can be set while a process lives by it. Timers and the monotonic clock go on as they were. */
export interface SteppedClock {
  /** For the process that is to live by this clock. */
  readonly env: Record<string, string>;
  readonly offsetMs: number;
  /** Sets the clock to true time plus this. */
  set(offsetMs: number): void;
  /** Takes its files away. */
  remove(): void;
}

/** Debian's `faketime`; undefined where it is not installed. */
function findLibrary(): string | undefined {
  const folders = existsSync('/usr/lib') ? readdirSync('/usr/lib').map((name) => join('/usr/lib', name)) : [];
  return folders.map((folder) => join(folder, 'faketime/libfaketimeMT.so.1')).find((path) => existsSync(path));
}

export const canStepClocks = (): boolean => findLibrary() !== undefined;

export function createSteppedClock(): SteppedClock {
  const library = findLibrary();
  if (library === undefined) throw new Error('libfaketime is not installed (Debian: faketime)');
  const folder = mkdtempSync(join(tmpdir(), 'vigie-clock-'));
  const file = join(folder, 'offset');
  let offsetMs = 0;
  const set = (ms: number) => {
    offsetMs = ms;
    // Whole or not at all: it is read at every look at the clock.
    writeFileSync(`${file}.new`, `${ms < 0 ? '-' : '+'}${(Math.abs(ms) / 1000).toFixed(3)}\n`);
    renameSync(`${file}.new`, file);
  };
  set(0);
  return {
    env: {
      LD_PRELOAD: library,
      FAKETIME_TIMESTAMP_FILE: file,
      FAKETIME_DONT_FAKE_MONOTONIC: '1',
      FAKETIME_NO_CACHE: '1',
      NO_FAKE_STAT: '1',
    },
    get offsetMs() {
      return offsetMs;
    },
    set,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
