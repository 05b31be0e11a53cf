import type { FactChange, FactRecord, UnreadReason } from '../../protocol/facts.ts';
import type { DeviceKey } from '../../protocol/names.ts';

/** What an agent last told of a device, with what it could not read and is known from before. */
export interface KeptFacts {
  device: DeviceKey;
  boot: string;
  seq: number;
  /** When it was gathered, milliseconds since 1970, by the server's clock. */
  at: number;
  facts: FactRecord;
  /** By path or section. */
  unread: Readonly<Record<string, UnreadReason>>;
}

/** A change of a device, as it is read back. */
export interface DeviceChange extends FactChange {
  device: DeviceKey;
}

export interface FactsHistoryQuery {
  device?: DeviceKey;
  /** Only what changed at this path or, with `*` at its end, below it: `machine.serial`, `software*`. */
  path?: string;
  /** Changes of this time or later, milliseconds since 1970. */
  since?: number;
  limit: number;
}

/** Changes kept of each device, the newest; older ones go. */
export const CHANGES_KEPT = 500;

/** What devices are made of, of all partitions, and how that changed. */
export interface FactsStore {
  get(device: DeviceKey): Promise<KeptFacts | undefined>;
  /** Replaces what was kept of the device and adds the changes: both or nothing. */
  save(facts: KeptFacts, changes: readonly FactChange[]): Promise<void>;
  /** What was saved after this revision, each device once, and the revision for the next call. 0 gives all there is. */
  since(revision: number): Promise<{ revision: number; facts: KeptFacts[] }>;
  /** Newest first. */
  history(query: FactsHistoryQuery): Promise<DeviceChange[]>;
}
