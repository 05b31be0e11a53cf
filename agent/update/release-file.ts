import { createHash } from 'node:crypto';
import { closeSync, openSync, readSync } from 'node:fs';
import { compareVersions, type Platform, Release, type UpdateFault } from '../../protocol/releases.ts';
import type { Signed } from '../../protocol/signed.ts';
import { readSigned } from '../read-signed.ts';

const READ_BYTES = 1_048_576;

/** One executable of a release. */
export interface ReleaseFile {
  version: string;
  sha256: string;
  /** Bytes. */
  size: number;
  /** Bytes as it travels. */
  packed: number;
  downgrade: boolean;
}

/** The executable for this platform in a release that the release key signed, or why there is none. */
export function readRelease(
  signed: Signed,
  { publicKey, platform }: { publicKey: string; platform: string },
): ReleaseFile | { fault: UpdateFault } {
  const proven = readSigned(Buffer.from(JSON.stringify(signed)), { purpose: 'release', schema: Release, publicKey });
  if ('fault' in proven) return { fault: 'signature' };
  const { version, downgrade = false, files } = proven.body;
  const file = files.find((candidate) => candidate.platform === platform);
  if (!file) return { fault: 'platform' };
  return { version, sha256: file.sha256, size: file.size, packed: file.packed, downgrade };
}

/** Whether it may run in the place of `running`. */
export const mayReplace = ({ version, downgrade }: ReleaseFile, running: string): boolean =>
  downgrade ? compareVersions(version, running) !== 0 : compareVersions(version, running) > 0;

/** What an agent runs on, as releases name it: `linux-x64`. */
export const ownPlatform = (): Platform => `${process.platform}-${process.arch}` as Platform;

/** SHA-256 of a file, hex. Reads it in pieces: it is larger than an agent may grow. */
export function hashFile(path: string): string {
  const file = openSync(path, 'r');
  try {
    const hash = createHash('sha256');
    const piece = Buffer.allocUnsafe(READ_BYTES);
    for (let read = readSync(file, piece); read > 0; read = readSync(file, piece)) hash.update(piece.subarray(0, read));
    return hash.digest('hex');
  } finally {
    closeSync(file);
  }
}
