import type { Chain } from '../../protocol/inventory.ts';
import { deviceKey, storeKey } from '../../protocol/names.ts';
import { readEffectiveRules } from '../engine/effective-rules.ts';
import { matchGroup } from '../engine/layers.ts';
import type { RulePack } from '../engine/types.ts';
import type { RuleFault } from './schema-faults.ts';

/**
 * What overrides get wrong that only an inventory shows: places that are not there, and overrides that are passed over for
 * a device because they do not go with wider ones. None of it keeps the pack from judging.
 */
export function faultsOfOverrides(pack: RulePack, chains: readonly Chain[]): RuleFault[] {
  const { inheritance } = pack;
  if (!inheritance) return [];
  const known = placesOf(chains);
  const faults = inheritance.overrides.flatMap(({ at: { chain, store, device } }, index): RuleFault[] => {
    const path = `/overrides/${index}/at`;
    const named = { chain, store, device };
    return (['chain', 'store', 'device'] as const).flatMap((level) => {
      const name = named[level];
      if (name === undefined || known.has(name)) return [];
      return [{ path: `${path}/${level}`, message: `is not in the inventory: ${name}` }];
    });
  });
  for (const [name, group] of Object.entries(inheritance.groups)) {
    const path = `/groups/${name}`;
    for (const [index, store] of (group.stores ?? []).entries()) {
      if (!known.has(store))
        faults.push({ path: `${path}/stores/${index}`, message: `is not in the inventory: ${store}` });
    }
    const takes = matchGroup(group);
    const isEmpty = !chains.some((chain) =>
      chain.stores.some((store) => takes(storeKey(chain.name, store.name), store)),
    );
    if (isEmpty) faults.push({ path, message: 'takes no store of the inventory' });
  }
  return [...faults, ...faultsOfPassedOver(pack, chains)];
}

/** Each once for an override and a rule, with the first device it is about and how many more there are. */
function faultsOfPassedOver(pack: RulePack, chains: readonly Chain[]): RuleFault[] {
  const read = readEffectiveRules(pack);
  const found = new Map<string, { override: number; rule: string; devices: string[] }>();
  for (const { name, stores } of chains) {
    for (const store of stores) {
      for (const device of store.devices) {
        const key = deviceKey(name, store.name, device.name);
        for (const { rule, passedOver } of read(store, device, key)) {
          for (const override of passedOver) {
            const id = `${override} ${rule.id}`;
            const known = found.get(id) ?? { override, rule: rule.id, devices: [] };
            known.devices.push(key);
            found.set(id, known);
          }
        }
      }
    }
  }
  return [...found.values()].map(({ override, rule, devices: [first, ...others] }) => ({
    path: `/overrides/${override}/set`,
    message: `does not go with what wider places set of ${rule}, and is passed over for ${first}${others.length > 0 ? ` and ${others.length} more` : ''}`,
  }));
}

/** Every name that may stand under `at`. */
function placesOf(chains: readonly Chain[]): ReadonlySet<string> {
  const places = new Set<string>();
  for (const { name, stores } of chains) {
    places.add(name);
    for (const store of stores) {
      places.add(storeKey(name, store.name));
      for (const device of store.devices) places.add(deviceKey(name, store.name, device.name));
    }
  }
  return places;
}
