import type { RuleRevision, WrittenRevision } from '../ports.ts';

/** Columns of a revision without its text. */
export const REVISION = 'id, at, who, why, hash, back_to AS "backTo"';

export interface RevisionRow {
  id: number;
  at: number;
  who: string;
  why: string;
  hash: string | null;
  backTo: number | null;
}

export const revisionOf = ({ id, at, who, why, hash, backTo }: RevisionRow): RuleRevision => ({
  id,
  at,
  by: who,
  why,
  ...(hash !== null && { hash }),
  ...(backTo !== null && { backTo }),
});

export const writtenOf = ({ text, ...row }: RevisionRow & { text: string | null }): WrittenRevision => ({
  ...revisionOf(row),
  ...(text !== null && { text }),
});
