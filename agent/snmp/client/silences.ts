import { isBelow } from './oid.ts';

/**
 * OIDs on which a device falls silent though it answers others: they are left alone for a while, a longer one each time
 * it happens again. Bounded. Time is of a clock that never jumps.
 */
export interface Silences {
  /** It is not worth a timeout yet. */
  isQuiet(oid: string): boolean;
  /** It has been silent on this OID, or somewhere below it. */
  hasWithin(oid: string): boolean;
  /** Nothing came for it when it was asked alone. */
  note(oid: string): void;
  heard(oid: string): void;
}

const FIRST_PAUSE_MS = 5 * 60_000;
const LONGEST_PAUSE_MS = 6 * 3_600_000;
const KEPT_MAX = 500;

export function rememberSilences(now: () => number): Silences {
  const known = new Map<string, { pauseMs: number; untilMs: number }>();
  return {
    isQuiet: (oid) => (known.get(oid)?.untilMs ?? Number.NEGATIVE_INFINITY) > now(),
    hasWithin: (oid) => [...known.keys()].some((one) => one === oid || isBelow(one, oid)),
    note(oid) {
      const before = known.get(oid);
      const pauseMs = before ? Math.min(LONGEST_PAUSE_MS, before.pauseMs * 2) : FIRST_PAUSE_MS;
      known.delete(oid);
      known.set(oid, { pauseMs, untilMs: now() + pauseMs });
      const [oldest] = known.keys();
      if (known.size > KEPT_MAX && oldest !== undefined) known.delete(oldest);
    },
    heard(oid) {
      known.delete(oid);
    },
  };
}
