import { type Static, Type } from 'typebox';
import { CheckStatus } from '../../../protocol/status.ts';
import type { Log } from '../../log.ts';
import { readKept, writeKept } from '../kept-file.ts';

const Raised = Type.Record(Type.String(), Type.Array(CheckStatus, { maxItems: 150 }), { maxProperties: 1000 });
/** What traps have raised, and what was taken back of late as `ok`, by device. */
export type KeptRaised = Static<typeof Raised>;

const FILE = { name: 'snmp-raised.json', schema: Raised };

/** What an earlier run had raised: without it, an alert whose trap came before a restart would never be taken back. */
export const readRaised = (dataDir: string, log: Log): KeptRaised => readKept(FILE, dataDir, log) ?? {};

export const writeRaised = (dataDir: string, raised: KeptRaised, log: Log): void =>
  writeKept(FILE, raised, dataDir, log);
