import type { Snapshot } from '../evaluate/snapshot.ts';
import { addressOfIndex, addressOfOctets, isPrivate, numbersOf } from './address.ts';
import { macOf } from './mac.ts';

// IP-MIB ipNetToMediaTable and ipNetToPhysicalTable: the MAC of each address; indexes begin with the ifIndex.
const OLD = { mac: '1.3.6.1.2.1.4.22.1.2', type: '1.3.6.1.2.1.4.22.1.4' };
const NEW = { mac: '1.3.6.1.2.1.4.35.1.4', type: '1.3.6.1.2.1.4.35.1.6' };
export const ARP_COLUMNS = [...Object.values(OLD), ...Object.values(NEW)];

/** Of both tables. */
const INVALID = 2;

/** The MAC behind each private address the device has spoken with; not its own. */
export function readArp(snapshot: Snapshot, own: ReadonlyMap<string, string>): Map<string, string> {
  const macs = new Map<string, string>();
  const take = (table: typeof OLD, addressOf: (index: readonly number[]) => string | undefined) => {
    for (const { index, value } of snapshot.rows(table.mac)) {
      const address = addressOf(numbersOf(index).slice(1));
      const mac = macOf(value);
      const isValid = snapshot.number(`${table.type}.${index}`) !== INVALID;
      if (address && mac && isValid && isPrivate(address) && !own.has(mac) && !macs.has(address))
        macs.set(address, mac);
    }
  };
  take(OLD, addressOfOctets);
  take(NEW, addressOfIndex);
  return macs;
}
