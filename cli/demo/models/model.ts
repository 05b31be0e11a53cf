import type { Point } from '../../../protocol/messages.ts';
import type { CheckStatus } from '../../../protocol/status.ts';
import { mix } from '../random.ts';
import { activityAt, activitySeconds, type Rhythm, wander } from '../rhythm.ts';

/** What befalls a device besides its ordinary day. */
export interface Condition {
  /** Milliseconds since 1970: its counters and its uptime start there. */
  bootedAt: number;
  /** From 0, as usual, to 1, as good as full. */
  diskFill: number;
  /** The link to the network above is down at this instant. */
  uplinkDown: boolean;
  /** Mains are gone. */
  onBattery: boolean;
  /** Since when a till sells nothing, milliseconds since 1970. */
  unsoldSince?: number;
}

/** One device at one instant: all that a model may look at. */
export interface Moment {
  at: number;
  seed: number;
  rhythm: Rhythm;
  /** Add to UTC for the store’s own clock. */
  utcOffsetMs: number;
  condition: Condition;
}

export interface Readings {
  points: Point[];
  statuses: CheckStatus[];
}

export type Model = (moment: Moment) => Readings;

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/** A fixed property of a device, in [0, 1): the same at every instant. */
export const trait = (moment: Moment, salt: number): number => mix(moment.seed, salt) / 0x1_0000_0000;

/** In [-1, 1], another value every few minutes, smoothly. */
export const flutter = (moment: Moment, salt: number, periodMs = 3 * MINUTE_MS): number =>
  wander(mix(moment.seed, salt), moment.at, periodMs);

/** In [-1, 1], another value every few days, smoothly. */
export const drift = (moment: Moment, salt: number): number => flutter(moment, salt, 2 * DAY_MS);

export const activity = (moment: Moment): number => activityAt(moment.rhythm, moment.at + moment.utcOffsetMs);

export const uptimeS = (moment: Moment): number =>
  Math.max(0, Math.floor((moment.at - moment.condition.bootedAt) / 1000));

/** A counter since the last start that grows by `perSecond` at full activity. */
export const counted = (moment: Moment, perSecond: number): number =>
  Math.max(
    0,
    Math.floor(
      perSecond *
        activitySeconds(moment.rhythm, moment.condition.bootedAt + moment.utcOffsetMs, moment.at + moment.utcOffsetMs),
    ),
  );

/** As a report carries it: two decimals are plenty. */
export const round = (value: number, decimals = 2): number => Number(value.toFixed(decimals));

export const percent = (value: number): number => round(Math.min(100, Math.max(0, value)));
