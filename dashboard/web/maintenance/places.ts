import { type DeviceKey, nameOf, type StoreKey, storeOf } from '../../../protocol/names.ts';
import { nameStore, readStore } from '../parts/store-choice.tsx';
import { chains, places, tileOf } from '../state/wall.ts';

/** A place of a window by name: a chain, a store, or a device of a store. */
export function namePlace(place: string): string {
  const depth = place.split('/').length;
  if (depth === 1) return chains.value.find(({ name }) => name === place)?.title ?? place;
  if (depth === 2) return nameStore(place as StoreKey);
  const device = place as DeviceKey;
  return `${nameStore(storeOf(device))}, ${nameOf(device)}`;
}

/** The place somebody named: a chain, a store, or `chain/store/device`. */
export function readPlace(text: string): string | undefined {
  const said = text.trim();
  const [chain, store, device, ...more] = said.split('/');
  if (device !== undefined && device !== '' && more.length === 0 && tileOf(`${chain}/${store}`)) return said;
  const folded = said.toLocaleLowerCase();
  const named = chains.value.find(({ name, title }) => [name, title].some((one) => one.toLocaleLowerCase() === folded));
  return named?.name ?? readStore(said);
}

/** What a field for places completes from. */
export const placeOptions = (): string[] => [...chains.value.map(({ title }) => title), ...places.value.map(nameStore)];

/** The regions there are. */
export const regionsKnown = (): string[] =>
  [...new Set(places.value.map((key) => tileOf(key)?.peek().region ?? ''))].filter((name) => name !== '').sort();

/** The region somebody named; `*` may stand for any run of characters. */
export function readRegion(text: string): string | undefined {
  const said = text.trim();
  const folded = said.toLocaleLowerCase();
  return said.includes('*') ? said : regionsKnown().find((name) => name.toLocaleLowerCase() === folded);
}
