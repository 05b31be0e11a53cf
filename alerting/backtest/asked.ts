import type { Device, Store } from '../../protocol/inventory.ts';
import type { DeviceKey } from '../../protocol/names.ts';
import type { Judged } from '../engine/compile-rules.ts';
import { ON_BATTERY } from '../engine/reserves.ts';
import { type EngineState, judgedFor, newState } from '../engine/state.ts';
import type { Rule, RulePack } from '../engine/types.ts';
import type { SeriesName } from './ports.ts';

/** What rules want to know of one quantity: which of its readings may matter to them. */
export interface Ask {
  /** Every reading: a window is made of all of them, and one that stays away is told by the others. */
  all: boolean;
  /** At least one in so many milliseconds; Infinity where none is asked for by time alone. */
  everyMs: number;
  /** Beyond these no rule calls it well. */
  above: number;
  below: number;
  /** Any of these bits. */
  bits: number;
  /** So long after the last that was beyond, readings may still matter. */
  tailMs: number;
}

/** By measurement, then field. */
export type Asked = ReadonlyMap<string, ReadonlyMap<string, Ask>>;

/** A forecast takes one reading in an hour, one in a quarter of it while its alert stands. */
const FORECAST_EVERY_MS = 15 * 60_000;
/** What stores live on is forgotten after so long without a word: the word that it ended must come through. */
const RESERVE_TAIL_MS = 60 * 60_000;

/** All that the rules of a device want to know. */
export interface Asking {
  asked: Asked;
  /** The longest a fault of any of them has to be gone. */
  clearMs: number;
}

/** Finds what the rules of some packs want to know of each device. */
export class Inquiry {
  readonly #states: readonly EngineState[];
  /** Devices that are judged alike are asked alike: there are few such sets. */
  readonly #numbers = new Map<Judged, number>();
  readonly #known = new Map<string, Asking>();

  constructor(packs: readonly RulePack[]) {
    this.#states = packs.map(newState);
  }

  /** By the very rules that judge the device, with what overrides make of them. */
  of(store: Store, device: Device, key: DeviceKey, observed: Readonly<Record<string, string>> | undefined): Asking {
    const judged = this.#states.map((state) => {
      if (observed) state.observed.set(key, observed);
      const found = judgedFor(state, store, device, key);
      state.observed.delete(key);
      return found;
    });
    const name = judged.map((one) => this.#numberOf(one)).join();
    const known = this.#known.get(name) ?? askingOf(judged.flatMap(({ rules }) => [...rules]));
    this.#known.set(name, known);
    return known;
  }

  #numberOf(judged: Judged): number {
    const number = this.#numbers.get(judged) ?? this.#numbers.size;
    this.#numbers.set(judged, number);
    return number;
  }
}

export const asks = (asked: Asked, { measurement, field }: SeriesName): Ask | undefined =>
  asked.get(measurement)?.get(field);

export const isBeyond = ({ above, below, bits }: Ask, value: number): boolean =>
  value > above || value < below || (bits !== 0 && (value & bits) !== 0);

const askingOf = (rules: readonly Rule[]): Asking => ({
  asked: askedBy(rules),
  clearMs: 1000 * Math.max(0, ...rules.map(({ clearForS }) => clearForS)),
});

function askedBy(rules: readonly Rule[]): Asked {
  const asked = new Map<string, Map<string, Ask>>();
  const ask = (measurement: string, field: string, more: Partial<Ask>): void => {
    const fields = asked.get(measurement) ?? new Map<string, Ask>();
    asked.set(measurement, fields);
    const known = fields.get(field) ?? NOTHING;
    fields.set(field, {
      all: known.all || more.all === true,
      everyMs: Math.min(known.everyMs, more.everyMs ?? known.everyMs),
      above: Math.min(known.above, more.above ?? known.above),
      below: Math.max(known.below, more.below ?? known.below),
      bits: known.bits | (more.bits ?? 0),
      tailMs: Math.max(known.tailMs, more.tailMs ?? 0),
    });
  };
  ask('unsent_sales', 'selling_offline', { above: 0, tailMs: RESERVE_TAIL_MS });
  ask('wan_path', 'on_backup', { above: 0, tailMs: RESERVE_TAIL_MS });
  ask('upsd', 'status_flags', { bits: ON_BATTERY, tailMs: RESERVE_TAIL_MS });
  for (const rule of rules) {
    if (!('measurement' in rule)) continue;
    const { measurement, field } = rule;
    if (rule.type === 'sales' && rule.session !== undefined) ask(measurement, rule.session, { all: true });
    if (rule.type === 'forecast') {
      ask(measurement, field, { everyMs: FORECAST_EVERY_MS });
      for (const other of Object.keys(rule.when)) ask(measurement, other, {});
    } else if (rule.type !== 'threshold' || rule.window || rule.noData) ask(measurement, field, { all: true });
    else {
      const tailMs = rule.clearForS * 1000;
      ask(
        measurement,
        field,
        rule.direction === 'above' ? { above: rule.clear, tailMs } : { below: rule.clear, tailMs },
      );
    }
  }
  return asked;
}

const NOTHING: Ask = {
  all: false,
  everyMs: Number.POSITIVE_INFINITY,
  above: Number.POSITIVE_INFINITY,
  below: Number.NEGATIVE_INFINITY,
  bits: 0,
  tailMs: 0,
};
