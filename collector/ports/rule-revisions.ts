import type { AuditEntry } from './audit.ts';

/** What somebody made of the rules. */
export interface RuleRevision {
  /** Counts the changes from 1. */
  id: number;
  /** Milliseconds since 1970. */
  at: number;
  by: string;
  why: string;
  /** SHA-256 of the text, hex; absent where the rules of the server's file hold again. */
  hash?: string;
  /** It took back what came after this revision; 0: all of them. */
  backTo?: number;
}

export interface WrittenRevision extends RuleRevision {
  /** As it was written; absent where the rules of the server's file hold again. */
  text?: string;
}

/** The revisions of the rules. The newest holds. */
export interface RuleRevisionStore {
  /** Newest first. */
  list(limit: number): Promise<RuleRevision[]>;
  revision(id: number): Promise<WrittenRevision | undefined>;
  /** The id of the newest; 0 while there is none. */
  newest(): Promise<number>;
  /**
   * Adds the revision after `basedOn`, with its line of the audit, and forgets all but the newest `keep`. Undefined when
   * somebody was faster; nothing is changed then.
   */
  append(
    change: Omit<WrittenRevision, 'id'> & { basedOn: number; keep: number },
    audit: AuditEntry,
  ): Promise<RuleRevision | undefined>;
}
