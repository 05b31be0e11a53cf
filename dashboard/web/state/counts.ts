import { computed } from '@preact/signals';
import { STORE_STATES, type StoreState, type StoreTile } from '../../../protocol/views.ts';
import { chainOf } from '../keys.ts';
import { chosenChain } from './filter.ts';
import { places, revision, tileOf } from './wall.ts';

/** What sells, of what should be selling now: stores and lanes that are closed are not asked for. */
export interface Counts {
  stores: number;
  storesSelling: number;
  lanes: number;
  lanesSelling: number;
  byState: Record<StoreState, number>;
}

const SELLING: ReadonlySet<StoreState> = new Set<StoreState>(['up', 'degraded', 'selling-offline']);

function emptyCounts(): Counts {
  const byState = Object.fromEntries(STORE_STATES.map((state) => [state, 0])) as Record<StoreState, number>;
  return { stores: 0, storesSelling: 0, lanes: 0, lanesSelling: 0, byState };
}

/** Adds one tile to the counts. */
function count(counts: Counts, tile: StoreTile): void {
  counts.byState[tile.state]++;
  if (tile.state === 'closed' || tile.state === 'maintenance') return;
  counts.stores++;
  if (SELLING.has(tile.state)) counts.storesSelling++;
  counts.lanesSelling += tile.lanesUp;
  for (const pip of tile.pips) if (pip !== 'c' && pip !== 'm') counts.lanes++;
}

/** Names a region within its chain. */
export const regionId = (tile: Pick<StoreTile, 'key' | 'region'>): string => `${chainOf(tile.key)}\n${tile.region}`;

const all = computed(() => {
  revision.value;
  const total = emptyCounts();
  const regions = new Map<string, Counts>();
  for (const key of places.value) {
    const tile = tileOf(key)?.peek();
    if (tile === undefined || (chosenChain.value !== '' && chainOf(key) !== chosenChain.value)) continue;
    count(total, tile);
    const id = regionId(tile);
    const region = regions.get(id) ?? emptyCounts();
    regions.set(id, region);
    count(region, tile);
  }
  return { total, regions };
});

/** Over the chosen chain, or all of them. */
export const totals = computed(() => all.value.total);

/** Share of a region's lanes that sell, in percent; undefined when none should. */
export function regionShare(id: string): number | undefined {
  const counts = all.value.regions.get(id);
  if (counts === undefined || counts.lanes === 0) return undefined;
  return floorShare(counts.lanesSelling, counts.lanes);
}

/** A share in percent to one decimal, never rounded up: 100 means all of them. */
const floorShare = (part: number, whole: number): number => Math.floor((part * 1000) / whole) / 10;
