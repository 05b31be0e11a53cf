import { setImmediate } from 'node:timers/promises';
import type { Chain, Device, Store } from '../../protocol/inventory.ts';
import { type DeviceKey, deviceKey, type StoreKey, storeKey, storeOf } from '../../protocol/names.ts';
import type { WantedRelease } from '../../protocol/releases.ts';
import { agentTopic } from '../../protocol/topics.ts';
import type { Broker, KeptRelease, Rollout, RunningAgent, StateStore } from '../ports.ts';
import { type Candidate, type Standing, type Step, stepRollout } from './rollout.ts';

/** Agents are read, and stores looked at, this many at a time: the rest of the process waits meanwhile. */
const AT_ONCE = 500;
const STORES_AT_ONCE = 50;
/** Between two looks at a rollout that is at rest. */
const REST_MS = 600_000;

/** Opening hours. */
export interface Hours {
  isOpen(at: number): boolean;
  /** When the answer changes. */
  holdsUntil(at: number): number;
}

export interface DistributionOptions {
  state: Pick<StateStore, 'releases' | 'audit'>;
  chains: () => readonly Chain[];
  /** Which devices of a store are heard, or not, and since when (ms since 1970). */
  presences: (store: StoreKey) => readonly { device: DeviceKey; isHeard: boolean; since: number }[];
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
  /** When this process began to move it on: of what was before, it has seen nothing. */
  #since: number | undefined;
  /** A rollout that nobody is told of, and when it is looked at again. */
  #atRest: { rollout: string; until: number } | undefined;

  constructor(options: DistributionOptions) {
    this.#options = options;
  }

  /** As of the last step. */
  get standings(): ReadonlyMap<DeviceKey, Standing> {
    return this.#standings;
  }

  /** Another process moves it on: what agents were told from here no longer says what they were told. */
  rest(): void {
    this.#published.clear();
    this.#standings = new Map();
    this.#since = undefined;
    this.#atRest = undefined;
  }

  /** One step. Rejects when the store or the broker does not take it: the next step does it again. */
  async step(): Promise<void> {
    const { state, now } = this.#options;
    const at = now();
    this.#since ??= at;
    const rollout = await state.releases.rollout();
    const before = JSON.stringify(rollout);
    if (!rollout || (before === this.#atRest?.rollout && at < this.#atRest.until)) return;
    const release = (await state.releases.list()).find(({ release: { version } }) => version === rollout.version);
    if (!release) return;
    const told = await state.releases.told();
    const downgrade = release.release.downgrade === true;
    const step = stepRollout(rollout, await this.#candidates(at, this.#since), told, { now: at, downgrade });
    this.#standings = step.standings;
    // Whom it was told is forgotten only once it is taken back.
    for (const device of step.takeBack) await this.#publish(device, '');
    if (!(await this.#keep(rollout, step, at))) return;
    for (const device of step.takeBack) told.delete(device);
    for (const device of step.tell) told.set(device, at);
    if (step.rollout.state === 'running') await this.#tell(rollout, release, told);
    else if (rollout.state !== 'running') this.#atRest = { rollout: before, until: at + REST_MS };
  }

  /** False when somebody else has moved it meanwhile: the next step begins with what they made of it. */
  async #keep(from: Rollout, step: Step, at: number): Promise<boolean> {
    const { state } = this.#options;
    const isMoved = JSON.stringify(step.rollout) !== JSON.stringify(from);
    if (!isMoved && step.tell.length + step.takeBack.length === 0) return true;
    if (!(await state.releases.advance(from, step.rollout, { ...step, at }))) return false;
    if (isMoved) await state.audit({ at, who: 'system', action: 'rollout.moved', detail: describe(step.rollout) });
    return true;
  }

  async #tell(rollout: Rollout, { signed }: KeptRelease, told: ReadonlyMap<DeviceKey, number>): Promise<void> {
    const { attempt, spreadS, bytesPerSecond } = rollout;
    const stores = new Map(this.#stores());
    const payloads = new Map<StoreKey, string>();
    for (const device of told.keys()) {
      if (this.#standings.get(device) === 'done') continue;
      const key = storeOf(device);
      let payload = payloads.get(key);
      if (payload === undefined) {
        const store = stores.get(key);
        const until = store && !rollout.whileOpen ? this.#opensAt(store) : Number.MAX_SAFE_INTEGER;
        payload = JSON.stringify({ signed, attempt, spreadS, bytesPerSecond, until } satisfies WantedRelease);
        payloads.set(key, payload);
      }
      await this.#publish(device, payload);
    }
  }

  async #publish(device: DeviceKey, payload: string): Promise<void> {
    if (this.#published.get(device) === payload) return;
    await this.#options.publish(agentTopic(device, 'release'), payload, { qos: 1, retain: true });
    this.#published.set(device, payload);
  }

  async #candidates(at: number, since: number): Promise<Candidate[]> {
    const { presences, hoursOf } = this.#options;
    const running = await this.#running();
    const candidates: Candidate[] = [];
    for (const [i, [key, store]] of this.#stores().entries()) {
      if (i % STORES_AT_ONCE === 0) await setImmediate();
      const isOpen = hoursOf(store)?.isOpen(at) ?? true;
      const seen = new Map(presences(key).map((presence) => [presence.device, presence]));
      for (const device of store.devices.map((each) => keyOf(key, each))) {
        const presence = seen.get(device);
        const agent = running.get(device);
        candidates.push({
          device,
          store: key,
          isOpen,
          isOnline: presence?.isHeard === true,
          goneAt: Math.max(presence?.since ?? 0, since),
          ...(agent && { version: agent.version, ...(agent.update && { update: agent.update }) }),
        });
      }
    }
    return candidates;
  }

  async #running(): Promise<Map<DeviceKey, RunningAgent>> {
    const running = new Map<DeviceKey, RunningAgent>();
    for (let last = ''; ; ) {
      const some = await this.#options.state.releases.running(last, AT_ONCE);
      for (const agent of some) running.set(agent.device, agent);
      const end = some.at(-1);
      if (!end || some.length < AT_ONCE) return running;
      last = end.device;
      await setImmediate();
    }
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
