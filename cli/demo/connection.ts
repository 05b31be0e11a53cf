import { type IClientOptions, MqttClient } from 'mqtt';
import { type Address, Link } from './link.ts';

/** Pauses between two attempts: doubled each time, and jittered so that a region doesn’t come back as one. */
const PAUSE_MS = { first: 1_000, longest: 30_000 };
/** A line that is whole again is noticed by the gateway’s network within so long. */
const NOTICE_MS = { min: 200, max: 3_000 };
const CONNECT_TIMEOUT_MS = 10_000;
/** A connection that held so long was a good one: the next pause begins small again. */
const GOOD_AFTER_MS = 5_000;
const GOODBYE_MS = 1_500;

export interface ConnectionOptions {
  address: Address;
  /** Who connects, and with which last will: asked anew for every connection. */
  introduce: () => Pick<IClientOptions, 'clientId' | 'will' | 'username' | 'password'>;
  keepaliveS: number;
  /** Milliseconds since 1970. */
  now: () => number;
  /** Draws for jitter, in [0, 1). */
  draw: () => number;
  onConnected: () => void;
  onMessage: (topic: string, payload: Uint8Array) => void;
  onClosed: () => void;
  onProblem: (error: Error) => void;
}

/** An MQTT connection that comes back by itself, over a line that can be cut. */
export class Connection {
  readonly #options: ConnectionOptions;
  #client: MqttClient | undefined;
  #link: Link | undefined;
  #retry: NodeJS.Timeout | undefined;
  #attempts = 0;
  #cut = false;
  #closing = false;

  constructor(options: ConnectionOptions) {
    this.#options = options;
  }

  get connected(): boolean {
    return this.#client?.connected === true;
  }

  /** Connects after a delay, and again whenever the connection is lost. */
  open(delayMs: number): void {
    clearTimeout(this.#retry);
    if (this.#closing) return;
    this.#retry = setTimeout(() => this.#attempt(), delayMs);
  }

  /** Subscribes at QoS 1. What fails is tried again with the next connection. */
  subscribe(filter: string): void {
    this.#client?.subscribe(filter, { qos: 1 }, (error) => error && this.#options.onProblem(error));
  }

  /** Publishes at QoS 1. `acknowledged` is called on PUBACK; never when the connection is lost before. */
  publish(topic: string, payload: string, retain: boolean, acknowledged?: () => void): void {
    this.#client?.publish(topic, payload, { qos: 1, retain }, (error) => {
      if (!error) acknowledged?.();
    });
  }

  /** The line goes dead under the connection, as a WAN does: neither side is told. */
  cut(): void {
    this.#cut = true;
    this.#link?.cut();
  }

  /** The line is whole again: what was left of the old connection is given up, and a new one comes soon. */
  restore(): void {
    this.#cut = false;
    this.#drop();
    this.#link?.release();
    this.#attempts = 0;
    this.open(NOTICE_MS.min + this.#options.draw() * (NOTICE_MS.max - NOTICE_MS.min));
  }

  /** Says what is still to be said, then disconnects properly; gives up on that after 1.5 s. */
  async close(): Promise<void> {
    this.#closing = true;
    clearTimeout(this.#retry);
    const client = this.#client;
    if (client?.connected && !this.#cut) {
      await Promise.race([
        new Promise<void>((resolve) => client.end(false, () => resolve())),
        new Promise<void>((resolve) => setTimeout(resolve, GOODBYE_MS).unref()),
      ]);
    }
    this.#drop();
    this.#link?.release();
  }

  #attempt(): void {
    if (this.#cut) {
      this.#tryLater();
      return;
    }
    const link = new Link(this.#options.address);
    const client = new MqttClient(() => link, {
      ...this.#options.introduce(),
      protocolVersion: 4,
      clean: true,
      keepalive: this.#options.keepaliveS,
      reconnectPeriod: 0,
      connectTimeout: CONNECT_TIMEOUT_MS,
      resubscribe: false,
      // What is sent in the meantime does not prove that answers still come.
      reschedulePings: false,
      // mqtt.js would otherwise keep a buffer for each of the 65,536 possible numbers.
      writeCache: false,
    });
    this.#link = link;
    this.#client = client;
    let connectedAt = Number.POSITIVE_INFINITY;
    client.on('connect', () => {
      connectedAt = this.#options.now();
      this.#options.onConnected();
    });
    client.on('message', (topic, payload) => this.#options.onMessage(topic, payload));
    client.on('error', (error) => this.#options.onProblem(error));
    client.on('close', () => {
      if (this.#client !== client) return;
      this.#drop();
      if (this.#options.now() - connectedAt >= GOOD_AFTER_MS) this.#attempts = 0;
      this.#tryLater();
    });
  }

  /** Lets go of the client. What it still had in flight counts as lost. */
  #drop(): void {
    const client = this.#client;
    if (!client) return;
    this.#client = undefined;
    client.end(true);
    this.#options.onClosed();
  }

  #tryLater(): void {
    const pause = Math.min(PAUSE_MS.longest, PAUSE_MS.first * 2 ** this.#attempts++);
    this.open(pause * (0.5 + this.#options.draw() / 2));
  }
}
