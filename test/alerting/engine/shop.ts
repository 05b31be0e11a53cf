import type { RulePack } from '../../../alerting/engine/types.ts';
import type { Store } from '../../../protocol/inventory.ts';
import { Lab } from './lab.ts';

/** A number in [0, 1) at each call, the same sequence for the same seed. */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  };
}

/** How many there are where so many are expected, by chance (Poisson). */
function poisson(random: () => number, expected: number): number {
  const none = Math.exp(-expected);
  let count = 0;
  for (let left = random(); left > none; left *= random()) count++;
  return count;
}

/** Of mean 1 and the given variance, 1 over a whole number (Erlang). */
function unevenness(random: () => number, variance: number): number {
  const shape = Math.round(1 / variance);
  let sum = 0;
  for (let part = 0; part < shape; part++) sum -= Math.log(1 - random());
  return sum / shape;
}

export interface ShopOptions {
  pack: RulePack;
  store: Store;
  seed: number;
  /** Sales of a till in an hour that begins at this instant, by its place in the store. */
  rate: (at: number, place: number) => number;
  /** Variance of a till's hours, and of the store's, beyond chance. */
  uneven?: { till: number; store: number };
  /** Seconds between two reports. */
  everyS?: number;
}

/** A store whose tills count what they sell. */
export class Shop {
  readonly lab: Lab;
  readonly totals: number[];
  /** Places of tills that sell nothing, whatever is expected. */
  readonly dead = new Set<number>();
  /** Places of tills that tell nothing. */
  readonly silent = new Set<number>();
  /** Whether somebody is at the till, by its place; absent: not told. */
  readonly sessions = new Map<number, boolean>();
  /** All sell this share of what they would. */
  share = 1;
  readonly #options: ShopOptions;
  readonly #random: () => number;
  readonly #factors: number[];
  #hour = -1;

  constructor(options: ShopOptions, startAt: number) {
    this.#options = options;
    this.#random = randomOf(options.seed);
    this.lab = new Lab(options.pack);
    this.lab.now = startAt;
    this.lab.define(options.store);
    this.totals = options.store.devices.map(() => 0);
    this.#factors = options.store.devices.map(() => 1);
    for (const { name } of options.store.devices) this.lab.presence(this.#key(name), 'birth', this.#everyS);
  }

  /** Lets the shop go on until `at`. */
  runTo(at: number): void {
    const { store } = this.#options;
    while (this.lab.now + this.#everyS * 1000 <= at) {
      this.lab.pass(this.#everyS);
      this.#turnHour();
      for (const [place, { name }] of store.devices.entries()) {
        this.#sell(place);
        if (!this.silent.has(place)) this.lab.report(this.#key(name), [{ m: 'last_sale', f: this.told(place) }]);
      }
    }
  }

  told(place: number): Record<string, number> {
    const session = this.sessions.get(place);
    return {
      sales_total: this.totals[place] ?? 0,
      ...(session === undefined ? {} : { session_open: session ? 1 : 0 }),
    };
  }

  #sell(place: number): void {
    if (this.dead.has(place) || this.sessions.get(place) === false) return;
    const rate = this.#options.rate(this.lab.now, place) * (this.#factors[place] ?? 1) * this.share;
    this.totals[place] = (this.totals[place] ?? 0) + poisson(this.#random, (rate * this.#everyS) / 3600);
  }

  #turnHour(): void {
    const hour = Math.floor(this.lab.now / 3_600_000);
    const { uneven } = this.#options;
    if (!uneven || hour === this.#hour) return;
    this.#hour = hour;
    const ofStore = unevenness(this.#random, uneven.store);
    for (const place of this.#factors.keys()) this.#factors[place] = ofStore * unevenness(this.#random, uneven.till);
  }

  get #everyS(): number {
    return this.#options.everyS ?? 60;
  }

  #key = (name: string): string => `${this.#options.store.name}/${name}`;
}
