import type { ReadonlySignal } from '@preact/signals';
import type { StoreState, StoreTile } from '../../../protocol/views.ts';
import { say } from '../../../protocol/words/index.ts';
import { numberOf, storeHref } from '../keys.ts';
import { ConditionMark } from '../parts/condition.tsx';
import { Glyph } from '../parts/glyph.tsx';
import { Pips } from '../parts/pips.tsx';
import { Since } from '../parts/since.tsx';
import { locale } from '../state/prefs.ts';
import { sinceChange } from '../state/wall.ts';
import { format, shared, ui } from '../words/index.ts';

/** How much a tile has room to say. A square says only what is not well. */
export type Detail = 'roomy' | 'usual' | 'named-square' | 'telling-square' | 'square';

const PULSE_MS = 600;
const TROUBLE: ReadonlySet<StoreState> = new Set<StoreState>(['degraded', 'down', 'blind', 'selling-offline']);

/** A store on the wall. Re-renders when its own signal moves, and for nothing else. */
export function Tile({ tile, detail }: { tile: ReadonlySignal<StoreTile>; detail: Detail }) {
  const store = tile.value;
  const trouble = TROUBLE.has(store.state);
  const fresh = trouble && sinceChange(store.key) < PULSE_MS;
  const isWide = detail === 'roomy' || detail === 'usual';
  const told = isWide || (detail !== 'square' && trouble);
  return (
    <a
      class={fresh ? 'tile fresh' : 'tile'}
      href={storeHref(store.key)}
      tabIndex={-1}
      data-testid="tile"
      data-store={store.key}
      data-state={store.state}
      data-simulated={store.simulated}
      aria-label={describe(store)}
    >
      <span class="tile-head">
        {(told || detail === 'named-square') && <StoreNumber of={numberOf(store.key)} />}
        {isWide && <span class="tile-town">{store.title}</span>}
        {isWide && store.conditions?.map((condition) => <ConditionMark key={condition} condition={condition} />)}
        <Glyph state={store.state} />
      </span>
      {told && <Pips pips={store.pips} />}
      {detail === 'roomy' && <Words store={store} />}
    </a>
  );
}

/** Set as large as a square has room for: `--digits` is what it must hold. */
function StoreNumber({ of: text }: { of: string }) {
  return (
    <b class="tile-number" style={{ '--digits': String(Math.min(6, Math.max(4, text.length))) }}>
      {text}
    </b>
  );
}

function Words({ store }: { store: StoreTile }) {
  return (
    <>
      <span class="tile-reason">{say(locale.value, store.reason)}</span>
      <span class="tile-foot">
        <Since at={store.since} long />
        {store.incident?.ticket !== undefined && <span class="ticket">{store.incident.ticket}</span>}
        {store.simulated && <span class="tile-simulated">{ui.value.simulated}</span>}
      </span>
    </>
  );
}

/** The tile in one sentence, for those who hear it. */
function describe(store: StoreTile): string {
  const words = ui.value;
  const { number } = format.value;
  const parts = [`${numberOf(store.key)} ${store.title}`, shared.value.storeStates[store.state]];
  if (store.state !== 'up') parts.push(say(locale.value, store.reason));
  for (const condition of store.conditions ?? []) parts.push(shared.value.storeConditions[condition]);
  if (store.lanesTotal > 0) {
    parts.push(words.lanesOf(store.lanesUp, number(store.lanesUp), number(store.lanesTotal)));
  }
  if (store.simulated) parts.push(words.simulated);
  return parts.join(', ');
}
