import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream, existsSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createZstdDecompress } from 'node:zlib';
import type { Platform, Release } from '../../protocol/releases.ts';

/** The executables of releases on disk, packed as they travel: `<folder>/<version>/<platform>.zst`. */
export class ReleaseFiles {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Bytes there are of it; undefined where it is not here. */
  size(version: string, platform: Platform): number | undefined {
    return statSync(this.#path(version, platform), { throwIfNoEntry: false })?.size;
  }

  read(version: string, platform: Platform, from: number): Readable {
    return createReadStream(this.#path(version, platform), { start: from });
  }

  /**
   * Takes an executable in. Resolves to false, and keeps nothing, where it is not the one that was signed. Rejects when
   * it does not arrive or the disk refuses.
   */
  async take(release: Release, platform: Platform, body: Readable): Promise<boolean> {
    const file = release.files.find((candidate) => candidate.platform === platform);
    if (!file) return false;
    const path = this.#path(release.version, platform);
    mkdirSync(join(this.#folder, release.version), { recursive: true });
    const partial = `${path}.${process.pid}-${Date.now()}`;
    try {
      await pipeline(body, bounded(file.packed), createWriteStream(partial, { flush: true }));
      const hash = createHash('sha256');
      await pipeline(createReadStream(partial), createZstdDecompress(), bounded(file.size), hash);
      if (statSync(partial).size !== file.packed || hash.digest('hex') !== file.sha256) return false;
      renameSync(partial, path);
      return true;
    } catch (error) {
      const { code = '' } = error as NodeJS.ErrnoException;
      if (error instanceof TooLarge || code.startsWith('ZSTD_') || code === 'Z_BUF_ERROR') return false;
      throw error;
    } finally {
      if (existsSync(partial)) rmSync(partial);
    }
  }

  /** Versions and platforms are checked names: they lead out of no folder. */
  #path(version: string, platform: Platform): string {
    return join(this.#folder, version, `${platform}.zst`);
  }
}

class TooLarge extends Error {}

function bounded(most: number): Transform {
  let bytes = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      if (bytes > most) done(new TooLarge());
      else done(null, chunk);
    },
  });
}
