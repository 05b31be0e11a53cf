import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Static, TSchema } from 'typebox';
import { Check } from 'typebox/schema';
import { describeError } from '../describe-error.ts';
import type { Log } from '../log.ts';

/** What has to outlive a restart: a file of the agent's data folder, and what it holds. */
export interface KeptFile<Schema extends TSchema> {
  name: string;
  schema: Schema;
}

/** Undefined where nothing was kept, or it cannot be read, which the log says. */
export function readKept<Schema extends TSchema>(
  { name, schema }: KeptFile<Schema>,
  dataDir: string,
  log: Log,
): Static<Schema> | undefined {
  try {
    const kept: unknown = JSON.parse(readFileSync(join(dataDir, name), 'utf8'));
    if (Check(schema, kept)) return kept as Static<Schema>;
    log('warn', 'what was raised before the restart cannot be read', { dataDir, name });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') {
      log('warn', 'what was raised before the restart cannot be read', { name, error: describeError(error) });
    }
  }
  return undefined;
}

/** As a whole or not at all. */
export function writeKept<Schema extends TSchema>(
  { name }: KeptFile<Schema>,
  value: Static<Schema>,
  dataDir: string,
  log: Log,
): void {
  const file = join(dataDir, name);
  try {
    writeFileSync(`${file}.new`, JSON.stringify(value), { mode: 0o600 });
    renameSync(`${file}.new`, file);
  } catch (error) {
    log('warn', 'what is raised cannot be kept over a restart', { name, error: describeError(error) });
  }
}
