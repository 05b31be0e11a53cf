import { FACT_LENGTH_MAX, FACTS_MAX, type UnreadReason } from '../../protocol/facts.ts';
import type { Collector, FactsContext, Found } from './collector.ts';
import { reasonOf } from './collector.ts';
import type { InventoryOptions } from './options.ts';

const TIMEOUT_MS = 30_000;
/** Between two collectors: what is not urgent must not be felt at the till. */
const PAUSE_MS = 200;
const UNREAD_MAX = 64;

/** Makes what a collector may touch; everything in it ends with the signal. */
export type MakeContext = (signal: AbortSignal) => FactsContext;

/** What there is to know of a machine, one section after the other. Never rejects: what fails is told as unread. */
export async function gatherFacts(
  collectors: readonly Collector[],
  options: InventoryOptions,
  makeContext: MakeContext,
  stopped: AbortSignal,
  timeoutMs = TIMEOUT_MS,
): Promise<{ facts: Record<string, string>; unread: Record<string, UnreadReason> }> {
  const facts: Record<string, string> = {};
  const unread: Record<string, UnreadReason> = {};
  for (const collector of collectors) {
    if (stopped.aborted) break;
    const timeIsUp = AbortSignal.timeout(timeoutMs);
    const ctx = makeContext(AbortSignal.any([timeIsUp, stopped]));
    try {
      const found = await inTime(collector.gather(ctx, options), ctx.signal);
      take(found, facts, unread);
    } catch (error) {
      const reason = timeIsUp.aborted ? 'timeout' : (reasonOf(error) ?? 'failed');
      for (const section of collector.sections) unread[section] = reason;
    }
    await ctx.wait(PAUSE_MS).catch(() => {});
  }
  return { facts, unread: Object.fromEntries(Object.entries(unread).slice(0, UNREAD_MAX)) };
}

function take(found: Found, facts: Record<string, string>, unread: Record<string, UnreadReason>): void {
  Object.assign(unread, found.unread);
  for (const [path, value] of Object.entries(found.facts)) {
    if (value === undefined) continue;
    if (Object.keys(facts).length >= FACTS_MAX) {
      unread[path.slice(0, path.search(/[[.]/))] = 'bound';
      continue;
    }
    facts[path] = String(value).slice(0, FACT_LENGTH_MAX);
  }
}

/** A library that does not hear the signal must not hold the others up. */
function inTime<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const giveUp = () => reject(signal.reason as Error);
    if (signal.aborted) giveUp();
    signal.addEventListener('abort', giveUp, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', giveUp));
  });
}
