import { tidy } from '../inventory/collector.ts';
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
    Object.entries(facts).flatMap(([path, value]) => {
      const text = tidy(value);
      return text === undefined ? [] : [[path, text]];
    }),
  );
}
