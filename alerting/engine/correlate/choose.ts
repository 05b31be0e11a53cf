import type { MaintenanceWindow } from '../../../protocol/maintenance.ts';
import type { MajorEvidence } from '../../../protocol/majors.ts';
import type { StoreKey } from '../../../protocol/names.ts';
import { lnUpperTail } from './hypergeometric.ts';
import type { Population } from './population.ts';
import type { Trait } from './traits.ts';

/** A store that fails, with what it has and its failing devices have. */
export interface FailingStore {
  store: StoreKey;
  traits: ReadonlySet<Trait>;
}

/** How well a trait separates the stores that fail from those that do not. */
export interface Split extends MajorEvidence {
  trait: Trait;
  /** ln of `p`: what is less likely than a number can say is compared by it. */
  lnP: number;
}

export interface Question {
  population: Population;
  changes: ReadonlyMap<string, MaintenanceWindow>;
  /** Stores that could not be seen to fail, or are told of by another major incident. */
  isExcluded: (store: StoreKey) => boolean;
  now: number;
  failing: readonly FailingStore[];
  least: number;
}

/** So many times more often inside than outside, at least. */
const LEAST_LIFT = 3;

/**
 * How each trait that enough of the failing stores share separates them, the best first: the least likely to come by
 * chance (hypergeometric, exact), then the one of whose stores the largest share fails, then by name: of a change, a
 * deployment and the version that it brought, the one that says more. The chance is corrected for all values that could have been named in the chain (Bonferroni), and for the looks taken since there
 * were enough stores to look at all.
 */
export function splits(question: Question): Split[] {
  const { population, changes, failing, least, now } = question;
  const drawn = new Set(failing.map(({ store }) => store));
  if (drawn.size < least) return [];
  const counts = shared(failing, least);
  if (counts.size === 0) return [];
  const isCounted = countedBy(question, drawn);
  let total = 0;
  for (const store of population.stores()) if (isCounted(store)) total++;
  const tried = Math.max(1, population.tried(least, now));
  const correction = Math.log(tried) + Math.log(drawn.size - least + 1);
  const found: Split[] = [];
  for (const [trait, having] of counts) {
    const hits = having.size;
    let marked = hits;
    // What was new to a store that fails may be so no more.
    for (const store of population.having(trait, changes, now)) if (!having.has(store) && isCounted(store)) marked++;
    if (marked >= total) continue;
    const inside = { failed: hits, of: marked };
    const outside = { failed: drawn.size - hits, of: total - marked };
    if (inside.failed * outside.of < LEAST_LIFT * outside.failed * inside.of) continue;
    const lnP = Math.min(0, lnUpperTail(hits, drawn.size, marked, total) + correction);
    found.push({ trait, inside, outside, tried, lnP, p: Math.exp(lnP) });
  }
  return found.sort(
    (a, b) => a.lnP - b.lnP || share(b) - share(a) || (a.trait < b.trait ? -1 : a.trait > b.trait ? 1 : 0),
  );
}

const share = ({ inside: { failed, of } }: Split): number => failed / of;

/** Which of the failing stores have each trait, of those that enough have. */
function shared(failing: readonly FailingStore[], least: number): Map<Trait, Set<StoreKey>> {
  const having = new Map<Trait, Set<StoreKey>>();
  for (const { store, traits } of failing) {
    for (const trait of traits) having.set(trait, (having.get(trait) ?? new Set()).add(store));
  }
  return new Map([...having].filter(([, { size }]) => size >= least));
}

/** Stores that could have failed; closed ones only where some that are closed do. */
function countedBy({ population, isExcluded, now }: Question, drawn: ReadonlySet<StoreKey>) {
  const isOpen = population.openAt(now);
  const takesClosed = [...drawn].some((store) => !isOpen(store));
  return (store: StoreKey): boolean => drawn.has(store) || ((takesClosed || isOpen(store)) && !isExcluded(store));
}
