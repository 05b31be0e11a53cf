import type { StoreKey } from '../../../protocol/names.ts';
import { chainOf, numberOf } from '../keys.ts';
import { chains, places, tileOf } from '../state/wall.ts';

/** A store as people choose it from a list: `1001 Lyon`, with its chain where there are several. */
export function nameStore(key: StoreKey): string {
  const chain = chains.value.length > 1 ? ` (${chainOf(key)})` : '';
  return `${numberOf(key)} ${tileOf(key)?.peek().title ?? ''}`.trim() + chain;
}

/** The store somebody named: as it stands in the list, by its key, or by a number only one has. */
export function readStore(text: string): StoreKey | undefined {
  const said = text.trim().toLocaleLowerCase();
  const named = places.value.filter((key) =>
    [key, nameStore(key), numberOf(key)].some((one) => one.toLocaleLowerCase() === said),
  );
  return named.length === 1 ? named[0] : undefined;
}

/** The stores there are, for an input to complete from. */
export function StoreList({ id }: { id: string }) {
  return (
    <datalist id={id}>
      {places.value.map((key) => (
        <option key={key} value={nameStore(key)} />
      ))}
    </datalist>
  );
}
