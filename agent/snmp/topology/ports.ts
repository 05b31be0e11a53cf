import type { Snapshot } from '../evaluate/snapshot.ts';
import { identitiesOf } from '../read/counters.ts';
import type { Interface } from '../reading.ts';
import { numberOf, textOf } from '../value.ts';

// IF-MIB ifDescr, BRIDGE-MIB dot1dBasePortIfIndex, IEEE8023-LAG-MIB dot3adAggPortAttachedAggID.
const DESCR = '1.3.6.1.2.1.2.2.1.2';
const BRIDGE_PORT = '1.3.6.1.2.1.17.1.4.1.2';
const AGGREGATE = '1.2.840.10006.300.43.1.2.1.1.13';
export const PORT_COLUMNS = [DESCR, BRIDGE_PORT, AGGREGATE];
export const BRIDGE_PORT_COLUMNS = [BRIDGE_PORT];

/** ethernetCsmacd. */
const ETHERNET = 6;

/** A device's interfaces by the many ways its tables speak of them; each is told by the name its points bear. */
export interface Ports {
  /** By ifIndex. */
  at(index: number | undefined): string | undefined;
  isEthernet(index: number): boolean;
  /** The ifIndex of a port of the bridge. */
  ofBridge(port: number): number | undefined;
  /** By its name, description or alias. */
  called(text: string): string | undefined;
  /** The one that bears this MAC alone. */
  withMac(mac: string): string | undefined;
  /** The bundle a cable belongs to. */
  bundleOf(name: string): string | undefined;
}

export function portsOf(snapshot: Snapshot, interfaces: readonly Interface[]): Ports {
  const identities = identitiesOf(interfaces);
  const names = new Map(interfaces.map((each) => [each.index, identities.get(each) as string]));
  const at = (index: number | undefined) => (index === undefined ? undefined : names.get(index));
  const types = new Map(interfaces.map(({ index, type }) => [index, type]));
  const macs = new Map<string, string[]>();
  for (const each of interfaces) {
    if (each.mac) macs.set(each.mac, [...(macs.get(each.mac) ?? []), identities.get(each) as string]);
  }
  const bridge = bridgePorts(snapshot);
  const bundles = new Map([...indexed(snapshot, AGGREGATE)].map(([index, bundle]) => [at(index), at(bundle)]));
  const texts = new Map<string, string>();
  const call = (text: string | undefined, name: string | undefined) => {
    if (text && name && !texts.has(text)) texts.set(text, name);
  };
  for (const [each, name] of identities) {
    call(name, name);
    call(each.name, name);
  }
  for (const { index, value } of snapshot.rows(DESCR)) call(textOf(value), at(Number(index)));
  for (const [{ alias }, name] of identities) call(alias, name);

  return {
    at,
    isEthernet: (index) => types.get(index) === ETHERNET,
    ofBridge: (port) => bridge.get(port),
    called: (text) => texts.get(text),
    withMac(mac) {
      const [only, ...more] = macs.get(mac) ?? [];
      return more.length === 0 ? only : undefined;
    },
    bundleOf: (name) => bundles.get(name),
  };
}

/** The ifIndex of each port of the bridge. */
export const bridgePorts = (snapshot: Snapshot): Map<number, number | undefined> => indexed(snapshot, BRIDGE_PORT);

const indexed = (snapshot: Snapshot, column: string) =>
  new Map(snapshot.rows(column).map(({ index, value }) => [Number(index), numberOf(value)] as const));
