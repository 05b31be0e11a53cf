import { localTime } from '../../../cli/demo/local-time.ts';
import { createRandom, fraction, hashText, type Random } from '../../../cli/demo/random.ts';
import type { MaintenanceWindow } from '../../../protocol/maintenance.ts';
import type { FleetStore } from './fleet.ts';
import { due } from './plan.ts';
import type { TrueFault } from './truth.ts';
import type { SimDevice, SimStore, World } from './world.ts';

/*
 * What happens in a chain and is no fault: nobody should be called for any of it. The one exception is planned work that is not
 * done when its time is over; from then on it is a fault like any other.
 */

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

export interface NoiseOptions {
  seed: number;
  fleet: readonly FleetStore[];
  from: number;
  to: number;
}

/** Planned work in stores: what is announced, and what is done. */
export interface Work {
  window: MaintenanceWindow;
  store: FleetStore;
  /** The device that is away meanwhile, with what hangs on it. */
  touches: readonly string[];
  goesAt: number;
  backAt: number;
}

export interface Noise {
  works: Work[];
  /** Work that went on too long. */
  overruns: TrueFault[];
  /** When the collector itself starts anew, and for how long it is away. */
  restarts: { at: number; awayMs: number }[];
}

/** One store in four has work announced in 30 days, one such work in ten is not done in time. */
const WORKS = 0.25;
const OVERRUN = 0.1;

export function planNoise({ seed, fleet, from, to }: NoiseOptions, faults: readonly TrueFault[]): Noise {
  const random = createRandom(hashText(seed, 'noise'));
  const months = (to - from) / (30 * DAY_MS);
  const works: Work[] = [];
  const overruns: TrueFault[] = [];
  const count = Math.max(2, Math.round(fleet.length * WORKS * months));
  for (let i = 0; i < count; i++) {
    const store = random.pick(fleet);
    const begins = Math.round((from + HOUR_MS + random.next() * (to - from - 6 * HOUR_MS)) / MINUTE_MS) * MINUTE_MS;
    const ends = begins + 5 * MINUTE_MS * (6 + random.below(18));
    const isBusy = (key: string, f: number, u: number) =>
      key === store.key && f < ends + 3 * HOUR_MS && u > begins - HOUR_MS;
    if (faults.some((fault) => isBusy(fault.store, fault.from, fault.until))) continue;
    if (works.some((work) => isBusy(work.store.key, work.goesAt, work.backAt))) continue;
    const worked = random.pick(
      store.devices.filter(({ device }) => device.kind === 'switch' || device.kind === 'server'),
    );
    const isBeneath = (each: (typeof store.devices)[number]): boolean =>
      each === worked || (each.parent !== undefined && isBeneath(each.parent));
    const touches = store.devices.filter(isBeneath).map(({ key }) => key);
    const isOver = random.next() < OVERRUN;
    const goesAt = begins + 2 * MINUTE_MS + random.next() * (ends - begins) * 0.3;
    const backAt = isOver
      ? ends + MINUTE_MS * (10 + 50 * random.next())
      : goesAt + (ends - MINUTE_MS - goesAt) * (0.2 + 0.75 * random.next());
    const { title, timeZone } = store.store;
    works.push({
      window: {
        id: `work-${i + 1}`,
        kind: 'maintenance',
        title: `Replacement of ${worked.device.name} at ${title}`,
        who: 'Field service',
        why: 'End of life',
        scope: { places: [random.next() < 0.5 ? store.key : worked.key] },
        start: wallOf(timeZone, begins),
        end: wallOf(timeZone, ends),
      },
      store,
      touches,
      goesAt,
      backAt: isOver ? ends : backAt,
    });
    if (!isOver) continue;
    overruns.push({
      id: `overrun-${i + 1}`,
      kind: 'work-overruns',
      store: store.key,
      device: worked.key,
      from: ends,
      until: Math.round(backAt),
      cause: 'device-gone',
      target: worked.key,
      touches,
      isHard: false,
      seenBy: 'check',
      ...due({ hours: 'always', matters: [10, 400] }, store, ends, backAt),
    });
  }
  const restarts = Array.from({ length: Math.max(1, Math.round(3 * months)) }, () => ({
    at: Math.round(from + 2 * HOUR_MS + random.next() * (to - from - 4 * HOUR_MS)),
    awayMs: 15_000 + random.below(40_000),
  }));
  return { works, overruns, restarts };
}

function wallOf(timeZone: string, at: number): string {
  const { date, minute } = localTime(timeZone, at);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${date}T${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
}

/** Notes in the agenda all that goes on in healthy stores. */
export function live(world: World, { seed, from, to }: NoiseOptions, { works }: Noise): void {
  for (const work of works) workOn(world, work);
  for (const store of world.stores.values()) {
    const random = createRandom(hashText(seed, `noise ${store.fleet.key}`));
    const lanes = store.devices.filter(({ fleet }) => fleet.device.lane !== undefined);
    const server = store.devices.find(({ fleet }) => fleet.device.kind === 'server');
    closeAndOpen(world, store, lanes, random);
    if (server) backUpNightly(world, server, from, to);
    const days = (to - from) / DAY_MS;
    // Agents that start anew for a new configuration, and routers that forget who was connected: gone for a few seconds.
    each(random, 0.03 * lanes.length * days, from, to, (at) =>
      blip(world, random.pick(lanes), at, 'killed', 1_000, 3_000),
    );
    each(random, 0.12 * days, from, to, (at) => blip(world, store.gateway, at, 'killed', 300, 1_500));
    // A cashier who restarts a till that is slow: it says goodbye, and is back in a minute or three.
    each(random, 0.01 * lanes.length * days, from, to, (at) =>
      blip(world, random.pick(lanes), at, 'goodbye', 70_000, 200_000),
    );
    // Agents are updated at night, once in the month.
    each(random, days / 30, from, to, (at) => blip(world, store.gateway, at, 'goodbye', 10_000, 40_000));
    // A roll that is changed as it should be, and a scan for viruses.
    each(random, 0.1 * lanes.length * days, from, to, (at) => changeRoll(world, random.pick(lanes), at, random));
    each(random, 0.07 * lanes.length * days, from, to, (at) => scan(world, random.pick(lanes), at, random));
  }
}

/** So many times, on average, between two instants. */
function each(random: Random, expected: number, from: number, to: number, act: (at: number) => void): void {
  const count = Math.floor(expected) + (random.next() < expected % 1 ? 1 : 0);
  for (let i = 0; i < count; i++) act(from + HOUR_MS + random.next() * (to - from - 2 * HOUR_MS));
}

/** Most tills are switched off properly when the store closes, and on before it opens. */
function closeAndOpen(world: World, { fleet }: SimStore, lanes: readonly SimDevice[], random: Random): void {
  fleet.opens.forEach(([, closes], i) => {
    const next = fleet.opens[i + 1]?.[0];
    for (const lane of lanes) {
      const isOff = random.next() < 0.6;
      const offAt = closes + MINUTE_MS * (-4 + 34 * random.next());
      const onAt = (next ?? 0) - MINUTE_MS * (8 + 50 * random.next());
      if (!isOff || next === undefined || offAt < world.now || onAt - offAt < HOUR_MS) continue;
      world.agenda.add(offAt, () => {
        // A till that is out of order is not switched off as others are.
        if (lane.away > 0) return;
        world.lose(lane, 'goodbye');
        world.agenda.add(onAt, () => world.revive(lane));
      });
    }
  });
}

/** At two in the morning, for a quarter of an hour to an hour: how hard it works differs from store to store and from minute to minute. */
function backUpNightly(world: World, server: SimDevice, from: number, to: number): void {
  const own = (salt: string) => fraction(hashText(11, `${server.fleet.key} ${salt}`));
  const usual = 55 + 43 * own('load');
  const level = (at: number) => Math.min(100, usual + 12 * (fraction(hashText(5, `${server.fleet.key} ${at}`)) - 0.5));
  for (let midnight = Math.ceil(from / DAY_MS) * DAY_MS; midnight < to; midnight += DAY_MS) {
    const at = midnight + HOUR_MS * (0.5 + 1.5 * own('hour'));
    const lasts = MINUTE_MS * (15 + 45 * own('lasts'));
    world.agenda.add(at, () => {
      if (server.readings.condition.cpu) return;
      world.change(
        server,
        (condition) => {
          condition.cpu = level;
        },
        lasts,
      );
      world.after(lasts, () => {
        if (server.readings.condition.cpu === level) delete server.readings.condition.cpu;
      });
    });
  }
}

function blip(
  world: World,
  device: SimDevice,
  at: number,
  loss: 'killed' | 'goodbye',
  least: number,
  most: number,
): void {
  world.agenda.add(at, () => {
    if (device.away > 0) return;
    world.lose(device, loss);
    world.after(world.between(least, most), () => world.revive(device));
  });
}

function changeRoll(world: World, lane: SimDevice, at: number, random: Random): void {
  const check = 'receipt_printer:10.0.0.73:9100';
  const lasts = 30_000 + 80_000 * random.next();
  world.agenda.add(at, () => {
    if (lane.away > 0 || lane.readings.condition.checks?.get(check)?.status === 'critical') return;
    world.says(lane, check, 'critical');
    world.after(lasts, () => world.says(lane, check, undefined));
  });
}

function scan(world: World, lane: SimDevice, at: number, random: Random): void {
  const lasts = MINUTE_MS * (1 + 4 * random.next());
  world.agenda.add(at, () => {
    const { condition } = lane.readings;
    if (lane.away > 0 || condition.cpu) return;
    const busy = () => 98;
    world.change(lane, () => {
      condition.cpu = busy;
    });
    world.after(lasts, () => {
      if (condition.cpu === busy)
        world.change(lane, () => {
          delete condition.cpu;
        });
    });
  });
}

function workOn(world: World, { touches, goesAt, backAt }: Work): void {
  world.agenda.add(goesAt, () => {
    const away = touches.flatMap((key) => world.devices.get(key as SimDevice['fleet']['key']) ?? []);
    for (const device of away) world.lose(device, 'silent');
    world.agenda.add(backAt, () => {
      for (const device of away) world.revive(device);
    });
  });
}
