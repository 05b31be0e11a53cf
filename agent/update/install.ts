import { chmodSync, createReadStream, createWriteStream, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Signed } from '../../protocol/signed.ts';
import { filesOf } from './installation.ts';
import { hashFile, type ReleaseFile } from './release-file.ts';

/**
 * Unpacks a downloaded release to where the launcher looks for it. Resolves to false, and keeps nothing, where it is not
 * the executable that was signed. Rejects when the disk refuses.
 */
export async function install(
  packed: string,
  { folder, release, signed }: { folder: string; release: ReleaseFile; signed: Signed },
): Promise<boolean> {
  const files = filesOf(folder, release.version);
  mkdirSync(dirname(files.program), { recursive: true, mode: 0o700 });
  const isWhole = await unpack(packed, files.program, release.size);
  rmSync(packed, { force: true });
  if (!isWhole || hashFile(files.program) !== release.sha256) {
    rmSync(dirname(files.program), { recursive: true, force: true });
    return false;
  }
  chmodSync(files.program, 0o700);
  writeFileSync(files.release, JSON.stringify(signed), { flush: true });
  return true;
}

/** Removes every version but these. */
export function removeOthers(folder: string, kept: readonly (string | undefined)[]): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.isDirectory() && !kept.includes(entry.name))
      rmSync(join(folder, entry.name), { recursive: true, force: true });
  }
}

/** A packed file can unpack to anything: no more than was signed is written. */
async function unpack(from: string, to: string, size: number): Promise<boolean> {
  const { createZstdDecompress } = process.getBuiltinModule('node:zlib');
  let bytes = 0;
  const bound = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      if (bytes > size) done(new TooLarge());
      else done(null, chunk);
    },
  });
  try {
    await pipeline(createReadStream(from), createZstdDecompress(), bound, createWriteStream(to, { flush: true }));
    return true;
  } catch (error) {
    if (error instanceof TooLarge || (error as NodeJS.ErrnoException).code?.startsWith('ZSTD_')) return false;
    throw error;
  }
}

class TooLarge extends Error {}
