import type * as fs from 'node:fs';

/** The calls an outbox makes; tests put a full or failing disk in their place. */
export type OutboxFiles = Pick<
  typeof fs,
  | 'mkdirSync'
  | 'readdirSync'
  | 'readFileSync'
  | 'writeFileSync'
  | 'renameSync'
  | 'rmSync'
  | 'openSync'
  | 'writeSync'
  | 'readSync'
  | 'ftruncateSync'
  | 'closeSync'
>;
