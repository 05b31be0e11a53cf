import { FACT_LENGTH_MAX } from '../../../protocol/facts.ts';
import { itemOf } from '../../inventory/collector.ts';
import { SnmpFault } from '../client/fault.ts';
import type { SnmpSession } from '../client/session.ts';
import type { WalkBounds } from '../client/walk.ts';
import { Snapshot } from '../evaluate/snapshot.ts';
import type { DeviceReading } from '../reading.ts';
import type { SnmpValue } from '../value.ts';
import { ARP_COLUMNS, readArp } from './arp.ts';
import { CDP_COLUMNS, readCdp } from './cdp.ts';
import { LLDP_COLUMNS, readLldp } from './lldp.ts';
import { carriesOthers, type Neighbour, onePerPort } from './neighbour.ts';
import { ADDRESS_COLUMNS, OWN_SCALARS, ownAddresses, ownMacs } from './own.ts';
import { PORT_COLUMNS, portsOf } from './ports.ts';
import { readStations, STATION_COLUMNS, STATION_COLUMNS_OF_VLAN } from './stations.ts';
import { inVlan, VLAN_COLUMNS, vlansOf } from './vlans.ts';

/** Where a device stands among the others, as facts by path. */
export interface Topology {
  /** Neighbours, and what the device calls its own. */
  lasting: Record<string, string>;
  /** Who stands on which port, and at which address: they come and go. */
  stations: Record<string, string>;
  arp: Record<string, string>;
}

type Known = Pick<DeviceReading, 'identity' | 'interfaces'>;

// IP-MIB ipForwarding.
const FORWARDING = '1.3.6.1.2.1.4.1.0';
const FORWARDS = 1;
const SCALARS = [...OWN_SCALARS, FORWARDING];

export type TopologySession = Pick<SnmpSession, 'get' | 'walk' | 'as'>;

/** Of the time for one walk. */
const SHARE_OF_VLAN = 1 / 4;
const NEIGHBOURS_MAX = 48;
const OWN_MAX = 64;
const ADDRESSES_MAX = 32;
const STATIONS_MAX = 300;
const ARP_MAX = 300;

/**
 * Asks a device that was just read where it stands. Rejects with an `SnmpFault` when it does not answer, or too slowly to
 * know its neighbours; what of the large tables cannot be read is left out.
 */
export async function readTopology(
  session: TopologySession,
  known: Known,
  { bounds, signal, isPerVlan = false }: { bounds: WalkBounds; signal?: AbortSignal; isPerVlan?: boolean },
): Promise<Topology> {
  const values = new Map<string, SnmpValue>(await session.get(SCALARS, signal));
  const keep = (told: ReadonlyMap<string, SnmpValue>) => {
    for (const [oid, value] of told) values.set(oid, value);
  };
  const few = await session.walk(
    [...PORT_COLUMNS, ...ADDRESS_COLUMNS, ...LLDP_COLUMNS, ...CDP_COLUMNS],
    bounds,
    signal,
  );
  const late = few.faults.find(({ kind }) => kind === 'too-long' || kind === 'too-many-values');
  if (late) throw late;
  keep(few.values);
  const columns = [...STATION_COLUMNS, ...(isRouter(new Snapshot(values), known) ? ARP_COLUMNS : [])];
  keep((await session.walk(columns, bounds, signal)).values);
  const vlans = isPerVlan ? await readVlans(session, bounds, signal) : [];
  return topologyOf(new Snapshot(values), known, vlans);
}

/** The bridge tables of one VLAN after the other. From the first on that does not open, or is slow, they stay unknown. */
async function readVlans(session: TopologySession, bounds: WalkBounds, signal?: AbortSignal): Promise<Snapshot[]> {
  const read: Snapshot[] = [];
  const list = await session.walk(VLAN_COLUMNS, bounds, signal);
  for (const vlan of vlansOf(new Snapshot(list.values))) {
    const own = session.as(inVlan(vlan));
    try {
      const { values, faults } = await own.walk(
        STATION_COLUMNS_OF_VLAN,
        { ...bounds, durationMs: bounds.durationMs * SHARE_OF_VLAN },
        signal,
      );
      read.push(new Snapshot(values));
      const isSlow = faults.some(({ kind }) => kind === 'too-long');
      if (isSlow || (faults.length > 0 && values.size === 0)) break;
    } catch (error) {
      if (signal?.aborted || !(error instanceof SnmpFault)) throw error;
      break;
    } finally {
      own.close();
    }
  }
  return read;
}

/** What these answers say, with what was read of VLANs that are apart. */
export function topologyOf(snapshot: Snapshot, known: Known, vlans: readonly Snapshot[] = []): Topology {
  const { interfaces = [] } = known;
  const ports = portsOf(snapshot, interfaces);
  const lldp = onePerPort(readLldp(snapshot, ports));
  const isTold = new Set(lldp.map(({ local }) => local));
  const cdp = onePerPort(readCdp(snapshot, ports)).filter(({ local }) => !isTold.has(local));
  const neighbours = [...lldp, ...cdp];
  const own = ownMacs(snapshot, interfaces, ports);
  const stations = readStations([snapshot, ...vlans], ports, uplinksAmong(neighbours, ports.bundleOf));
  for (const mac of own.keys()) stations.delete(mac);
  return {
    lasting: {
      ...Object.assign({}, ...neighbours.slice(0, NEIGHBOURS_MAX).map(neighbourFacts)),
      ...factsOf('address', 'interface', ownAddresses(snapshot, ports), ADDRESSES_MAX),
      ...factsOf('own', 'interface', own, OWN_MAX),
    },
    stations: factsOf('station', 'port', inOrder(stations), STATIONS_MAX),
    arp: isRouter(snapshot, known) ? factsOf('arp', 'mac', inOrder(readArp(snapshot, own)), ARP_MAX) : {},
  };
}

/** The ports behind which others stand, and the bundles they belong to. */
function uplinksAmong(neighbours: readonly Neighbour[], bundleOf: (name: string) => string | undefined): Set<string> {
  const names = neighbours.filter(carriesOthers).map(({ local }) => local);
  return new Set([...names, ...names.map(bundleOf).filter((name) => name !== undefined)]);
}

function isRouter(snapshot: Snapshot, { identity: { kind } }: Known): boolean {
  return kind === 'router' || kind === 'firewall' || snapshot.number(FORWARDING) === FORWARDS;
}

function neighbourFacts({ local, ...told }: Neighbour): Record<string, string> {
  return Object.fromEntries(
    Object.entries(told).map(([field, value]) => [`neighbour[${itemOf(local)}].${field}`, textFor(value)]),
  );
}

const factsOf = (section: string, field: string, items: ReadonlyMap<string, string>, most: number) =>
  Object.fromEntries(
    [...items].slice(0, most).map(([item, value]) => [`${section}[${itemOf(item)}].${field}`, textFor(value)]),
  );

const inOrder = (items: ReadonlyMap<string, string>) => new Map([...items].sort(([a], [b]) => (a < b ? -1 : 1)));

const textFor = (text: string) =>
  text
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim()
    .slice(0, FACT_LENGTH_MAX)
    .toWellFormed();
