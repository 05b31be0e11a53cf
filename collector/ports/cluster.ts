import type { EngineEvent } from '../../alerting/engine/types.ts';
import type { MajorView } from '../../protocol/majors.ts';
import type { StoreKey } from '../../protocol/names.ts';
import type { IncidentView } from '../../protocol/views.ts';
import type { Lease } from './partition.ts';

/** How several collectors share one state store. Times are the store's own: collectors need not agree on the hour. */
export interface Cluster {
  /** Shares there are; the same for every collector. */
  readonly partitions: number;
  /**
   * Says that this collector is there and renews its leases for another ten seconds. To be called every two or three.
   * A held lease that is not in the answer has been lost.
   */
  beat(me: { id: string; url: string }, held: readonly Lease[]): Promise<ClusterView>;
  /** The partition's lease, if nobody holds it. */
  take(id: string, partition: number): Promise<Lease | undefined>;
  /** Others may take it at once. */
  giveBack(lease: Lease): Promise<void>;
  /** This collector goes, with all its leases. */
  leave(id: string): Promise<void>;

  /**
   * What the holder of a partition has changed since `after`: for the walls of the others. 0 tells all there is: of
   * incidents those that are open and those resolved within a day, of stores no removed ones.
   */
  changes(partition: number, after: number): Promise<PartitionChanges>;
  /** Gives the event to whoever holds the partition. Resolves when it is judged and committed; rejects after `timeoutMs`. */
  hand(partition: number, event: EngineEvent, timeoutMs: number): Promise<void>;
  /** Calls the listener soon after something happened; it may be missed now and then, so look by yourself as well. */
  onNews(listener: (news: ClusterNews) => void): () => void;
}

export interface ClusterView {
  /** Collectors that are there, by id, sorted. */
  collectors: { id: string; url: string }[];
  /** Leases of `held` that still hold. */
  held: Lease[];
  /** Partitions nobody holds. */
  free: number[];
  /** The highest incident number given by anyone. */
  lastIncident: number;
  inventoryRevision: number;
}

export interface PartitionChanges {
  /** To be given as `after` next time. */
  position: number;
  /** `state: undefined`: nothing is kept of this store any more. */
  judgement: { store: StoreKey; state: string | undefined }[];
  incidents: IncidentView[];
  /** Of the first partition only. */
  majors: MajorView[];
}

export type ClusterNews =
  /** Somebody committed in this partition, or a desk answered for it. */
  | { kind: 'changed'; partition: number }
  /** An event waits for this partition. */
  | { kind: 'handed'; partition: number }
  /** A lease became free, or a collector came or went. */
  | { kind: 'leases' }
  | { kind: 'inventory' };
