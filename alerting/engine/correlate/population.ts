import type { Store } from '../../../protocol/inventory.ts';
import type { MaintenanceWindow } from '../../../protocol/maintenance.ts';
import type { StoreKey } from '../../../protocol/names.ts';
import { Calendar } from '../calendar.ts';
import { coveredBy } from '../maintenance/cover.ts';
import { deployedTo, isDeployment, isNewAt, type Telling } from './deployed.ts';
import { readTrait, type Trait, traitsOf } from './traits.ts';

/** A store as it is described; asked for what its devices tell when that is needed. */
export interface Described extends Telling {
  definition: Store;
}

/** The attribute of a change under way: who was part of it is asked of its scope. */
export const CHANGE = 'change';

/** The stores of one chain, by what they have. */
export class Population {
  readonly #stores = new Map<StoreKey, Described>();
  readonly #traits = new Map<StoreKey, ReadonlySet<Trait>>();
  /** What came to stores lately, of those to which something did. */
  readonly #deployed = new Map<StoreKey, ReadonlyMap<Trait, number>>();
  readonly #texts = new Map<Trait, Trait>();
  /** By hours and zone: stores mostly share them. */
  readonly #calendars = new Map<string, Calendar>();
  readonly #calendarOf = new Map<StoreKey, Calendar>();
  /** Stores whose traits are not read yet. */
  readonly #unread = new Set<StoreKey>();
  #byTrait: Map<Trait, StoreKey[]> | undefined;
  #byDeployment: Map<Trait, [StoreKey, number][]> | undefined;

  get size(): number {
    return this.#stores.size;
  }

  /** A store as it is from now on; undefined takes it away. */
  define(store: StoreKey, described: Described | undefined): void {
    if (described) this.#stores.set(store, described);
    else this.#stores.delete(store);
    const calendar = described && this.#calendarFor(described.definition);
    if (calendar) this.#calendarOf.set(store, calendar);
    else this.#calendarOf.delete(store);
    this.forget(store);
    if (!described) this.#unread.delete(store);
  }

  /** Which stores are open at this instant. */
  openAt(now: number): (store: StoreKey) => boolean {
    const known = new Map<Calendar, boolean>();
    return (store) => {
      const calendar = this.#calendarOf.get(store);
      if (!calendar) return true;
      const isOpen = known.get(calendar) ?? calendar.isOpen(now);
      known.set(calendar, isOpen);
      return isOpen;
    };
  }

  described(store: StoreKey): Described | undefined {
    return this.#stores.get(store);
  }

  /** What its devices tell of themselves has changed. */
  forget(store: StoreKey): void {
    this.#traits.delete(store);
    this.#deployed.delete(store);
    this.#unread.add(store);
    this.#byTrait = undefined;
    this.#byDeployment = undefined;
  }

  /** The clock was set by so much. */
  clockStepped(byMs: number): void {
    for (const [store, came] of this.#deployed)
      this.#deployed.set(store, new Map(Array.from(came, ([trait, at]) => [trait, at + byMs])));
    this.#byDeployment = undefined;
  }

  /** Reads a few that are not read yet, so that an outage need not wait for all of them. */
  readSome(most: number): void {
    let left = most;
    for (const store of this.#unread) {
      if (left-- === 0) return;
      this.#traitsOf(store);
    }
  }

  stores(): Iterable<StoreKey> {
    return this.#stores.keys();
  }

  /** Stores that have it at this instant. */
  having(trait: Trait, changes: ReadonlyMap<string, MaintenanceWindow>, now: number): Iterable<StoreKey> {
    if (isDeployment(trait)) return newAt(this.#deployments().get(trait), now);
    const { attribute, value } = readTrait(trait);
    if (attribute !== CHANGE) return this.#index().get(trait) ?? [];
    const window = changes.get(value);
    if (!window) return [];
    const covers = coveredBy(window);
    return [...this.#stores].flatMap(([key, { definition }]) => (covers({ key, definition }) ? [key] : []));
  }

  /** How many values could be named: those of some stores, but not of all. */
  tried(least: number, now: number): number {
    let tried = 0;
    const count = (stores: number) => {
      if (stores >= least && stores < this.#stores.size) tried++;
    };
    for (const { length } of this.#index().values()) count(length);
    for (const came of this.#deployments().values()) count(newAt(came, now).length);
    return tried;
  }

  #calendarFor({ hours, timeZone }: Store): Calendar | undefined {
    if (!hours) return undefined;
    const key = `${timeZone} ${JSON.stringify(hours)}`;
    const calendar = this.#calendars.get(key) ?? new Calendar(hours, timeZone);
    this.#calendars.set(key, calendar);
    return calendar;
  }

  #index(): Map<Trait, StoreKey[]> {
    if (this.#byTrait) return this.#byTrait;
    const byTrait = new Map<Trait, StoreKey[]>();
    for (const store of this.#stores.keys()) {
      for (const trait of this.#traitsOf(store)) {
        const known = byTrait.get(trait);
        if (known) known.push(store);
        else byTrait.set(trait, [store]);
      }
    }
    this.#byTrait = byTrait;
    return byTrait;
  }

  #deployments(): Map<Trait, [StoreKey, number][]> {
    if (this.#byDeployment) return this.#byDeployment;
    this.#index();
    const byDeployment = new Map<Trait, [StoreKey, number][]>();
    for (const [store, came] of this.#deployed) {
      for (const [trait, at] of came) {
        const known = byDeployment.get(trait);
        if (known) known.push([store, at]);
        else byDeployment.set(trait, [[store, at]]);
      }
    }
    this.#byDeployment = byDeployment;
    return byDeployment;
  }

  /** Read once, until it changes; stores mostly have the same few, which are one text. */
  #traitsOf(store: StoreKey): ReadonlySet<Trait> {
    const known = this.#traits.get(store);
    if (known) return known;
    const described = this.#stores.get(store) as Described;
    const { definition, observed } = described;
    const traits = new Set<Trait>();
    for (const trait of traitsOf(definition, observed)) traits.add(this.#shared(trait));
    const came = deployedTo(described, definition.devices);
    if (came.size > 0) this.#deployed.set(store, came);
    this.#traits.set(store, traits);
    this.#unread.delete(store);
    return traits;
  }

  #shared(trait: Trait): Trait {
    const known = this.#texts.get(trait);
    if (known !== undefined) return known;
    this.#texts.set(trait, trait);
    return trait;
  }
}

const newAt = (came: readonly (readonly [StoreKey, number])[] = [], now: number): StoreKey[] =>
  came.flatMap(([store, at]) => (isNewAt(at, now) ? [store] : []));
