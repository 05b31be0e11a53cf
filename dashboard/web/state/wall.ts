import { batch, computed, type Signal, signal } from '@preact/signals';
import type { MajorView } from '../../../protocol/majors.ts';
import type { StoreKey } from '../../../protocol/names.ts';
import type { IncidentView, StoreTile, WallDelta, WallSnapshot } from '../../../protocol/views.ts';
import { isOver } from '../../../protocol/weights.ts';
import { chainOf, numberOf } from '../keys.ts';

/** One signal per store: a change re-renders that tile and nothing else. */
const tiles = new Map<StoreKey, Signal<StoreTile>>();
const changedAt = new Map<StoreKey, number>();
const arrivedAt = new Map<number, number>();

/** Every store in its place: chain (real ones first), region, number. Changes only when the inventory does. */
export const places = signal<readonly StoreKey[]>([]);

/** Moves with every change of any tile: for figures counted over all of them. */
export const revision = signal(0);

export const chains = signal<WallSnapshot['chains']>([]);
export const incidents = signal<ReadonlyMap<number, IncidentView>>(new Map());

/** Major incidents, by their numbers. */
export const majorViews = signal<ReadonlyMap<number, MajorView>>(new Map());

/** Incidents that opened while the page was looking, in the order they came. */
export const arrivals = signal<readonly IncidentView[]>([]);

export const tileOf = (key: StoreKey): Signal<StoreTile> | undefined => tiles.get(key);

/** Milliseconds since this tile last changed its state under our eyes; Infinity when it has not. */
export const sinceChange = (key: StoreKey): number => performance.now() - (changedAt.get(key) ?? -Infinity);

/** Milliseconds since this incident came in under our eyes; Infinity when it was there before. */
export const sinceArrival = (number: number): number => performance.now() - (arrivedAt.get(number) ?? -Infinity);

/** Stores whose chain is the demo's. */
export const simulatedChains = computed(
  () => new Set(chains.value.filter((chain) => chain.simulated).map((chain) => chain.name)),
);

const inPlace = new Intl.Collator('fr', { numeric: true });

function comparePlaces(a: StoreKey, b: StoreKey): number {
  const [x, y] = [(tiles.get(a) as Signal<StoreTile>).peek(), (tiles.get(b) as Signal<StoreTile>).peek()];
  const made = (key: StoreKey): number => Number(simulatedChains.peek().has(chainOf(key)));
  return (
    made(a) - made(b) ||
    inPlace.compare(chainOf(a), chainOf(b)) ||
    inPlace.compare(x.region, y.region) ||
    inPlace.compare(numberOf(a), numberOf(b))
  );
}

/** Starts the picture over. */
export function applySnapshot(snapshot: WallSnapshot): void {
  batch(() => {
    const known = new Set(snapshot.stores.map((tile) => tile.key));
    for (const key of [...tiles.keys()]) if (!known.has(key)) forget(key);
    for (const tile of snapshot.stores) put(tile);
    chains.value = snapshot.chains;
    incidents.value = new Map(snapshot.incidents.map((incident) => [incident.number, incident]));
    majorViews.value = new Map((snapshot.majors ?? []).map((major) => [major.number, major]));
    places.value = [...tiles.keys()].sort(comparePlaces);
    revision.value++;
  });
}

/** Takes what has changed, all at once. */
export function applyDelta(delta: WallDelta): void {
  batch(() => {
    let moved = false;
    for (const tile of delta.stores ?? []) moved = put(tile) || moved;
    for (const key of delta.gone ?? []) {
      forget(key);
      moved = true;
    }
    if (moved) places.value = [...tiles.keys()].sort(comparePlaces);
    if (delta.stores !== undefined || moved) revision.value++;
    if (delta.incidents !== undefined) putIncidents(delta.incidents);
    if (delta.majors !== undefined) {
      majorViews.value = new Map([
        ...majorViews.peek(),
        ...delta.majors.map((major) => [major.number, major] as const),
      ]);
    }
  });
}

/** Stores the tile; true when it is new or stands elsewhere now. */
function put(tile: StoreTile): boolean {
  const held = tiles.get(tile.key);
  if (held === undefined) {
    tiles.set(tile.key, signal(tile));
    return true;
  }
  const before = held.peek();
  if (before.state !== tile.state) changedAt.set(tile.key, performance.now());
  held.value = tile;
  return before.region !== tile.region;
}

function forget(key: StoreKey): void {
  tiles.delete(key);
  changedAt.delete(key);
}

function putIncidents(changed: readonly IncidentView[]): void {
  const next = new Map(incidents.peek());
  const fresh: IncidentView[] = [];
  for (const incident of changed) {
    if (!next.has(incident.number) && !isOver(incident.state)) {
      arrivedAt.set(incident.number, performance.now());
      fresh.push(incident);
    }
    next.set(incident.number, incident);
  }
  incidents.value = next;
  if (fresh.length > 0) arrivals.value = fresh;
}
