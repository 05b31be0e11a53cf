import { globMatcher } from '../../protocol/glob.ts';
import type { Device, OpeningHours, Store } from '../../protocol/inventory.ts';
import type { StoreKey } from '../../protocol/names.ts';
import { Calendar } from './calendar.ts';
import type { Contract, Holder, Judgement, Sales } from './judgement.ts';
import { matchAttributes } from './scope.ts';
import { ServiceTime } from './sla.ts';

/** A store as far as it is asked here. */
export interface Placed {
  key: StoreKey;
  definition: Store;
  calendar: Calendar | undefined;
}

/** A contract, and the time in which its clocks run. */
export interface Terms {
  contract: Contract;
  time: ServiceTime;
}

/** Judgement's data, its patterns read once. */
export interface CompiledJudgement {
  readonly matrix: Judgement['matrix'];
  readonly impact: Judgement['impact'];
  /** How much a store counts, by its class. */
  weightOf(store: Store): number;
  /** What was agreed for this cause; undefined: nothing. */
  termsFor(store: Placed, device: Device | undefined): Terms | undefined;
  salesOf(store: Placed): Sales | undefined;
  /** The time in which a store is open. */
  openTimeOf(store: Placed): ServiceTime;
}

export function compileJudgement({ matrix, impact, contracts, sales }: Judgement): CompiledJudgement {
  const contractFor = firstHolder(contracts);
  const salesFor = firstHolder(sales);
  const always = new ServiceTime(undefined);
  const openTimes = new Map<Calendar, ServiceTime>();
  const agreedTimes = new Map<string, ServiceTime>();

  function openTimeOf({ calendar }: Placed): ServiceTime {
    return calendar === undefined ? always : kept(openTimes, calendar, () => new ServiceTime(calendar));
  }

  function agreedTime(hours: OpeningHours, timeZone: string): ServiceTime {
    const key = `${timeZone} ${JSON.stringify(hours)}`;
    return kept(agreedTimes, key, () => new ServiceTime(new Calendar(hours, timeZone)));
  }

  return {
    matrix,
    impact,
    weightOf: ({ attributes = {} }) => {
      const name = Object.hasOwn(attributes, impact.classAttribute) ? attributes[impact.classAttribute] : undefined;
      return name !== undefined && Object.hasOwn(impact.weights, name) ? (impact.weights[name] ?? 1) : 1;
    },
    termsFor: (store, device) => {
      const contract = contractFor(store, device);
      if (!contract) return undefined;
      const { serviceHours } = contract;
      if (serviceHours === undefined) return { contract, time: openTimeOf(store) };
      if (serviceHours === 'always') return { contract, time: always };
      return { contract, time: agreedTime(serviceHours, store.definition.timeZone) };
    },
    salesOf: (store) => salesFor(store, undefined),
    openTimeOf,
  };
}

function firstHolder<Held extends Holder>(all: readonly Held[]) {
  const compiled = all.map((held) => ({
    held,
    takesChain: (held.chains ?? ['*']).map((pattern) => globMatcher(pattern)),
    takesAttributes: matchAttributes(held.attributes ?? {}),
  }));
  return ({ key, definition }: Placed, device: Device | undefined): Held | undefined => {
    const chain = key.slice(0, key.indexOf('/'));
    const described = {
      store: definition.attributes,
      device: device?.attributes,
      asset: device?.asset as Readonly<Record<string, string>> | undefined,
      observed: undefined,
    };
    return compiled.find(
      ({ takesChain, takesAttributes }) => takesChain.some((takes) => takes(chain)) && takesAttributes(described),
    )?.held;
  };
}

function kept<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}
