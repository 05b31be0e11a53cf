import type { Locale } from '../../protocol/inventory.ts';

/** Somebody's duty, from and to in milliseconds since 1970. */
export interface DutyView {
  who: string;
  from: number;
  to: number;
}

/** A calendar of duties, as it is now. */
export interface RotaView {
  name: string;
  timeZone: string;
  /** Absent while nobody is on call. */
  now?: DutyView;
  /** Absent where none is in sight. */
  next?: DutyView;
  /** When it was imported, milliseconds since 1970, and by whom. */
  at: number;
  by: string;
}

/** A calendar that cannot be read: where, and why. */
export class RotaError extends Error {
  readonly faults: readonly { path: string; message: Record<Locale, string> }[];
  constructor(faults: RotaError['faults']) {
    super(faults.map(({ path, message }) => `${path} ${message.en}`).join('\n'));
    this.name = 'RotaError';
    this.faults = faults;
  }
}

export interface OnCallPort {
  list(): RotaView[];
  /** Replaces the one of that name. @throws RotaError */
  put(name: string, calendar: string, timeZone: string, by: string): Promise<void>;
  /** False: there is none. */
  remove(name: string, by: string): Promise<boolean>;
}
