import type { Inventory } from '../../protocol/inventory.ts';
import { brokerAddress } from './broker-address.ts';
import type { Fault } from './faults/fault.ts';
import { createPacer } from './pacer.ts';
import { planRounds, strike } from './plan.ts';
import { createRandom, fraction, hashText } from './random.ts';
import type { DemoDay, Happening } from './scenario.ts';
import { SimulatedSite } from './simulated-site.ts';
import { sitesOf } from './sites.ts';

export interface SimulatorOptions {
  /** The broker, as `mqtt://host:port`. It may come later: the agents wait for it. */
  url: string;
  /** Only chains marked simulated are spoken for. */
  inventory: Inventory;
  day: DemoDay;
  seed: number;
  /** How many seconds of the day pass in one; 1 by default. Reports keep their pace. */
  speed?: number;
  /** Seconds between two reports of one device; 30 by default. */
  intervalS?: number;
  /** MQTT keepalive; 10 s by default. */
  keepaliveS?: number;
  /** Seconds over which the first connections are spread; 8 by default. */
  connectOverS?: number;
  now: () => number;
  log: (event: SimulatorEvent) => void;
}

/** What the simulator has to tell; whoever shows it finds the words. */
export type SimulatorEvent =
  | { kind: 'connected'; gateways: number; of: number }
  /** No gateway gets through; `code` is the system’s, such as ECONNREFUSED. Told once until one does. */
  | { kind: 'no-broker'; code: string }
  | { kind: 'fault'; fault: Fault };

export interface Simulator {
  /** Every agent says goodbye; done within some 2 s. */
  stop(): Promise<void>;
  /** All that was done so far, by time: the truth to compare judgement with. */
  happenings(): Fault[];
  /** Makes something happen now. Throws a RangeError when it fits no store. */
  trigger(happening: Happening): Fault[];
  stats(): SimulatorStats;
}

export interface SimulatorStats {
  gateways: number;
  connected: number;
  devices: number;
  /** Reports acknowledged. */
  acknowledged: number;
  /** Reports waiting for their acknowledgement. */
  waiting: number;
}

const TICK_MS = 100;
/** Half an hour of an ordinary store’s reports, and bounded memory for 500 stores. */
const OUTBOX_LIMIT = 1_000;
/** Truth remembered; days of it. */
const HAPPENINGS_KEPT = 20_000;

/**
 * Starts an agent for every simulated store and lets the day begin. Doesn’t wait for the broker.
 * Throws a RangeError when the URL, the inventory or the day can’t be used.
 */
export function startSimulator(options: SimulatorOptions): Simulator {
  const { inventory, day, seed, now, log, speed = 1, intervalS = 30, keepaliveS = 10, connectOverS = 8 } = options;
  const startedAt = now();
  const sites = sitesOf(inventory);
  const tell = createTeller(sites.length, log);
  // Each run draws its own boots and pauses; what happens in it does not depend on them.
  const random = createRandom(hashText(seed, String(startedAt)));
  const simulated = sites.map(
    (site) =>
      new SimulatedSite({
        site,
        seed,
        address: brokerAddress(options.url),
        intervalS,
        keepaliveS,
        outboxLimit: OUTBOX_LIMIT,
        now,
        draw: random.next,
        onConnection: () => tell.connected(countConnected()),
        onProblem: tell.problem,
      }),
  );
  const countConnected = () => simulated.reduce((count, { agent }) => count + Number(agent.connected), 0);
  const byKey = new Map(simulated.map((each) => [each.site.key, each]));
  const turns = simulated.flatMap((each) => each.site.devices.map(({ key }, device) => ({ each, device, key })));
  const due = createPacer(turns, intervalS * 1000, ({ key }) => fraction(hashText(seed, `turn ${key}`)), startedAt);

  const rounds = planRounds({ day, sites, seed, startedAt, speed });
  let round = rounds.next().value;
  let planned = [...round.faults];
  const roundMs = (1000 * day.everyS) / speed;
  const done: Fault[] = [];
  const troubled = new Set<SimulatedSite>();
  let triggers = 0;

  const begin = (fault: Fault) => {
    const each = byKey.get(fault.store);
    if (!each) return;
    done.push(fault);
    if (done.length > HAPPENINGS_KEPT) done.shift();
    each.suffer(fault);
    troubled.add(each);
    log({ kind: 'fault', fault });
  };

  const tick = () => {
    const at = now();
    // Once the next day dawns its plan joins what is left of this one’s.
    while (at >= round.from + roundMs) {
      round = rounds.next().value;
      planned.push(...round.faults);
    }
    const begun = planned.filter((fault) => fault.from <= at);
    if (begun.length > 0) planned = planned.filter((fault) => fault.from > at);
    begun.forEach(begin);
    for (const each of troubled) {
      const still = each.troubled;
      each.settle();
      if (!still) troubled.delete(each);
    }
    for (const { each, device } of due(at)) each.report(device);
  };

  const timer = setInterval(tick, TICK_MS);
  for (const { agent } of simulated) agent.start(random.next() * connectOverS * 1000);

  return {
    async stop() {
      clearInterval(timer);
      await Promise.all(simulated.map(({ agent }) => agent.stop()));
    },
    happenings: () => done.toSorted((a, b) => a.from - b.from),
    trigger(happening) {
      const at = now();
      const faults = strike({
        happening,
        sites,
        seed: hashText(seed, `trigger ${++triggers}`),
        id: `t${triggers}`,
        at,
        lastsMs: happening.forS * 1000,
        restMs: roundMs,
        busy: new Map([...troubled].map(({ site }) => [site.key, Number.POSITIVE_INFINITY])),
      });
      planned.push(...faults);
      tick();
      return faults;
    },
    stats: () => ({
      gateways: simulated.length,
      connected: countConnected(),
      devices: turns.length,
      acknowledged: simulated.reduce((sum, { agent }) => sum + agent.acknowledged, 0),
      waiting: simulated.reduce((sum, { agent }) => sum + agent.waiting, 0),
    }),
  };
}

/** Tells of connections when all are there or none gets through, and not 500 times on the way. */
function createTeller(gateways: number, log: (event: SimulatorEvent) => void) {
  let told = 0;
  let connected = 0;
  let saidNoBroker = false;
  return {
    connected(count: number) {
      connected = count;
      if (count > 0) saidNoBroker = false;
      if (count === told || (count !== gateways && count !== 0)) return;
      told = count;
      log({ kind: 'connected', gateways: count, of: gateways });
    },
    problem(error: Error & { code?: unknown }) {
      if (saidNoBroker || connected > 0) return;
      saidNoBroker = true;
      log({ kind: 'no-broker', code: String(error.code ?? error.message) });
    },
  };
}
