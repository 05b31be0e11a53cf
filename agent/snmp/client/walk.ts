import type { SnmpValue } from '../value.ts';
import type { Answer } from './answer.ts';
import type { Ask, Question } from './connection.ts';
import { type FaultKind, SnmpFault } from './fault.ts';
import { type Manners, makeSure, noteBulkFailure } from './manners.ts';
import { compareOids, isBelow } from './oid.ts';
import { grown, shrunk } from './request-size.ts';

export interface WalkBounds {
  rowsPerColumn: number;
  /** Of all columns together. */
  values: number;
  /** From the first request on. */
  durationMs: number;
}

/** What was read before a column came to its end, or to a fault of its own. */
export interface Walk {
  /** By whole OID, index and all. */
  values: Map<string, SnmpValue>;
  /** Of single columns: each names its OID. */
  faults: SnmpFault[];
}

interface Column {
  oid: string;
  /** The last OID told. */
  at: string;
  rows: number;
  /** Its GETBULK was answered with nonsense. */
  isPlain: boolean;
  isDone: boolean;
}

/** No more of one column at once: most have a few rows. */
const REPETITIONS_MAX = 25;

/**
 * Reads columns to their ends, several in one request. Rejects with an `SnmpFault` when the device does not answer; what
 * is wrong with a single column ends that column only.
 */
export async function walkColumns(
  ask: Ask,
  manners: Manners,
  oids: readonly string[],
  bounds: WalkBounds,
  { device, now, signal }: { device: string; now: () => number; signal?: AbortSignal | undefined },
): Promise<Walk> {
  const untilMs = now() + bounds.durationMs;
  const walk: Walk = { values: new Map(), faults: [] };
  let columns: Column[] = [...new Set(oids)].map((oid) => ({ oid, at: oid, rows: 0, isPlain: false, isDone: false }));
  let most = Number.POSITIVE_INFINITY;
  // After a failed GETBULK the same is asked by GETNEXT; when that fails as well, as many columns, from the first on,
  // hide one that spoils a request, and it is looked for by halves.
  let isBulkInDoubt = false;
  let suspects = 0;

  const end = (column: Column, kind?: FaultKind) => {
    column.isDone = true;
    if (kind) walk.faults.push(new SnmpFault(kind, device, { oid: column.oid }));
  };

  function take(column: Column, answers: readonly Answer[], isBulk: boolean): boolean {
    if (isBulk && answers.length === 0) return false;
    for (const { oid, value, isEnd } of answers) {
      if (isEnd || (compareOids(oid, column.at) > 0 && !isBelow(oid, column.oid))) {
        end(column);
        return true;
      }
      if (compareOids(oid, column.at) <= 0) {
        if (!isBulk) end(column, 'looping');
        return !isBulk;
      }
      if (column.rows >= bounds.rowsPerColumn) end(column, 'too-many-rows');
      else if (walk.values.size >= bounds.values) end(column, 'too-many-values');
      if (column.isDone) return true;
      column.at = oid;
      column.rows++;
      if (value) walk.values.set(oid, value);
    }
    return true;
  }

  function accept(group: readonly Column[], question: Question, answers: readonly Answer[][]): void {
    const isBulk = question.kind === 'bulk';
    manners.isAwake = true;
    const asked = group.length * (isBulk ? question.repetitions : 1);
    // A device may cut its answer where its buffer ends: what is missing is asked next.
    const told = answers.filter(({ length }) => length > 0).length || group.length;
    if (told < group.length) most = told;
    const hasFailed = group.slice(0, told).filter((column, at) => !take(column, answers[at] ?? [], isBulk));
    for (const column of hasFailed) column.isPlain = true;
    if (hasFailed.length > 0) {
      noteBulkFailure(manners);
      return;
    }
    if (isBulk) manners.bulkFailures = 0;
    else if (isBulkInDoubt) noteBulkFailure(manners);
    isBulkInDoubt = false;
    suspects -= group.length;
    if (suspects > 0) columns = [...columns.filter((column) => !group.includes(column)), ...group];
    else if (told === group.length) most = Number.POSITIVE_INFINITY;
    manners.walk = grown(manners.walk, asked);
  }

  async function refuse(group: readonly Column[], question: Question, fault: SnmpFault): Promise<void> {
    const [first] = group as [Column];
    const isSilence = fault.kind === 'timeout';
    if (isSilence) await makeSure(ask, manners, fault, signal);
    else if (!MENDABLE.has(fault.kind)) throw fault;
    manners.isAwake = true;
    if (question.kind !== 'bulk') {
      isBulkInDoubt = false;
      suspects = group.length > 1 ? group.length : 0;
      most = suspects > 0 ? Math.ceil(suspects / 2) : Number.POSITIVE_INFINITY;
      // For version 1 this is how a walk comes to the end of all there is.
      if (suspects === 0) end(first, fault.kind === 'no-such-name' ? undefined : fault.kind);
      return;
    }
    if (isSilence || fault.kind === 'too-big') manners.walk = shrunk(manners.walk, group.length * question.repetitions);
    if (fault.kind === 'too-big' && question.repetitions > 1) return;
    // The same by GETNEXT tells whether it is GETBULK, or one of the columns.
    isBulkInDoubt = true;
  }

  while (columns.length > 0) {
    if (now() >= untilMs) {
      for (const column of columns) end(column, 'too-long');
      break;
    }
    const { group, question } = nextQuestion(columns, manners, most, isBulkInDoubt || suspects > 0);
    try {
      accept(group, question, await ask(question, signal));
    } catch (error) {
      if (!(error instanceof SnmpFault)) throw error;
      await refuse(group, question, error);
    }
    columns = columns.filter(({ isDone }) => !isDone);
  }
  return walk;
}

/** A smaller or plainer request may do, or the column alone is at fault. */
const MENDABLE: ReadonlySet<FaultKind> = new Set(['no-such-name', 'too-big', 'device-error', 'wrong-answer']);

function nextQuestion(
  columns: readonly Column[],
  manners: Manners,
  most: number,
  isPlainNow: boolean,
): { group: readonly Column[]; question: Question } {
  const { isPlain } = columns[0] as Column;
  const alike = columns.filter((column) => column.isPlain === isPlain);
  const group = alike.slice(0, manners.isAwake ? Math.min(most, manners.walk.size) : 1);
  const oids = group.map(({ at }) => at);
  if (isPlain || isPlainNow || !manners.hasBulk || !manners.isAwake) return { group, question: { kind: 'next', oids } };
  const fitting = Math.floor(manners.walk.size / group.length);
  return { group, question: { kind: 'bulk', oids, repetitions: Math.min(REPETITIONS_MAX, Math.max(1, fitting)) } };
}
