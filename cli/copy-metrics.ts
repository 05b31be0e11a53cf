import type { MetricsStore } from '../collector/ports.ts';

export interface CopyOptions {
  from: MetricsStore;
  to: MetricsStore;
  /** Ends it after what is being copied; what was copied stays. */
  stop: AbortSignal;
  /** Milliseconds that only grow. */
  now: () => number;
  onProgress: (progress: CopyProgress) => void;
}

export interface CopyProgress {
  /** Whole, 0 to 100. */
  percent: number;
  /** Points and roll-ups. */
  perSecond: number;
  /** Unknown at the very beginning. */
  secondsLeft: number | undefined;
}

export interface Copied {
  /** False when it was stopped. */
  complete: boolean;
  /** Rows of readings, each with its fields. */
  readings: number;
  rollups: number;
}

const TELL_EVERY_MS = 2_000;

/** Puts everything of one store into another. Done again, it changes nothing; stopped, it can be done again. */
export async function copyMetrics({ from, to, stop, now, onProgress }: CopyOptions): Promise<Copied> {
  const copied: Copied = { complete: true, readings: 0, rollups: 0 };
  const startedAt = now();
  let toldAt = startedAt;
  for await (const batch of from.scan()) {
    if (stop.aborted) {
      copied.complete = false;
      break;
    }
    if (batch.kind === 'raw') {
      await to.append(batch.rows);
      copied.readings += batch.rows.length;
      if (to.needsFlush()) await to.flush();
    } else {
      await to.appendRollups(batch.rows);
      copied.rollups += batch.rows.length;
    }
    if (now() - toldAt < TELL_EVERY_MS) continue;
    toldAt = now();
    const share = batch.total > 0 ? batch.done / batch.total : 0;
    const seconds = (toldAt - startedAt) / 1000;
    onProgress({
      percent: Math.floor(share * 100),
      perSecond: (copied.readings + copied.rollups) / seconds,
      secondsLeft: share > 0 ? (seconds * (1 - share)) / share : undefined,
    });
  }
  await to.flush();
  return copied;
}
