import { takersOf } from '../../alerting/desks/digests.ts';
import { type DeskWatch, type WatchSettings, watchDesks } from '../../alerting/desks/watch-desks.ts';
import type { RulePack } from '../../alerting/engine/types.ts';
import { createJudge, type LiveJudge } from '../../alerting/judge.ts';
import { createOutbox, type DeskManners, type Outbox, type TicketChange } from '../../alerting/outbox.ts';
import type { Desk } from '../../alerting/ports.ts';
import { Collector } from '../../collector/collector.ts';
import type { Devices } from '../../collector/devices.ts';
import type { Timepieces } from '../../collector/ingest/attention.ts';
import type { Committed, PipelineLimits, ReceiptBook } from '../../collector/ingest/pipeline.ts';
import { shareOf, storeKeysOf } from '../../collector/partitions.ts';
import type { Broker, Lease, Partition, StateStore } from '../../collector/ports.ts';
import type { SinkSettings } from '../../collector/sinks/metrics-sink.ts';
import type { Reply } from '../../protocol/commands.ts';
import type { MaintenanceWindow } from '../../protocol/maintenance.ts';
import { chainOf, type DeviceKey, type StoreKey, storeOf } from '../../protocol/names.ts';
import type { Assets } from './assets.ts';
import { forgetJudged } from './forget-judged.ts';
import type { createServerLog } from './log.ts';
import type { MetricsDoor } from './open-stores.ts';
import { createTopologyFeed } from './topology-feed.ts';

/** What every partition of this process is served with. */
export interface PartitionRooms {
  state: StateStore;
  broker: Broker;
  devices: Devices;
  assets: Pick<Assets, 'take' | 'observed' | 'installed' | 'clockStepped' | 'allObserved' | 'toldOf' | 'storesWith'>;
  /** The rules that hold now. */
  pack: () => RulePack;
  /** Maintenance windows and changes, as they are known now. */
  maintenance: () => readonly MaintenanceWindow[];
  /** Who is on call by a calendar at a time, ms since 1970. */
  onCall: (calendar: string, at: number) => string | undefined;
  desks: Readonly<Record<string, Desk>>;
  /** How each of them is watched; absent: as by default. */
  watching?: Readonly<Record<string, WatchSettings>>;
  manners: Readonly<Record<string, DeskManners>>;
  /** Desks that are told of what happens; the others stand in for them. */
  told: readonly string[];
  limits: PipelineLimits;
  sink: SinkSettings;
  receipts: ReceiptBook | undefined;
  /** Whether none of an agent's certificates is good any more. */
  isBarred?: (agent: DeviceKey) => boolean;
  /** Keeps what an agent answers to a command. */
  onReply?: (agent: DeviceKey, reply: Reply) => Promise<void>;
  openMetrics: MetricsDoor['openWriter'];
  log: ReturnType<typeof createServerLog>;
  time: Timepieces;
  onCommit: (partition: number, committed: Committed) => void;
  onTicket: (change: TicketChange) => void;
  onTrouble: (part: 'commit' | 'metrics' | 'desk', where: number | string, error: Error | undefined) => void;
  onLeaseLost: (lease: Lease) => void;
}

/** A partition as this process serves it: its stream, its judge, its ticket work. */
export interface ServedPartition {
  judge: LiveJudge;
  collector: Collector;
  outbox: Outbox;
  /** These stores have other devices now, and were judged with them: what is known of their network may fit others. */
  recheckTopology(stores: Iterable<StoreKey>): void;
  /** A desk told something of an incident’s ticket. Resolves once what follows from it is committed. */
  hear(desk: string, incident: string): Promise<void>;
  /** Commits what was taken and lets go. */
  close(): Promise<void>;
  /** Lets go without a last word: another collector has it. */
  abandon(): Promise<void>;
}

const RECENT_MS = 3_600_000;
const RECENT_INCIDENTS = 1_000;

/** Takes a partition up where it was left. Rejects when the store does not give it; nothing is left running then. */
export async function servePartition(
  rooms: PartitionRooms,
  partition: Partition,
  lease?: Lease,
): Promise<ServedPartition> {
  const { state, broker, devices, log, time } = rooms;
  const now = () => time.now();
  const store = await state.partition(partition, lease);
  const inventory = shareOf(devices.judged(), partition);
  const stores = new Set(storeKeysOf(inventory));
  const since = now() - RECENT_MS;
  const resolved = await state.incidents({ state: 'resolved', since, limit: RECENT_INCIDENTS });
  const topology = createTopologyFeed({
    devices,
    assets: rooms.assets,
    submit: (event) => collector.submit([event]),
    onTrouble: (error) => log.warn({ err: error, partition: partition.index }, 'a tree is not told; it is tried again'),
  });
  const judge = createJudge({
    pack: rooms.pack(),
    kept: {
      judgement: await store.loadJudgement(),
      incidents: await store.loadIncidents(),
      watchedUntil: await store.watchedUntil(),
      recentlyResolved: resolved.filter((incident) => stores.has(incident.store)),
    },
    maintenance: rooms.maintenance(),
    numbers: partition,
    inventory,
    observedOf: rooms.assets.observed,
    deployedOf: rooms.assets.installed,
    chainNamed: (name) => devices.chain(name),
    observed: [...(await rooms.assets.allObserved())].filter(([device]) => stores.has(storeOf(device))),
    topologies: await topology.begin(stores),
    onCall: rooms.onCall,
    desks: rooms.told,
    takeDigests: takersOf(rooms.desks),
    localeOf: (key) => devices.chain(chainOf(key))?.locale ?? 'fr',
    now,
  });
  const outbox = createOutbox({
    store,
    desks: rooms.desks,
    manners: rooms.manners,
    onTicket: rooms.onTicket,
    onDesk: (desk, error) =>
      rooms.onTrouble(
        'desk',
        `${desk} ${partition.index}`,
        error === undefined ? undefined : new Error(`${desk}: ${error}`),
      ),
    log,
  });
  const kept = { cursors: await store.loadCursors(), boots: await store.loadBoots() };
  const metrics = await rooms.openMetrics();
  const collector = new Collector({
    partition,
    broker,
    store,
    kept,
    metrics: metrics.store,
    judge,
    devices,
    limits: rooms.limits,
    // What is true of the whole metrics store is one collector's work.
    sink: { ...rooms.sink, chores: partition.index === 0 },
    receipts: rooms.receipts,
    ...(rooms.isBarred && { isBarred: rooms.isBarred }),
    ...(rooms.onReply && { onReply: rooms.onReply }),
    async onFacts(device, facts, at) {
      const event = await rooms.assets.take(device, facts, at);
      topology.noteFacts(device, facts.facts);
      return event;
    },
    async forgetHistory(before) {
      await state.availability.forget(before);
      await forgetJudged(state, now());
    },
    time,
    onCommit(committed) {
      rooms.onCommit(partition.index, committed);
      if (committed.judgement.writes.tickets.length > 0) outbox.wake();
    },
    onClockStepped(byMs) {
      outbox.clockStepped(byMs);
      // Once in a process; this is the partition that asks for it.
      if (partition.index === 0) rooms.assets.clockStepped(byMs);
    },
    onTrouble: (part, error) => rooms.onTrouble(part, partition.index, error),
    onLeaseLost: () => {
      if (lease) rooms.onLeaseLost(lease);
    },
  });
  let watch: DeskWatch | undefined;
  /** The stream first: while we hold it, nobody else can. */
  const abandon = async () => {
    topology.stop();
    await watch?.stop();
    await collector.abandon();
    await outbox.stop();
    await metrics.release();
  };
  try {
    await collector.start([...stores]);
    await collector.takeHanded();
    watch = await watchDesks({
      ...{ store, log, now, incidents: judge, desks: rooms.desks },
      ...(rooms.watching && { settings: rooms.watching }),
      submit: (events) => collector.submit(events),
    });
  } catch (error) {
    await abandon();
    throw error;
  }
  outbox.wake();
  return {
    judge,
    collector,
    outbox,
    recheckTopology: (changed) => topology.noteStores(changed),
    hear: (desk, incident) => watch.hear(desk, incident),
    async close() {
      topology.stop();
      await watch.stop();
      await collector.close();
      await outbox.stop();
      await metrics.release();
    },
    abandon,
  };
}
