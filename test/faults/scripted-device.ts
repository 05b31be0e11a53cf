import mqtt, { type MqttClient } from 'mqtt';
import { type Birth, type Report, type StatusMessage, WIRE_VERSION } from '../../protocol/messages.ts';
import { agentClientId, deviceTopic, type TopicKind } from '../../protocol/topics.ts';

const INTERVAL_MS = 1_000;
const HEALTHY = 50;
const FAULTY = 97;
/** It keeps so many reports that were not acknowledged. */
const KEPT = 200;

export interface Place {
  chain: string;
  store: string;
  device: string;
}

/**
 * A device that does what it is told, when it is told: its disk fills and empties, it falls silent and comes back. It
 * reports every second, and after a break sends again what was not acknowledged: the old faults come late.
 */
export class ScriptedDevice {
  readonly place: Place;
  readonly #port: number;
  readonly #boot: string;
  readonly #waiting = new Map<number, Report>();
  readonly #timer: NodeJS.Timeout;
  #client: MqttClient | undefined;
  #seq = 0;
  #value = HEALTHY;

  constructor(port: number, place: Place, boot: string) {
    this.place = place;
    this.#port = port;
    this.#boot = boot;
    this.#timer = setInterval(() => this.#report(), INTERVAL_MS);
    this.comeBack();
  }

  /** Its reading crosses the limit. */
  fill(): void {
    this.#value = FAULTY;
    this.#report();
  }

  /** Its reading is well again. */
  empty(): void {
    this.#value = HEALTHY;
    this.#report();
  }

  /** Its power fails: no goodbye. */
  vanish(): void {
    this.#client?.removeAllListeners('connect');
    this.#client?.end(true);
    this.#client?.stream.destroy();
    this.#client = undefined;
  }

  comeBack(): void {
    const client = mqtt.connect(`mqtt://127.0.0.1:${this.#port}`, {
      clientId: agentClientId(this.place.chain, this.place.store, this.place.device),
      protocolVersion: 4,
      keepalive: 5,
      reconnectPeriod: 100,
      connectTimeout: 3_000,
      queueQoSZero: false,
      will: {
        topic: this.#topic('status'),
        payload: Buffer.from(JSON.stringify(this.#status(false))),
        qos: 1,
        retain: true,
      },
    });
    this.#client = client;
    client.on('error', () => {});
    client.on('connect', () => {
      this.#publish('birth', this.#birth());
      this.#publish('status', this.#status(true));
      for (const [seq, report] of this.#waiting) this.#send(seq, report);
    });
  }

  end(): void {
    clearInterval(this.#timer);
    this.vanish();
  }

  #report(): void {
    // Switched off, it measures nothing.
    if (!this.#client) return;
    const report: Report = {
      v: WIRE_VERSION,
      boot: this.#boot,
      seq: ++this.#seq,
      at: Date.now(),
      points: [{ m: 'disk', t: { path: '/' }, f: { used_percent: this.#value } }],
    };
    this.#waiting.set(report.seq, report);
    for (const oldest of this.#waiting.keys()) {
      if (this.#waiting.size <= KEPT) break;
      this.#waiting.delete(oldest);
    }
    if (this.#client.connected) this.#send(report.seq, report);
  }

  #send(seq: number, report: Report): void {
    this.#publish('report', report, () => this.#waiting.delete(seq));
  }

  #publish(kind: TopicKind, message: Report | Birth | StatusMessage, acknowledged?: () => void): void {
    const retain = kind !== 'report';
    this.#client?.publish(this.#topic(kind), JSON.stringify(message), { qos: 1, retain }, (error) => {
      if (!error) acknowledged?.();
    });
  }

  #topic(kind: TopicKind): string {
    return deviceTopic({ ...this.place, kind });
  }

  #status(online: boolean): StatusMessage {
    return {
      v: WIRE_VERSION,
      boot: this.#boot,
      online,
      ...(!online && { reason: 'lost' as const }),
      at: Date.now(),
    };
  }

  #birth(): Birth {
    return {
      v: WIRE_VERSION,
      boot: this.#boot,
      at: Date.now(),
      agent: { version: 'scripted', config: '' },
      intervalS: INTERVAL_MS / 1000,
      host: {},
      checks: [],
    };
  }
}
