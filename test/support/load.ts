import mqtt, { type MqttClient } from 'mqtt';
import { readMessage } from '../../agent/read-message.ts';
import type { Inventory } from '../../protocol/inventory.ts';
import { type Birth, CollectorPresence, Receipt, type Report } from '../../protocol/messages.ts';
import { deviceKey } from '../../protocol/names.ts';
import { agentClientId, agentTopic, COLLECTOR_FILTER, deviceTopic } from '../../protocol/topics.ts';

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

const PATIENCE_MS = 60_000;
const LOOK_MS = 5_000;

/**
 * Reports that share a series. While the server's clock is set, our time runs over the same stretch twice, and a sample
 * that falls on the very millisecond of an earlier one of its series replaces it: reports every ten seconds never meet like
 * that, these do.
 */
const PART = 50;

/**
 * A sender with an agent's manners: numbers its reports, sends them while a collector is there, and keeps each until it is
 * acknowledged; where the collector gives receipts, until a receipt names it.
 */
export class NumberedSender {
  readonly device: string;
  readonly store: string;
  readonly boot: string;
  /** Numbers that are the collector's: acknowledged, or receipted where it gives receipts. */
  readonly acknowledged = new Set<number>();
  sent = 0;
  readonly #client: MqttClient;
  /** By number: when the broker acknowledged it, if it has. */
  readonly #waiting = new Map<number, number | undefined>();
  /** Those that are there, by topic. */
  readonly #collectors = new Map<string, CollectorPresence>();
  readonly #receiptTopic: string;
  readonly #look: NodeJS.Timeout;
  /** By number: when the waiting ones were made. */
  readonly #madeAt = new Map<number, number>();
  #lastAt = 0;

  constructor(port: number, store: string, device: string, boot: string) {
    this.store = store;
    this.device = device;
    this.boot = boot;
    this.#receiptTopic = agentTopic(deviceKey('load', store, device), 'receipt');
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
      this.#client.subscribe({ [this.#receiptTopic]: { qos: 0 }, [COLLECTOR_FILTER]: { qos: 1 } });
    });
    this.#client.on('close', () => this.#collectors.clear());
    this.#client.on('message', (topic, payload) => {
      if (topic === this.#receiptTopic) this.#receive(readMessage(Receipt, payload));
      else this.#meet(topic, readMessage(CollectorPresence, payload));
    });
    this.#look = setInterval(() => this.#askAgain(), LOOK_MS);
  }

  /** Makes the next report, and sends it if a collector is there. */
  next(): void {
    const seq = ++this.sent;
    this.#waiting.set(seq, undefined);
    // An instant each: in a metrics store no report can hide behind another.
    this.#lastAt = Math.max(this.#lastAt + 1, Date.now());
    this.#madeAt.set(seq, this.#lastAt);
    if (this.#maySend()) this.#deliver(seq);
  }

  get unacknowledged(): number {
    return this.#waiting.size;
  }

  /** Of these, what the broker has not acknowledged. */
  get untaken(): number {
    return [...this.#waiting.values()].filter((since) => since === undefined).length;
  }

  end(): void {
    clearInterval(this.#look);
    this.#client.end(true);
  }

  #meet(topic: string, presence: CollectorPresence | undefined): void {
    const couldSend = this.#maySend();
    if (presence?.online) this.#collectors.set(topic, presence);
    else this.#collectors.delete(topic);
    if (couldSend || !this.#maySend()) return;
    for (const seq of this.#waiting.keys()) this.#deliver(seq);
  }

  #maySend(): boolean {
    return this.#client.connected && this.#collectors.size > 0;
  }

  #needsReceipts(): boolean {
    return [...this.#collectors.values()].some(({ receipts }) => receipts === true);
  }

  #receive(receipt: Receipt | undefined): void {
    if (receipt?.boot !== this.boot) return;
    for (const seq of this.#waiting.keys()) {
      if (receipt.seen.some(([from, to]) => from <= seq && seq <= to)) this.#arrived(seq);
    }
  }

  #arrived(seq: number): void {
    this.#waiting.delete(seq);
    this.#madeAt.delete(seq);
    this.acknowledged.add(seq);
  }

  /** What the broker acknowledged a minute ago may never have reached the collector. */
  #askAgain(): void {
    if (!this.#maySend()) return;
    for (const [seq, since] of this.#waiting) {
      if (since === undefined || Date.now() - since < PATIENCE_MS) continue;
      this.#waiting.set(seq, undefined);
      this.#deliver(seq);
    }
  }

  #deliver(seq: number): void {
    const report: Report = {
      v: 1,
      boot: this.boot,
      seq,
      at: this.#madeAt.get(seq) ?? Date.now(),
      points: [{ m: 'cpu', t: { cpu: 'cpu-total', part: String(Math.floor(seq / PART)) }, f: { usage_active: seq } }],
    };
    const needsReceipt = this.#needsReceipts();
    this.#publish('report', report, () => {
      if (!needsReceipt) this.#arrived(seq);
      else if (this.#waiting.has(seq)) this.#waiting.set(seq, Date.now());
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
