import type { Device, Store } from '../../../protocol/inventory.ts';

/** Of all that is installed, what a till sells and is paid with. */
const SOFTWARE = /^software\.(pos|payment)/;

type Attributes = Readonly<Record<string, string>>;

/** `attribute=value`: what stores may have in common. */
export type Trait = string;

export const traitOf = (attribute: string, value: string): Trait => `${attribute}=${value}`;

export function readTrait(trait: Trait): { attribute: string; value: string } {
  const at = trait.indexOf('=');
  return { attribute: trait.slice(0, at), value: trait.slice(at + 1) };
}

/**
 * What a store is and has: its region, its attributes, and what is known of these devices of it, all of them when left
 * out. A store with two models of tills has both.
 */
export function traitsOf(
  store: Store,
  observed: (device: string) => Attributes | undefined,
  devices: readonly Device[] = store.devices,
): Set<Trait> {
  const traits = new Set<Trait>();
  if (store.region) traits.add(traitOf('region', store.region));
  add(traits, 'store', store.attributes);
  for (const { name, attributes } of devices) {
    add(traits, 'device', attributes);
    add(traits, 'observed', observed(name));
  }
  return traits;
}

function add(traits: Set<Trait>, owner: string, attributes: Attributes = {}): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (isNamed(name, value)) traits.add(traitOf(`${owner}.${name}`, value));
  }
}

/** Whether stores may be said to have it in common. */
export const isNamed = (name: string, value: string | undefined): value is string =>
  value !== undefined && value !== '' && (!name.startsWith('software.') || SOFTWARE.test(name));
