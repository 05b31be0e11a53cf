import { setTimeout as pause } from 'node:timers/promises';
import type { Random } from '../../cli/demo/random.ts';
import { canStepClocks } from '../support/faketime.ts';
import type { FaultProxy } from '../support/fault-proxy.ts';
import { canMount } from '../support/full-disk.ts';
import { Ballast } from './ballast.ts';
import type { Installation } from './installation.ts';
import { isStopped } from './processes.ts';
import { until } from './until.ts';

/** One way to do harm. */
export interface Fault {
  /** What the table counts it under. */
  kind: FaultKind;
  /** Whom it strikes. */
  target: string;
  /** Does the harm and undoes it. Resolves to what shows that it struck; throws when it struck nothing. */
  strike(): Promise<string>;
}

export const FAULT_KINDS = [
  'kill -9',
  'freeze',
  'cut',
  'silent cut',
  'delay',
  'throttle',
  'reorder connections',
  'reorder reports',
  'twice',
  'late',
  'disk full',
  'clock forward',
  'clock back',
] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];

/** Seconds a clock is set off by: below and above what is taken for a busy moment, and past every rule's patience. */
const CLOCK_STEPS_S = [8, 40, 1_200, 10_800];
/** What takes a machine that allows it. */
export function isPossibleHere(kind: FaultKind): boolean {
  if (kind === 'disk full') return canMount();
  return kind === 'clock forward' || kind === 'clock back' ? canStepClocks() : true;
}

const HEALTH_TIMEOUT_MS = 15_000;
/** After another fault a side may keep away for a while before it speaks again. */
const SOMETHING_PASSES_MS = 20_000;

function struck(happened: boolean, what: string): void {
  if (!happened) throw new Error(`the fault struck nothing: ${what}`);
}

/** All that can be done to this installation. */
export function faultsOf(world: Installation, random: Random): Fault[] {
  const { road, disk, clock, agentNetwork } = world;
  const between = (from: number, to: number) => from + random.below(to - from);
  const faults: Fault[] = [];
  const add = (kind: FaultKind, target: string, strike: () => Promise<string>) => faults.push({ kind, target, strike });

  for (const one of [...world.collectors, ...world.agents, ...world.servers]) {
    const { name } = one;
    add('kill -9', name, async () => {
      const before = one.pid;
      await one.kill();
      await pause(between(0, 600));
      await one.start();
      struck(one.pid !== before && before !== 0, 'the process is the same');
      return `pid ${before} became ${one.pid}`;
    });
    add('freeze', name, async () => {
      one.freeze();
      await until(() => isStopped(one.pid), 2_000, 'the process does not stop');
      const ms = between(300, 2_500);
      await pause(ms);
      one.thaw();
      return `${ms} ms`;
    });
  }

  for (const { name, proxy } of world.networks) {
    add('cut', name, async () => {
      const cut = await until(() => proxy.reset() || undefined, SOMETHING_PASSES_MS, 'no connection to cut');
      await pause(between(50, 400));
      return `${cut} connections, and ${proxy.reset()} again`;
    });
    add('silent cut', name, async () => {
      const held = await counted(proxy, 'held', between(300, 2_500), {
        begin: () => proxy.silence(),
        end: () => {
          if (random.below(2) === 0) proxy.reset();
          proxy.speak();
        },
      });
      return `${held} times held`;
    });
    add('delay', name, async () => {
      const ms = between(100, 600);
      const delayed = await counted(proxy, 'delayed', 1_500, {
        begin: () => proxy.delay(ms),
        end: () => proxy.delay(0),
      });
      return `${delayed} pieces, ${ms} ms`;
    });
    add('throttle', name, async () => {
      const rate = between(4_000, 16_000);
      const throttled = await counted(proxy, 'throttled', 1_500, {
        begin: () => proxy.throttle(rate),
        end: () => proxy.throttle(undefined),
      });
      return `${throttled} pieces, ${rate} bytes/s`;
    });
  }
  add('reorder connections', 'agents', async () => {
    const delayed = await counted(agentNetwork, 'delayed', 1_800, {
      begin: () => agentNetwork.lagApart(1_200),
      end: () => agentNetwork.lagApart(0),
    });
    return `${delayed} pieces`;
  });

  const mischief =
    (what: 'swapped' | 'twice' | 'late', oneIn: 'swapOneIn' | 'twiceOneIn' | 'lateOneIn', n: number) => async () => {
      const before = road.counts[what];
      road.mischief.lateMs = between(2_000, 60_000);
      road.mischief[oneIn] = n;
      await pause(1_200);
      road.mischief[oneIn] = 0;
      const done = road.counts[what] - before;
      struck(done > 0, 'no report');
      return `${done} reports${what === 'late' ? `, ${Math.round(road.mischief.lateMs / 1000)} s` : ''}`;
    };
  add('reorder reports', 'agents', mischief('swapped', 'swapOneIn', 2));
  add('twice', 'agents', mischief('twice', 'twiceOneIn', 2));
  add('late', 'agents', mischief('late', 'lateOneIn', 15));

  if (disk) {
    add('disk full', 'collectors', async () => {
      const taken = disk.fill();
      const ballast = await Ballast.connect(world.mqttPort);
      try {
        const problem = await until(
          async () => {
            disk.fill();
            ballast.send();
            const told = await Promise.all(world.collectors.map((one) => one.health().catch(() => undefined)));
            return told.find((health) => health?.status === 'degraded')?.problems[0];
          },
          HEALTH_TIMEOUT_MS,
          'no collector says that the disk is full',
        );
        await pause(between(200, 1_500));
        return `${Math.round(taken / 1e6)} MB taken: ${problem}`;
      } finally {
        disk.free();
        ballast.end();
      }
    });
  }
  if (clock) {
    for (const seconds of CLOCK_STEPS_S.flatMap((s) => [s, -s])) {
      add(seconds > 0 ? 'clock forward' : 'clock back', `collectors, ${seconds} s`, async () => {
        const offsetNow = async () =>
          (await (world.collectors[0] as { clock(): Promise<number> }).clock()) - Date.now();
        try {
          clock.set(seconds * 1000);
          await until(
            async () => Math.abs((await offsetNow()) - seconds * 1000) < 3_000,
            HEALTH_TIMEOUT_MS,
            'the clock did not move',
          );
          const seen = await offsetNow();
          await pause(between(500, 2_500));
          return `its answers were dated ${Math.round(seen / 1000)} s off`;
        } finally {
          clock.set(0);
        }
      });
    }
  }
  return faults;
}

/** How often the proxy did it meanwhile: for so long at least, and until there was something to do it to. */
async function counted(
  proxy: FaultProxy,
  what: 'held' | 'delayed' | 'throttled',
  ms: number,
  { begin, end }: { begin: () => void; end: () => void },
): Promise<number> {
  const before = proxy.counts[what];
  const done = () => proxy.counts[what] - before;
  begin();
  try {
    await pause(ms);
    await until(() => done() > 0, SOMETHING_PASSES_MS, `the fault struck nothing: nothing was ${what}`);
  } finally {
    end();
  }
  return done();
}
