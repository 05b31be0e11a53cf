import type { Secrets } from '../credentials.ts';
import type { Snapshot } from '../evaluate/snapshot.ts';
import { numberOf } from '../value.ts';
import { numbersOf } from './address.ts';

// CISCO-VTP-MIB vtpVlanState and vtpVlanType, whose index is a domain and the VLAN; CISCO-VLAN-MEMBERSHIP-MIB vmVlan.
const STATE = '1.3.6.1.4.1.9.9.46.1.3.1.1.2';
const TYPE = '1.3.6.1.4.1.9.9.46.1.3.1.1.3';
const OF_PORT = '1.3.6.1.4.1.9.9.68.1.2.2.1.2';
export const VLAN_COLUMNS = [STATE, TYPE, OF_PORT];

const OPERATIONAL = 1;
const ETHERNET = 1;
/** What the device tells without being asked for a VLAN is of this one. */
const DEFAULT = 1;
const VLANS_MAX = 24;

/** Those whose tables are worth a question, the ones most ports stand in first. */
export function vlansOf(snapshot: Snapshot): number[] {
  const ports = Map.groupBy(snapshot.rows(OF_PORT), ({ value }) => numberOf(value));
  const portsIn = (vlan: number) => ports.get(vlan)?.length ?? 0;
  return snapshot
    .rows(STATE)
    .filter(({ index, value }) => {
      const type = snapshot.number(`${TYPE}.${index}`) ?? ETHERNET;
      return numberOf(value) === OPERATIONAL && type === ETHERNET;
    })
    .flatMap(({ index }) => numbersOf(index).slice(-1))
    .filter((vlan) => vlan !== DEFAULT)
    .sort((a, b) => portsIn(b) - portsIn(a) || a - b)
    .slice(0, VLANS_MAX);
}

/** What opens the bridge tables of a VLAN. */
export const inVlan =
  (vlan: number) =>
  (own: Secrets): Secrets =>
    own.version === 3 ? { ...own, contextName: `vlan-${vlan}` } : { ...own, community: `${own.community}@${vlan}` };
