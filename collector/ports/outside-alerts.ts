import type { DeviceKey } from '../../protocol/names.ts';

/** What another monitoring system told last of one of its alerts on a device of ours. */
export interface OutsideAlert {
  device: DeviceKey;
  /** The check it stands as. */
  check: string;
  /** When it began there, ms since 1970. */
  startsAt: number;
  isFiring: boolean;
  /** When it was told last, ms since 1970 by our clock. */
  heardAt: number;
}

export interface OutsideAlertStore {
  get(device: DeviceKey, check: string): Promise<OutsideAlert | undefined>;
  /** Replaces what was told of it before. */
  put(alert: OutsideAlert): Promise<void>;
  /** Those told last before that time, ms since 1970; the oldest first, at most `limit`. */
  heardBefore(time: number, limit: number): Promise<OutsideAlert[]>;
  forget(device: DeviceKey, check: string): Promise<void>;
}
