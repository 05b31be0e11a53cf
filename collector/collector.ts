import type { EngineEvent } from '../alerting/engine/types.ts';
import type { Judge } from '../alerting/ports.ts';
import type { StoreKey } from '../protocol/names.ts';
import type { Devices } from './devices.ts';
import type { Timepieces } from './ingest/attention.ts';
import {
  type Committed,
  Pipeline,
  type PipelineLimits,
  type PipelineOptions,
  type ReceiptBook,
} from './ingest/pipeline.ts';
import { partitionOf } from './partitions.ts';
import type { Broker, Intake, MetricsStore, Partition, PartitionStore } from './ports.ts';
import { MetricsSink, type SinkSettings } from './sinks/metrics-sink.ts';

export interface CollectorOptions {
  partition: Partition;
  broker: Broker;
  store: PartitionStore;
  kept: PipelineOptions['kept'];
  /** For this partition's rows alone. */
  metrics: MetricsStore;
  judge: Judge;
  devices: Devices;
  limits: PipelineLimits;
  sink: SinkSettings;
  receipts: ReceiptBook | undefined;
  /** Whether none of an agent's certificates is good any more. */
  isBarred?: PipelineOptions['isBarred'];
  /** Keeps what an agent answers to a command. */
  onReply?: PipelineOptions['onReply'];
  /** Keeps what an agent tells a device is made of. */
  onFacts: NonNullable<PipelineOptions['onFacts']>;
  time: Timepieces;
  onCommit: (committed: Committed) => void;
  /** Forgets how stores stood before an instant, in all partitions. */
  forgetHistory?: (before: number) => Promise<void>;
  /** The clock was set by so much. */
  onClockStepped: (byMs: number) => void;
  /** What keeps the collector from its work, and `undefined` once that is over. */
  onTrouble: (part: 'commit' | 'metrics', error: Error | undefined) => void;
  /** Another collector has the partition: this one has stopped. */
  onLeaseLost: () => void;
}

/** How long a stop waits for a store that does not answer. What was not committed was not acknowledged either. */
const CLOSE_TIMEOUT_MS = 10_000;

/** Takes what agents of one partition send, has it judged, and keeps it. */
export class Collector {
  readonly #options: CollectorOptions;
  readonly #pipeline: Pipeline;
  readonly #sink: MetricsSink;
  #intake: Intake | undefined;
  #takingHanded: Promise<void> | undefined;
  #handedAsked = false;

  constructor(options: CollectorOptions) {
    const { partition, store, kept, judge, devices, limits, receipts, time } = options;
    this.#options = options;
    this.#pipeline = new Pipeline({
      store,
      kept,
      judge,
      deviceOf: (key) => devices.device(key),
      isElsewhere: (key) =>
        partition.of > 1 && partitionOf(key, partition.of) !== partition.index && devices.store(key) !== undefined,
      limits,
      time,
      ...(receipts && { receipts }),
      ...(options.isBarred && { isBarred: options.isBarred }),
      ...(options.onReply && { onReply: options.onReply }),
      onCommit: (committed) => {
        if (committed.logId !== undefined) this.#sink.offer(committed.logId, committed.reports);
        options.onCommit(committed);
      },
      onFacts: options.onFacts,
      onClockStepped: options.onClockStepped,
      onTrouble: (error) => options.onTrouble('commit', error),
      onLeaseLost: options.onLeaseLost,
    });
    this.#sink = new MetricsSink({
      ...options.sink,
      ...(options.forgetHistory && { forgetHistory: options.forgetHistory }),
      store,
      metrics: options.metrics,
      now: () => time.now(),
      monotonicMs: () => time.monotonicMs(),
      onTrouble: (error) => options.onTrouble('metrics', error),
    });
  }

  get counters(): Pipeline['counters'] {
    return this.#pipeline.counters;
  }

  /** Agents whose clocks are off, and by how many milliseconds. */
  clockSkews(): ReturnType<Pipeline['clockSkews']> {
    return this.#pipeline.clockSkews();
  }

  get delays(): Pipeline['delays'] {
    return this.#pipeline.delays;
  }

  get sinkFigures(): ReturnType<MetricsSink['figures']> {
    return this.#sink.figures();
  }

  async start(stores: readonly StoreKey[]): Promise<void> {
    await this.#sink.start();
    const { broker, partition } = this.#options;
    this.#intake = await broker.open(
      partition,
      stores,
      (message, done) => this.#pipeline.receive(message, done),
      (isListening) => this.#pipeline.setListening(isListening),
    );
  }

  /** The partition's stores, after a change of the inventory. */
  async setStores(stores: readonly StoreKey[]): Promise<void> {
    await this.#intake?.setStores(stores);
  }

  /** Judges events that came by another way than the wire. Resolves when they are committed. */
  submit(events: readonly EngineEvent[]): Promise<void> {
    return this.#pipeline.submit(events);
  }

  /** Judges what other collectors were told and could not judge. One reading at a time, and one more if asked meanwhile. */
  takeHanded(): Promise<void> {
    this.#handedAsked = true;
    this.#takingHanded ??= (async () => {
      try {
        while (this.#handedAsked) {
          this.#handedAsked = false;
          this.#pipeline.forgetJudged();
          for (const { id, event } of await this.#options.store.handedEvents()) this.#pipeline.submitHanded(id, event);
        }
      } finally {
        this.#takingHanded = undefined;
      }
    })();
    return this.#takingHanded;
  }

  /** What broke below the level of messages: counted and kept like a refused message. */
  note(source: string, reason: string): void {
    this.#pipeline.note(source, reason);
  }

  /** Commits and puts away what was taken. The stores stay open: their opener closes them. */
  async close(): Promise<void> {
    const late = setTimeout(() => this.#pipeline.abandon(), CLOSE_TIMEOUT_MS);
    await this.#pipeline.close();
    clearTimeout(late);
    await this.#intake?.close();
    await this.#sink.close();
  }

  /** Stops at once, without a last commit: another collector has the partition. */
  async abandon(): Promise<void> {
    this.#pipeline.abandon();
    await this.#intake?.close();
    await this.#sink.abandon();
  }
}
