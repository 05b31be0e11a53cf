import type { Snapshot } from '../evaluate/snapshot.ts';
import { textOf } from '../value.ts';
import { addressOfOctets, numbersOf } from './address.ts';
import { macOf } from './mac.ts';
import { type Neighbour, type NeighbourKind, said } from './neighbour.ts';
import type { Ports } from './ports.ts';

// CISCO-CDP-MIB cdpCacheTable; its index begins with the ifIndex.
const CACHE = '1.3.6.1.4.1.9.9.23.1.2.1.1';
const COLUMN = {
  addressType: `${CACHE}.3`,
  address: `${CACHE}.4`,
  id: `${CACHE}.6`,
  port: `${CACHE}.7`,
  can: `${CACHE}.9`,
  name: `${CACHE}.17`,
};
export const CDP_COLUMNS = Object.values(COLUMN);

const IP = 1;
/** Capabilities, as CDP has them in its last octets. */
const CAN = { router: 0x01, bridge: 0x02, switch: 0x08, host: 0x10, phone: 0x80 };

/** What the neighbours told by CDP. */
export function readCdp(snapshot: Snapshot, ports: Ports): Neighbour[] {
  return snapshot.rows(COLUMN.id).map(({ index, value: id }) => {
    const at = (column: string) => snapshot.get(`${column}.${index}`);
    const port = numbersOf(index)[0];
    const device = said(snapshot.text(`${COLUMN.name}.${index}`)) ?? said(textOf(id));
    const theirs = said(snapshot.text(`${COLUMN.port}.${index}`));
    const chassis = macOf(id);
    const told = snapshot.number(`${COLUMN.addressType}.${index}`) === IP ? at(COLUMN.address)?.value : undefined;
    const address = told instanceof Uint8Array ? addressOfOctets(told) : undefined;
    const kind = kindOf(at(COLUMN.can)?.value);
    return {
      local: ports.at(port) ?? String(port),
      ...(device && { device }),
      ...(theirs && { port: theirs }),
      ...(chassis && { chassis }),
      ...(address && { address }),
      ...(kind && { kind }),
    };
  });
}

function kindOf(told: unknown): NeighbourKind | undefined {
  if (!(told instanceof Uint8Array)) return undefined;
  const last = told.at(-1) ?? 0;
  const can = (bit: number) => (last & bit) !== 0;
  if (can(CAN.phone)) return 'phone';
  if (can(CAN.switch)) return 'switch';
  if (can(CAN.router)) return 'router';
  // Access points bridge, and are nothing else.
  if (can(CAN.bridge)) return 'access-point';
  return can(CAN.host) ? 'station' : undefined;
}
