import type { Chain, Device, Store } from '../../protocol/inventory.ts';
import type { Birth } from '../../protocol/messages.ts';
import { type DeviceKey, deviceKey, type StoreKey, storeKey, storeOf } from '../../protocol/names.ts';
import type { WantedRelease } from '../../protocol/releases.ts';
import { agentTopic } from '../../protocol/topics.ts';
import type { Broker, KeptRelease, Rollout, StateStore } from '../ports.ts';
import { type Candidate, type Standing, stepRollout } from './rollout.ts';

const SILENT_INTERVALS = 3;
const SILENT_MIN_MS = 90_000;
/** Births are read this many at a time. */
const AT_ONCE = 200;

/** Opening hours. */
export interface Hours {
  isOpen(at: number): boolean;
  /** When the answer changes. */
  holdsUntil(at: number): number;
}

export interface DistributionOptions {
  state: Pick<StateStore, 'releases' | 'birthOf' | 'audit'>;
  chains: () => readonly Chain[];
  /** When a device was last heard, ms since 1970. */
  heardAt: (device: DeviceKey) => number | undefined;
  /** When it sells; undefined: always. */
  hoursOf: (store: Store) => Hours | undefined;
  publish: Broker['publish'];
  now: () => number;
}

/** Moves the rollout on and tells agents which version to run. */
export class Distribution {
  readonly #options: DistributionOptions;
  /** What each agent was told by this process: the embedded broker forgets at a restart, and is told again. */
  readonly #published = new Map<DeviceKey, string>();
  #standings = new Map<DeviceKey, Standing>();

  constructor(options: DistributionOptions) {
    this.#options = options;
  }

  /** As of the last step. */
  get standings(): ReadonlyMap<DeviceKey, Standing> {
    return this.#standings;
  }

  /** One step. Rejects when the store or the broker does not take it: the next step does it again. */
  async step(): Promise<void> {
    const { state, now } = this.#options;
    const rollout = await state.releases.rollout();
    if (!rollout) return;
    const release = (await state.releases.list()).find(({ release: { version } }) => version === rollout.version);
    if (!release) return;
    const at = now();
    const told = await state.releases.told();
    const downgrade = release.release.downgrade === true;
    const step = stepRollout(rollout, await this.#candidates(at), told, { now: at, downgrade });
    this.#standings = step.standings;
    const changed = JSON.stringify(step.rollout) !== JSON.stringify(rollout);
    if (changed || step.tell.length + step.takeBack.length > 0) {
      await state.releases.advance(step.rollout, { ...step, at });
      if (changed) await state.audit({ at, who: 'system', action: 'rollout.moved', detail: describe(step.rollout) });
    }
    for (const device of step.takeBack) told.delete(device);
    for (const device of step.tell) told.set(device, at);
    await this.#tell(rollout, release, told, step.takeBack);
  }

  async #tell(
    rollout: Rollout,
    { signed }: KeptRelease,
    told: ReadonlyMap<DeviceKey, number>,
    takeBack: readonly DeviceKey[],
  ): Promise<void> {
    for (const device of takeBack) await this.#publish(device, '');
    const closing = new Map<StoreKey, number>();
    const stores = new Map(this.#stores().map(([key, store]) => [key, store]));
    for (const device of told.keys()) {
      if (this.#standings.get(device) === 'done') continue;
      const key = storeOf(device);
      const store = stores.get(key);
      const until = closing.get(key) ?? (store && !rollout.whileOpen ? this.#opensAt(store) : Number.MAX_SAFE_INTEGER);
      closing.set(key, until);
      const { attempt, spreadS, bytesPerSecond } = rollout;
      const wanted: WantedRelease = { signed, attempt, spreadS, bytesPerSecond, until };
      await this.#publish(device, JSON.stringify(wanted));
    }
  }

  async #publish(device: DeviceKey, payload: string): Promise<void> {
    if (this.#published.get(device) === payload) return;
    await this.#options.publish(agentTopic(device, 'release'), payload, { qos: 1, retain: true });
    this.#published.set(device, payload);
  }

  async #candidates(at: number): Promise<Candidate[]> {
    const all = this.#stores().flatMap(([key, store]) => {
      const isOpen = this.#options.hoursOf(store)?.isOpen(at) ?? true;
      return store.devices.map((device) => ({ key, isOpen, device: keyOf(key, device) }));
    });
    const candidates: Candidate[] = [];
    for (let from = 0; from < all.length; from += AT_ONCE) {
      const some = all.slice(from, from + AT_ONCE).map(async ({ key, isOpen, device }): Promise<Candidate> => {
        const text = await this.#options.state.birthOf(device);
        const birth = text === undefined ? undefined : (JSON.parse(text) as Birth);
        const heardAt = this.#options.heardAt(device);
        const silentMs = Math.max(SILENT_MIN_MS, SILENT_INTERVALS * (birth?.intervalS ?? 0) * 1000);
        return {
          device,
          store: key,
          isOpen,
          isOnline: heardAt !== undefined && at - heardAt < silentMs,
          ...(heardAt !== undefined && { goneAt: heardAt }),
          ...(birth && { version: birth.agent.version }),
          ...(birth?.agent.update && { update: birth.agent.update }),
        };
      });
      candidates.push(...(await Promise.all(some)));
    }
    return candidates;
  }

  #stores(): [StoreKey, Store][] {
    return this.#options
      .chains()
      .flatMap((chain) => chain.stores.map((store): [StoreKey, Store] => [storeKey(chain.name, store.name), store]));
  }

  #opensAt(store: Store): number {
    return this.#options.hoursOf(store)?.holdsUntil(this.#options.now()) ?? Number.MAX_SAFE_INTEGER;
  }
}

const keyOf = (store: StoreKey, { name }: Device): DeviceKey => {
  const [chain = '', own = ''] = store.split('/');
  return deviceKey(chain, own, name);
};

const describe = ({ version, wave, state }: Rollout): string => `${version}: ${wave}, ${state}`;
