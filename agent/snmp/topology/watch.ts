import { FACTS_MAX } from '../../../protocol/facts.ts';
import type { Clock } from '../../clock.ts';
import { describeError } from '../../describe-error.ts';
import type { Log } from '../../log.ts';
import type { WalkBounds } from '../client/walk.ts';
import { identityFacts } from '../facts.ts';
import type { DeviceReading } from '../reading.ts';
import { createMemory, type Memory } from './memory.ts';
import { readTopology, type Topology, type TopologySession } from './read-topology.ts';

const LOOK_EVERY_MS = 600_000;
/** What comes and goes is told so often at most, unless something else is told anyway. */
const PASSING_EVERY_MS = 3_600_000;
/** As many may fail before a device is told of without its place. */
const FIRST_LOOKS = 3;
/** Devices that are asked at the same time, besides their polls. */
const AT_ONCE = 2;
const BOUNDS: WalkBounds = { rowsPerColumn: 2000, values: 20_000, durationMs: 30_000 };

export interface TopologyOptions {
  clock: Clock;
  log: Log;
  /** All facts there are of a device, whether others than before or not. */
  tell(device: string, facts: Record<string, string>): void;
}

/** Finds out now and then where the devices stand. */
export interface TopologyWatch {
  /** A device was polled: what it is is told with what is known of its place. `isPerVlan`: so are its bridge tables. */
  polled(device: string, session: TopologySession, reading: DeviceReading, isPerVlan?: boolean): void;
  forget(device: string): void;
  stop(): void;
}

interface Place {
  reading: DeviceReading;
  session: TopologySession;
  isPerVlan: boolean;
  /** When it was last looked for; undefined: never. */
  lookedMs?: number | undefined;
  /** First looks that failed. */
  failures: number;
  /** Undefined until the first look has come to an end. */
  lasting?: Record<string, string>;
  stations: Memory;
  arp: Memory;
  /** What comes and goes, as it is told. */
  passing: { stations: Record<string, string>; arp: Record<string, string>; sinceMs: number };
}

/**
 * Until it is known where a device stands nothing is told of it: facts that are left out are taken for gone. Neighbours are
 * told at once, stations when an hour has passed.
 */
export function watchTopology({ clock, log, tell }: TopologyOptions): TopologyWatch {
  const places = new Map<string, Place>();
  const waiting = new Set<string>();
  const stopping = new AbortController();
  let underWay = 0;

  function pump(): void {
    for (const device of waiting) {
      if (underWay >= AT_ONCE) return;
      waiting.delete(device);
      const place = places.get(device);
      if (place) void look(device, place);
    }
  }

  async function look(device: string, place: Place): Promise<void> {
    underWay += 1;
    const { session, reading, isPerVlan } = place;
    try {
      take(place, await readTopology(session, reading, { bounds: BOUNDS, signal: stopping.signal, isPerVlan }));
    } catch (error) {
      log('debug', 'where a device stands could not be read', { device, error: describeError(error) });
      if (place.lasting === undefined) giveUp(place);
    } finally {
      underWay -= 1;
      if (places.get(device) === place && !stopping.signal.aborted) tellOf(device, place);
      pump();
    }
  }

  /** The first look is tried again with the polls to come, a few times. */
  function giveUp(place: Place): void {
    place.failures += 1;
    if (place.failures < FIRST_LOOKS) place.lookedMs = undefined;
    else place.lasting = {};
  }

  function tellOf(device: string, place: Place): void {
    if (place.lasting) tell(device, factsOf(place));
  }

  function take(place: Place, found: Topology): void {
    const now = clock.monotonicMs();
    place.stations.remember(found.stations, now);
    place.arp.remember(found.arp, now);
    const isNews = JSON.stringify(found.lasting) !== JSON.stringify(place.lasting);
    place.lasting = found.lasting;
    if (!isNews && now - place.passing.sinceMs < PASSING_EVERY_MS) return;
    place.passing = { stations: place.stations.facts(), arp: place.arp.facts(), sinceMs: now };
  }

  return {
    polled(device, session, reading, isPerVlan = false) {
      const now = clock.monotonicMs();
      const before = places.get(device);
      const place = before ?? {
        stations: createMemory(),
        arp: createMemory(),
        ...nothing,
        session,
        reading,
        isPerVlan,
      };
      Object.assign(place, { session, reading, isPerVlan });
      places.set(device, place);
      tellOf(device, place);
      if (place.lookedMs !== undefined && now - place.lookedMs < LOOK_EVERY_MS) return;
      place.lookedMs = now;
      waiting.add(device);
      pump();
    },
    forget(device) {
      places.delete(device);
      waiting.delete(device);
    },
    stop() {
      waiting.clear();
      stopping.abort();
    },
  };
}

const nothing: Pick<Place, 'failures' | 'passing'> = {
  failures: 0,
  passing: { stations: {}, arp: {}, sinceMs: Number.NEGATIVE_INFINITY },
};

/** All of a device, what lasts before what comes and goes; the latter share the room that is left. */
function factsOf({ reading, lasting, passing }: Place): Record<string, string> {
  const first = { ...identityFacts(reading), ...lasting };
  const [stations, arp] = [Object.entries(passing.stations), Object.entries(passing.arp)];
  const room = FACTS_MAX - Object.keys(first).length;
  const forStations = Math.min(stations.length, Math.max(Math.floor(room / 2), room - arp.length));
  return {
    ...first,
    ...Object.fromEntries(stations.slice(0, forStations)),
    ...Object.fromEntries(arp.slice(0, room - forStations)),
  };
}
