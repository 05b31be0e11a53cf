import * as os from 'node:os';
import { type Facts, PASSING_FACTS } from '../../protocol/facts.ts';
import type { CheckContext } from '../check.ts';
import type { Clock } from '../clock.ts';
import { describeError } from '../describe-error.ts';
import { seedOf } from '../device-seed.ts';
import type { Log } from '../log.ts';
import type { Say } from '../words.ts';
import type { Collector } from './collector.ts';
import type { InventoryOptions } from './options.ts';

const HOUR_MS = 3_600_000;
const RETRY_MS = 60_000;

export interface InventoryStart {
  options: InventoryOptions;
  /** Of the agent. */
  version: string;
  boot: string;
  /** The device: places its looks in time. */
  seed: string;
  context(name: string, signal: AbortSignal, say: Say): CheckContext;
  /** What others of the agent know, told after all that is read of the machine itself. */
  more?: readonly Collector[];
  /** Resolves when the broker has it. */
  send(payload: string): Promise<void>;
  clock: Clock;
  say: Say;
  log: Log;
}

export interface Inventory {
  /** Looks out of turn: something has changed. */
  lookNow(): void;
  stop(): void;
}

/**
 * Tells what the machine is made of: some minutes after the start, which of a chain differ, and then when something has
 * changed. What reads it is loaded for the look and the look is rare: it costs the hot path nothing.
 */
export function startInventory(start: InventoryStart): Inventory {
  const { options, boot, seed, clock, say, log, more = [] } = start;
  const stopping = new AbortController();
  const firstMs = options.afterS * 1000;
  /** Of what the broker has; undefined before the first. */
  let told: string | undefined;
  let seq = 0;
  let isUnderWay = false;
  let isWanted = false;
  let cancel = () => {};
  next(firstMs + (firstMs === 0 ? 0 : seedOf(seed) % firstMs), look);

  /** One thing at a time: a look that is wanted meanwhile comes first. */
  function next(ms: number, what: () => Promise<void>): void {
    const isNow = isWanted;
    isWanted = false;
    isUnderWay = false;
    cancel = clock.after(isNow ? 0 : ms, () => {
      isUnderWay = true;
      void (isNow ? look : what)();
    });
  }

  async function look(): Promise<void> {
    const message = await gather();
    if (stopping.signal.aborted) return;
    const news = newsIn(message);
    if (news === told) {
      next(options.everyH * HOUR_MS, look);
      return;
    }
    seq += 1;
    await tell({ ...message, seq }, news);
  }

  async function tell(message: Facts, news: string): Promise<void> {
    try {
      await start.send(JSON.stringify(message));
      told = news;
      next(options.everyH * HOUR_MS, look);
    } catch (error) {
      if (stopping.signal.aborted) return;
      log('info', 'the inventory could not be told; it is tried again', { error: describeError(error) });
      next(RETRY_MS, () => tell(message, news));
    }
  }

  async function gather(): Promise<Omit<Facts, 'seq'>> {
    const { gatherFacts } = await import('./gather.ts');
    const { collectorsFor } = await import('./collectors.ts');
    const collectors = await collectorsFor(start.context('inventory', stopping.signal, say).platform);
    const { facts, unread } = await gatherFacts(
      [...collectors, ...more],
      options,
      (signal) => ({ ...start.context('inventory', signal, say), os }),
      stopping.signal,
    );
    const own = { 'agent.version': start.version, 'agent.runtime': process.version };
    return {
      v: 1,
      boot,
      at: clock.now(),
      facts: { ...facts, ...own },
      ...(Object.keys(unread).length > 0 && { unread }),
    };
  }

  return {
    lookNow() {
      isWanted = true;
      if (isUnderWay) return;
      cancel();
      next(0, look);
    },
    stop() {
      cancel();
      stopping.abort(new Error('the agent stops'));
    },
  };
}

/** What makes a difference: not when it was gathered. */
function newsIn({ facts, unread }: Pick<Facts, 'facts' | 'unread'>): string {
  const lasting = Object.entries(facts).filter(([path]) => !PASSING_FACTS.has(path));
  return JSON.stringify([lasting.sort(), Object.entries(unread ?? {}).sort()]);
}
