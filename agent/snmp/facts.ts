import { FACT_LENGTH_MAX } from '../../protocol/facts.ts';
import type { DeviceReading } from './reading.ts';

/** What a device is, for the inventory: under the names a host's own agent uses. */
export function identityFacts({ identity, facts: more = {} }: DeviceReading): Record<string, string> {
  const { vendor, model, version, serial, name, description, location, kind } = identity;
  const facts = {
    'machine.vendor': vendor,
    'machine.model': model,
    'machine.serial': serial,
    'machine.chassis': kind,
    'os.version': version,
    'os.hostname': name,
    'snmp.description': description,
    'snmp.location': location,
    ...more,
  };
  return Object.fromEntries(
    Object.entries(facts)
      .filter((pair): pair is [string, string] => pair[1] !== undefined && pair[1] !== '')
      .map(([path, value]) => [path, printable(value).slice(0, FACT_LENGTH_MAX)]),
  );
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: what devices put between the lines of their description
const printable = (text: string): string => text.replace(/[\u0000-\u001f\u007f]+/g, ' ').trim();
