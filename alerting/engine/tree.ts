import type { Device, DeviceKind } from '../../protocol/inventory.ts';

/** What the devices of a store tell of one another, by the name of the one that hangs on the other. */
export type ToldTree = Readonly<Record<string, { parent: string; port?: string; evidence: string }>>;

/** What a device hangs on; of several parents one is enough. */
export interface Branch {
  parents: readonly string[];
  /** The port of the parent, where it is known. */
  port?: string;
}

/** Kinds in the order of a store's network, the way out first. */
const WAYS_OUT: readonly DeviceKind[] = ['router', 'firewall'];
const BESIDE_A_TILL: ReadonlySet<DeviceKind> = new Set(['printer', 'payment-terminal', 'camera', 'other']);

/**
 * What each device of a store hangs on. What the inventory says of several parents goes first, because nothing else can
 * tell of them; then what the devices tell; then what the inventory says of one; and where nobody says anything, how
 * stores are built. What would make a circle is left out.
 */
export function growTree(devices: readonly Device[], told: ToldTree): Map<string, Branch> {
  const names = new Set(devices.map(({ name }) => name));
  const template = templateOf(devices);
  const tree = new Map<string, Branch>();
  const known = (device: Device, { parents, port }: Branch): Branch => {
    const there = parents.filter((parent) => names.has(parent) && parent !== device.name);
    return { parents: there, ...(port !== undefined && { port }) };
  };
  for (const device of devices) {
    const said = known(device, saidOf(device));
    const sources = [known(device, toldOf(device, told)), said, known(device, template(device))];
    const best = said.parents.length > 1 ? said : sources.find(({ parents }) => parents.length > 0);
    const parents = best?.parents.filter((parent) => !isAbove(tree, device.name, parent)) ?? [];
    if (parents.length > 0) tree.set(device.name, { ...best, parents });
  }
  return tree;
}

function saidOf({ attributes }: Device): Branch {
  const parents = (attributes?.parent ?? '').split(',').map((name) => name.trim());
  const port = attributes?.parentPort;
  return { parents: [...new Set(parents)], ...(port !== undefined && { port }) };
}

function toldOf({ name }: Device, told: ToldTree): Branch {
  const branch = Object.hasOwn(told, name) ? told[name] : undefined;
  if (!branch) return { parents: [] };
  return { parents: [branch.parent], ...(branch.port !== undefined && { port: branch.port }) };
}

/**
 * Routers, then the firewall, then the switch, then all else; what stands beside a till hangs on the till. Of several
 * switches nobody knows which, and nothing is guessed; routers that are main and backup are both parents.
 */
function templateOf(devices: readonly Device[]): (device: Device) => Branch {
  const named = (kind: DeviceKind) => devices.filter((device) => device.kind === kind).map(({ name }) => name);
  const [routers = [], firewalls = []] = WAYS_OUT.map(named);
  const switches = named('switch');
  const areRedundant = devices.every(({ kind, attributes }) => kind !== 'router' || attributes?.wan !== undefined);
  const wayOut = routers.length === 1 || areRedundant ? routers : [];
  const inside = firewalls.length > 0 ? onlyOne(firewalls) : wayOut;
  const tills = Map.groupBy(
    devices.filter(({ kind, lane }) => lane !== undefined && (kind === 'till' || kind === 'self-checkout')),
    ({ lane }) => lane,
  );
  return ({ kind, lane }) => {
    if (kind === 'router') return { parents: [] };
    if (kind === 'firewall') return { parents: wayOut };
    if (kind === 'switch') return { parents: inside };
    const besides = lane === undefined || !BESIDE_A_TILL.has(kind) ? [] : (tills.get(lane) ?? []);
    if (besides.length === 1) return { parents: besides.map(({ name }) => name) };
    return { parents: switches.length > 0 ? onlyOne(switches) : inside };
  };
}

const onlyOne = (names: readonly string[]): readonly string[] => (names.length === 1 ? names : []);

/** Whether `name` is above `from`, in the tree as far as it has grown. */
function isAbove(tree: ReadonlyMap<string, Branch>, name: string, from: string): boolean {
  const open = [from];
  const passed = new Set<string>();
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (at === name) return true;
    if (passed.has(at)) continue;
    passed.add(at);
    open.push(...(tree.get(at)?.parents ?? []));
  }
  return false;
}
