import type { StoreKey } from '../../../protocol/names.ts';
import type { Shared, TrueFault, Truth } from './truth.ts';

/*
 * Since when a common cause that creeps could be known by anybody: of a version that half of the stores have, three stores that fail say
 * nothing. Reckoned from the truth alone, by a test of its own.
 */

/** The chance of a coincidence, corrected for all values and looks, below which it counts as known. */
const LEVEL = 0.001;
/** Faults that stand and began within so long count. */
const WITHIN_MS = 2 * 3_600_000;
const LEAST = 3;
const DAY_MS = 86_400_000;

/**
 * When the store shows its fault with which the evidence for what they share first suffices, ms since 1970; undefined when it never
 * does. `matches`: all faults, of which those of the cause and those that look like it count.
 */
export function knownFrom(
  { group, since, alike }: Shared,
  matches: readonly { fault: TrueFault; sightMs: number | undefined }[],
  { stores, values, shared }: Pick<Truth, 'stores' | 'values' | 'shared'>,
): number | undefined {
  const shown = matches
    .flatMap(({ fault, sightMs }) => {
      const counts = fault.group === group || alike.includes(fault.kind);
      return counts && sightMs !== undefined ? [{ fault, at: fault.tellFrom + sightMs }] : [];
    })
    .sort((a, b) => a.at - b.at);
  const having = Object.values(since);
  const hasIt = (store: StoreKey, at: number) => (since[store] ?? Number.POSITIVE_INFINITY) <= at;
  for (const { fault: latest, at: now } of shown) {
    if (latest.group !== group) continue;
    const failing = shown.filter(({ fault, at }) => at <= now && at > now - WITHIN_MS && fault.until > now);
    const failed = new Set(failing.map(({ fault }) => fault.store));
    const hits = [...failed].filter((store) => hasIt(store, now)).length;
    if (hits < LEAST) continue;
    const marked = having.filter((at) => at <= now).length;
    const looks = failed.size - LEAST + 1;
    const tried = values + 2 * shared.filter((each) => isSpreading(each, now, stores)).length;
    if (chanceOf(hits, failed.size, marked, stores) * tried * looks <= LEVEL) return now;
  }
  return undefined;
}

/** Whether some stores have got it that day, and others not: to have it, and to have it since today, may both be a cause. */
function isSpreading({ since }: Shared, now: number, stores: number): boolean {
  const lately = Object.values(since).filter((at) => at <= now && at > now - DAY_MS).length;
  return lately >= LEAST && lately < stores;
}

/** That so many drawn of all hit so many marked ones or more, one way of drawing them being as likely as another. */
export function chanceOf(hits: number, drawn: number, marked: number, all: number): number {
  let chance = 0;
  for (let hit = hits; hit <= Math.min(drawn, marked); hit++)
    chance += Math.exp(lnWays(marked, hit) + lnWays(all - marked, drawn - hit) - lnWays(all, drawn));
  return Math.min(1, chance);
}

/** ln of how many ways there are to take some of so many. */
function lnWays(of: number, taken: number): number {
  if (taken < 0 || taken > of) return Number.NEGATIVE_INFINITY;
  let ln = 0;
  for (let i = 1; i <= taken; i++) ln += Math.log((of - taken + i) / i);
  return ln;
}
