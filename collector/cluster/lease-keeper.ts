import type { Cluster, ClusterView, Lease } from '../ports.ts';
import { planLeases } from './plan-leases.ts';

export interface LeaseKeeperOptions {
  cluster: Cluster;
  me: { id: string; url: string };
  /** The partition is ours: resolves once it is served. What it rejects with is told, and the lease given back. */
  onTaken: (lease: Lease) => Promise<void>;
  /** Serve it no more and commit what was taken: it is given back after that. */
  onGive: (partition: number) => Promise<void>;
  /** It is somebody else's already. */
  onLost: (partition: number) => Promise<void>;
  onView: (view: ClusterView) => void;
  onTrouble: (error: Error | undefined) => void;
}

/** Four beats fit into a lease of ten seconds. */
const BEAT_MS = 2_500;

/** Holds this collector's share of the partitions: takes what is free, hands over what is too much, renews the rest. */
export class LeaseKeeper {
  readonly #options: LeaseKeeperOptions;
  readonly #held = new Map<number, Lease>();
  #timer: NodeJS.Timeout | undefined;
  #beating: Promise<void> | undefined;
  #again = false;
  #stopNews = () => {};
  #stopped = false;

  constructor(options: LeaseKeeperOptions) {
    this.#options = options;
  }

  /** Resolves after the first beat: what is free by then is served. */
  async start(): Promise<void> {
    this.#stopNews = this.#options.cluster.onNews(({ kind }) => {
      if (kind === 'leases' || kind === 'inventory') void this.beat();
    });
    // An earlier run of ours that was killed left its leases behind: nobody need wait until they run out.
    await this.#options.cluster.leave(this.#options.me.id).catch(() => {});
    await this.beat();
  }

  /** A commit was refused: the partition has gone. */
  async lost(partition: number): Promise<void> {
    if (!this.#held.delete(partition)) return;
    await this.#options.onLost(partition);
    void this.beat();
  }

  /** Looks around now. */
  async beat(): Promise<void> {
    this.#again = true;
    this.#beating ??= (async () => {
      while (this.#again && !this.#stopped) {
        this.#again = false;
        clearTimeout(this.#timer);
        // After a failure the next look waits for its time: our own giving back is news as well.
        if (!(await this.#attempt())) this.#again = false;
        if (!this.#stopped) this.#timer = setTimeout(() => void this.beat(), BEAT_MS);
      }
      this.#beating = undefined;
    })();
    await this.#beating;
  }

  /** Hands everything over at once. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#stopNews();
    clearTimeout(this.#timer);
    await this.#beating;
    const { cluster, me } = this.#options;
    await Promise.all(Array.from(this.#held.keys(), (partition) => this.#give(partition).catch(() => {})));
    await cluster.leave(me.id).catch(() => {});
  }

  async #attempt(): Promise<boolean> {
    try {
      await this.#lookAround();
      this.#options.onTrouble(undefined);
      return true;
    } catch (error) {
      this.#options.onTrouble(error as Error);
      return false;
    }
  }

  async #lookAround(): Promise<void> {
    const { cluster, me, onLost, onView } = this.#options;
    const view = await cluster.beat(me, [...this.#held.values()]);
    const still = new Set(view.held.map(({ partition }) => partition));
    for (const partition of [...this.#held.keys()]) {
      if (still.has(partition)) continue;
      this.#held.delete(partition);
      await onLost(partition);
    }
    onView(view);
    const ids = view.collectors.map(({ id }) => id);
    const { take, give } = planLeases(me.id, ids, cluster.partitions, [...this.#held.keys()], view.free);
    for (const partition of give) {
      if (this.#stopped) return;
      await this.#give(partition);
    }
    const from = performance.now();
    for (const partition of take) {
      if (this.#stopped) return;
      await this.#take(partition);
      // Starting many takes its time: those held already must be renewed meanwhile.
      if (performance.now() - from > BEAT_MS) {
        this.#again = true;
        return;
      }
    }
  }

  async #take(partition: number): Promise<void> {
    const { cluster, me, onTaken } = this.#options;
    const lease = await cluster.take(me.id, partition);
    if (!lease) return;
    this.#held.set(partition, lease);
    try {
      await onTaken(lease);
    } catch (error) {
      this.#held.delete(partition);
      await cluster.giveBack(lease);
      throw error;
    }
  }

  async #give(partition: number): Promise<void> {
    const lease = this.#held.get(partition);
    if (!lease) return;
    await this.#options.onGive(partition);
    this.#held.delete(partition);
    await this.#options.cluster.giveBack(lease);
  }
}
