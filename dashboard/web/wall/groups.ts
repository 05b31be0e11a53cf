import type { StoreKey } from '../../../protocol/names.ts';
import { chainOf } from '../keys.ts';
import { regionId } from '../state/counts.ts';
import { chains, simulatedChains, tileOf } from '../state/wall.ts';
import { ui } from '../words/index.ts';
import type { Group } from './region.tsx';

/**
 * Stores by region, each under the region's name. Where several chains are shown, the first region of each also bears the
 * chain's name, and a mark if it is simulated. Alone, the strip's mark says it.
 */
export function groupByRegion(keys: readonly StoreKey[]): Group[] {
  const groups = new Map<string, StoreKey[]>();
  for (const key of keys) {
    const tile = tileOf(key)?.peek();
    if (tile === undefined) continue;
    const id = regionId(tile);
    const group = groups.get(id);
    if (group === undefined) groups.set(id, [key]);
    else group.push(key);
  }
  const several = new Set(keys.map(chainOf)).size > 1;
  let before: string | undefined;
  return [...groups].map(([id, members]) => {
    const [chain = '', region = ''] = id.split('\n');
    const begins = several && chain !== before;
    before = chain;
    const chainTitle = chains.value.find(({ name }) => name === chain)?.title ?? chain;
    const shown = begins ? chainTitle : undefined;
    return {
      id,
      // A store outside any region stands under its chain.
      title: region || (shown ?? (groups.size > 1 ? ui.value.noRegion : undefined)),
      chain: region === '' ? undefined : shown,
      simulated: begins && simulatedChains.value.has(chain),
      keys: members,
    };
  });
}
