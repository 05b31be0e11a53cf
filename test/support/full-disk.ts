import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A small disk of its own, which can be filled to the last byte. */
export interface SmallDisk {
  readonly path: string;
  /** Takes all that is left. Returns the bytes taken. */
  fill(): number;
  /** Gives it back. */
  free(): void;
  /** Takes the disk away, with all that is on it. */
  remove(): void;
}

const MIB = 1024 * 1024;

/** A disk in memory, mounted; undefined where that is not allowed (only root may, and not in every container). */
export function mountSmallDisk(bytes: number): SmallDisk | undefined {
  if (process.geteuid?.() !== 0) return undefined;
  const path = mkdtempSync(join(tmpdir(), 'vigie-disk-'));
  if (spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${bytes}`, 'tmpfs', path]).status !== 0) {
    rmSync(path, { recursive: true });
    return undefined;
  }
  const filler = join(path, 'filler');
  const free = () => rmSync(filler, { force: true });
  return {
    path,
    fill() {
      const file = openSync(filler, 'a');
      let taken = 0;
      // Large pieces first, then what still fits: the last page too.
      for (let piece = Buffer.alloc(MIB); piece.byteLength >= 512; piece = piece.subarray(0, piece.byteLength / 2)) {
        taken += fillWith(file, piece);
      }
      closeSync(file);
      return taken;
    },
    free,
    remove() {
      // Lazily: a process that is just ending may hold a file a moment longer.
      spawnSync('umount', ['-l', path]);
      rmSync(path, { recursive: true, force: true });
    },
  };
}

/** Whether this machine lets us mount one; tried, and taken away again. */
export function canMount(): boolean {
  const disk = mountSmallDisk(MIB);
  disk?.remove();
  return disk !== undefined;
}

function fillWith(file: number, piece: Uint8Array): number {
  let taken = 0;
  for (;;) {
    try {
      const written = writeSync(file, piece);
      if (written === 0) return taken;
      taken += written;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOSPC') return taken;
      throw error;
    }
  }
}
