import { fraction, mix } from './random.ts';

const HOUR_MS = 3_600_000;
const TURN = 2 * Math.PI;

interface Wave {
  amplitude: number;
  periodMs: number;
  /** When it peaks. */
  peakMs: number;
}

/** Something that goes up and down for ever, always positive, around a mean. */
export interface Rhythm {
  mean: number;
  waves: readonly Wave[];
}

/** A shop’s day: quiet at night, a first peak before noon and a lower one in the evening; between 0.05 and 0.9. */
const SHOP_DAY: Rhythm = {
  mean: 0.5,
  waves: [
    { amplitude: 0.33, periodMs: 24 * HOUR_MS, peakMs: 15 * HOUR_MS },
    { amplitude: 0.11, periodMs: 12 * HOUR_MS, peakMs: 11.5 * HOUR_MS },
  ],
};

/** The shop’s day as one device lives it: never quite as its neighbour’s. */
export function rhythmOf(seed: number): Rhythm {
  const ripple = (periodMs: number, salt: number): Wave => ({
    amplitude: 0.02,
    periodMs,
    peakMs: fraction(mix(seed, salt)) * periodMs,
  });
  return { mean: SHOP_DAY.mean, waves: [...SHOP_DAY.waves, ripple(7 * 60_000, 1), ripple(31 * 60_000, 2)] };
}

/** How lively it is at a local time in milliseconds. */
export const activityAt = ({ mean, waves }: Rhythm, localMs: number): number =>
  waves.reduce((sum, w) => sum + w.amplitude * Math.cos((TURN * (localMs - w.peakMs)) / w.periodMs), mean);

/** The activity summed over the seconds between two local times: what a counter has counted meanwhile. */
export function activitySeconds({ mean, waves }: Rhythm, fromMs: number, toMs: number): number {
  const swing = (w: Wave, at: number) =>
    ((w.amplitude * w.periodMs) / TURN) * Math.sin((TURN * (at - w.peakMs)) / w.periodMs);
  const ms = waves.reduce((sum, w) => sum + swing(w, toMs) - swing(w, fromMs), mean * (toMs - fromMs));
  return ms / 1000;
}

/** A value in [-1, 1] that wanders smoothly from one period to the next. */
export function wander(seed: number, at: number, periodMs: number): number {
  const step = Math.floor(at / periodMs);
  const part = at / periodMs - step;
  const here = fraction(mix(seed, step));
  const there = fraction(mix(seed, step + 1));
  return (here + (there - here) * part) * 2 - 1;
}
