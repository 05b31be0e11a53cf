import { setTimeout as pause } from 'node:timers/promises';
import type { Devices } from '../../collector/devices.ts';
import type { Chain, Device, Locale } from '../../protocol/inventory.ts';
import type { Point } from '../../protocol/messages.ts';
import { chainOf, type DeviceKey, deviceKey, type StoreKey, storeKey } from '../../protocol/names.ts';
import type { StoreTile } from '../../protocol/views.ts';
import { words } from '../words/index.ts';
import type { Served } from './served.ts';

export interface SelfWatchOptions {
  /** Names this collector among the devices of Vigie. */
  id: string;
  locale: Locale;
  served: Pick<Served, 'submit'>;
  devices: Devices;
  /** Keeps and judges a change of the inventory. */
  importChains: (chains: readonly Chain[]) => Promise<void>;
  /** What Vigie measures of itself just now. */
  points: () => Point[];
  now: () => number;
}

const SELF_CHAIN = 'vigie-self';
const SELF_STORE = 'vigie';
const EVERY_S = 10;
/** A store that is away must not keep us from stopping. */
const STOP_WITHIN_MS = 2_000;
const LEAVE_WITHIN_MS = 3_000;

/**
 * Vigie is a device like any other: it reports what it measures of itself, rules judge that, and what is wrong with it
 * is an incident with a ticket. One collector that falls silent is noticed by the others.
 */
export class SelfWatch {
  readonly #options: SelfWatchOptions;
  readonly #device: DeviceKey;
  #timer: NodeJS.Timeout | undefined;
  #telling: Promise<void> | undefined;
  #isBorn = false;

  constructor(options: SelfWatchOptions) {
    this.#options = options;
    this.#device = deviceKey(SELF_CHAIN, SELF_STORE, options.id);
  }

  start(): void {
    this.#timer = setInterval(() => this.#tell(), EVERY_S * 1000);
    this.#tell();
  }

  /** A collector that goes for good is missed by nobody. */
  async leave(): Promise<void> {
    await this.stop();
    const { id, importChains } = this.#options;
    await within(importChains([this.#chain(this.#others(id))]), LEAVE_WITHIN_MS);
  }

  /** It stops, and will be back: its place is kept. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await within(this.#telling, STOP_WITHIN_MS);
  }

  #tell(): void {
    this.#telling ??= this.#report()
      // Whoever should judge it is away: the next one is not long.
      .catch(() => {})
      .finally(() => {
        this.#telling = undefined;
      });
  }

  async #report(): Promise<void> {
    const { id, locale, served, devices, importChains, points, now } = this.#options;
    if (!devices.device(this.#device)) {
      const own: Device = { name: id, kind: 'server', title: words(locale).collectorTitle(id) };
      await importChains([this.#chain([...this.#others(id), own])]);
    }
    const store = storeKey(SELF_CHAIN, SELF_STORE);
    const device = this.#device;
    if (!this.#isBorn) {
      await served.submit(store, { kind: 'presence', device, at: now(), evidence: 'birth', intervalS: EVERY_S });
      this.#isBorn = true;
    }
    await served.submit(store, { kind: 'report', device, at: now(), late: false, points: points(), statuses: [] });
  }

  #others(id: string): Device[] {
    const known = this.#options.devices.store(storeKey(SELF_CHAIN, SELF_STORE))?.devices ?? [];
    return known.filter(({ name }) => name !== id);
  }

  #chain(devices: Device[]): Chain {
    const store = { name: SELF_STORE, title: 'Vigie', timeZone: 'UTC', devices };
    return { name: SELF_CHAIN, title: 'Vigie', locale: this.#options.locale, stores: [store] };
  }
}

async function within(work: Promise<unknown> | undefined, ms: number): Promise<void> {
  await Promise.race([work?.catch(() => {}), pause(ms, undefined, { ref: false })]);
}

/** Whether this is Vigie's own place in the inventory: no chain of the customer's. */
export const isSelf = (key: StoreKey | DeviceKey): boolean => chainOf(key) === SELF_CHAIN;

/** Whether a tile is worth a place on the wall: Vigie's own only while something is wrong with it. */
export const isShown = ({ key, state }: StoreTile): boolean => !isSelf(key) || state === 'down' || state === 'degraded';

/** The chains of the customer. */
export const withoutSelf = (chains: readonly Chain[]): Chain[] => chains.filter(({ name }) => name !== SELF_CHAIN);
