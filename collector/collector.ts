import type { EngineEvent } from '../alerting/engine/types.ts';
import type { Judge } from '../alerting/ports.ts';
import type { Chain } from '../protocol/inventory.ts';
import { type CollectorPresence, WIRE_VERSION } from '../protocol/messages.ts';
import type { DeviceKey } from '../protocol/names.ts';
import { collectorTopic } from '../protocol/topics.ts';
import type { Devices } from './devices.ts';
import { type Committed, Pipeline, type PipelineCounters } from './ingest/pipeline.ts';
import type { Broker, MetricsStore, StateStore } from './ports.ts';
import { MetricsSink } from './sinks/metrics-sink.ts';

export interface CollectorOptions {
  /** Names this collector on the wire. */
  id: string;
  broker: Broker;
  state: StateStore;
  metrics: MetricsStore;
  judge: Judge;
  devices: Devices;
  now: () => number;
  onCommit: (committed: Committed) => void;
  /** What keeps the collector from its work, and `undefined` once that is over. */
  onTrouble: (part: 'commit' | 'metrics', error: Error | undefined) => void;
}

/** Takes what agents send, has it judged, and keeps it. */
export class Collector {
  readonly #options: CollectorOptions;
  readonly #pipeline: Pipeline;
  readonly #sink: MetricsSink;

  constructor(options: CollectorOptions) {
    this.#options = options;
    this.#pipeline = new Pipeline({
      store: options.state,
      judge: options.judge,
      deviceOf: (key) => options.devices.device(key),
      now: options.now,
      onCommit: (committed) => {
        if (committed.logId !== undefined) this.#sink.offer(committed.logId, committed.reports);
        options.onCommit(committed);
      },
      onTrouble: (error) => options.onTrouble('commit', error),
    });
    this.#sink = new MetricsSink({
      state: options.state,
      metrics: options.metrics,
      now: options.now,
      onTrouble: (error) => options.onTrouble('metrics', error),
    });
  }

  get counters(): Readonly<PipelineCounters> {
    return this.#pipeline.counters;
  }

  async start(): Promise<void> {
    await this.#sink.start();
    this.#options.broker.onMessage((message, done) => this.#pipeline.receive(message, done));
    await this.#tellPresence(true);
  }

  /** Judges events that came by another way than the wire. Resolves when they are committed. */
  submit(events: readonly EngineEvent[]): Promise<void> {
    return this.#pipeline.submit(events);
  }

  /** Replaces the chains named, keeps them, and resolves when judgement has taken them in. */
  async replaceInventory(chains: readonly Chain[], by: string): Promise<void> {
    this.#options.state.saveInventory(chains, by, this.#options.now());
    await this.#pipeline.submit(this.#options.devices.replace(chains));
  }

  /** What broke below the level of messages: counted and kept like a refused message. */
  note(source: string, reason: string): void {
    this.#pipeline.note(source, reason);
  }

  birthOf(agent: DeviceKey): string | undefined {
    return this.#pipeline.birthOf(agent);
  }

  /** Says goodbye to the agents, commits and puts away what was taken. The stores stay open: their opener closes them. */
  async close(): Promise<void> {
    await this.#tellPresence(false);
    await this.#pipeline.close();
    await this.#options.broker.close();
    await this.#sink.close();
  }

  #tellPresence(online: boolean): Promise<void> {
    const presence: CollectorPresence = { v: WIRE_VERSION, online, at: this.#options.now() };
    return this.#options.broker.publish(collectorTopic(this.#options.id), JSON.stringify(presence), { retain: true });
  }
}
