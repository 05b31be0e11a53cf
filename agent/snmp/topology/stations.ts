import type { Snapshot } from '../evaluate/snapshot.ts';
import { numberOf } from '../value.ts';
import { numbersOf } from './address.ts';
import { macOfOctets } from './mac.ts';
import type { Ports } from './ports.ts';

// BRIDGE-MIB dot1dTpFdbTable and Q-BRIDGE-MIB dot1qTpFdbTable; the index of the latter begins with the VLAN's table.
const BRIDGE = { port: '1.3.6.1.2.1.17.4.3.1.2', status: '1.3.6.1.2.1.17.4.3.1.3' };
const VLANS = { port: '1.3.6.1.2.1.17.7.1.2.2.1.2', status: '1.3.6.1.2.1.17.7.1.2.2.1.3' };
export const STATION_COLUMNS = [...Object.values(VLANS), ...Object.values(BRIDGE)];

const LEARNED = 3;
/** Behind a port with more there is another switch, whether it says so or not. */
const STATIONS_OF_A_PORT_MAX = 16;

/** Whose frames came in by which port: MAC and port. Ports that lead to others are left out. */
export function readStations(snapshot: Snapshot, ports: Ports, uplinks: ReadonlySet<string>): Map<string, string> {
  const byPort = new Map<string, Set<string>>();
  for (const { port: column, status } of [VLANS, BRIDGE]) {
    for (const { index, value } of snapshot.rows(column)) {
      const mac = macOfOctets(numbersOf(index).slice(-6));
      const name = ports.at(ports.ofBridge(numberOf(value) ?? 0));
      // A few leave the status out; what they list is learned.
      if (!mac || !name || uplinks.has(name) || (snapshot.number(`${status}.${index}`) ?? LEARNED) !== LEARNED)
        continue;
      byPort.set(name, (byPort.get(name) ?? new Set()).add(mac));
    }
  }
  const stations = new Map<string, string>();
  for (const [name, macs] of byPort) {
    if (macs.size <= STATIONS_OF_A_PORT_MAX) for (const mac of macs) if (!stations.has(mac)) stations.set(mac, name);
  }
  return stations;
}
