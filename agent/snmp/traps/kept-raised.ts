import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Static, Type } from 'typebox';
import { Check } from 'typebox/schema';
import { CheckStatus } from '../../../protocol/status.ts';
import { describeError } from '../../describe-error.ts';
import type { Log } from '../../log.ts';

const Kept = Type.Record(Type.String(), Type.Array(CheckStatus, { maxItems: 150 }), { maxProperties: 1000 });
/** What traps have raised, and what was taken back of late as `ok`, by device. */
export type KeptRaised = Static<typeof Kept>;

const FILE = 'snmp-raised.json';

/** What an earlier run had raised: without it, an alert whose trap came before a restart would never be taken back. */
export function readRaised(dataDir: string, log: Log): KeptRaised {
  try {
    const kept: unknown = JSON.parse(readFileSync(join(dataDir, FILE), 'utf8'));
    if (Check(Kept, kept)) return kept;
    log('warn', 'what traps had raised before the restart cannot be read', { dataDir });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') {
      log('warn', 'what traps had raised before the restart cannot be read', { error: describeError(error) });
    }
  }
  return {};
}

export function writeRaised(dataDir: string, raised: KeptRaised, log: Log): void {
  const file = join(dataDir, FILE);
  try {
    writeFileSync(`${file}.new`, JSON.stringify(raised), { mode: 0o600 });
    renameSync(`${file}.new`, file);
  } catch (error) {
    log('warn', 'what traps have raised cannot be kept over a restart', { error: describeError(error) });
  }
}
