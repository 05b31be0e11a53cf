import type { JudgedEvidence } from '../../alerting/ports.ts';
import { nameOf, type StoreKey } from '../../protocol/names.ts';

/** A row of judged evidence, as both state stores have it. `subject` tells what the next of its kind replaces. */
export interface JudgedRow {
  at: number;
  what: string;
}

export function judgedRecord(judged: JudgedEvidence): { store: StoreKey; subject: string; at: number; what: string } {
  const { store, at, ...what } = judged;
  return { store, subject: subjectOf(judged), at, what: JSON.stringify(what) };
}

export const judgedOf = (store: StoreKey, { at, what }: JudgedRow): JudgedEvidence =>
  ({ store, at, ...(JSON.parse(what) as object) }) as JudgedEvidence;

/** Where rows begin that were read since `from`, up to `limit` of them: what was in force then is told before them. */
export const beginningOf = (rows: readonly JudgedRow[], from: number, limit: number): number =>
  rows.length < limit ? from : (rows[0]?.at ?? from);

/** Names hold no space. */
function subjectOf(judged: JudgedEvidence): string {
  if (judged.kind === 'started') return '';
  return judged.kind === 'presence' ? nameOf(judged.device) : `${nameOf(judged.device)} ${judged.told.check}`;
}
