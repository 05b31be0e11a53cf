import type { RulesEffect } from '../../protocol/rule-changes.ts';

/** Where the rules that hold come from: a revision that was applied, the file the server was given, or Vigie itself. */
export const RULE_SOURCES = ['revision', 'file', 'default'] as const;

/** A revision without its text. Times in milliseconds since 1970. */
export interface RuleRevisionView {
  id: number;
  at: number;
  by: string;
  why: string;
  /** SHA-256 of the text, hex; absent where it gave the rules back to the server's file. */
  hash?: string;
  /** It took back what came after this revision; 0: all of them. */
  backTo?: number;
}

/** The rules that hold. */
export interface RulesInForce {
  source: (typeof RULE_SOURCES)[number];
  /** Of the text; 0: the server's file. */
  revision: number;
  /** What a change is based on: newer than `revision` where this program cannot read it. */
  newest: number;
  text: string;
  /** Absent while no revision was applied. */
  last?: RuleRevisionView;
}

export interface RulesChange {
  text: string;
  why: string;
  by: string;
  /** What it is based on; when that is no longer the newest, nothing changes. Left out: whatever there is. */
  ifRevision?: number;
  /** Only says what it would do. */
  dryRun?: boolean;
}

export interface RulesUndo extends Omit<RulesChange, 'text'> {
  /** The revision whose rules are to hold again, 0 for the server's file; left out: the one before the newest. */
  to?: number;
}

/** The revision that holds then, and what it does. `changed`: somebody was faster. `no-such`: that revision is not kept, or is no earlier one. */
export type RulesOutcome = { revision: number; effect: RulesEffect } | 'changed' | 'no-such';

/** Says what is wrong with rules, and where. */
export class RulesError extends Error {
  readonly faults: readonly { path: string; message: string }[];
  constructor(faults: RulesError['faults']) {
    super(faults.map(({ path, message }) => `${path}: ${message}`).join('\n'));
    this.name = 'RulesError';
    this.faults = faults;
  }
}

/** The rules as a text that can be changed, and every revision of it. What is applied is judged by when a call resolves. */
export interface RuleRevisionsPort {
  current(): RulesInForce;
  /** Newest first. */
  list(limit: number): Promise<RuleRevisionView[]>;
  /** With its text; 0 is the server's file. */
  text(id: number): Promise<{ text: string; revision?: RuleRevisionView } | undefined>;
  /** The very text that holds makes no revision. @throws RulesError */
  apply(change: RulesChange): Promise<RulesOutcome>;
  /** Makes a revision that says what an earlier one said. @throws RulesError where this program cannot read that any more. */
  undo(undo: RulesUndo): Promise<RulesOutcome>;
}
