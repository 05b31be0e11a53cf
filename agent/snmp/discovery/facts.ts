import { tidy } from '../../inventory/collector.ts';
import type { FoundDevice } from './found.ts';

const DEVICES_MAX = 60;

/** What a sweep found, for the inventory of the agent's own device; those that are not configured come first. */
export function foundFacts(found: readonly FoundDevice[]): Record<string, string | undefined> {
  const told = found.toSorted((a, b) => Number(a.device !== undefined) - Number(b.device !== undefined));
  return Object.fromEntries(
    told.slice(0, DEVICES_MAX).flatMap(({ address, kind, mac, credential, device, ...made }) => {
      const [vendor, model, serial, name] = [made.vendor, made.model, made.serial, made.name].map(tidy);
      return Object.entries({ kind, vendor, model, serial, name, mac, credential, device }).map(([field, value]) => [
        `found[${address}].${field}`,
        value,
      ]);
    }),
  );
}
