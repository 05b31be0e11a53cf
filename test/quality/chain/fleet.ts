import type { ToldTree } from '../../../alerting/engine/tree.ts';
import { demoInventory } from '../../../cli/demo/chain.ts';
import { utcOffsetMs } from '../../../cli/demo/local-time.ts';
import { createRandom, hashText } from '../../../cli/demo/random.ts';
import type { Device, OpeningHours, Store } from '../../../protocol/inventory.ts';
import { type DeviceKey, deviceKey, type StoreKey, storeKey } from '../../../protocol/names.ts';

/*
 * The demo's chain, made one that keeps ordinary hours: its stores close at night and on Sundays, some have a 4G backup, each
 * has an acquirer for its cards, and its switches tell what hangs on them.
 */

export const CHAIN = 'demo';
const DAY_MS = 86_400_000;
const ORDINARY = ['08:00-20:30', '08:30-20:00', '08:30-21:00', '07:30-21:30', '07:00-22:00'] as const;
const SUNDAYS = [[], [], ['09:00-12:30'], ['09:00-13:00']] as const;
const ACQUIRERS = ['Paylane', 'Cardivo', 'Solvéa'] as const;
/** Of 100 stores: open day and night; with a 4G backup; with several switches that tell nothing of what hangs on them. */
const ROUND_THE_CLOCK = 3;
const WITH_BACKUP = 35;
const SWITCHES_MUTE = 10;

export interface FleetDevice {
  key: DeviceKey;
  device: Device;
  /** It has an agent of its own, which the gateway carries. */
  speaks: boolean;
  /** What it hangs on, as it is wired. */
  parent: FleetDevice | undefined;
}

export interface FleetStore {
  key: StoreKey;
  store: Store;
  gateway: FleetDevice;
  devices: readonly FleetDevice[];
  /** What its switches tell. */
  told: ToldTree;
  hasBackup: boolean;
  /** When it sells, as instants, over the days that are simulated. */
  opens: readonly (readonly [from: number, to: number])[];
}

export interface FleetOptions {
  seed: number;
  stores: number;
  /** Milliseconds since 1970. */
  from: number;
  to: number;
}

const SPEAKS: ReadonlySet<string> = new Set(['till', 'self-checkout', 'server', 'gateway']);

export function makeFleet({ seed, stores, from, to }: FleetOptions): FleetStore[] {
  const [chain] = demoInventory({ seed, stores, devices: stores * 16, now: from }).chains;
  return (chain?.stores ?? []).map((drawn) => {
    const random = createRandom(hashText(seed, `fleet ${drawn.name}`));
    const hours = drawHours(random.below(100) < ROUND_THE_CLOCK, random);
    const store: Store = {
      ...drawn,
      hours,
      attributes: { ...drawn.attributes, acquirer: random.pick(ACQUIRERS) },
    };
    const devices: FleetDevice[] = store.devices.map((device) => ({
      key: deviceKey(CHAIN, store.name, device.name),
      device,
      speaks: SPEAKS.has(device.kind),
      parent: undefined,
    }));
    const told = wire(devices, random.below(100) < SWITCHES_MUTE);
    const gateway = devices.find(({ device }) => device.kind === 'gateway') as FleetDevice;
    const hasBackup = random.below(100) < WITH_BACKUP;
    return {
      key: storeKey(CHAIN, store.name),
      store,
      gateway,
      devices,
      told,
      hasBackup,
      opens: openings(store, from, to),
    };
  });
}

type Random = ReturnType<typeof createRandom>;

function drawHours(always: boolean, random: Random): OpeningHours {
  const span = always ? '00:00-24:00' : random.pick(ORDINARY);
  const sunday = always ? [span] : [...random.pick(SUNDAYS)];
  return { mon: [span], tue: [span], wed: [span], thu: [span], fri: [span], sat: [span], sun: sunday };
}

/** The gateway stands beside the router; all else hangs on the switch, or on either of two. Returns what is told of it. */
function wire(devices: FleetDevice[], areMute: boolean): ToldTree {
  const told: Record<string, { parent: string; evidence: string }> = {};
  const router = devices.find(({ device }) => device.kind === 'router');
  const switches = devices.filter(({ device }) => device.kind === 'switch');
  let turn = 0;
  for (const each of devices) {
    const { kind, name } = each.device;
    if (kind === 'router') continue;
    if (kind === 'gateway' || each === switches[0]) each.parent = router;
    else if (kind === 'switch') each.parent = switches[0];
    else if (kind === 'server') each.parent = switches[0];
    else each.parent = switches[turn++ % switches.length];
    const isCertain = kind === 'gateway' || switches.length === 1 || !areMute;
    if (each.parent && isCertain) told[name] = { parent: each.parent.device.name, evidence: 'lldp' };
  }
  return told;
}

const minutes = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;

/** Spans of selling that touch are one. */
function openings({ hours = {}, timeZone }: Store, from: number, to: number): [number, number][] {
  const spans: [number, number][] = [];
  for (let day = Math.floor(from / DAY_MS) - 1; day <= to / DAY_MS + 1; day++) {
    const midnight = day * DAY_MS;
    const weekday = WEEKDAYS[new Date(midnight).getUTCDay()] as (typeof WEEKDAYS)[number];
    const wall = (minute: number) => {
      const local = midnight + minute * 60_000;
      return local - utcOffsetMs(timeZone, local - utcOffsetMs(timeZone, local));
    };
    for (const span of hours[weekday] ?? []) {
      const next: [number, number] = [wall(minutes(span)), wall(minutes(span.slice(6)))];
      const last = spans.at(-1);
      if (last && last[1] >= next[0]) last[1] = next[1];
      else spans.push(next);
    }
  }
  return spans;
}

export const isOpenAt = ({ opens }: FleetStore, at: number): boolean =>
  opens.some(([from, to]) => at >= from && at < to);
