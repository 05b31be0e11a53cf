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
  /** What is renewed: those served, and those being handed over until that is done. */
  readonly #held = new Map<number, Lease>();
  /** Partitions being let go, in their own time: renewal waits for none, and none is taken again meanwhile. */
  readonly #leaving = new Map<number, Promise<void>>();
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

  /** A commit was refused: the lease has gone. */
  lost(lease: Lease): void {
    // Another lease of the same partition may be ours by now.
    if (this.#held.get(lease.partition)?.epoch !== lease.epoch) return;
    this.#drop(lease.partition);
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
    await Promise.all(this.#leaving.values());
    await Promise.all(Array.from(this.#held.keys(), (partition) => this.#give(partition).catch(() => {})));
    await this.#options.cluster.leave(this.#options.me.id).catch(() => {});
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
    const { cluster, me, onView } = this.#options;
    const view = await cluster.beat(me, [...this.#held.values()]);
    const still = new Set(view.held.map(({ partition }) => partition));
    for (const partition of [...this.#held.keys()]) if (!still.has(partition)) this.#drop(partition);
    onView(view);
    const stays = (partition: number) => !this.#leaving.has(partition);
    const ids = view.collectors.map(({ id }) => id);
    const held = [...this.#held.keys()].filter(stays);
    const { take, give } = planLeases(me.id, ids, cluster.partitions, held, view.free.filter(stays));
    for (const partition of give) this.#letGo(partition, this.#give(partition));
    await this.#takeAll(take);
  }

  /** @throws what the first of them failed with, once all were tried: one that is bad must not hide the others. */
  async #takeAll(partitions: readonly number[]): Promise<void> {
    const from = performance.now();
    const failures: unknown[] = [];
    for (const partition of partitions) {
      if (this.#stopped) break;
      await this.#take(partition).catch((error) => failures.push(error));
      // Starting many takes its time: those held already must be renewed meanwhile.
      if (performance.now() - from > BEAT_MS) {
        this.#again = true;
        break;
      }
    }
    if (failures.length > 0) throw failures[0];
  }

  async #take(partition: number): Promise<void> {
    const { cluster, me, onTaken } = this.#options;
    const lease = await cluster.take(me.id, partition);
    if (!lease) return;
    this.#held.set(partition, lease);
    try {
      await onTaken(lease);
    } catch (error) {
      if (this.#held.get(partition) === lease) this.#held.delete(partition);
      await cluster.giveBack(lease);
      throw error;
    }
    // It went while it was being opened.
    if (this.#held.get(partition) !== lease) this.#letGo(partition, this.#options.onLost(partition));
  }

  /** Somebody else has it. */
  #drop(partition: number): void {
    this.#held.delete(partition);
    this.#letGo(partition, this.#options.onLost(partition));
  }

  #letGo(partition: number, work: Promise<void>): void {
    const before = this.#leaving.get(partition) ?? Promise.resolve();
    const leaving: Promise<void> = Promise.all([before, work])
      .then(
        () => {},
        (error: Error) => this.#options.onTrouble(error),
      )
      .finally(() => {
        if (this.#leaving.get(partition) !== leaving) return;
        this.#leaving.delete(partition);
        void this.beat();
      });
    this.#leaving.set(partition, leaving);
  }

  async #give(partition: number): Promise<void> {
    const lease = this.#held.get(partition);
    if (!lease) return;
    await this.#options.onGive(partition);
    if (this.#held.get(partition) === lease) this.#held.delete(partition);
    await this.#options.cluster.giveBack(lease);
  }
}
