import {
  chmodSync,
  createReadStream,
  createWriteStream,
  mkdirSync,
  readdirSync,
  rmSync,
  statfsSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Signed } from '../../protocol/signed.ts';
import { filesOf } from './installation.ts';
import { hashFile, type ReleaseFile } from './release-file.ts';

const INCOMING = 'incoming-';
/** Bytes left to the till: its sales need the disk more than its agent does. */
const RESERVE_BYTES = 268_435_456;

/** @throws where the disk has no room for a release, packed and unpacked, and for the till besides. */
export function needRoom(folder: string, { size, packed }: ReleaseFile, read: typeof statfsSync = statfsSync): void {
  const { bavail, bsize } = read(folder);
  const free = bavail * bsize;
  const needed = size + packed + RESERVE_BYTES;
  if (free < needed) throw new Error(`the disk of ${folder} has ${free} bytes free, ${needed} are needed`);
}

/**
 * Unpacks a downloaded release to where the launcher looks for it. Resolves to false, and keeps nothing, where it is not
 * the executable that was signed. Rejects when the disk refuses, and keeps nothing of what was unpacked.
 */
export async function install(
  packed: string,
  { folder, release, signed }: { folder: string; release: ReleaseFile; signed: Signed },
): Promise<boolean> {
  const files = filesOf(folder, release.version);
  const own = dirname(files.program);
  let isGood = false;
  try {
    mkdirSync(own, { recursive: true, mode: 0o700 });
    const isWhole = await unpack(packed, files.program, release.size);
    rmSync(packed, { force: true });
    if (!isWhole || hashFile(files.program) !== release.sha256) return false;
    chmodSync(files.program, 0o700);
    writeFileSync(files.release, JSON.stringify(signed), { flush: true });
    isGood = true;
    return true;
  } finally {
    if (!isGood) rmSync(own, { recursive: true, force: true });
  }
}

/** Where a release is downloaded to: what came of another's file is never gone on from. */
export function incomingOf(folder: string, { sha256 }: ReleaseFile): string {
  return join(folder, `${INCOMING}${sha256}.zst`);
}

/** Removes what came of other releases; of all, where none is wanted. */
export function removeIncoming(folder: string, wanted?: ReleaseFile): void {
  const kept = wanted && basename(incomingOf(folder, wanted));
  for (const name of readdirSync(folder)) {
    if (name.startsWith(INCOMING) && name !== kept) rmSync(join(folder, name), { force: true });
  }
}

/** Removes every version but these, as far as the disk lets it. */
export function removeOthers(folder: string, kept: readonly (string | undefined)[]): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (!entry.isDirectory() || kept.includes(entry.name)) continue;
    try {
      rmSync(join(folder, entry.name), { recursive: true, force: true });
    } catch {
      // On Windows, what still runs: the next look finds it again.
    }
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
