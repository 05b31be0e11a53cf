import type { Store } from '../../../protocol/inventory.ts';
import type { RulePack } from '../../engine/types.ts';
import { compare, type Difference, differ } from './compare.ts';
import { type Sample, samplesOf } from './readings.ts';
import type { Moment, Scenario } from './scenario.ts';
import { packOf } from './scenario-pack.ts';
import { toMs } from './spans.ts';
import { NotThereError, World } from './world.ts';

/**
 * Plays a scenario through the engine, and tells how what came of it differs from what was expected: nothing where it came
 * as expected. `clocks`: how the clock is set before what happens at the moments, one after the other.
 *
 * @throws {RulePackError} when its rules are none.
 * @throws {NotThereError} when it speaks of a device, a store or an incident that is not there.
 */
export function play(scenario: Scenario, clocks: readonly string[] = []): Difference[] {
  return playBy(packOf(scenario), scenario, clocks);
}

function playBy(pack: RulePack, scenario: Scenario, clocks: readonly string[]): Difference[] {
  const stores = scenario.stores.flatMap(({ copies: count = scenario.copies, ...store }) => copies(store, count));
  const world = new World(pack, stores, Date.parse(scenario.start), toMs(scenario.every ?? '30s'));
  const told = new Telling(world);
  const samples = samplesOf(scenario.series ?? []);
  const differences: Difference[] = [];
  if (scenario.timeline.every(({ start }) => start === undefined)) world.start(world.devices('all'));
  let next = 0;
  const runUntil = (at: number) => {
    for (let first = samples[next]; first !== undefined && first.at <= at; first = samples[next]) {
      world.runUpTo(world.startAt + first.at);
      while (samples[next]?.at === first.at) told.take(samples[next++] as Sample);
      told.tell();
    }
    world.runUntil(world.startAt + at);
  };
  for (const [index, moment] of scenario.timeline.entries()) {
    runUntil(toMs(moment.at));
    const clock = clocks[index % clocks.length];
    if (clock !== undefined) world.setClock(toMs(clock));
    happen(world, told, moment);
    // What is due at this very moment happens before it is looked at.
    world.runUntil(world.now);
    if (moment.expect) differences.push(...compare(world, moment.at, moment.expect));
  }
  if (scenario.log) differences.push(...differ('', 'log', scenario.log, world.log));
  return differences;
}

/** What the devices' reports say: what the series tell, and what the moments add to it. */
class Telling {
  readonly #world: World;
  readonly #own = new Map<string, Pick<Sample, 'points' | 'statuses'>>();
  readonly #series = new Map<string, Map<number, Sample>>();
  readonly #changed = new Set<string>();

  constructor(world: World) {
    this.#world = world;
  }

  take(sample: Sample): void {
    for (const device of this.#world.devices([sample.of])) {
      const known = this.#series.get(device) ?? new Map<number, Sample>();
      this.#series.set(device, known.set(sample.series, sample));
      this.#changed.add(device);
    }
  }

  say(name: string, says: Partial<Pick<Sample, 'points' | 'statuses'>>): void {
    for (const device of this.#world.devices([name])) {
      this.#own.set(device, { ...(this.#own.get(device) ?? { points: [], statuses: [] }), ...says });
      this.#changed.add(device);
      this.tell();
    }
  }

  tell(): void {
    for (const device of this.#world.devices('all')) {
      if (!this.#changed.delete(device)) continue;
      const all = [...(this.#series.get(device)?.values() ?? []), ...[this.#own.get(device) ?? []].flat()];
      this.#world.say(device, {
        points: all.flatMap(({ points }) => points),
        statuses: all.flatMap(({ statuses }) => statuses),
      });
    }
  }
}

function happen(world: World, told: Telling, moment: Moment): void {
  for (const [name, attributes] of Object.entries(moment.observed ?? {})) {
    for (const device of world.devices([name])) world.observe(device, attributes);
  }
  if (moment.maintenance) world.plan(moment.maintenance);
  if (moment.define) world.define(moment.define);
  for (const [store, parents] of Object.entries(moment.topology ?? {})) world.connect(store, parents);
  if (moment.remove) world.remove(moment.remove);
  const clockMs = toMs(moment.clock ?? '0s');
  if (moment.restart) world.restart(toMs(moment.restart), clockMs);
  else if (clockMs !== 0) world.setClock(clockMs);
  for (const evidence of ['lost', 'stopped', 'unreachable'] as const) {
    const devices = world.devices(moment[evidence] ?? []);
    world.mute(devices);
    for (const device of devices) world.presence(device, evidence, moment.seen);
  }
  if (moment.mute) world.mute(world.devices(moment.mute));
  if (moment.start) world.start(world.devices(moment.start));
  for (const [name, points] of Object.entries(moment.reads ?? {})) told.say(name, { points });
  for (const [name, statuses] of Object.entries(moment.says ?? {})) told.say(name, { statuses });
  for (const [name, perHour] of Object.entries(moment.sells ?? {})) {
    for (const device of world.devices([name])) world.sell(device, perHour);
  }
  for (const [name, isStaffed] of Object.entries(moment.staffed ?? {})) {
    for (const device of world.devices([name])) world.staff(device, isStaffed);
  }
  for (const [name, points] of Object.entries(moment.late ?? {})) {
    for (const device of world.devices([name])) {
      world.apply({ kind: 'report', device, at: world.now - 3_600_000, late: true, points, statuses: [] });
    }
  }
  for (const [name, ages] of Object.entries(moment.kept ?? {})) {
    for (const device of world.devices([name])) {
      for (const age of ages) {
        world.apply({ kind: 'report', device, at: world.now - toMs(age), late: true, points: [], statuses: [] });
      }
    }
  }
  const incidentOf = (target: string) => {
    const found = world.incidentOf(target);
    if (!found) throw new NotThereError(`${moment.at}: no open incident of ${target}`);
    return found.key;
  };
  if (moment.acknowledge) world.apply({ kind: 'acknowledge', incident: incidentOf(moment.acknowledge), by: 'Inès' });
  if (moment.hold) {
    const { incident, why, until } = moment.hold;
    const end = until === undefined ? {} : { until: world.startAt + toMs(until) };
    world.apply({ kind: 'hold', incident: incidentOf(incident), by: 'Inès', why, ...end });
  }
  if (moment.resume) world.apply({ kind: 'resume', incident: incidentOf(moment.resume), by: 'Inès' });
  if (moment.comment) world.apply({ kind: 'comment', incident: incidentOf(moment.comment), by: 'Inès', text: 'on it' });
}

function copies(store: Store, count: number | undefined): Store[] {
  if (count === undefined) return [store];
  return Array.from({ length: count }, (_, index) => ({ ...store, name: `${store.name}-${index + 1}` }));
}
