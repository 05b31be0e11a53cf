import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Check } from 'typebox/schema';
import { Signed } from '../../protocol/signed.ts';

/** Where an installed agent keeps its versions. Its package says so in the environment; others cannot replace themselves. */
export interface Installation {
  /** Folder of the versions: `state.json`, and a folder per version. */
  folder: string;
  /** Of the release key, PEM. Belongs to root: what it does not sign is not run. */
  publicKey: string;
  /** Version of the package. */
  packaged: string;
}

/** Undefined where this is no installed agent, or its package brought no release key. */
export function findInstallation(env: NodeJS.ProcessEnv, version: string): Installation | undefined {
  const { VIGIE_VERSIONS: folder, VIGIE_RELEASE_KEY: keyFile, VIGIE_PACKAGED: packaged = version } = env;
  if (folder === undefined || keyFile === undefined) return undefined;
  try {
    return { folder, publicKey: readFileSync(keyFile, 'utf8'), packaged };
  } catch {
    return undefined;
  }
}

/** The executable of a version, and the signed release it came with. */
export const filesOf = (folder: string, version: string): { program: string; release: string } => ({
  program: join(folder, version, process.platform === 'win32' ? 'vigie-agent.exe' : 'vigie-agent'),
  release: join(folder, version, 'release.json'),
});

/** The signed release beside an executable. */
export function readSignedRelease(path: string): Signed | undefined {
  try {
    const signed: unknown = JSON.parse(readFileSync(path, 'utf8'));
    return Check(Signed, signed) ? signed : undefined;
  } catch {
    return undefined;
  }
}
