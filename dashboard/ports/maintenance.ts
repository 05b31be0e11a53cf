import type { MaintenanceWindow, WindowKind, WindowScope } from '../../protocol/maintenance.ts';

/** `now`: it takes place somewhere. `over`: it will not come again. */
export const WINDOW_STANDINGS = ['now', 'coming', 'over'] as const;
export type WindowStanding = (typeof WINDOW_STANDINGS)[number];

/** A window as people see it in a list. Times in milliseconds since 1970. */
export interface WindowView {
  window: MaintenanceWindow;
  standing: WindowStanding;
  /** The time it takes place now, next, or last: from its first beginning in any store to its last end. */
  from: number;
  to: number;
  /** Stores it is about. */
  stores: number;
  /** Who changed it last, and when. */
  by: string;
  at: number;
}

/** A calendar to be read, and what its events do not say themselves. */
export interface CalendarImport {
  /** An iCalendar file (RFC 5545). */
  calendar: string;
  kind: WindowKind;
  /** For events that name no scope; without it they are a fault. */
  scope?: WindowScope;
}

/** Says what of a window cannot be. */
export class MaintenanceError extends Error {
  readonly faults: readonly { path: string; message: { fr: string; en: string } }[];
  constructor(faults: MaintenanceError['faults']) {
    super(faults.map(({ path, message }) => `${path}: ${message.en}`).join('\n'));
    this.name = 'MaintenanceError';
    this.faults = faults;
  }
}

/** Maintenance windows, which are also the change calendar. What is changed is judged by when a call resolves. */
export interface MaintenancePort {
  /** What takes place now, then what comes, soonest first, then what is over, newest first. */
  list(): WindowView[];
  /** Adds it, or replaces the one of this id. @throws MaintenanceError */
  save(window: MaintenanceWindow, by: string): Promise<WindowView>;
  /**
   * Adds or replaces them all and takes away those of the `cancelled` ids, with what was moved of their series; or, where
   * one cannot be, nothing. Gives how many were taken away. @throws MaintenanceError
   */
  saveAll(windows: readonly MaintenanceWindow[], cancelled: readonly string[], by: string): Promise<number>;
  /** Takes in an iCalendar file, what it cancels too, all of it or none, and says how many windows it has. @throws MaintenanceError by line */
  importCalendar(file: CalendarImport, by: string): Promise<number>;
  /** Ends the time it takes place now. */
  end(id: string, by: string, why: string): Promise<'ended' | 'no-such' | 'not-now'>;
  /** False: no such window. */
  remove(id: string, by: string, why: string): Promise<boolean>;
  /** All of them as an iCalendar file. */
  calendar(): string;
  /** Whoever knows it may read the calendar: programs that subscribe to one cannot sign in. */
  feedKey: string;
}
