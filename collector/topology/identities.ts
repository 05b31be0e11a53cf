import { type FactRecord, pathParts } from '../../protocol/facts.ts';
import type { Device } from '../../protocol/inventory.ts';

/** What is known of a device of the store. */
export interface Told {
  /** When it was told, milliseconds since 1970. */
  at: number;
  facts: FactRecord;
}

/** A device by one of the things it is told apart by. */
export interface Identities {
  byMac(mac: string): string | undefined;
  byAddress(address: string): string | undefined;
  /** A name it bears itself: whole, or up to its first dot. */
  byName(name: string): string | undefined;
}

/**
 * Who is who in a store: by its own MAC and IP addresses and the names it bears. What two devices claim is nobody's.
 */
export function identitiesOf(
  devices: readonly Pick<Device, 'name' | 'title'>[],
  told: ReadonlyMap<string, Told>,
): Identities {
  const macs = new Claims();
  const addresses = new Claims();
  const names = new Claims();
  for (const { name, title } of devices) {
    names.add(bare(name), name);
    if (title !== undefined) names.add(bare(title), name);
    for (const [path, value] of Object.entries(told.get(name)?.facts ?? {})) {
      const { section, item, field } = pathParts(path);
      if (section === 'own' && item !== undefined) macs.add(macOf(item), name);
      else if (section === 'network' && field === 'mac') macs.add(macOf(value), name);
      else if (section === 'address' && item !== undefined) addresses.add(item, name);
      else if (section === 'network' && field === 'addresses') {
        for (const address of value.split(' ')) addresses.add(address, name);
      } else if (NAMED.has(path)) names.add(bare(value), name);
    }
  }
  return {
    byMac: (mac) => macs.of(macOf(mac)),
    byAddress: (address) => addresses.of(address),
    byName: (name) => names.of(bare(name)) ?? names.of(bare(name).split('.', 1)[0] ?? ''),
  };
}

/** Facts in which a device says what it is called. */
const NAMED: ReadonlySet<string> = new Set(['os.hostname', 'machine.name']);

/** Two devices that give the same are not told apart by it. */
class Claims {
  readonly #claims = new Map<string, string | undefined>();

  add(claim: string, device: string): void {
    if (claim === '') return;
    const isOthers = this.#claims.has(claim) && this.#claims.get(claim) !== device;
    this.#claims.set(claim, isOthers ? undefined : device);
  }

  of(claim: string): string | undefined {
    return this.#claims.get(claim);
  }
}

const bare = (name: string): string => name.trim().toLowerCase();
const macOf = (mac: string): string => mac.trim().toLowerCase().replaceAll('-', ':');
