import type { SnmpValue } from '../value.ts';
import type { Answer } from './answer.ts';
import type { Ask, Question } from './connection.ts';
import { type FaultKind, SnmpFault } from './fault.ts';
import { type Manners, makeSure, noteBulkFailure, patienceWith } from './manners.ts';
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

interface WalkContext {
  device: string;
  now: () => number;
  signal?: AbortSignal | undefined;
  /** Empty at first. Takes the values as they are told. */
  into?: Map<string, SnmpValue> | undefined;
}

interface Column {
  oid: string;
  /** Of the table: the columns of one are asked for once its lowest has answered. */
  entry: string;
  /** The last OID told. */
  at: string;
  rows: number;
  /** Its GETBULK was answered with nonsense, or the device falls silent within it. */
  isPlain: boolean;
  isDone: boolean;
}

/** No more of one column at once: most have a few rows. */
const REPETITIONS_MAX = 25;
/** Of columns that may not be there: each row would be one of something else. */
const REPETITIONS_AT_FIRST = 2;

/**
 * Reads columns to their ends, several in one request. Rejects with an `SnmpFault` when the device does not answer; what
 * is wrong with a single column ends that column only. One on which the device falls silent is left alone for a while.
 */
export async function walkColumns(
  ask: Ask,
  manners: Manners,
  oids: readonly string[],
  bounds: WalkBounds,
  { device, now, signal, into = new Map() }: WalkContext,
): Promise<Walk> {
  const untilMs = now() + bounds.durationMs;
  const { silentNexts } = manners;
  const walk: Walk = { values: into, faults: [] };
  let columns = [...new Set(oids)].map((oid) => columnOf(oid, silentNexts.hasWithin(oid)));
  let most = Number.POSITIVE_INFINITY;
  // A request for several failed: these of its columns are asked alone now, by GETNEXT, so that one which spoils requests
  // fails by itself. When none does it was the request.
  let suspects: readonly Column[] = [];
  let failed: { question: Question; asked: number; isBlamed: boolean } | undefined;
  let hasBeenSilent = false;

  const end = (column: Column, kind?: FaultKind) => {
    column.isDone = true;
    if (kind) walk.faults.push(new SnmpFault(kind, device, { oid: column.oid }));
  };

  function take(column: Column, answers: readonly Answer[], isBulk: boolean): boolean {
    if (isBulk && answers.length === 0) return false;
    for (const { oid, value, isEnd, isEndOfAll } of answers) {
      if (isEnd || (compareOids(oid, column.at) > 0 && !isBelow(oid, column.oid))) {
        end(column);
        if (column.rows === 0 && (isEndOfAll || !isEnd)) endBetween(column, isEnd ? undefined : oid);
        return true;
      }
      if (compareOids(oid, column.at) <= 0) {
        if (!isBulk) end(column, 'looping');
        return !isBulk;
      }
      if (column.rows >= bounds.rowsPerColumn) end(column, 'too-many-rows');
      else if (walk.values.size >= bounds.values) end(column, 'too-many-values');
      if (column.isDone) return true;
      silentNexts.heard(column.at);
      column.at = oid;
      column.rows++;
      if (value) walk.values.set(oid, value);
    }
    return true;
  }

  /** Between what was asked for and what was told there is nothing, so nothing of that table's columns in between. */
  function endBetween({ oid: from, entry }: Column, told: string | undefined): void {
    for (const other of columns) {
      const isBefore = told === undefined || (compareOids(other.oid, told) < 0 && !isBelow(told, other.oid));
      if (other.entry === entry && other.rows === 0 && isBefore && compareOids(from, other.oid) < 0) end(other);
    }
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
    if (told === group.length) most = Number.POSITIVE_INFINITY;
    manners.walk = grown(manners.walk, asked);
  }

  async function refuse(group: readonly Column[], question: Question, fault: SnmpFault): Promise<void> {
    const isSilence = fault.kind === 'timeout';
    if (isSilence) {
      await makeSure(ask, manners, fault, signal);
      hasBeenSilent = true;
    } else if (!MENDABLE.has(fault.kind)) throw fault;
    manners.isAwake = true;
    const [first] = group as [Column];
    const asked = group.length * (question.kind === 'bulk' ? question.repetitions : 1);
    if (asked === 1 && question.kind !== 'bulk') {
      if (failed) failed.isBlamed = false;
      if (isSilence) silentNexts.note(first.at);
      // For version 1 this is how a walk comes to the end of all there is.
      end(first, fault.kind === 'no-such-name' ? undefined : fault.kind);
      return;
    }
    if (fault.kind === 'too-big' && asked > group.length) {
      manners.walk = shrunk(manners.walk, asked);
      return;
    }
    suspects = group;
    failed = { question, asked, isBlamed: true };
  }

  /** All of them were asked alone. */
  function acquit({ question, asked, isBlamed }: NonNullable<typeof failed>): void {
    failed = undefined;
    if (!isBlamed) return;
    if (question.kind === 'bulk') noteBulkFailure(manners);
    if (asked > 1) manners.walk = shrunk(manners.walk, asked);
  }

  for (;;) {
    for (const column of columns) if (!column.isDone && silentNexts.isQuiet(column.at)) end(column, 'timeout');
    columns = columns.filter(({ isDone }) => !isDone);
    suspects = suspects.filter(({ isDone }) => !isDone);
    const [suspect, ...others] = suspects;
    if (failed && !suspect) acquit(failed);
    if (columns.length === 0) return walk;
    if (now() >= untilMs) {
      for (const column of columns) end(column, 'too-long');
      return walk;
    }
    const { group, question } = suspect
      ? { group: [suspect], question: { kind: 'next', oids: [suspect.at] } as const }
      : nextQuestion(readyOf(columns), manners, most);
    suspects = others;
    const patience = hasBeenSilent ? { patienceMs: patienceWith(manners) } : {};
    try {
      accept(group, question, await ask({ ...question, ...patience }, signal));
    } catch (error) {
      if (!(error instanceof SnmpFault)) throw error;
      await refuse(group, question, error);
    }
  }
}

const columnOf = (oid: string, isPlain: boolean): Column => {
  const entry = oid.slice(0, oid.lastIndexOf('.'));
  return { oid, entry, at: oid, rows: 0, isPlain, isDone: false };
};

/** Those begun, and of each table's others only the lowest while nothing of the table has answered. */
function readyOf(columns: readonly Column[]): readonly Column[] {
  const lowest = new Map<string, Column>();
  const answered = new Set<string>();
  for (const column of columns) {
    const other = lowest.get(column.entry);
    if (!other || compareOids(column.oid, other.oid) < 0) lowest.set(column.entry, column);
    if (column.rows > 0) answered.add(column.entry);
  }
  return columns.filter((column) => answered.has(column.entry) || lowest.get(column.entry) === column);
}

/** A smaller or plainer request may do, or the column alone is at fault. */
const MENDABLE: ReadonlySet<FaultKind> = new Set(['no-such-name', 'too-big', 'device-error', 'wrong-answer']);

function nextQuestion(
  columns: readonly Column[],
  manners: Manners,
  most: number,
): { group: readonly Column[]; question: Question } {
  const { isPlain } = columns[0] as Column;
  const alike = columns.filter((column) => column.isPlain === isPlain);
  const group = alike.slice(0, manners.isAwake ? Math.min(most, manners.walk.size) : 1);
  const oids = group.map(({ at }) => at);
  if (isPlain || !manners.hasBulk || !manners.isAwake) return { group, question: { kind: 'next', oids } };
  const fitting = Math.max(1, Math.floor(manners.walk.size / group.length));
  const longest = group.some(({ rows }) => rows > 0) ? REPETITIONS_MAX : REPETITIONS_AT_FIRST;
  return { group, question: { kind: 'bulk', oids, repetitions: Math.min(longest, fitting) } };
}
