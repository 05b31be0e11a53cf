import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { canMount, mountSmallDisk } from './full-disk.ts';

test.skipIf(!canMount())('a small disk takes no byte more when it is full, and is usable when freed', () => {
  const disk = mountSmallDisk(4 * 1024 * 1024);
  if (!disk) throw new Error('could be mounted a moment ago');
  try {
    const file = join(disk.path, 'file');
    writeFileSync(file, 'before');
    expect(disk.fill()).toBeGreaterThan(3 * 1024 * 1024);
    expect(() => writeFileSync(join(disk.path, 'other'), 'x'.repeat(10_000))).toThrow(/ENOSPC/);
    disk.free();
    writeFileSync(join(disk.path, 'other'), 'x'.repeat(10_000));
  } finally {
    disk.remove();
  }
  expect(existsSync(disk.path)).toBe(false);
});
