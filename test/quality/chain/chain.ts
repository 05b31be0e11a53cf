import type { RulePack } from '../../../alerting/engine/types.ts';
import { type FleetStore, makeFleet } from './fleet.ts';
import { type Noise, planNoise } from './noise.ts';
import { planFaults } from './plan.ts';
import { judgeChain, type RunResult } from './run.ts';
import type { Truth } from './truth.ts';

const DAY_MS = 86_400_000;
/** The night in which clocks in Paris go back in 2026, and the midnight before: a run has it in its middle. */
const CLOCK_CHANGE = Date.parse('2026-10-24T22:00:00Z');

export interface ChainOptions {
  seed: number;
  stores: number;
  days: number;
}

/** A chain with its faults and its noise, drawn and not yet lived. */
export interface Chain extends ChainOptions {
  fleet: FleetStore[];
  noise: Noise;
  truth: Truth;
}

export function drawChain({ seed, stores, days }: ChainOptions): Chain {
  const from = CLOCK_CHANGE - Math.floor(days / 2) * DAY_MS;
  const to = from + days * DAY_MS;
  const fleet = makeFleet({ seed, stores, from, to });
  const { faults: planned, shared } = planFaults({ seed, fleet, from, to });
  const noise = planNoise({ seed, fleet, from, to }, planned);
  const faults = [...planned, ...noise.overruns].sort((a, b) => a.from - b.from);
  return {
    seed,
    stores,
    days,
    fleet,
    noise,
    truth: { seed, stores, days, from, until: to, faults, shared, values: valuesIn(fleet) },
  };
}

/** Of whatever may be known of a store: its attributes, those of its devices, and which versions its tills have. */
function valuesIn(fleet: readonly FleetStore[]): number {
  const having = new Map<string, number>();
  for (const { store } of fleet) {
    const values = new Set([`region ${store.region}`, `installed ${store.attributes?.posVersion}`]);
    for (const [name, value] of Object.entries(store.attributes ?? {})) values.add(`store ${name} ${value}`);
    for (const { attributes = {} } of store.devices)
      for (const [name, value] of Object.entries(attributes)) values.add(`device ${name} ${value}`);
    for (const value of values) having.set(value, (having.get(value) ?? 0) + 1);
  }
  return [...having.values()].filter((stores) => stores >= 3 && stores < fleet.length).length;
}

/** Lives it, and has it judged. */
export function liveChain(
  { seed, fleet, noise, truth }: Chain,
  pack: RulePack,
  onDay?: (day: number) => void,
): RunResult {
  const faults = truth.faults.filter(({ kind }) => kind !== 'work-overruns');
  return judgeChain({
    seed,
    pack,
    fleet,
    faults,
    shared: truth.shared,
    noise,
    from: truth.from,
    to: truth.until,
    ...(onDay && { onDay }),
  });
}
