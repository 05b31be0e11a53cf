import type { MaintenanceWindow } from '../../protocol/maintenance.ts';

/** A maintenance window or change as somebody last left it. */
export interface KeptWindow {
  window: MaintenanceWindow;
  by: string;
  /** Milliseconds since 1970. */
  at: number;
}

/** Maintenance windows and changes. Every change of one is kept, with who made it. */
export interface MaintenanceStore {
  /** As they are now, in the order of their ids. */
  list(): Promise<KeptWindow[]>;
  /** Adds it, or replaces the one of this id. */
  save(kept: KeptWindow): Promise<void>;
  /** False: there is no such window. */
  remove(id: string, by: string, at: number): Promise<boolean>;
  /** Grows with every change. */
  revision(): Promise<number>;
}
