import type { Clock } from '../../clock.ts';

/** How soon it is looked again whether there is time. */
const BUSY_MS = 1000;

/** What is not urgent goes by this; both reject with the signal's reason when it fires. */
export interface Pace {
  /** The next turn: never more in a second than there may be, also not to catch up. */
  turn(): Promise<void>;
  /** Nothing more urgent waits. */
  leave(): Promise<void>;
}

export function createPace(options: {
  perSecond: number;
  clock: Clock;
  signal: AbortSignal;
  isBusy: () => boolean;
}): Pace {
  const { perSecond, clock, signal, isBusy } = options;
  let nextMs = Number.NEGATIVE_INFINITY;

  const wait = (ms: number) =>
    new Promise<void>((resolve, reject) => {
      const giveUp = () => {
        cancel();
        reject(signal.reason);
      };
      const cancel = clock.after(ms, () => {
        signal.removeEventListener('abort', giveUp);
        resolve();
      });
      signal.addEventListener('abort', giveUp, { once: true });
    });

  async function leave(): Promise<void> {
    signal.throwIfAborted();
    while (isBusy()) await wait(BUSY_MS);
  }

  return {
    leave,
    async turn() {
      await leave();
      const early = nextMs - clock.monotonicMs();
      if (early > 0) await wait(early);
      nextMs = Math.max(nextMs, clock.monotonicMs()) + 1000 / perSecond;
    },
  };
}
