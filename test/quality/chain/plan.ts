import { createRandom, hashText, type Random } from '../../../cli/demo/random.ts';
import type { DeviceKey } from '../../../protocol/names.ts';
import { type FleetDevice, type FleetStore, isOpenAt } from './fleet.ts';
import { COMMON_KINDS, type CommonName, FAULT_KINDS, type FaultKind, REACHES_STORE_MS } from './kinds.ts';
import type { Shared, TrueFault } from './truth.ts';

/* Which faults strike whom and when: the truth, drawn before anything is judged, and by nothing that judges. */

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** Of the faults that come of use, so many begin while the store is open. */
const IN_USE = 0.9;
/** Nothing begins in the first hour, in which everybody is heard for the first time. */
const FIRST_MS = HOUR_MS;
/** What begins later has no time left to be told. */
const LAST_MS = 2 * HOUR_MS;
const CERTIFICATE_DAYS = 14;
const STRUCK_MOST = 60;
/** Of stores that a bad version breaks, so many more have it and do without harm. */
const SPARED = 0.2;
/** Stores that get a version that is good, within a day. */
const UPDATED = 0.6;

export interface PlanOptions {
  seed: number;
  fleet: readonly FleetStore[];
  from: number;
  to: number;
}

interface Victim {
  store: FleetStore;
  device: FleetDevice | undefined;
}

export interface Plan {
  faults: TrueFault[];
  shared: Shared[];
}

export function planFaults({ seed, fleet, from, to }: PlanOptions): Plan {
  const months = (to - from) / (30 * DAY_MS);
  const busy = new Busy();
  const shared: Shared[] = [harmlessUpdate(seed, fleet, from, to)];
  const commons = COMMON_KINDS.flatMap(({ name, times, attribute }) => {
    const random = createRandom(hashText(seed, name));
    const count = Math.max(1, Math.round((times * months * fleet.length) / 500));
    return Array.from({ length: count }, (_, i) => {
      const group = `${name}-${i + 1}`;
      const struck = strikeMany(name, attribute, group, { fleet, from, to }, busy, random);
      if (struck.length > 0) shared.push(sharedBy(name, group, struck, fleet, from, random));
      return struck;
    }).flat();
  });
  const singles = FAULT_KINDS.flatMap((kind) => {
    const random = createRandom(hashText(seed, kind.name));
    const victims = victimsOf(kind, fleet);
    const expected = victims.length * kind.rate * months;
    const count = Math.floor(expected) + (random.next() < expected % 1 ? 1 : 0);
    return Array.from({ length: count }, (_, i) =>
      strikeOne(kind, `${kind.name}-${i + 1}`, victims, from, to, busy, random),
    );
  });
  const faults = [...commons, ...singles.filter((fault) => fault !== undefined)].sort((a, b) => a.from - b.from);
  return { faults, shared };
}

/** Until when what is broken is broken: nothing breaks twice at a time. */
class Busy {
  readonly #spans = new Map<string, [number, number][]>();

  isFree(keys: readonly string[], from: number, until: number): boolean {
    return keys.every((key) =>
      (this.#spans.get(key) ?? []).every(([f, u]) => until + HOUR_MS < f || from > u + HOUR_MS),
    );
  }

  take(key: string, from: number, until: number): void {
    const spans = this.#spans.get(key);
    if (spans) spans.push([from, until]);
    else this.#spans.set(key, [[from, until]]);
  }
}

function victimsOf({ strikes }: FaultKind, fleet: readonly FleetStore[]): Victim[] {
  if (strikes === 'store') return fleet.map((store) => ({ store, device: undefined }));
  return fleet.flatMap((store) =>
    store.devices.filter(({ device }) => strikes.includes(device.kind)).map((device) => ({ store, device })),
  );
}

function strikeOne(
  kind: FaultKind,
  id: string,
  victims: readonly Victim[],
  begin: number,
  end: number,
  busy: Busy,
  random: Random,
): TrueFault | undefined {
  for (let tries = 0; tries < 50; tries++) {
    const { store, device } = random.pick(victims);
    const from = Math.round(begin + FIRST_MS + random.next() * (end - begin - FIRST_MS - LAST_MS));
    const [least, most] = kind.lasts;
    const until = Math.round(from + MINUTE_MS * least * (most / least) ** random.next());
    if (kind.hours === 'open' && isOpenAt(store, from) !== random.next() < IN_USE) continue;
    const fault = describe(kind, id, { store, device }, from, Math.min(until, end));
    if (!fault || !busy.isFree([keyOf({ store, device }), store.key], from, until)) continue;
    busy.take(keyOf({ store, device }), from, until);
    return fault;
  }
  return undefined;
}

const keyOf = ({ store, device }: Victim): string => device?.key ?? store.key;

function describe(
  kind: FaultKind,
  id: string,
  { store, device }: Victim,
  from: number,
  until: number,
): TrueFault | undefined {
  const beneath = device ? [device.key, ...hangingOn(store, device)] : [];
  const common = {
    id,
    kind: kind.name,
    store: store.key,
    ...(device && { device: device.key }),
    from,
    until,
    isHard: kind.seenBy !== 'check',
    seenBy: kind.seenBy,
  };
  if (kind.name === 'line-cut' && store.hasBackup)
    return {
      ...common,
      kind: 'line-cut-backup',
      cause: 'backup-link',
      target: store.gateway.key,
      touches: 'store',
      isHard: false,
      seenBy: 'check',
      ...due({ ...kind, matters: [240, 900] }, store, from, until),
    };
  if (kind.name === 'router-dead' && store.hasBackup)
    return {
      ...common,
      cause: 'device-gone',
      target: device?.key ?? store.key,
      touches: 'store',
      ...due(kind, store, from, until),
    };
  const isWhole = device === undefined || kind.cause === 'way-out';
  const told = dueOf(kind, store, from, until);
  return {
    ...common,
    cause: kind.cause,
    target: isWhole ? store.key : device.key,
    touches: isWhole ? 'store' : beneath,
    ...told,
    ...(kind.cause === 'sales-wait' && told.expected === 'told' && { expected: 'shown' as const }),
  };
}

/** All that has its way through a device. */
function hangingOn({ devices }: FleetStore, above: FleetDevice): DeviceKey[] {
  const isBeneath = ({ parent }: FleetDevice): boolean =>
    parent !== undefined && (parent === above || isBeneath(parent));
  return devices.filter(isBeneath).map(({ key }) => key);
}

/**
 * Whether somebody has to hear of it, and since when: the first stretch of time that matters in which it lasts long enough.
 * What the check before the opening finds may be told then, and need not be where it is over by the opening.
 */
export function due(
  { hours, matters: [short, long], checked = 0 }: Pick<FaultKind, 'hours' | 'matters'> & { checked?: number },
  store: FleetStore,
  from: number,
  until: number,
): Pick<TrueFault, 'expected' | 'tellFrom' | 'mayTellFrom'> {
  const spans = hours === 'always' ? [[from, until] as const] : store.opens;
  let best: ReturnType<typeof due> = { expected: 'silent', tellFrom: from };
  for (const [opens, closes] of spans) {
    const begins = Math.max(from, opens);
    const mayTellFrom = Math.max(from, opens - checked * MINUTE_MS);
    // What has lasted since the night is long known by opening time.
    const ends = Math.min(until, closes);
    if (ends - begins >= long * 1000)
      return { expected: 'told', tellFrom: begins, ...(mayTellFrom < begins && { mayTellFrom }) };
    const isLong = ends > mayTellFrom && until - from >= short * 1000;
    if (isLong && best.expected === 'silent') best = { expected: 'either', tellFrom: mayTellFrom };
  }
  return best;
}

/** When a disk that fills is full, as a part of its fault’s time; the rest of it it stays full. */
export const FULL_AFTER = 0.8;

function dueOf(kind: FaultKind, store: FleetStore, from: number, until: number): ReturnType<typeof due> {
  if (kind.cause === 'power') {
    // While lanes sell, a cut of the mains takes them away; at night it matters when it lasts.
    const selling = due({ ...kind, hours: 'open' }, store, from, until);
    const isSelling = selling.expected !== 'silent' && selling.tellFrom === from;
    return isSelling ? selling : due({ ...kind, matters: [120, 600] }, store, from, until);
  }
  if (kind.cause === 'disk') {
    // Foretelling it is right from the first hour on; not to is wrong once it is full while somebody needs it.
    const { expected } = due(kind, store, from + FULL_AFTER * (until - from), until);
    return { expected: expected === 'told' ? 'told' : 'either', tellFrom: from };
  }
  return due(kind, store, from, until);
}

/** A common cause strikes stores that share an attribute. */
function strikeMany(
  name: CommonName,
  attribute: string,
  group: string,
  { fleet, from: begin, to: end }: Omit<PlanOptions, 'seed'>,
  busy: Busy,
  random: Random,
): TrueFault[] {
  const isNew = name === 'version-rollout';
  const isSlow = isNew || name === 'version-defect';
  const values = [...new Set(fleet.map(({ store }) => store.attributes?.[attribute] ?? ''))].sort();
  for (let tries = 0; tries < 500; tries++) {
    const value = isNew ? `8.${group.slice(name.length + 1)}.0` : random.pick(values);
    const at = begin + FIRST_MS + random.next() * (end - begin - FIRST_MS - 6 * HOUR_MS);
    const lastsMs = MINUTE_MS * (isSlow ? 70 + 80 * random.next() : 12 + 70 * random.next());
    const theirs = random.shuffle(fleet.filter(({ store }) => isNew || store.attributes?.[attribute] === value));
    // Most of those an acquirer or a carrier serves in a few regions; a version reaches as many as it is given to.
    const wanted = Math.min(theirs.length, 20 + random.below(STRUCK_MOST - 19));
    const open = theirs.filter(
      (store) => name === 'carrier-outage' || store.opens.some(([o, c]) => at >= o && at + 3 * HOUR_MS < c),
    );
    const struck = open
      .filter(({ key, devices }) => busy.isFree([key, ...devices.map((each) => each.key)], at, at + 4 * HOUR_MS))
      .slice(0, wanted);
    if (struck.length < Math.min(20, wanted)) continue;
    const spreadMs = isSlow ? HOUR_MS * 0.9 : name === 'carrier-outage' ? 20_000 + 40_000 * random.next() : 15_000;
    return struck.map((store, i) => {
      const from = Math.round(at + (i === 0 ? 0 : random.next() * spreadMs));
      const until = Math.round(at + lastsMs + random.next() * MINUTE_MS);
      busy.take(store.key, from, until);
      return describeCommon(
        name,
        `${group}/${store.store.name}`,
        group,
        { name: attribute, value },
        store,
        from,
        until,
      );
    });
  }
  return [];
}

function describeCommon(
  name: CommonName,
  id: string,
  group: string,
  attribute: { name: string; value: string },
  store: FleetStore,
  from: number,
  until: number,
): TrueFault {
  const common = { id, kind: name, store: store.key, from, until, group, attribute };
  if (name === 'carrier-outage') {
    const { hasBackup } = store;
    return {
      ...common,
      ...(hasBackup && { kind: 'carrier-outage-backup' }),
      cause: hasBackup ? 'backup-link' : 'way-out',
      target: hasBackup ? store.gateway.key : store.key,
      touches: 'store',
      isHard: !hasBackup,
      seenBy: hasBackup ? 'check' : 'silence',
      ...due({ hours: 'always', matters: hasBackup ? [240, 900] : [20, 60] }, store, from, until),
    };
  }
  const isSlow = name !== 'acquirer-outage';
  const lanes = store.devices.filter(({ device }) => device.kind === 'till' || device.kind === 'self-checkout');
  return {
    ...common,
    cause: isSlow ? 'program' : 'payment',
    target: store.key,
    touches: lanes.map(({ key }) => key),
    ...(isSlow && { unfoldsMs: REACHES_STORE_MS }),
    isHard: false,
    seenBy: 'check',
    ...due({ hours: 'open', matters: isSlow ? [40, 300] : [120, 300] }, store, from, until),
  };
}

/** Who else has what they share: a version that is new came some minutes before it broke each, and to some that it did not. */
function sharedBy(
  name: CommonName,
  group: string,
  struck: readonly TrueFault[],
  fleet: readonly FleetStore[],
  begin: number,
  random: Random,
): Shared {
  const attribute = struck[0]?.attribute as Shared['attribute'];
  const alike = name === 'version-rollout' || name === 'version-defect' ? ['till-program-down'] : [];
  const since: Shared['since'] = {};
  if (name === 'version-rollout') {
    const [first, last] = [struck[0]?.from ?? begin, Math.max(...struck.map(({ from }) => from))];
    for (const { store, from } of struck) since[store] = Math.round(from - MINUTE_MS * (1 + 7 * random.next()));
    const spared = random.shuffle(fleet.filter(({ key }) => since[key] === undefined));
    for (const { key } of spared.slice(0, Math.round(struck.length * SPARED)))
      since[key] = Math.round(first + random.next() * (last - first));
  } else
    for (const { key, store } of fleet) if (store.attributes?.[attribute.name] === attribute.value) since[key] = begin;
  return { group, attribute, since, alike };
}

/** A version that comes to most stores in the course of a day, and breaks nothing. */
function harmlessUpdate(seed: number, fleet: readonly FleetStore[], from: number, to: number): Shared {
  const random = createRandom(hashText(seed, 'harmless update'));
  const begins = from + HOUR_MS + random.next() * (to - from) * 0.6;
  const since: Shared['since'] = {};
  for (const { key } of fleet)
    if (random.next() < UPDATED) since[key] = Math.round(begins + random.next() * 8 * HOUR_MS);
  return { attribute: { name: 'software.pos', value: '7.6.1' }, since, alike: [] };
}

/** Days a certificate still has at an instant of its fault, which begins when it has too few. */
export const daysLeft = ({ from }: TrueFault, at: number): number => CERTIFICATE_DAYS - 0.02 - (at - from) / DAY_MS;
