import type { Devices } from '../../collector/devices.ts';
import { type StoreKey, storeKey } from '../../protocol/names.ts';
import { withoutSelf } from '../server/self-watch.ts';

/** The stores of these chains, and these stores; all where no place is named. The server's own is none of them. */
export function storesAt(devices: Pick<Devices, 'judged'>, places: readonly string[] | undefined): StoreKey[] {
  return withoutSelf(devices.judged()).flatMap(({ name, stores }) =>
    stores
      .map((store) => storeKey(name, store.name))
      .filter((key) => !places || places.some((place) => place === name || place === key)),
  );
}
