import mqtt, { type MqttClient } from 'mqtt';
import type { Inventory } from '../../protocol/inventory.ts';
import type { Birth, Report } from '../../protocol/messages.ts';
import { agentClientId, deviceTopic } from '../../protocol/topics.ts';

/** An inventory of agents that speak for themselves. */
export function plainInventory(stores: number, devicesPerStore: number): Inventory {
  return {
    chains: [
      {
        name: 'load',
        title: 'Load',
        locale: 'en',
        stores: Array.from({ length: stores }, (_, s) => ({
          name: `s${s}`,
          title: `Store ${s}`,
          timeZone: 'Europe/Paris',
          devices: Array.from({ length: devicesPerStore }, (_, d) => ({
            name: `d${d}`,
            kind: 'till' as const,
            lane: d + 1,
          })),
        })),
      },
    ],
  };
}

/** A sender with an agent's manners: numbers its reports, and keeps each until it is acknowledged. */
export class NumberedSender {
  readonly device: string;
  readonly store: string;
  readonly boot: string;
  /** Numbers that were acknowledged. */
  readonly acknowledged = new Set<number>();
  sent = 0;
  readonly #client: MqttClient;
  readonly #waiting = new Set<number>();
  readonly #startedAt = Date.now();

  constructor(port: number, store: string, device: string, boot: string) {
    this.store = store;
    this.device = device;
    this.boot = boot;
    this.#client = mqtt.connect(`mqtt://127.0.0.1:${port}`, {
      clientId: agentClientId('load', store, device),
      protocolVersion: 4,
      reconnectPeriod: 50,
      // Ours is the only queue: what is not acknowledged is sent again by us, as an agent's outbox does.
      queueQoSZero: false,
      resubscribe: false,
    });
    this.#client.on('error', () => {});
    this.#client.on('connect', () => {
      this.#publish('birth', this.#birth());
      for (const seq of this.#waiting) this.#deliver(seq);
    });
  }

  /** Sends the next report. */
  next(): void {
    const seq = ++this.sent;
    this.#waiting.add(seq);
    if (this.#client.connected) this.#deliver(seq);
  }

  get unacknowledged(): number {
    return this.#waiting.size;
  }

  end(): void {
    this.#client.end(true);
  }

  #deliver(seq: number): void {
    const report: Report = {
      v: 1,
      boot: this.boot,
      seq,
      // One millisecond each: in a metrics store no report can hide behind another.
      at: this.#startedAt + seq,
      points: [{ m: 'cpu', t: { cpu: 'cpu-total' }, f: { usage_active: seq } }],
    };
    this.#publish('report', report, () => {
      this.#waiting.delete(seq);
      this.acknowledged.add(seq);
    });
  }

  #birth(): Birth {
    return {
      v: 1,
      boot: this.boot,
      at: Date.now(),
      agent: { version: 'load', config: '' },
      intervalS: 10,
      host: {},
      checks: [],
    };
  }

  #publish(kind: 'birth' | 'report', message: Birth | Report, acknowledged?: () => void): void {
    const topic = deviceTopic({ chain: 'load', store: this.store, device: this.device, kind });
    this.#client.publish(topic, JSON.stringify(message), { qos: 1 }, (error) => {
      if (!error) acknowledged?.();
    });
  }
}
