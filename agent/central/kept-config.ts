import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { type Static, Type } from 'typebox';
import { Check } from 'typebox/schema';
import { ConfigState } from '../../protocol/agent-config.ts';
import { Signed } from '../../protocol/signed.ts';
import { describeError } from '../describe-error.ts';
import type { Log } from '../log.ts';

/** What an agent keeps of the configurations the centre sent it. */
const KeptConfig = Type.Object({
  /** Hash of the server's public key: another server begins anew. */
  server: Type.String(),
  /** The highest version ever judged here: none below it is taken any more. */
  newest: Type.Integer({ minimum: 0 }),
  /** The last one that proved good, as it was signed. */
  good: Type.Optional(Signed),
  /** On trial. Found at a start, the agent ended in the middle of it. */
  trial: Type.Optional(Signed),
  refused: ConfigState.properties.refused,
});
export type KeptConfig = Static<typeof KeptConfig>;

const FILE = 'central.json';

/** What was kept; undefined where there is nothing that can be read. */
export function readKept(folder: string, log: Log): KeptConfig | undefined {
  try {
    const kept: unknown = JSON.parse(readFileSync(join(folder, FILE), 'utf8'));
    if (Check(KeptConfig, kept)) return kept;
    log('error', 'what was kept of the central configuration cannot be read; it is asked for anew', { folder });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    log('error', 'what was kept of the central configuration cannot be read; it is asked for anew', {
      folder,
      error: describeError(error),
    });
  }
  return undefined;
}

/**
 * One file, replaced whole: a kill at any moment leaves it as it was or as it is to be. On a disk that refuses, a line
 * says so and the agent goes on: its next start then finds the last good one of before.
 */
export function writeKept(folder: string, kept: KeptConfig, log: Log): void {
  const file = join(folder, FILE);
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const fd = openSync(`${file}.new`, 'w', 0o600);
    try {
      writeSync(fd, JSON.stringify(kept));
      fsyncSync(fd);
    } finally {
      closeSync(fd);
    }
    renameSync(`${file}.new`, file);
  } catch (error) {
    log('error', 'the central configuration cannot be kept', { folder, error: describeError(error) });
  }
}
