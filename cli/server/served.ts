import type { EngineEvent, RulePack } from '../../alerting/engine/types.ts';
import { createFollower, type Follower, type Shown } from '../../alerting/follower.ts';
import type { KnownStore } from '../../alerting/incident-view.ts';
import type { Judgement } from '../../alerting/ports.ts';
import type { StoreLook } from '../../alerting/store-look.ts';
import type { Devices } from '../../collector/devices.ts';
import { partitionOf, shareOf, storeKeysOf } from '../../collector/partitions.ts';
import {
  type Cluster,
  type ClusterView,
  type Lease,
  type Partition,
  PartitionGone,
  type StateStore,
} from '../../collector/ports.ts';
import type { Chain } from '../../protocol/inventory.ts';
import type { MaintenanceWindow } from '../../protocol/maintenance.ts';
import type { MajorView } from '../../protocol/majors.ts';
import { type DeviceKey, type StoreKey, storeKey, storeOf } from '../../protocol/names.ts';
import type { IncidentView } from '../../protocol/views.ts';
import type { ServedPartition } from './serve-partition.ts';

export interface ServedOptions {
  devices: Devices;
  /** Of the inventory in `devices`. */
  revision: number;
  state: StateStore;
  /** Undefined for a collector that is alone with its store. */
  cluster: Cluster | undefined;
  /** The rules that hold now. */
  pack: () => RulePack;
  now: () => number;
  /** What rules may ask of a device, as its agent told it. */
  observed: (device: DeviceKey) => Readonly<Record<string, string>> | undefined;
  /** Maintenance windows and changes, as they are known now. */
  maintenance: () => readonly MaintenanceWindow[];
  serve: (partition: Partition, lease?: Lease) => Promise<ServedPartition>;
  /** Something changed for those who look, though nothing was committed here. */
  onShown: (shown: Shown) => void;
  onTrouble: (error: Error | undefined) => void;
}

/** How long another collector may take to judge what it is told. */
const HAND_TIMEOUT_MS = 10_000;
/** News may be missed: look this often. */
const FOLLOW_EVERY_MS = 2_000;

type KnownStores = ReadonlyMap<StoreKey, KnownStore>;

interface Followed {
  follower: Follower;
  /** Whether it was read at all. */
  isRead: boolean;
  position: number;
  looking: Promise<void> | undefined;
  again: boolean;
}

/**
 * All partitions as this collector sees them: those it serves, and those it follows because another serves them. Whoever
 * looks sees the whole chain.
 */
export class Served {
  readonly #options: ServedOptions;
  readonly #served = new Map<number, ServedPartition>();
  readonly #followed = new Map<number, Followed>();
  readonly #of: number;
  #timer: NodeJS.Timeout | undefined;
  #stopNews = () => {};
  #revision: number;
  #redefining: Promise<void> | undefined;
  #closed = false;

  constructor(options: ServedOptions) {
    this.#options = options;
    this.#revision = options.revision;
    this.#of = options.cluster?.partitions ?? 1;
  }

  /** Begins to follow what others serve. */
  async start(): Promise<void> {
    const { cluster } = this.#options;
    if (!cluster) return;
    for (let index = 0; index < this.#of; index++) this.#follow(index);
    await this.#followAll();
    this.#stopNews = cluster.onNews((news) => {
      if (news.kind === 'changed') {
        void this.#look(news.partition);
        // Ticket work may have been put back by another collector's page.
        this.#served.get(news.partition)?.outbox.wake();
      }
      if (news.kind === 'handed') this.#takeHanded(news.partition);
    });
    this.#timer = setInterval(() => {
      void this.#followAll();
      for (const index of this.#served.keys()) this.#takeHanded(index);
    }, FOLLOW_EVERY_MS);
  }

  /** The partition is ours from now on. */
  async take(index: number, lease?: Lease): Promise<void> {
    const before = this.#known(index);
    const windows = this.#options.maintenance();
    const pack = this.#options.pack();
    const served = await this.#options.serve({ index, of: this.#of }, lease);
    this.#served.set(index, served);
    this.#catchUp(served, before, this.#known(index));
    if (this.#options.maintenance() !== windows) this.#plan(served).catch(this.#options.onTrouble);
    if (this.#options.pack() !== pack) this.#judge(served).catch(this.#options.onTrouble);
    this.#followed.delete(index);
    this.#introduce(index, served);
    this.#options.onShown({ ...served.judge.snapshot(), gone: [] });
  }

  /** The inventory may have changed while the partition was being opened: it was told of the one before. */
  #catchUp({ collector, recheckTopology }: ServedPartition, before: KnownStores, after: KnownStores): void {
    const events: EngineEvent[] = [];
    for (const [store, { definition, simulated }] of after) {
      if (before.get(store)?.definition !== definition)
        events.push({ kind: 'inventory', store, simulated, definition });
    }
    for (const [store, { simulated }] of before) {
      if (!after.has(store)) events.push({ kind: 'inventory', store, simulated, definition: undefined });
    }
    if (events.length === 0) return;
    Promise.all([collector.setStores([...after.keys()]), collector.submit(events)])
      .then(() => recheckTopology(storesOf(events)))
      .catch(this.#options.onTrouble);
  }

  /** What a partition served here has committed: those who find, or are beneath, major incidents have to know. */
  committed(index: number, { incidents, majors = [] }: Pick<Judgement, 'incidents' | 'majors'>): void {
    if (incidents.length + majors.length > 0) this.#pass(index, { incidents, majors });
  }

  /** Incidents go to the judge of the first partition, its major ones to the others. */
  #pass(
    from: number,
    { incidents, majors }: { incidents: readonly IncidentView[]; majors: readonly MajorView[] },
  ): void {
    if (this.#of === 1) return;
    const first = this.#served.get(0);
    if (from !== 0) {
      if (!first || incidents.length === 0) return;
      first.judge.hear(incidents);
      this.#turn(first);
      return;
    }
    for (const [index, served] of this.#served) {
      if (index === 0) continue;
      served.judge.follow(majors);
      this.#turn(served);
    }
  }

  /** A partition that is served here from now on is told what it would have heard. */
  #introduce(index: number, served: ServedPartition): void {
    if (this.#of === 1) return;
    if (index !== 0) {
      const first =
        this.#served.get(0)?.judge ?? (this.#followed.get(0)?.isRead ? this.#followed.get(0)?.follower : undefined);
      if (first) served.judge.follow(first.snapshot().majors ?? []);
      return;
    }
    for (let other = 1; other < this.#of; other++) {
      for (const [store, known] of this.#known(other)) served.judge.defineElsewhere(store, known);
      const look = this.#served.get(other)?.judge ?? this.#followed.get(other)?.follower;
      served.judge.hear(look?.snapshot().incidents ?? []);
    }
    this.#turn(served);
  }

  #turn({ collector }: ServedPartition): void {
    // One that is on its way out leaves it to whoever comes.
    collector.submit([]).catch(() => {});
  }

  /** Hands it over: what was taken is committed. */
  async give(index: number): Promise<void> {
    const served = this.#served.get(index);
    if (!served) return;
    await served.close();
    this.#letGo(index);
  }

  /** It is another's already. */
  async lose(index: number): Promise<void> {
    const served = this.#served.get(index);
    if (!served) return;
    this.#letGo(index);
    await served.abandon();
  }

  /** What others have told through the store since the last look. Waits for nothing: leases must be renewed meanwhile. */
  see({ lastIncident, inventoryRevision }: ClusterView): void {
    for (const { judge } of this.#served.values()) judge.numberGiven(lastIncident);
    if (inventoryRevision === this.#revision || this.#redefining !== undefined) return;
    this.#redefining = (async () => {
      try {
        await this.redefine(await this.#options.state.loadInventory());
        this.#revision = inventoryRevision;
      } catch (error) {
        // The next look finds the old revision and tries again.
        this.#options.onTrouble(error as Error);
      }
      this.#redefining = undefined;
    })();
  }

  /** Takes an inventory that is in the store already. Resolves when what is served here has judged it. */
  async redefine(chains: readonly Chain[]): Promise<void> {
    const events = this.#options.devices.replace(chains);
    const byPartition = Map.groupBy(events, (event) =>
      event.kind === 'inventory' ? partitionOf(event.store, this.#of) : 0,
    );
    await Promise.all(
      Array.from(this.#served, async ([index, served]) => {
        const { collector, recheckTopology } = served;
        await collector.setStores(storeKeysOf(this.#share(index)));
        const mine = byPartition.get(index) ?? [];
        if (index === 0) defineOthers(served.judge, byPartition);
        await toldUnlessGone(collector.submit(mine));
        recheckTopology(storesOf(mine));
      }),
    );
    for (const [index, { follower }] of this.#followed) this.#options.onShown(follower.define(this.#known(index)));
  }

  /** The maintenance windows have changed. Resolves when what is served here has judged it. */
  async replan(): Promise<void> {
    for (const { follower } of this.#followed.values()) this.#options.onShown(follower.replan());
    await Promise.all(Array.from(this.#served.values(), (served) => this.#plan(served)));
  }

  /** Other rules hold. Resolves when what is served here is judged by them from then on. */
  async rejudge(): Promise<void> {
    for (const { follower } of this.#followed.values()) this.#options.onShown(follower.replan());
    await Promise.all(Array.from(this.#served.values(), (served) => this.#judge(served)));
  }

  #judge({ collector }: ServedPartition): Promise<void> {
    return toldUnlessGone(collector.submit([{ kind: 'rules', pack: this.#options.pack() }]));
  }

  #plan({ collector }: ServedPartition): Promise<void> {
    return toldUnlessGone(collector.submit([{ kind: 'maintenance', windows: this.#options.maintenance() }]));
  }

  /** These devices tell something new of themselves: whoever finds major incidents knows the stores of all. */
  told(devices: readonly DeviceKey[]): void {
    const { judge } = this.#served.get(0) ?? {};
    for (const store of new Set(devices.map(storeOf))) judge?.observe(store);
  }

  /** Has an event of a store judged, here or wherever the store is served. Resolves when it is committed. */
  submit(store: StoreKey, event: EngineEvent): Promise<void> {
    return this.#submitTo(partitionOf(store, this.#of), event);
  }

  /** The same of what belongs to no store: the first partition has the major incidents of all. */
  submitToFirst(event: EngineEvent): Promise<void> {
    return this.#submitTo(0, event);
  }

  async #submitTo(index: number, event: EngineEvent): Promise<void> {
    const { cluster } = this.#options;
    const served = this.#served.get(index);
    try {
      if (served) return await served.collector.submit([event]);
    } catch (error) {
      // On its way to another collector; what may be done already must not be done twice.
      if (!cluster || !(error instanceof PartitionGone) || error.mayBeCommitted) throw error;
    }
    if (!cluster) throw new PartitionGone(false);
    await cluster.hand(index, event, HAND_TIMEOUT_MS);
  }

  /** @param place a store; or a chain, whose major incidents are the first partition’s. */
  wakeOutbox(place: string): void {
    const index = place.includes('/') ? partitionOf(place as StoreKey, this.#of) : 0;
    this.#served.get(index)?.outbox.wake();
  }

  /** Whoever knows a store. */
  lookOf(store: StoreKey): StoreLook | undefined {
    const index = partitionOf(store, this.#of);
    return this.#served.get(index)?.judge ?? this.#followed.get(index)?.follower;
  }

  /** Everyone who knows some stores. */
  looks(): StoreLook[] {
    const followers = Array.from(this.#followed.values(), ({ follower }) => follower);
    return [...Array.from(this.#served.values(), ({ judge }) => judge), ...followers];
  }

  judgeOf(store: StoreKey): ServedPartition['judge'] | undefined {
    return this.#served.get(partitionOf(store, this.#of))?.judge;
  }

  /** Of the major incidents, if they are found here. */
  get majorJudge(): ServedPartition['judge'] | undefined {
    return this.#served.get(0)?.judge;
  }

  isServed(store: StoreKey): boolean {
    return this.#served.has(partitionOf(store, this.#of));
  }

  get partitions(): ServedPartition[] {
    return [...this.#served.values()];
  }

  /** Of what one collector alone may do for the whole installation: the one that serves the first share. */
  get isInCharge(): boolean {
    return this.#served.has(0);
  }

  get total(): number {
    return this.#of;
  }

  /** Stops following; what is served is the lease keeper's to give back, or, alone, is closed here. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#stopNews();
    clearInterval(this.#timer);
    for (const { looking } of this.#followed.values()) await looking;
    await Promise.all(Array.from(this.#served.values(), (served) => served.close()));
    this.#served.clear();
  }

  #letGo(index: number): void {
    this.#served.delete(index);
    if (!this.#options.cluster || this.#closed) return;
    this.#follow(index);
    void this.#look(index);
  }

  #follow(index: number): void {
    const { pack, now, observed, maintenance } = this.#options;
    const follower = createFollower({ pack, now, observed, maintenance });
    follower.define(this.#known(index));
    this.#followed.set(index, { follower, isRead: false, position: 0, looking: undefined, again: false });
  }

  async #followAll(): Promise<void> {
    for (const index of [...this.#followed.keys()]) await this.#look(index);
  }

  /** One look at a time per partition; news that comes meanwhile makes for one more. */
  async #look(index: number): Promise<void> {
    const followed = this.#followed.get(index);
    const { cluster, onShown, onTrouble } = this.#options;
    if (!followed || !cluster) return;
    followed.again = true;
    followed.looking ??= (async () => {
      while (followed.again && !this.#closed && this.#followed.get(index) === followed) {
        followed.again = false;
        try {
          const changes = await cluster.changes(index, followed.position);
          followed.position = changes.position;
          if (this.#followed.get(index) === followed) {
            onShown(followed.follower.take(changes));
            const isFirst = !followed.isRead;
            followed.isRead = true;
            if (changes.incidents.length > 0 || changes.majors.length > 0 || isFirst) this.#pass(index, changes);
          }
          onTrouble(undefined);
        } catch (error) {
          onTrouble(error as Error);
        }
      }
      followed.looking = undefined;
    })();
    await followed.looking;
  }

  #takeHanded(index: number): void {
    this.#served
      .get(index)
      ?.collector.takeHanded()
      .catch((error: Error) => this.#options.onTrouble(error));
  }

  #known(index: number): KnownStores {
    return new Map(
      this.#share(index).flatMap(({ name, simulated = false, stores }) =>
        stores.map((definition) => [storeKey(name, definition.name), { definition, simulated }] as const),
      ),
    );
  }

  #share(index: number): Chain[] {
    return shareOf(this.#options.devices.judged(), { index, of: this.#of });
  }
}

/** The stores of the other partitions, for the judge of the first. */
function defineOthers(judge: ServedPartition['judge'], byPartition: ReadonlyMap<number, readonly EngineEvent[]>): void {
  for (const [index, events] of byPartition) {
    for (const event of index === 0 ? [] : events) {
      if (event.kind !== 'inventory') continue;
      const { store, definition, simulated } = event;
      judge.defineElsewhere(store, definition && { definition, simulated });
    }
  }
}

/** What everyone can read from the store: a partition on its way to another collector finds it there. */
const toldUnlessGone = (told: Promise<void>): Promise<void> =>
  told.catch((error: unknown) => {
    if (!(error instanceof PartitionGone)) throw error;
  });

const storesOf = (events: readonly EngineEvent[]): StoreKey[] =>
  events.flatMap((event) => (event.kind === 'inventory' ? [event.store] : []));
