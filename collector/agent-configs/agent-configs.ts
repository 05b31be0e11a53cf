import type { Chain, Device } from '../../protocol/inventory.ts';
import { type DeviceKey, deviceKey, type StoreKey, storeOf } from '../../protocol/names.ts';
import type { AgentConfigStore, ConfigScope, Numbered, ScopeVersion, Settings } from '../ports.ts';
import { Desired, type DesiredSettings, isNothing } from './desired.ts';
import type { NameOf } from './merge-settings.ts';
import { type PublisherOptions, publishConfigs, type ToPublish } from './publisher.ts';
import { isIn } from './scope.ts';
import { hasMissed, newestTold, type Told } from './standing.ts';

/** Whether somebody changed something elsewhere is looked at this often, and everything this often. */
const LOOK_MS = 5_000;
const SWEEP_MS = 30_000;
/** Signed, and with its envelope, it must pass as one message. */
const SETTINGS_BYTES_MAX = 200_000;
const NUMBERED_AT_ONCE = 500;

export interface AgentConfigsOptions extends Omit<PublisherOptions, 'store'> {
  store: AgentConfigStore;
  chains: () => readonly Chain[];
  /** Whether this collector speaks to the devices of a store. */
  isServed: (store: StoreKey) => boolean;
  /** Whether the broker keeps what it was told while we are away. */
  brokerKeeps: boolean;
  nameOf: NameOf;
  /** `undefined`: it works again. */
  onTrouble: (error: Error | undefined) => void;
}

export interface KnownDevice {
  key: DeviceKey;
  device: Device;
}

/** What agents are to run: kept by scope, worked out by device, signed, numbered, and told to each. */
export class AgentConfigs {
  readonly #options: AgentConfigsOptions;
  #desired: Desired;
  #revision = -1;
  #refreshing: Promise<void> | undefined;
  #isAgain = false;
  #sweptAt = Number.NEGATIVE_INFINITY;
  /** What the broker was told since it was started. */
  readonly #toldNow = new Set<DeviceKey>();
  #timer: NodeJS.Timeout | undefined;
  #isClosed = false;

  constructor(options: AgentConfigsOptions) {
    this.#options = options;
    this.#desired = new Desired([], options.nameOf);
  }

  start(): void {
    this.#timer = setInterval(() => void this.#look(), LOOK_MS);
    void this.refresh();
  }

  /** Lets what is being told be told. */
  async close(): Promise<void> {
    this.#isClosed = true;
    clearInterval(this.#timer);
    await this.#refreshing;
  }

  /** Every device of the inventory. */
  *known(): Generator<KnownDevice> {
    for (const { name: chain, stores } of this.#options.chains()) {
      for (const { name: store, devices } of stores) {
        for (const device of devices) yield { key: deviceKey(chain, store, device.name), device };
      }
    }
  }

  /** What a device is to run as things are wanted now, whether it was told yet or not. */
  async desiredOf({ key, device }: KnownDevice): Promise<DesiredSettings> {
    await this.#readScopes();
    return this.#desired.of(key, device.kind);
  }

  /** What is wrong with a change for some device, and how many it would change. */
  async weigh(scope: ConfigScope, settings: Settings): Promise<{ devices: number; tooLarge: DeviceKey | undefined }> {
    await this.#readScopes();
    const now = this.#desired;
    const then = now.with({ scope, version: 0, settings, at: 0, by: '', comment: '' });
    let devices = 0;
    for (const { key, device } of this.known()) {
      if (!isIn(key, device.kind, scope)) continue;
      const next = await then.of(key, device.kind);
      if (next.hash === (await now.of(key, device.kind)).hash) continue;
      if (Buffer.byteLength(JSON.stringify(next.settings)) > SETTINGS_BYTES_MAX) return { devices, tooLarge: key };
      devices++;
    }
    return { devices, tooLarge: undefined };
  }

  /** Keeps a change and begins to tell it. Undefined when somebody was faster. */
  async save(change: Omit<ScopeVersion, 'version'> & { basedOn: number }): Promise<ScopeVersion | undefined> {
    const saved = await this.#options.store.save(change);
    if (saved) void this.refresh();
    return saved;
  }

  /** Numbers and tells a device's settings anew, so that an agent that refused them tries again. */
  async retry(known: KnownDevice): Promise<Numbered | undefined> {
    const { store, now } = this.#options;
    const desired = await this.desiredOf(known);
    const before = (await store.numbered()).find(({ device }) => device === known.key);
    if (!before && isNothing(desired)) return undefined;
    const wanted = { device: known.key, hash: desired.hash, above: before?.version ?? 0 };
    const [numbered] = await store.number([wanted], now());
    void this.refresh();
    return numbered;
  }

  /** Works out what each device is to run and tells those that were not told. One at a time; a call meanwhile makes one more. */
  refresh(): Promise<void> {
    this.#isAgain = true;
    this.#refreshing ??= (async () => {
      while (this.#isAgain && !this.#isClosed) {
        this.#isAgain = false;
        try {
          await this.#bringInLine();
          this.#options.onTrouble(undefined);
        } catch (error) {
          // The next look tries again.
          this.#sweptAt = Number.NEGATIVE_INFINITY;
          this.#options.onTrouble(error as Error);
        }
      }
      this.#refreshing = undefined;
    })();
    return this.#refreshing;
  }

  async #look(): Promise<void> {
    try {
      const isDue = this.#options.now() - this.#sweptAt >= SWEEP_MS;
      if (isDue || (await this.#options.store.revision()) !== this.#revision) await this.refresh();
    } catch (error) {
      this.#options.onTrouble(error as Error);
    }
  }

  async #readScopes(): Promise<void> {
    const { store, nameOf } = this.#options;
    const revision = await store.revision();
    if (revision === this.#revision) return;
    this.#desired = new Desired(await store.scopes(), nameOf);
    this.#revision = revision;
  }

  async #bringInLine(): Promise<void> {
    const { store, now } = this.#options;
    this.#sweptAt = now();
    await this.#readScopes();
    // Where nobody ever wanted anything there is nothing to look for.
    if (this.#revision === 0) return;
    const rows = new Map((await store.numbered()).map((row) => [row.device, row]));
    const told = new Map<DeviceKey, Told>((await store.told()).map((one) => [one.device, one]));
    const desired = new Map<DeviceKey, DesiredSettings>();
    const fresh: { device: DeviceKey; hash: string; above: number }[] = [];
    for (const { key, device } of this.known()) {
      if (!this.#options.isServed(storeOf(key))) continue;
      // What another device's agent watches has, as a rule, none of its own.
      if (device.gateway !== undefined && !told.has(key)) continue;
      const wanted = await this.#desired.of(key, device.kind);
      const row = rows.get(key);
      if (!row && isNothing(wanted)) continue;
      desired.set(key, wanted);
      const newest = newestTold(told.get(key));
      const above = row && newest > row.version ? newest : 0;
      if (!row || row.hash !== wanted.hash || above > 0) {
        fresh.push({ device: key, hash: wanted.hash, above: row ? above : newest });
      }
    }
    for (let from = 0; from < fresh.length; from += NUMBERED_AT_ONCE) {
      const slice = fresh.slice(from, from + NUMBERED_AT_ONCE);
      const numbered = await store.number(slice, now());
      for (const [index, row] of numbered.entries()) {
        rows.set(row.device, { ...row, hash: slice[index]?.hash ?? '' });
      }
    }
    const due: ToPublish[] = [];
    for (const [device, { settings }] of desired) {
      const row = rows.get(device);
      if (row && this.#isDue(row, told.get(device))) due.push({ ...row, settings });
    }
    await publishConfigs(due, this.#options);
    for (const { device } of due) this.#toldNow.add(device);
  }

  #isDue(row: Numbered, told: Told | undefined): boolean {
    if (row.published < row.version || hasMissed(row, told)) return true;
    return !this.#options.brokerKeeps && !this.#toldNow.has(row.device);
  }
}
