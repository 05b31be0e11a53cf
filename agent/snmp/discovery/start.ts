import type { Clock } from '../../clock.ts';
import { describeError } from '../../describe-error.ts';
import { seedOf } from '../../device-seed.ts';
import type { Collector } from '../../inventory/collector.ts';
import type { Log } from '../../log.ts';
import { foundFacts } from './facts.ts';
import type { FoundDevice } from './found.ts';
import type { SweepResult } from './sweep.ts';

const HOUR_MS = 3_600_000;
/** The first sweep: when the agent has settled, and within an hour. */
const FIRST_AFTER_MS = 600_000;
const FIRST_WITHIN_MS = 3_000_000;

export interface DiscoveryOptions {
  everyH: number;
  /** Places its sweeps in time. */
  seed: string;
  clock: Clock;
  log: Log;
  sweep(signal: AbortSignal): Promise<SweepResult>;
  /** Another sweep has come to its end: the collector has news. */
  onSwept(): void;
}

/** Looks for devices from time to time. */
export interface Discovery {
  /** What the last sweep found. */
  collector: Collector;
  stop(): void;
}

export function startDiscovery({ everyH, seed, clock, log, sweep, onSwept }: DiscoveryOptions): Discovery {
  const stopping = new AbortController();
  let found: readonly FoundDevice[] | undefined;
  let cancel = clock.after(FIRST_AFTER_MS + (seedOf(seed) % FIRST_WITHIN_MS), () => void look());

  async function look(): Promise<void> {
    try {
      const swept = await sweep(stopping.signal);
      for (const fault of swept.unreadable) log('warn', 'a credential could not be tried', { error: fault.message });
      take(swept);
    } catch (error) {
      if (stopping.signal.aborted) return;
      log('warn', 'devices could not be looked for', { error: describeError(error) });
    }
    if (!stopping.signal.aborted) cancel = clock.after(everyH * HOUR_MS, () => void look());
  }

  function take(swept: SweepResult): void {
    const isSilent = swept.found.length === 0 && (swept.gone.length > 0 || (found?.length ?? 0) > 0);
    if (isSilent) {
      // Not all of them are gone: it is the line to them, or ours.
      log('warn', 'no device answers; what was found before stays', { gone: swept.gone.length });
      return;
    }
    found = swept.found;
    const fresh = found.filter(({ device }) => device === undefined).length;
    log('info', 'looked for devices', { found: found.length, new: fresh, gone: swept.gone.length });
    onSwept();
  }

  return {
    collector: {
      sections: ['found'],
      // Before the first sweep of a run, what an earlier one found stays.
      gather: async () => (found ? { facts: foundFacts(found) } : { facts: {}, unread: { found: 'timeout' } }),
    },
    stop() {
      cancel();
      stopping.abort(new Error('the agent stops'));
    },
  };
}
