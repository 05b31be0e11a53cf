import { isIP } from 'node:net';
import type { Snapshot } from '../evaluate/snapshot.ts';
import { type SnmpValue, textOf } from '../value.ts';
import { addressOfOctets, isLocal, numbersOf } from './address.ts';
import { macOf } from './mac.ts';
import { type Neighbour, type NeighbourKind, said } from './neighbour.ts';
import type { Ports } from './ports.ts';

/** Where a version of LLDP-MIB keeps what; indexes begin with a time mark and the local port. */
interface Tables {
  remote: string;
  columns: {
    chassisType: number;
    chassis: number;
    portType: number;
    port: number;
    portText: number;
    name: number;
    can: number;
    does: number;
  };
  /** A column of the table of management addresses, whose index tells them. */
  addresses: string;
}

const V1: Tables = {
  remote: '1.0.8802.1.1.2.1.4.1.1',
  columns: { chassisType: 4, chassis: 5, portType: 6, port: 7, portText: 8, name: 9, can: 11, does: 12 },
  addresses: '1.0.8802.1.1.2.1.4.2.1.3',
};
/** Its local port is an ifIndex; which group of MACs its neighbours spoke to is part of the index. */
const V2: Tables = {
  remote: '1.3.111.2.802.1.1.13.1.4.1.1',
  columns: { chassisType: 5, chassis: 6, portType: 7, port: 8, portText: 9, name: 10, can: 12, does: 13 },
  addresses: '1.3.111.2.802.1.1.13.1.4.2.1.3',
};

// lldpLocPortTable, version 1: the port numbers are LLDP's own.
const LOCAL = { type: '1.0.8802.1.1.2.1.3.7.1.2', id: '1.0.8802.1.1.2.1.3.7.1.3', text: '1.0.8802.1.1.2.1.3.7.1.4' };

const columnsOf = ({ remote, columns, addresses }: Tables) => [
  ...Object.values(columns).map((column) => `${remote}.${column}`),
  addresses,
];
export const LLDP_COLUMNS = [...columnsOf(V1), ...Object.values(LOCAL), ...columnsOf(V2)];

/** LldpChassisIdSubtype and LldpPortIdSubtype number these two otherwise. */
const CHASSIS_NETWORK = 5;
const PORT_NETWORK = 4;
const PORT_MAC = 3;
const PORT_LOCAL = 7;

/** LldpSystemCapabilitiesMap: bits from the left. */
const CAN = { bridge: 2, wlan: 3, router: 4, telephone: 5, station: 7 };

/** What the neighbours told by LLDP, by both versions of its MIB. */
export function readLldp(snapshot: Snapshot, ports: Ports): Neighbour[] {
  return [
    ...readTables(snapshot, V1, (number) => localPort(snapshot, ports, number)),
    ...readTables(snapshot, V2, (index) => ports.at(index) ?? String(index)),
  ];
}

function readTables(snapshot: Snapshot, tables: Tables, localOf: (port: number) => string): Neighbour[] {
  const { remote, columns, addresses } = tables;
  const rows = snapshot.rows(addresses).map(({ index }) => index);
  return snapshot.rows(`${remote}.${columns.chassis}`).flatMap(({ index, value: chassisId }) => {
    const [, localPort] = numbersOf(index);
    if (localPort === undefined) return [];
    const at = (column: number) => snapshot.get(`${remote}.${column}.${index}`);
    const text = (column: number) => said(snapshot.text(`${remote}.${column}.${index}`));
    const number = (column: number) => snapshot.number(`${remote}.${column}.${index}`);
    const chassis = macOf(chassisId);
    const network = number(columns.chassisType) === CHASSIS_NETWORK ? networkAddress(chassisId) : undefined;
    const device = text(columns.name) ?? chassis ?? network ?? said(textOf(chassisId));
    const port = portName(number(columns.portType), at(columns.port), text(columns.portText));
    const address = managementAddress(rows, index) ?? network;
    const kind = kindOf(at(columns.does)) ?? kindOf(at(columns.can));
    return [
      {
        local: localOf(localPort),
        ...(device && { device }),
        ...(port && { port }),
        ...(chassis && { chassis }),
        ...(address && { address }),
        ...(kind && { kind }),
      },
    ];
  });
}

/** The first address a neighbour is managed by, IPv4 before IPv6: its own index, a family, a length, and octets. */
function managementAddress(rows: readonly string[], neighbour: string): string | undefined {
  const addresses = rows
    .filter((index) => index.startsWith(`${neighbour}.`))
    .map((index) => {
      // Some leave the length out.
      const [, ...octets] = numbersOf(index.slice(neighbour.length + 1));
      return addressOfOctets(octets[0] === octets.length - 1 ? octets.slice(1) : octets);
    })
    .filter((address) => address !== undefined && !isLocal(address)) as string[];
  return addresses.find((address) => isIP(address) === 4) ?? addresses[0];
}

/** Where there is no table of LLDP's own ports, their numbers are ifIndexes, or those of the bridge. */
function localPort(snapshot: Snapshot, ports: Ports, number: number): string {
  const id = snapshot.get(`${LOCAL.id}.${number}`);
  const [idText, text] = [id && textOf(id), snapshot.text(`${LOCAL.text}.${number}`)];
  const mac = macOf(id);
  const isIndex = snapshot.number(`${LOCAL.type}.${number}`) === PORT_LOCAL && /^\d+$/.test(idText ?? '');
  return (
    (mac && ports.withMac(mac)) ||
    (idText && ports.called(idText)) ||
    (text && ports.called(text)) ||
    (isIndex && ports.at(Number(idText))) ||
    (ports.isEthernet(number) && ports.at(number)) ||
    ports.at(ports.ofBridge(number)) ||
    ports.at(number) ||
    text ||
    idText ||
    String(number)
  );
}

/** Its id where that is a name; where it is a number or a MAC, what describes it reads better. */
function portName(type: number | undefined, id: SnmpValue | undefined, text: string | undefined): string | undefined {
  if (!id) return text;
  if (type === PORT_NETWORK) return networkAddress(id) ?? text;
  const mac = type === PORT_MAC ? macOf(id) : undefined;
  const name = said(mac ?? textOf(id));
  const isNumber = type === PORT_LOCAL && /^\d+$/.test(name ?? '');
  return mac || isNumber ? (text ?? name) : (name ?? text);
}

/** IANA's number of the family, then the address. */
const networkAddress = ({ value }: SnmpValue): string | undefined =>
  value instanceof Uint8Array ? addressOfOctets(value.subarray(1)) : undefined;

function kindOf(told: SnmpValue | undefined): NeighbourKind | undefined {
  if (!(told?.value instanceof Uint8Array)) return undefined;
  const [first = 0, , ...rest] = told.value;
  // Two octets and no more: what is longer is some text about them.
  if (rest.some((octet) => octet !== 0)) return undefined;
  const can = (bit: number) => (first & (0x80 >> bit)) !== 0;
  if (can(CAN.telephone)) return 'phone';
  // A router with Wi-Fi of its own is the store's router first.
  if (can(CAN.wlan)) return can(CAN.router) ? 'router' : 'access-point';
  if (can(CAN.bridge)) return 'switch';
  if (can(CAN.router)) return 'router';
  return can(CAN.station) ? 'station' : undefined;
}
