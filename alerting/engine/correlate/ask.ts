import type { MaintenanceWindow } from '../../../protocol/maintenance.ts';
import type { StoreKey } from '../../../protocol/names.ts';
import { type ChainState, isRecent, loose, parentOf, storesIn } from './chain-state.ts';
import { type FailingStore, type Split, splits } from './choose.ts';
import type { Correlation } from './correlation.ts';
import { type Failure, isPlanned } from './failure.ts';
import type { OpenMajor } from './open-major.ts';
import type { Trait } from './traits.ts';

export interface Circumstances {
  settings: Correlation;
  changes: ReadonlyMap<string, MaintenanceWindow>;
  /** Stores that are in maintenance. */
  isPlannedStore: (store: StoreKey) => boolean;
  now: number;
}

/** What sets stores apart, and of how long a time the failures are that show it. */
export interface Found {
  split: Split;
  windowS: number;
}

/** Failures of a name that have stood for long are what is usual for it, unless what is new is so many times more. */
const NEWS = 3;

/**
 * What the stores with this symptom have in common that are beneath no major incident; undefined when nothing stands out. First
 * among those that fell within the window, then among all that fell in a longer time and still fail.
 */
export function findCommon(chain: ChainState, symptom: string, around: Circumstances): Found | undefined {
  const { windowS, significance, creep } = around.settings;
  const [together] = splitsOf(chain, symptom, windowS, around);
  if (together && standsOut(together, significance)) return { split: together, windowS };
  if (creep.windowS <= windowS) return undefined;
  const [creeping] = splitsOf(chain, symptom, creep.windowS, around);
  if (!creeping || !standsOut(creeping, creep.significance) || isUsual(chain, symptom, creeping, around))
    return undefined;
  return { split: creeping, windowS: creep.windowS };
}

/** The same of one that is open: everything counts that failed since its first store did. The best first. */
export function findAgain(chain: ChainState, symptom: string, open: OpenMajor, around: Circumstances): Split[] {
  return splitsOf(chain, symptom, windowOf(open, around), around, open);
}

export const standsOut = ({ lnP }: Split, significance: number): boolean => lnP <= Math.log(significance);

/** How long ago the first of what is beneath it began to fail, seconds, within both windows. */
export function windowOf({ children }: OpenMajor, { settings: { windowS, creep }, now }: Circumstances): number {
  let first = now;
  for (const { failure } of children.values()) if (failure) first = Math.min(first, failure.openedAt);
  return Math.max(windowS, Math.min(creep.windowS, (now - first) / 1000));
}

/** How well each trait separates the stores with this symptom, among those that are not beneath another major one. */
function splitsOf(
  chain: ChainState,
  symptom: string,
  windowS: number,
  { settings, changes, isPlannedStore, now }: Circumstances,
  open?: OpenMajor,
): Split[] {
  const { population, majors, failures } = chain;
  const elsewhere = new Set<StoreKey>();
  for (const other of majors.values()) if (other !== open) for (const store of storesIn(other)) elsewhere.add(store);
  const failing: Failure[] = [];
  for (const failure of failures.values()) {
    if (failure.symptom !== symptom || isPlanned(failure)) continue;
    const parent = parentOf(chain, failure.view.key);
    if (parent && parent !== open) continue;
    // What fails for long could not have failed with the others.
    if (parent || isRecent(failure, windowS, now)) failing.push(failure);
    else elsewhere.add(failure.store);
  }
  return splits({
    population,
    changes,
    isExcluded: (store) => elsewhere.has(store) || isPlannedStore(store),
    now,
    failing: byStore(failing),
    least: settings.stores,
  });
}

/** Whether stores that have it fail like that anyway: some have for longer than the longer window. */
function isUsual(
  chain: ChainState,
  symptom: string,
  { trait, inside }: Split,
  { settings, now }: Circumstances,
): boolean {
  const standing = new Set<StoreKey>();
  for (const failure of loose(chain)) {
    const isOld = !isRecent(failure, settings.creep.windowS, now);
    if (isOld && failure.symptom === symptom && failure.traits.has(trait)) standing.add(failure.store);
  }
  return standing.size * NEWS > inside.failed;
}

function byStore(failures: readonly Failure[]): FailingStore[] {
  const stores = new Map<StoreKey, Set<Trait>>();
  for (const { store, traits } of failures) {
    const known = stores.get(store);
    if (known) for (const trait of traits) known.add(trait);
    else stores.set(store, new Set(traits));
  }
  return Array.from(stores, ([store, traits]) => ({ store, traits }));
}
