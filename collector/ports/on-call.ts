import type { OnCallCalendar } from '../../protocol/on-call.ts';

/** Calendars that say who is on call. */
export interface OnCallStore {
  /** By name. */
  list(): Promise<OnCallCalendar[]>;
  /** Replaces the one of the same name. */
  put(calendar: OnCallCalendar): Promise<void>;
  /** False: there was none. */
  remove(name: string): Promise<boolean>;
}

/** How far the digests of each desk have come. */
export interface DigestStore {
  /** Up to when the desk was told, ms since 1970; undefined when it never was. */
  toldUntil(desk: string): Promise<number | undefined>;
  told(desk: string, until: number): Promise<void>;
}
