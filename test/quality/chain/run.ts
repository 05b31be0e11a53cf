import { emptyState, loadStore, nextDue, saveStore, step } from '../../../alerting/engine/engine.ts';
import type { EngineEvent, RulePack } from '../../../alerting/engine/types.ts';
import { fraction, hashText } from '../../../cli/demo/random.ts';
import type { StoreKey } from '../../../protocol/names.ts';
import { enact, install } from './enact.ts';
import type { FleetStore } from './fleet.ts';
import { MajorWatch } from './majors.ts';
import { live, type Noise } from './noise.ts';
import { Observer, type Seen } from './observe.ts';
import type { Shared, TrueFault } from './truth.ts';
import { INTERVAL_MS, type SimDevice, World } from './world.ts';

export interface RunOptions {
  seed: number;
  pack: RulePack;
  fleet: readonly FleetStore[];
  /** Enacted; judgement is handed events and nothing else. */
  faults: readonly TrueFault[];
  /** What comes to stores, as far as it is new. */
  shared: readonly Shared[];
  noise: Noise;
  from: number;
  to: number;
  /** Told after each simulated day. */
  onDay?: (day: number) => void;
}

export interface RunResult {
  seen: Seen;
  events: number;
  reports: number;
  late: number;
  ticks: number;
}

/** Judges the life of a chain, event by event, on a clock that jumps from one to the next. */
export function judgeChain({ seed, pack, fleet, faults, shared, noise, from, to, onDay }: RunOptions): RunResult {
  const observer = new Observer();
  const majors = new MajorWatch(
    fleet,
    noise.works.map(({ window }) => window),
    pack.correlation,
  );
  /** Stores with something to keep: written when the collector goes down, which comes to what it would have on its disk. */
  const kept = new Set<StoreKey>();
  let state = emptyState(pack);
  let events = 0;
  let ticks = 0;
  let isAway = false;
  let waiting: EngineEvent[] = [];

  function apply(event: EngineEvent, now: number): void {
    // What an agent tells of itself waits for the collector.
    if (isAway && event.kind === 'observed') waiting.push(event);
    if (isAway) return;
    events++;
    if (event.kind === 'observed') majors.observe(event.device, event.attributes, now);
    const result = step(state, event, now);
    if (result.transitions.length === 0 && result.effects.length === 0) return;
    observer.take(result, now);
    if (result.effects.some(({ kind }) => kind === 'incident')) majors.take(result.effects, now);
    for (const effect of result.effects) if (effect.kind === 'save') kept.add(effect.store);
  }

  function define(now: number): void {
    const saved = [...kept].flatMap((store) => {
      const text = saveStore(state, store);
      return text === undefined ? [] : [[store, text] as const];
    });
    state = emptyState(pack);
    step(state, { kind: 'maintenance', windows: noise.works.map(({ window }) => window) }, now);
    for (const { key, store, told } of fleet) {
      step(state, { kind: 'inventory', store: key, simulated: true, definition: store }, now);
      step(state, { kind: 'topology', store: key, parents: told }, now);
    }
    for (const { fleet: each, facts } of world.devices.values())
      if (Object.keys(facts).length > 0)
        step(state, { kind: 'observed', device: each.key, attributes: { ...facts } }, now);
    for (const [store, text] of saved) loadStore(state, store, text);
    apply({ kind: 'started' }, now);
    observer.look(
      state,
      fleet.map(({ key }) => key),
      now,
    );
  }

  const world = new World(fleet, seed, from, (event) => apply(event, world.now));
  define(from);
  world.begin();
  for (const fault of [...faults, ...noise.overruns]) enact(world, fault);
  for (const each of shared) install(world, each);
  live(world, { seed, fleet, from, to }, noise);
  for (const { at, awayMs } of noise.restarts)
    world.agenda.add(at, () => {
      isAway = true;
      world.after(awayMs, () => {
        isAway = false;
        define(world.now);
        for (const event of waiting) apply(event, world.now);
        waiting = [];
        world.reconnectAll();
      });
    });
  for (let day = 1; from + day * 86_400_000 <= to; day++) world.agenda.add(from + day * 86_400_000, () => onDay?.(day));

  const turns = [...world.devices.values()]
    .map((device) => ({
      device,
      phase: Math.floor(fraction(hashText(seed, `turn ${device.fleet.key}`)) * INTERVAL_MS),
    }))
    .sort((a, b) => a.phase - b.phase);
  let turn = 0;
  let round = from;
  for (;;) {
    const { device, phase } = turns[turn] as { device: SimDevice; phase: number };
    const reportAt = round + phase;
    const dueAt = isAway
      ? Number.POSITIVE_INFINITY
      : Math.min(nextDue(state) ?? Number.POSITIVE_INFINITY, majors.nextDue());
    const next = Math.min(reportAt, dueAt, world.agenda.nextAt());
    if (next >= to) break;
    world.now = Math.max(world.now, next);
    if (dueAt === next) {
      ticks++;
      if ((nextDue(state) ?? Number.POSITIVE_INFINITY) <= world.now) apply({ kind: 'tick' }, world.now);
      if (majors.nextDue() <= world.now) majors.take([], world.now);
    } else if (reportAt > next) world.agenda.run();
    else {
      world.report(device);
      if (++turn === turns.length) {
        turn = 0;
        round += INTERVAL_MS;
      }
    }
  }
  return { seen: { ...observer.seen(), majors: majors.seen }, events, reports: world.reports, late: world.late, ticks };
}
