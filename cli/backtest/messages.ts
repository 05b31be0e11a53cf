import type { DevicePast, SeriesName, StorePast } from '../../alerting/backtest/ports.ts';
import type { StoreOutcome } from '../../alerting/backtest/summary.ts';
import type { PackedPast } from '../../collector/metrics/packed-past.ts';
import type { DeviceKey } from '../../protocol/names.ts';

/** What a worker is begun with. Rules as they are written: read, they hold more than can be sent. */
export interface Task {
  rules: readonly [before: string, after: string];
  from: number;
}

/** A device's readings as they are sent: packed, for the worker to open, or open already. */
export type SentPast = { packed: PackedPast } | { opened: DevicePast };

/** The work of one store: what it is, what was before, its stretches in order, and its end. */
export type ToWorker =
  | { kind: 'store'; past: StorePast }
  | {
      kind: 'before' | 'stretch';
      from: number;
      to: number;
      /** Series the worker has not been told of. */
      names: SeriesName[];
      devices: (readonly [DeviceKey, SentPast])[];
    }
  | { kind: 'end' };

/** `taken`: room for one more stretch. */
export type FromWorker = { kind: 'taken' } | { kind: 'outcome'; outcome: StoreOutcome };
