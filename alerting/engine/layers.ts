import { globMatcher } from '../../protocol/glob.ts';
import type { Device, Store } from '../../protocol/inventory.ts';
import { chainOf, type DeviceKey, type StoreKey } from '../../protocol/names.ts';
import { type Inheritance, type OverridePlace, rankOf, type StoreGroup } from './inheritance.ts';
import { matchAttributes } from './scope.ts';

/** Finds the overrides that hold for a device, as their places in the pack: the most general first. */
export type FindOverrides = (store: Store, device: Device, key: DeviceKey) => number[];

/** Lays overrides out by what they name, so that a device looks at few of many. */
export function layOverrides({ groups, overrides }: Pick<Inheritance<unknown>, 'groups' | 'overrides'>): FindOverrides {
  const ranks = overrides.map(({ at }) => rankOf(at));
  const byPlace = new Map<string, number[]>();
  for (const [index, { at }] of overrides.entries()) {
    const place = placeName(at);
    byPlace.set(place, [...(byPlace.get(place) ?? []), index]);
  }
  const asked = new Set(overrides.flatMap(({ at }) => at.group ?? []));
  const takers = [...asked].map((group) => ({ group, takes: matchGroup(groups[group] ?? {}) }));

  function heldBy(store: Store, key: StoreKey): number[] {
    const names = [
      placeName({}),
      placeName({ chain: chainOf(key) }),
      placeName({ store: key }),
      ...takers.filter(({ takes }) => takes(key, store)).map(({ group }) => placeName({ group })),
    ];
    return names.flatMap((name) => byPlace.get(name) ?? []);
  }

  /** The devices of one store are asked for one after the other. */
  let last: { store: Store; key: StoreKey; held: readonly number[] } | undefined;

  return (store, { kind }, key) => {
    const of = key.slice(0, key.lastIndexOf('/')) as StoreKey;
    if (last?.store !== store || last.key !== of) last = { store, key: of, held: heldBy(store, of) };
    const own = byPlace.get(placeName({ device: key })) ?? [];
    const takes = (index: number) => overrides[index]?.at.kinds?.includes(kind) ?? true;
    const rank = (index: number) => ranks[index] ?? 0;
    return [...last.held.filter(takes), ...own].sort((a, b) => rank(a) - rank(b) || a - b);
  };
}

/** Whether a store belongs to a group. */
export function matchGroup({ chains, attributes, regions, stores = [] }: StoreGroup) {
  const listed = new Set(stores);
  const asksNothing = !chains && !attributes && !regions;
  const takesChain = anyOf(chains, false);
  const takesRegion = anyOf(regions, true);
  const takesAttributes = matchAttributes(attributes ?? {});
  return (key: StoreKey, store: Store): boolean => {
    if (listed.has(key)) return true;
    if (asksNothing || !takesChain(chainOf(key)) || !takesRegion(store.region ?? '')) return false;
    return takesAttributes({ store: store.attributes, device: undefined, asset: undefined, observed: undefined });
  };
}

function anyOf(patterns: readonly string[] | undefined, ignoresCase: boolean): (text: string) => boolean {
  const matchers = patterns?.map((pattern) => globMatcher(pattern, { ignoresCase }));
  return (text) => matchers?.some((takes) => takes(text)) ?? true;
}

const placeName = ({ device, store, group, chain }: OverridePlace): string => {
  if (device !== undefined) return `device ${device}`;
  if (store !== undefined) return `store ${store}`;
  if (group !== undefined) return `group ${group}`;
  return chain === undefined ? 'all' : `chain ${chain}`;
};
