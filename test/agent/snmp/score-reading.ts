import type { DeviceReading, Sensor, Supply, Usage } from '../../../agent/snmp/reading.ts';

/** What another monitor reads of a device. */
export interface Expected {
  identity?: { kind?: string; model?: string; version?: string; serial?: string };
  interfaces?: { index: number; status: string; speedBps?: number }[];
  cpu?: { usedPercent: number }[];
  memory?: { usedPercent: number }[];
  storage?: { usedPercent: number }[];
  sensors?: { kind: string; name: string; value: number; oid?: string; status?: string }[];
  supplies?: { name: string; leftPercent: number }[];
}
type One<Part extends keyof Expected> = NonNullable<Expected[Part]> extends (infer Item)[] ? Item : never;

/** Which of our families one of theirs stands for. */
const FAMILIES: Readonly<Record<string, readonly string[]>> = {
  network: ['router', 'switch'],
  firewall: ['firewall', 'router'],
  wireless: ['access-point', 'wireless-controller', 'router'],
  power: ['ups', 'pdu'],
  printer: ['printer'],
  server: ['server', 'bmc', 'hypervisor'],
  storage: ['nas'],
  appliance: ['appliance', 'camera', 'nvr', 'bmc'],
  environment: ['environment'],
  management: ['bmc', 'server'],
};

/** The mean share of facts that were found, over the parts the device has. */
export function scoreReading(expected: Expected, reading: DeviceReading): number {
  const shares = [
    shareOfIdentity(expected.identity ?? {}, reading.identity),
    share(expected.interfaces, reading.interfaces, (wanted, read) => {
      const isAsFast = !wanted.speedBps || !read.speedBps || isNear(read.speedBps, wanted.speedBps, 0.01, 1);
      return read.index === wanted.index && read.status === wanted.status && isAsFast;
    }),
    share(expected.cpu, reading.cpu, isAsFull),
    share(expected.memory, reading.memory, isAsFull),
    share(expected.storage, reading.storage, isAsFull),
    share(expected.sensors, reading.sensors, isSameSensor),
    share(expected.supplies, reading.supplies, isSameSupply),
  ].filter((part) => part !== undefined);
  return shares.reduce((sum, part) => sum + part, 0) / shares.length;
}

function shareOfIdentity(expected: NonNullable<Expected['identity']>, read: DeviceReading['identity']) {
  const texts = (['model', 'version', 'serial'] as const).filter((key) => expected[key]);
  const families = FAMILIES[expected.kind ?? ''];
  const found = [
    ...texts.map((key) => isAlike(plain(expected[key]), plain(read[key]))),
    ...(families ? [families.includes(read.kind ?? '')] : []),
  ];
  return found.length === 0 ? undefined : found.filter(Boolean).length / found.length;
}

/** Each expected fact takes at most one that was read. */
function share<Wanted, Read>(
  expected: readonly Wanted[] | undefined,
  read: readonly Read[] = [],
  isSame: (wanted: Wanted, read: Read) => boolean,
): number | undefined {
  if (!expected || expected.length === 0) return undefined;
  const left = [...read];
  const found = expected.filter((wanted) => {
    const at = left.findIndex((one) => isSame(wanted, one));
    if (at >= 0) left.splice(at, 1);
    return at >= 0;
  });
  return found.length / expected.length;
}

const plain = (text = '') => text.toLowerCase().replace(/[^a-z0-9]+/g, '');
const isAlike = (wanted: string, read: string) =>
  read !== '' && (read.includes(wanted) || (wanted.includes(read) && read.length >= 4));
const isNear = (value: number, wanted: number, share: number, least: number) =>
  Math.abs(value - wanted) <= Math.max(least, share * Math.abs(wanted));
const isAsFull = (wanted: { usedPercent: number }, read: Pick<Usage, 'usedPercent'>) =>
  isNear(read.usedPercent, wanted.usedPercent, 0, 1.01);

function isSameSensor(wanted: One<'sensors'>, read: Sensor): boolean {
  if (wanted.kind !== 'state') {
    return read.kind === wanted.kind && isNear(read.value, wanted.value, 0.02, wanted.value < 10 ? 0.11 : 1);
  }
  return (read.oid === wanted.oid || plain(read.name) === plain(wanted.name)) && read.status === wanted.status;
}

function isSameSupply(wanted: One<'supplies'>, read: Supply): boolean {
  const [ours, theirs] = [plain(read.name), plain(wanted.name)];
  const isAsMuch = read.leftPercent !== undefined && isNear(read.leftPercent, wanted.leftPercent, 0, 1.01);
  return isAsMuch && (ours.includes(theirs) || theirs.includes(ours));
}
