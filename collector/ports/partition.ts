import type { EngineEvent } from '../../alerting/engine/types.ts';
import type { AlertingStore, JudgementWrites } from '../../alerting/ports.ts';
import type { DeviceKey } from '../../protocol/names.ts';
import type { ToldEvent } from './events.ts';

/**
 * What has been seen of one run of an agent: report numbers as closed ranges, ascending and apart,
 * e.g. `[[1, 400], [402, 402]]`.
 */
export interface Cursor {
  agent: DeviceKey;
  boot: string;
  seen: readonly (readonly [number, number])[];
}

/** All that one group of messages changes: stored whole or not at all. */
export interface CommitWrites {
  /** Replaces the cursor of (agent, boot). */
  cursors: Cursor[];
  /** Current boot of agents that said birth. */
  boots: { agent: DeviceKey; boot: string; birth: string | undefined }[];
  /** The reports of this group, framed (see `report-log.ts`); absent when there were none. */
  log: Uint8Array | undefined;
  judgement: JudgementWrites;
  /** What devices told by themselves in the reports of this group; absent when nothing. */
  events?: ToldEvent[];
  setAside: SetAside[];
  /** Ids of handed events this group has judged. */
  handled: number[];
}

/** A message that was refused: kept, bounded, with its reason, for people to look at. */
export interface SetAside {
  at: number;
  source: string;
  reason: string;
  /** First bytes of what came, at most 512. */
  sample: Uint8Array;
}

/** One share of the stores: those whose `partitionOf` is `index`. A collector alone has the one share there is, 0 of 1. */
export interface Partition {
  index: number;
  of: number;
}

/** The right to write a partition's rows, until somebody else is given it. */
export interface Lease {
  partition: number;
  /** Grows with every holder: what an earlier one still tries to write is refused. */
  epoch: number;
}

/** Thrown by a commit whose lease has gone to another collector: nothing was stored, nothing will be. */
export class LeaseLost extends Error {
  constructor(partition: number) {
    super(`partition ${partition} has gone to another collector`);
    this.name = 'LeaseLost';
  }
}

/** What this collector serves no more takes nothing in: whoever serves the partition next is to be told. */
export class PartitionGone extends Error {
  /** Whether it may have been committed all the same, by a commit that nobody has heard of since. */
  readonly mayBeCommitted: boolean;

  constructor(mayBeCommitted: boolean) {
    super('another collector has the partition');
    this.name = 'PartitionGone';
    this.mayBeCommitted = mayBeCommitted;
  }
}

/**
 * What belongs to one partition: cursors, judgement, incidents, ticket work and the report log. One collector at a time
 * writes it. Every call rejects with a StateStoreError when the store does not answer in time, and leaves nothing half done.
 */
export interface PartitionStore extends AlertingStore {
  /**
   * One transaction, on disk when it resolves; when it rejects, nothing is stored. Resolves to the log row's id, if one
   * was written: ids of a partition grow and never come twice.
   * @throws LeaseLost
   */
  commit(writes: CommitWrites): Promise<number | undefined>;

  loadCursors(): Promise<Iterable<Cursor>>;
  loadBoots(): Promise<Iterable<{ agent: DeviceKey; boot: string; birth: string | undefined }>>;

  /** Log rows after `afterId`, in order, at most `limit`. */
  readLog(afterId: number, limit: number): Promise<{ id: number; at: number; frames: Uint8Array }[]>;
  /** Removes log rows up to and including `id`: every sink has them. */
  trimLog(id: number): Promise<void>;
  logSize(): Promise<LogSize>;

  /** Events other collectors were told of and this partition must judge, oldest first. Gone once `writes.handled` names them. */
  handedEvents(): Promise<{ id: number; event: EngineEvent }[]>;
}

export interface LogSize {
  rows: number;
  bytes: number;
  /** When the oldest was written, milliseconds since 1970. */
  oldestAt: number | undefined;
}
