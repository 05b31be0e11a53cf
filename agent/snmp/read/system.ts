import type { Snapshot } from '../evaluate/snapshot.ts';
import type { DeviceReading } from '../reading.ts';

// SNMPv2-MIB system group.
const DESCRIPTION = '1.3.6.1.2.1.1.1.0';
const OBJECT_ID = '1.3.6.1.2.1.1.2.0';
const UPTIME = '1.3.6.1.2.1.1.3.0';
const NAME = '1.3.6.1.2.1.1.5.0';
const LOCATION = '1.3.6.1.2.1.1.6.0';

export const SYSTEM_OIDS = { fast: [UPTIME], slow: [DESCRIPTION, OBJECT_ID, NAME, LOCATION] };

/** What every agent tells of its device. */
export function readSystem(
  snapshot: Snapshot,
): Pick<DeviceReading['identity'], 'name' | 'description' | 'location'> & { uptimeS?: number } {
  const [name, description, location] = [NAME, DESCRIPTION, LOCATION].map((oid) => snapshot.text(oid));
  const ticks = snapshot.number(UPTIME);
  return {
    ...(name && { name }),
    ...(description && { description }),
    ...(location && { location }),
    ...(ticks !== undefined && { uptimeS: Math.floor(ticks / 100) }),
  };
}
