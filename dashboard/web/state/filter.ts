import { computed, signal } from '@preact/signals';
import type { StoreKey } from '../../../protocol/names.ts';
import { STORE_STATES, type StoreState, type StoreTile } from '../../../protocol/views.ts';
import { chainOf, numberOf } from '../keys.ts';
import { order } from './prefs.ts';
import { places, revision, tileOf } from './wall.ts';

/** Only stores in one of these states; empty for all. */
export const chosenStates = signal<ReadonlySet<StoreState>>(readStates(location.search));

/** Only stores whose number, town or region has these words. */
export const search = signal('');

/** Only this chain; empty for all. */
export const chosenChain = signal('');

function readStates(query: string): ReadonlySet<StoreState> {
  const named = new URLSearchParams(query).get('state')?.split(',') ?? [];
  return new Set(STORE_STATES.filter((state) => named.includes(state)));
}

/** Adds a state to the filter or takes it away, and keeps the address in step so that it can be shared. */
export function toggleState(state: StoreState): void {
  const next = new Set(chosenStates.peek());
  if (!next.delete(state)) next.add(state);
  chosenStates.value = next;
  const query = next.size === 0 ? '' : `?state=${[...next].join(',')}`;
  if (location.pathname === '/') history.replaceState(null, '', `/${query}`);
}

/** Shows everything again. */
export function clearFilter(): void {
  chosenStates.value = new Set();
  search.value = '';
  if (location.pathname === '/') history.replaceState(null, '', '/');
}

export const filtering = computed(() => chosenStates.value.size > 0 || search.value.trim() !== '');

/** Without accents and case, so that `etampes` finds `Étampes`. */
export const fold = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** Whether a tile has every word of the search somewhere in its number, town or region. */
function matches(tile: StoreTile, words: readonly string[]): boolean {
  const hay = fold(`${numberOf(tile.key)} ${tile.title} ${tile.region} ${tile.incident?.ticket ?? ''}`);
  return words.every((word) => hay.includes(word));
}

/** Worst first: what hurts customers now, then what may, then what is planned. */
const WORST: Record<StoreState, number> = {
  down: 0,
  blind: 1,
  'selling-offline': 2,
  degraded: 3,
  maintenance: 4,
  up: 5,
  closed: 6,
};

function compareWorst(a: StoreTile, b: StoreTile): number {
  return (
    WORST[a.state] - WORST[b.state] ||
    (a.incident?.priority ?? 9) - (b.incident?.priority ?? 9) ||
    b.lanesTotal - b.lanesUp - (a.lanesTotal - a.lanesUp) ||
    a.since - b.since
  );
}

/** The stores to show, in the chosen order. */
export const shown = computed<readonly StoreKey[]>(() => {
  const words = fold(search.value).split(/\s+/).filter(Boolean);
  const states = chosenStates.value;
  const chain = chosenChain.value;
  const worst = order.value === 'worst';
  // Only a view that depends on what the tiles say is made again when one of them changes.
  if (worst || states.size > 0 || words.length > 0) revision.value;
  const tile = (key: StoreKey): StoreTile => (tileOf(key) as NonNullable<ReturnType<typeof tileOf>>).peek();
  const keys = places.value.filter(
    (key) =>
      (chain === '' || chainOf(key) === chain) &&
      (states.size === 0 || states.has(tile(key).state)) &&
      (words.length === 0 || matches(tile(key), words)),
  );
  return worst ? keys.sort((a, b) => compareWorst(tile(a), tile(b))) : keys;
});
