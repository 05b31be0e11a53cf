import type { FoundDevice, KnownDevice } from '../../agent/snmp/discovery/found.ts';
import { compareAddresses } from '../../agent/snmp/discovery/ranges.ts';
import type { SweepResult } from '../../agent/snmp/discovery/sweep.ts';
import type { SnmpDevice } from '../../agent/snmp/options.ts';

/** What was found, held against what is configured. */
export type Compared =
  | { state: 'new'; found: FoundDevice; entry: Entry }
  | { state: 'known'; found: FoundDevice; name: string; configured: string }
  | { state: 'gone'; device: KnownDevice };

/** What stands under `snmpDevices` for a device. */
export type Entry = Pick<SnmpDevice, 'name' | 'host' | 'credential'> & { port?: number };

const SNMP_PORT = 161;
const NAME_MAX = 64;

/** @param taken Names that other devices bear already. */
export function compare(
  { found, gone }: Pick<SweepResult, 'found' | 'gone'>,
  configured: readonly Pick<SnmpDevice, 'name' | 'host'>[],
  taken: readonly string[],
): Compared[] {
  const names = new Set([...taken, ...configured.map(({ name }) => name)].map((name) => name.toLowerCase()));
  const hosts = new Map(configured.map(({ name, host }) => [name, host]));
  const there = found.map((one): Compared => {
    if (one.device !== undefined) {
      return { state: 'known', found: one, name: one.device, configured: hosts.get(one.device) ?? one.address };
    }
    const { address: host, credential, port } = one;
    const entry = { name: nameFor(one, names), host, ...(port !== SNMP_PORT && { port }), credential };
    return { state: 'new', found: one, entry };
  });
  const away = gone.map((device): Compared => ({ state: 'gone', device }));
  return [...there, ...away].sort((a, b) => compareAddresses(addressOf(a), addressOf(b)));
}

export const addressOf = (one: Compared): string => (one.state === 'gone' ? one.device.address : one.found.address);

/** As it calls itself, or else by its kind and a number; a name that nobody bears. */
function nameFor({ name = '', kind }: FoundDevice, names: Set<string>): string {
  const own = name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[^A-Za-z0-9._-]+/g, '-')
    .replace(/^[^A-Za-z0-9]+|-+$/g, '')
    .slice(0, NAME_MAX);
  const isFree = (candidate: string) => !names.has(candidate.toLowerCase());
  let free = own;
  for (let number = 1; free === '' || !isFree(free); number++) {
    const suffix = `-${own === '' ? number : number + 1}`;
    free = `${(own === '' ? (kind ?? 'device') : own).slice(0, NAME_MAX - suffix.length)}${suffix}`;
  }
  names.add(free.toLowerCase());
  return free;
}
