import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { constants, zstdCompressSync } from 'node:zlib';
import type { Platform, Release } from '../../protocol/releases.ts';

/**
 * Packs executables for their way to the tills and writes what is to be signed of them.
 * @param level of zstd, 1 to 19.
 */
export function makeRelease(
  version: string,
  executables: ReadonlyMap<Platform, string>,
  { at, level }: { at: number; level: number },
): Release {
  const files = [...executables].map(([platform, path]) => {
    const contents = readFileSync(path);
    const small = zstdCompressSync(contents, { params: { [constants.ZSTD_c_compressionLevel]: level } });
    writeFileSync(`${path.replace(/\.exe$/, '')}.zst`, small);
    const sha256 = createHash('sha256').update(contents).digest('hex');
    return { platform, sha256, size: contents.length, packed: small.length };
  });
  return { v: 1, version, at, files };
}
