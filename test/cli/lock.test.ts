import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Lock, lockHolder, takeLock } from '../../cli/lock.ts';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vigie-lock-'));
  path = join(folder, 'lock');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('a lock is held until it is released', () => {
  const lock = takeLock(path) as Lock;
  expect(lockHolder(path)).toBe(process.pid);
  lock.release();
  expect(lockHolder(path)).toBeUndefined();
});

test('a living process keeps its lock', () => {
  writeFileSync(path, String(process.ppid));
  expect(takeLock(path)).toBe(process.ppid);
});

test.runIf(process.platform === 'linux')(
  'a lock left by a process whose id another one bears now is taken over',
  () => {
    const lock = takeLock(path) as Lock;
    const ours = readFileSync(path, 'utf8');
    lock.release();
    // As a power cut leaves it: the id is alive again, but it is not the same process.
    writeFileSync(path, ours.replace(/^\d+/, String(process.ppid)));
    expect(takeLock(path)).toHaveProperty('release');
    expect(lockHolder(path)).toBe(process.pid);
  },
);

test('a lock of a process that is gone is taken over', async () => {
  const gone = spawn(process.execPath, ['--version'], { stdio: 'ignore' });
  await new Promise((resolve) => gone.once('exit', resolve));
  writeFileSync(path, String(gone.pid));
  expect(takeLock(path)).toHaveProperty('release');
});

test('a lock whose folder is gone, or that another process has by now, is released without harm', () => {
  const lock = takeLock(path) as Lock;
  writeFileSync(path, String(process.ppid));
  lock.release();
  expect(readFileSync(path, 'utf8')).toBe(String(process.ppid));
  rmSync(folder, { recursive: true });
  lock.release();
});
