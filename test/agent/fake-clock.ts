import type { Clock } from '../../agent/clock.ts';

interface Timer {
  at: number;
  order: number;
  fn: () => void;
}

export interface FakeClock extends Clock {
  /** Lets time pass; every timer fires at its moment, and what it set in motion settles before the next. */
  advance(ms: number): Promise<void>;
  /** Sets the host's clock; what was to be done in ten seconds is still done in ten. */
  set(now: number): void;
}

/** A clock that only moves when told to. */
export function createFakeClock(start = 1_800_000_000_000): FakeClock {
  let now = start;
  let setBy = 0;
  let order = 0;
  const timers = new Set<Timer>();
  const settle = () => new Promise<void>((resolve) => setImmediate(resolve));
  return {
    now: () => now + setBy,
    set: (to) => {
      setBy = to - now;
    },
    monotonicMs: () => now - start,
    after(ms, fn) {
      const timer = { at: now + ms, order: order++, fn };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    async advance(ms) {
      const until = now + ms;
      await settle();
      for (;;) {
        const [next] = [...timers].filter(({ at }) => at <= until).sort((a, b) => a.at - b.at || a.order - b.order);
        if (!next) break;
        timers.delete(next);
        now = Math.max(now, next.at);
        next.fn();
        await settle();
      }
      now = until;
    },
  };
}
