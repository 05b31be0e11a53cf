import type { MaintenanceWindow } from '../../protocol/maintenance.ts';
import type { AuditEntry } from './audit.ts';

/** A maintenance window or change as somebody last left it. */
export interface KeptWindow {
  window: MaintenanceWindow;
  by: string;
  /** Milliseconds since 1970. */
  at: number;
}

/** What becomes of one window, with the line that tells it: who, and when, is of both. */
export interface WindowChange {
  id: string;
  /** Added, or in place of the one of this id; undefined: taken away. */
  window: MaintenanceWindow | undefined;
  audit: AuditEntry;
}

/** Maintenance windows and changes. Every change of one is kept, with who made it. */
export interface MaintenanceStore {
  /** As they are now, in the order of their ids. */
  list(): Promise<KeptWindow[]>;
  /**
   * All of it, or, when it rejects, nothing. Gives the ids of what changed: taking away what is not there changes nothing,
   * and is not told.
   */
  change(changes: readonly WindowChange[]): Promise<string[]>;
  /** Grows with every change. */
  revision(): Promise<number>;
}
