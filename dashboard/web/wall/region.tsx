import { useComputed } from '@preact/signals';
import type { StoreKey } from '../../../protocol/names.ts';
import { Simulated } from '../parts/badges.tsx';
import { regionShare } from '../state/counts.ts';
import { tileOf } from '../state/wall.ts';
import { format, ui } from '../words/index.ts';
import { type Detail, Tile } from './tile.tsx';

export interface Group {
  id: string;
  /** What the heading says; none for a wall without regions. */
  title: string | undefined;
  /** The chain, said after the region where there is room for it. */
  chain: string | undefined;
  /** Whether the heading has to tell it from real ones. */
  simulated: boolean;
  keys: readonly StoreKey[];
}

/** Stores that stand together, under the region's name and the share of its lanes that sell. */
export function Region({ group, detail }: { group: Group; detail: Detail }) {
  return (
    <section class="region" aria-label={group.title}>
      {group.title !== undefined && (
        <h2 class="region-head">
          <span class="region-title">
            <span class="region-lead">
              <b class="region-name" title={group.title}>
                {group.title}
              </b>
              {group.simulated && <Simulated />}
            </span>
            {group.chain !== undefined && <span class="region-chain">{group.chain}</span>}
          </span>
          <RegionShare id={group.id} />
        </h2>
      )}
      <div class="tiles">
        {group.keys.map((key) => {
          const tile = tileOf(key);
          return tile === undefined ? null : <Tile key={key} tile={tile} detail={detail} />;
        })}
      </div>
    </section>
  );
}

function RegionShare({ id }: { id: string }) {
  const text = useComputed(() => {
    const share = regionShare(id);
    return share === undefined ? '' : format.value.percent(share);
  });
  const whole = useComputed(() => regionShare(id) === 100);
  return (
    <span class={whole.value ? 'region-share whole' : 'region-share'} title={ui.value.regionShare(text.value)}>
      {text}
    </span>
  );
}
