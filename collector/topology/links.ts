import { pathParts } from '../../protocol/facts.ts';
import type { Device, DeviceKind } from '../../protocol/inventory.ts';
import { type Identities, identitiesOf, type Told } from './identities.ts';

/** What says that two devices are connected: both announce themselves, an address table, or the inventory. */
export type Evidence = 'lldp' | 'bridge' | 'inventory';

/** The fact or attribute that says so, and the device that told it, or of which it is told. */
export interface Basis {
  device: string;
  path: string;
}

/** One device sees another behind one of its ports. */
export interface Link {
  near: string;
  nearPort: string | undefined;
  far: string;
  farPort: string | undefined;
  evidence: Evidence;
  basis: Basis;
  /** When it was told, milliseconds since 1970. */
  at: number;
}

/** The inventory's word for what a device hangs on, and where: attributes of the device. */
const PARENT = 'parent';
const PORT = 'parentPort';

/** All links devices tell of, and those the inventory has. */
export function linksOf(
  devices: readonly Pick<Device, 'name' | 'title' | 'attributes'>[],
  told: ReadonlyMap<string, Told>,
): Link[] {
  const who = identitiesOf(devices, told);
  const names = new Set(devices.map(({ name }) => name));
  const announced: Link[] = [];
  const tables = new Map<string, Table>();
  for (const name of names) {
    const one = told.get(name);
    if (!one) continue;
    const links = announcedBy(name, one, who);
    announced.push(...links);
    tables.set(name, tableOf(name, one, who, new Set(links.map(({ nearPort }) => nearPort ?? ''))));
  }
  const written = devices.flatMap(({ name, attributes }): Link[] => {
    const parent = attributes?.[PARENT];
    if (parent === undefined || parent === name || !names.has(parent)) return [];
    const basis = { device: name, path: PARENT };
    return [
      {
        near: parent,
        nearPort: attributes?.[PORT],
        far: name,
        farPort: undefined,
        evidence: 'inventory',
        basis,
        at: 0,
      },
    ];
  });
  return [...announced, ...bridged(tables), ...written];
}

/** Behind ports where a neighbour says who it is. */
function announcedBy(near: string, { at, facts }: Told, who: Identities): Link[] {
  const ports = new Set<string>();
  for (const path of Object.keys(facts)) {
    const { section, item } = pathParts(path);
    if (section === 'neighbour' && item !== undefined) ports.add(item);
  }
  return [...ports].flatMap((port): Link[] => {
    const say = (field: string) => facts[`neighbour[${port}].${field}`];
    const finders: [string, (value: string) => string | undefined][] = [
      ['chassis', who.byMac],
      ['address', who.byAddress],
      ['device', who.byName],
    ];
    for (const [field, find] of finders) {
      const value = say(field);
      const far = value === undefined ? undefined : find(value);
      if (far === undefined || far === near) continue;
      const basis = { device: near, path: `neighbour[${port}].${field}` };
      return [{ near, nearPort: port, far, farPort: say('port'), evidence: 'lldp', basis, at }];
    }
    return [];
  });
}

interface Seen {
  port: string;
  path: string;
}

interface Table {
  at: number;
  /** Where it sees each of the other devices. */
  seen: ReadonlyMap<string, Seen>;
}

/** Devices in an address table, but for ports whose neighbour says who it is. */
function tableOf(near: string, { at, facts }: Told, who: Identities, known: ReadonlySet<string>): Table {
  const seen = new Map<string, Seen>();
  const doubtful = new Set<string>();
  for (const path of Object.keys(facts).sort()) {
    const { section, item, field } = pathParts(path);
    const port = facts[path];
    if (section !== 'station' || field !== 'port' || item === undefined || port === undefined || known.has(port))
      continue;
    const far = who.byMac(item);
    if (far === undefined || far === near) continue;
    if (seen.has(far) && seen.get(far)?.port !== port) doubtful.add(far);
    seen.set(far, { port, path });
  }
  // Seen behind two ports at once, it tells nothing.
  for (const far of doubtful) seen.delete(far);
  return { at, seen };
}

/**
 * A table has all that is behind a port, near and far. A device is taken as connected to the port when nothing behind
 * the same port stands between: nothing that sees the two of them at different ports of its own.
 */
function bridged(tables: ReadonlyMap<string, Table>): Link[] {
  const links: Link[] = [];
  for (const [near, { at, seen }] of tables) {
    for (const [far, { port, path }] of seen) {
      const isBetween = [...seen].some(([middle, there]) => {
        if (middle === far || there.port !== port) return false;
        const table = tables.get(middle)?.seen;
        const [toNear, toFar] = [table?.get(near)?.port, table?.get(far)?.port];
        return toFar !== undefined && toNear !== undefined && toFar !== toNear;
      });
      if (isBetween) continue;
      links.push({
        near,
        nearPort: port,
        far,
        farPort: tables.get(far)?.seen.get(near)?.port,
        evidence: 'bridge',
        basis: { device: near, path },
        at,
      });
    }
  }
  return links;
}

/** What others can hang on. */
const CARRIERS: ReadonlySet<DeviceKind> = new Set(['router', 'firewall', 'gateway', 'switch', 'access-point']);

/** What carries others: by its kind, or because it keeps a table of those it sees. */
export const carriersOf = (
  devices: readonly Pick<Device, 'name' | 'kind'>[],
  told: ReadonlyMap<string, Told>,
): ReadonlySet<string> =>
  new Set(
    devices
      .filter(
        ({ name, kind }) =>
          CARRIERS.has(kind) ||
          Object.keys(told.get(name)?.facts ?? {}).some((path) => pathParts(path).section === 'station'),
      )
      .map(({ name }) => name),
  );
