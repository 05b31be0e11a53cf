import type { Fault } from './faults/fault.ts';
import { FAULT_KINDS } from './faults/kinds.ts';
import { isOpen } from './opening-hours.ts';
import { fraction, hashText, mix } from './random.ts';
import type { DemoDay, Happening, Where } from './scenario.ts';
import type { Site } from './sites.ts';

/** Stores of one carrier fall within so long of each other, and come back within so long. */
const CARRIER_FALLS_MS = 8_000;
const CARRIER_RETURNS_MS = 15_000;

export interface PlanOptions {
  day: DemoDay;
  sites: readonly Site[];
  seed: number;
  /** Milliseconds since 1970: the first calm begins. */
  startedAt: number;
  /** How many seconds of the day pass in one. */
  speed: number;
}

/** One time through the day. */
export interface Round {
  /** Milliseconds since 1970. */
  from: number;
  /** By time. */
  faults: Fault[];
}

/**
 * The day again and again, each time with other stores. The same for the same options. Throws a RangeError when a happening’s `where` fits no store at all.
 */
export function* planRounds({ day, sites, seed, startedAt, speed }: PlanOptions): Generator<Round, never> {
  const busy: Busy = new Map();
  const happenings = day.happenings.toSorted((a, b) => a.atS - b.atS);
  for (let round = 0; ; round++) {
    const from = startedAt + (1000 * (day.calmS + round * day.everyS)) / speed;
    const faults = happenings.flatMap((happening, i) =>
      strike({
        happening,
        sites,
        seed: mix(mix(seed, round), i),
        id: `${round}.${i}`,
        at: from + (1000 * happening.atS) / speed,
        lastsMs: (1000 * happening.forS) / speed,
        restMs: (1000 * day.everyS) / speed,
        busy,
      }),
    );
    yield { from, faults: faults.sort((a, b) => a.from - b.from) };
  }
}

/** Until when each store has its own trouble. */
type Busy = Map<string, number>;

export interface Strike {
  happening: Happening;
  sites: readonly Site[];
  seed: number;
  id: string;
  /** Milliseconds since 1970. */
  at: number;
  lastsMs: number;
  /** A store that had trouble since so long is chosen last. */
  restMs: number;
  busy: Busy;
}

/**
 * Chooses where a happening strikes, among stores that are open, have no other trouble and have such a device; a store
 * called by its name is taken as it is. Marks them as busy. Throws a RangeError when no store fits `where`.
 */
export function strike({ happening, sites, seed, id, at, lastsMs, restMs, busy }: Strike): Fault[] {
  const { what, where = {} } = happening;
  const { strikes } = FAULT_KINDS[what];
  const fitting = sites.filter((site) => fits(site, where));
  if (fitting.length === 0) throw new RangeError(`${what}: no store fits ${JSON.stringify(where)}`);
  const hasDevice = ({ devices }: Site) => !strikes || devices.some(({ device }) => strikes.includes(device.kind));
  const named = where.store !== undefined;
  const free = fitting.filter(
    (site) =>
      hasDevice(site) &&
      (named || ((busy.get(site.key) ?? 0) <= at && isOpen(site.store.hours, site.store.timeZone, at))),
  );
  const rested = ({ key }: Site) => (busy.get(key) ?? 0) + restMs <= at;
  const order = new Map(free.map((site) => [site, fraction(hashText(seed, site.key)) + (rested(site) ? 0 : 1)]));
  const inOrder = free.toSorted((a, b) => (order.get(a) ?? 0) - (order.get(b) ?? 0));
  const chosen = what === 'carrier-outage' ? ofOneCarrier(inOrder, where, seed) : inOrder.slice(0, where.count ?? 1);

  return chosen.map((site) => {
    const own = hashText(seed, site.key);
    const stagger = what === 'carrier-outage' ? 1 : 0;
    const late = (most: number, salt: number) => stagger * Math.min(most, lastsMs / 10) * fraction(mix(own, salt));
    const device =
      strikes &&
      choose(
        site.devices.filter((each) => strikes.includes(each.device.kind)),
        own,
      );
    const fault: Fault = {
      id: `${id}/${site.key}`,
      what,
      store: site.key,
      ...(device && { device: device.key }),
      from: Math.round(at + late(CARRIER_FALLS_MS, 1)),
      until: Math.round(at + lastsMs + late(CARRIER_RETURNS_MS, 2)),
    };
    busy.set(site.key, Math.max(fault.until, busy.get(site.key) ?? 0));
    return fault;
  });
}

function fits({ store }: Site, { store: name, region, carrier }: Where): boolean {
  return (
    (name === undefined || store.name === name) &&
    (region === undefined || store.region === region) &&
    (carrier === undefined || store.attributes?.carrier === carrier)
  );
}

/** The stores of one carrier in one region; where that region has too few, the same carrier’s elsewhere as well. */
function ofOneCarrier(sites: readonly Site[], { count }: Where, seed: number): Site[] {
  const carrierOf = ({ store }: Site) => store.attributes?.carrier ?? '';
  const groups = [...Map.groupBy(sites, (site) => `${carrierOf(site)}\n${site.store.region ?? ''}`).values()];
  // A carrier has a few stores in regions that aren’t its own: an outage there would be no outage to see.
  const largest = Math.max(0, ...groups.map((group) => group.length));
  const wanted = Math.min(count ?? largest / 2, largest);
  const group = choose(
    groups.filter((each) => each.length >= wanted).toSorted((a, b) => keyOf(a).localeCompare(keyOf(b))),
    seed,
  );
  const [first] = group ?? [];
  if (!group || !first || count === undefined) return group ?? [];
  const elsewhere = sites.filter((site) => carrierOf(site) === carrierOf(first) && !group.includes(site));
  return [...group, ...elsewhere].slice(0, count);
}

const keyOf = (group: readonly Site[]): string => group[0]?.key ?? '';

function choose<T>(items: readonly T[], seed: number): T | undefined {
  return items[Math.floor(fraction(mix(seed, 7)) * items.length)];
}

/** What the day does before `until` (ms since 1970): the very faults the simulator carries out by itself. */
export function plannedFaults(options: PlanOptions, until: number): Fault[] {
  const faults: Fault[] = [];
  for (const round of planRounds(options)) {
    if (round.from >= until) break;
    faults.push(...round.faults.filter((fault) => fault.from < until));
  }
  return faults;
}
