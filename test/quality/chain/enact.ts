import { fraction, hashText } from '../../../cli/demo/random.ts';
import type { DeviceKind } from '../../../protocol/inventory.ts';
import { REACHES_STORE_MS } from './kinds.ts';
import { daysLeft, FULL_AFTER } from './plan.ts';
import type { Shared, TrueFault } from './truth.ts';
import type { Loss, SimDevice, SimStore, World } from './world.ts';

/* What each kind of fault does to its store: the road from the truth to what devices do. */

const MINUTE_MS = 60_000;
const FULL = 99;

interface Stage {
  world: World;
  fault: TrueFault;
  store: SimStore;
  /** The device at fault, or the store’s gateway. */
  device: SimDevice;
  lanes: readonly SimDevice[];
  /** Always the same for this fault and name, in [0, 1). */
  draw: (name: string) => number;
}

type Act = (stage: Stage) => void;

/** On the mains alone; the rest lives on the UPS while its battery lasts. */
const UNPROTECTED: ReadonlySet<DeviceKind> = new Set(['till', 'self-checkout', 'printer', 'payment-terminal']);

/** Notes in the agenda all that a fault brings about. */
export function enact(world: World, fault: TrueFault): void {
  const store = world.stores.get(fault.store);
  const act = ACTS[fault.kind];
  if (!store || !act) throw new Error(`nobody knows what ${fault.kind} does to ${fault.store}`);
  const device = (fault.device && world.devices.get(fault.device)) || store.gateway;
  const lanes = lanesOf(store);
  const draw = (name: string) => fraction(hashText(7, `${fault.id} ${name}`));
  world.agenda.add(fault.from, () => act({ world, fault, store, device, lanes, draw }));
}

/** A version comes to stores: their tills are started anew, and their agents tell it when they have looked. */
export function install(world: World, { attribute, since }: Shared): void {
  for (const [key, at] of Object.entries(since)) {
    const store = world.stores.get(key as SimStore['fleet']['key']);
    if (!store || at <= world.now) continue;
    world.agenda.add(at, () => {
      for (const lane of lanesOf(store))
        world.after(world.between(0, 20_000), () => world.tell(lane, attribute.name, attribute.value));
    });
  }
}

const lanesOf = ({ devices }: SimStore): SimDevice[] =>
  devices.filter(({ fleet: { device } }) => device.kind === 'till' || device.kind === 'self-checkout');

const lost =
  (loss: Loss): Act =>
  ({ world, fault, device }) => {
    world.lose(device, loss);
    world.agenda.add(fault.until, () => world.revive(device));
  };

/** It goes, and whatever has its way through it is cut off as well. */
const takesAlong: Act = ({ world, fault, store }) => {
  const touched = fault.touches === 'store' ? store.devices.map(({ fleet }) => fleet.key) : fault.touches;
  const away = touched.flatMap((key) => world.devices.get(key) ?? []);
  for (const each of away) world.lose(each, 'silent');
  world.agenda.add(fault.until, () => {
    for (const each of away) world.revive(each);
  });
};

const says =
  (check: (device: SimDevice) => string): Act =>
  ({ world, fault, device }) => {
    world.says(device, check(device), 'critical');
    world.agenda.add(fault.until, () => world.says(device, check(device), undefined));
  };

/** A processor or a memory that has nothing left, a little more or less from one look to the next. */
const exhausts =
  (what: 'cpu' | 'memory'): Act =>
  ({ world, fault, device }) => {
    const level = (at: number) => 97.2 + 2.5 * fraction(hashText(3, `${fault.id} ${at}`));
    world.change(device, (condition) => {
      condition[what] = level;
    });
    world.agenda.add(fault.until, () =>
      world.change(device, (condition) => {
        delete condition[what];
      }),
    );
  };

/** It fills over most of the fault’s time, and is full until somebody tidies up. */
const fills: Act = ({ world, fault, device }) => {
  const usual = device.readings.usualDisk(fault.from);
  const fullAt = fault.from + FULL_AFTER * (fault.until - fault.from);
  const full = (at: number) => Math.min(FULL, usual + ((FULL - usual) * (at - fault.from)) / (fullAt - fault.from));
  device.readings.condition.disk = full;
  world.agenda.add(fault.until, () =>
    world.change(device, (condition) => {
      delete condition.disk;
    }),
  );
};

const expires: Act = ({ world, fault, device }) => {
  device.readings.condition.daysLeft = (at) => daysLeft(fault, at);
  world.agenda.add(fault.until, () =>
    world.change(device, (condition) => {
      delete condition.daysLeft;
      condition.daysLeft = (at) => 89 - (at - fault.until) / 86_400_000;
    }),
  );
};

const cutsLine: Act = ({ world, fault, store }) => {
  world.cut(store);
  tellPath(world, store, true);
  world.agenda.add(fault.until, () => {
    world.restore(store);
    tellPath(world, store, false);
  });
};

/** The host looks for its way out twice a minute. */
function tellPath(world: World, { fleet, gateway }: SimStore, onBackup: boolean): void {
  if (!fleet.hasBackup) return;
  world.change(gateway, (condition) => {
    condition.onBackup = onBackup;
  });
}

/** What hangs on the mains goes at once, the rest with the battery; when they are back, machines take their time to start. */
const cutsMains: Act = ({ world, fault, store, draw }) => {
  const ups = store.devices.find(({ fleet }) => fleet.device.kind === 'ups');
  const batteryMs = ups?.readings.batteryMs ?? 0;
  const backAfter = (each: SimDevice) => {
    const { kind, name } = each.fleet.device;
    const isLate = (kind === 'till' || kind === 'self-checkout') && draw(`late ${name}`) < 0.1;
    const startsMs = each.fleet.speaks ? 40_000 + 80_000 * draw(name) : 10_000 + 50_000 * draw(name);
    return startsMs + (isLate ? 3 * MINUTE_MS * draw(`by hand ${name}`) : 0);
  };
  const go = (each: SimDevice) => {
    world.lose(each, 'silent');
    world.agenda.add(fault.until + backAfter(each), () => world.revive(each));
  };
  for (const each of store.devices) if (UNPROTECTED.has(each.fleet.device.kind)) go(each);
  if (ups)
    world.change(ups, (condition) => {
      condition.onBatterySince = fault.from;
    });
  if (fault.from + batteryMs < fault.until)
    world.agenda.add(fault.from + batteryMs, () => {
      for (const each of store.devices) if (!UNPROTECTED.has(each.fleet.device.kind)) go(each);
    });
  world.agenda.add(fault.until, () => {
    if (ups)
      world.change(ups, (condition) => {
        delete condition.onBatterySince;
      });
  });
};

const looseCable: Act = ({ world, fault, device, draw }) => {
  let turn = 0;
  const swing = () => {
    if (world.now >= fault.until) return;
    turn++;
    world.lose(device, 'silent');
    const awayMs = 15_000 + 30_000 * draw(`away ${turn}`);
    world.after(awayMs, () => world.revive(device));
    world.after(awayMs + 20_000 + 60_000 * draw(`there ${turn}`), swing);
  };
  swing();
};

const sellsOffline: Act = ({ world, fault, lanes }) => {
  for (const lane of lanes)
    world.change(lane, (condition) => {
      condition.sellsOffline = true;
    });
  world.agenda.add(fault.until, () => {
    for (const lane of lanes)
      world.change(lane, (condition) => {
        condition.sellsOffline = false;
      });
  });
};

/** All lanes of the store, one after the other within so long. */
const onAllLanes =
  (check: (device: SimDevice) => string, withinMs: number): Act =>
  ({ world, fault, lanes, draw }) => {
    lanes.forEach((lane, i) => {
      const late = i === 0 ? 0 : withinMs * draw(lane.fleet.device.name);
      world.after(late, () => world.says(lane, check(lane), 'critical'));
      world.agenda.add(fault.until + late / 4, () => world.says(lane, check(lane), undefined));
    });
  };

const program = ({ readings }: SimDevice) => readings.check;
const printer = () => 'receipt_printer:10.0.0.73:9100';
const terminal = () => 'payment_terminal:acquirer';

const ACTS: Record<string, Act> = {
  'till-killed': lost('killed'),
  'till-crashed': lost('crashed'),
  'till-hung': lost('silent'),
  'till-power-cycled': lost('silent'),
  'till-unplugged': lost('silent'),
  'till-cable-loose': looseCable,
  'till-program-down': says(program),
  'till-paper-out': says(printer),
  'till-cpu': exhausts('cpu'),
  'till-memory': exhausts('memory'),
  'till-disk-fast': fills,
  'terminal-lost': lost('silent'),
  'printer-lost': lost('silent'),
  'access-point-dead': lost('silent'),
  'switch-dead': takesAlong,
  'router-dead': (stage) => {
    lost('silent')(stage);
    cutsLine(stage);
  },
  'server-crashed': lost('crashed'),
  'server-hung': lost('silent'),
  'server-program-down': says(program),
  'server-disk-fast': fills,
  'server-disk-slow': fills,
  'server-certificate': expires,
  'server-cpu': exhausts('cpu'),
  'server-memory': exhausts('memory'),
  'gateway-dead': lost('silent'),
  'line-cut': cutsLine,
  'line-cut-backup': cutsLine,
  'mains-cut': cutsMains,
  'sales-offline': sellsOffline,
  'carrier-outage': cutsLine,
  'carrier-outage-backup': cutsLine,
  'version-rollout': onAllLanes(program, REACHES_STORE_MS),
  'version-defect': onAllLanes(program, REACHES_STORE_MS),
  'acquirer-outage': onAllLanes(terminal, 30_000),
  // What planned work leaves behind when its time is over.
  'work-overruns': takesAlong,
};
