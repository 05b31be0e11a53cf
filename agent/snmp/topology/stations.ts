import type { Snapshot } from '../evaluate/snapshot.ts';
import { numberOf } from '../value.ts';
import { numbersOf } from './address.ts';
import { macOfOctets } from './mac.ts';
import { BRIDGE_PORT_COLUMNS, bridgePorts, type Ports } from './ports.ts';

// BRIDGE-MIB dot1dTpFdbTable and Q-BRIDGE-MIB dot1qTpFdbTable; the index of the latter begins with the VLAN's table.
const BRIDGE = { port: '1.3.6.1.2.1.17.4.3.1.2', status: '1.3.6.1.2.1.17.4.3.1.3' };
const VLANS = { port: '1.3.6.1.2.1.17.7.1.2.2.1.2', status: '1.3.6.1.2.1.17.7.1.2.2.1.3' };
export const STATION_COLUMNS = [...Object.values(VLANS), ...Object.values(BRIDGE)];
/** Where each VLAN has tables of its own: the ports are numbered in each anew. */
export const STATION_COLUMNS_OF_VLAN = [...BRIDGE_PORT_COLUMNS, ...Object.values(BRIDGE)];

const LEARNED = 3;
/** Behind a port with more there is another switch, whether it says so or not. */
const STATIONS_OF_A_PORT_MAX = 16;

/** Whose frames came in by which port, as all these tables tell: MAC and port. Ports that lead to others are left out. */
export function readStations(
  tables: readonly Snapshot[],
  ports: Ports,
  uplinks: ReadonlySet<string>,
): Map<string, string> {
  const byPort = new Map<string, Set<string>>();
  for (const { mac, index } of tables.flatMap(learned)) {
    const name = ports.at(index);
    if (name && !uplinks.has(name)) byPort.set(name, (byPort.get(name) ?? new Set()).add(mac));
  }
  const stations = new Map<string, string>();
  for (const [name, macs] of byPort) {
    if (macs.size <= STATIONS_OF_A_PORT_MAX) for (const mac of macs) if (!stations.has(mac)) stations.set(mac, name);
  }
  return stations;
}

/** The MACs of one bridge, and the ifIndex each was learned at. */
function learned(snapshot: Snapshot): { mac: string; index: number | undefined }[] {
  const bridge = bridgePorts(snapshot);
  return [VLANS, BRIDGE].flatMap(({ port, status }) =>
    snapshot.rows(port).flatMap(({ index, value }) => {
      const mac = macOfOctets(numbersOf(index).slice(-6));
      // A few leave the status out; what they list is learned.
      const isLearned = (snapshot.number(`${status}.${index}`) ?? LEARNED) === LEARNED;
      return mac && isLearned ? [{ mac, index: bridge.get(numberOf(value) ?? 0) }] : [];
    }),
  );
}
