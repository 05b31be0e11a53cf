import type { SnmpProfile } from '../profile.ts';
import { readInterfaces } from '../read/interfaces.ts';
import { readSystem } from '../read/system.ts';
import type { DeviceReading, Sensor } from '../reading.ts';
import { readFacts, readIdentity } from './identity.ts';
import { deniedTo, rankOf } from './match.ts';
import { readSensors } from './sensors.ts';
import type { Snapshot } from './snapshot.ts';
import { readSupplies } from './supplies.ts';
import { readCpu, readUsage } from './usage.ts';

/** A profile, and what it may see of the device. */
interface View {
  profile: SnmpProfile;
  snapshot: Snapshot;
}

/** What the device is and how it fares, as the profiles read its answers; the most special one first. */
export function evaluate(profiles: readonly SnmpProfile[], snapshot: Snapshot): DeviceReading {
  const views = profiles.map((profile) => ({ profile, snapshot: snapshot.hiding(deniedTo(profile, profiles)) }));
  const { uptimeS, ...system } = readSystem(snapshot);
  const parts = {
    interfaces: readInterfaces(snapshot.hiding(profiles.flatMap(({ without = [] }) => without))),
    cpu: mostSpecial(views, ({ profile, snapshot }) => profile.cpu?.flatMap((rule) => readCpu(rule, snapshot))),
    memory: mostSpecial(views, ({ profile, snapshot }) =>
      profile.memory?.flatMap((rule) => readUsage(rule, 'memory', snapshot)),
    ),
    storage: mostSpecial(views, ({ profile, snapshot }) =>
      profile.storage?.flatMap((rule) => readUsage(rule, 'storage', snapshot)),
    ),
    sensors: everySensor(views),
    supplies: mostSpecial(views, ({ profile, snapshot }) =>
      profile.supplies?.flatMap((rule) => readSupplies(rule, snapshot)),
    ),
  };
  const facts: Record<string, string> = Object.assign({}, ...factsOf(views));
  return {
    identity: Object.assign(system, ...identities(views)),
    ...(Object.keys(facts).length > 0 && { facts }),
    ...Object.fromEntries(Object.entries(parts).filter(([, part]) => part.length > 0)),
    profiles: profiles.map(({ name }) => name),
    ...(uptimeS !== undefined && { uptimeS }),
  };
}

/** What each tells, the most special one last. */
const identities = (views: readonly View[]) =>
  views.map(({ profile, snapshot }) => readIdentity(profile.identity ?? {}, snapshot)).reverse();

const factsOf = (views: readonly View[]) =>
  views.map(({ profile, snapshot }) => readFacts(profile.facts ?? {}, snapshot)).reverse();

/** What the profiles of the highest rank that tells anything tell. */
function mostSpecial<T>(views: readonly View[], read: (view: View) => T[] | undefined): T[] {
  for (const [, equals] of Map.groupBy(views, ({ profile }) => rankOf(profile))) {
    const told = equals.flatMap((view) => read(view) ?? []);
    if (told.length > 0) return told;
  }
  return [];
}

/** All there are; of an OID that several profiles read, what the most special one makes of it. */
function everySensor(views: readonly View[]): Sensor[] {
  const read = new Set<string>();
  return views.flatMap(({ profile, snapshot }) => {
    const sensors = (profile.sensors ?? [])
      .flatMap((rule) => readSensors(rule, snapshot))
      .filter(({ oid }) => !read.has(oid));
    for (const { oid } of sensors) read.add(oid);
    return sensors;
  });
}
