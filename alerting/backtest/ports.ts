import type { Store } from '../../protocol/inventory.ts';
import type { MaintenanceWindow } from '../../protocol/maintenance.ts';
import type { DeviceKey, StoreKey } from '../../protocol/names.ts';
import type { ToldTree } from '../engine/tree.ts';
import type { EvidenceSpan, JudgedEvidence } from '../ports.ts';

/** What a series measures. */
export interface SeriesName {
  measurement: string;
  tags: Readonly<Record<string, string>>;
  field: string;
}

/** Readings of one series, ascending in time, milliseconds since 1970. */
export interface PastSeries extends SeriesName {
  times: Float64Array;
  values: Float64Array;
}

/** Roll-ups of one series, ascending; `times` are where their buckets begin. */
export interface PastRollups extends SeriesName {
  widthMs: number;
  times: Float64Array;
  min: Float64Array;
  max: Float64Array;
  last: Float64Array;
}

/** The readings of a device between two instants. */
export interface DevicePast {
  /** Every instant of which there is a reading of any series, ascending. */
  heard: Float64Array;
  series: PastSeries[];
  rollups: PastRollups[];
}

/** What a store is judged by beside its readings. */
export interface StorePast {
  key: StoreKey;
  /** As the inventory, its agents and the calendar of changes have it now. */
  simulated: boolean;
  definition: Store;
  observed: readonly (readonly [DeviceKey, Readonly<Record<string, string>>])[];
  tree: ToldTree | undefined;
  windows: readonly MaintenanceWindow[];
  /** As the state store tells it: first what was in force at the beginning. */
  evidence: readonly JudgedEvidence[];
  /** In which the readings came late: they were never judged. */
  late: readonly EvidenceSpan[];
  /** Really opened in that time. */
  opened: readonly { target: DeviceKey | StoreKey; openedAt: number; resolvedAt?: number }[];
}
