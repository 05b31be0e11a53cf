import type { IPublishPacket } from 'mqtt-packet';
import type { ExternalBrokerOptions } from './external-broker-options.ts';
import { type ClientIdentity, type LinkEnd, MqttLink } from './mqtt-link.ts';
import { reconnectPauseMs } from './reconnect-pause.ts';
import type { TooLarge } from './size-gate.ts';

/** A connection that held this long was a good one: the next pause begins small again. */
const GOOD_AFTER_MS = 5000;

export interface KeptConnectionOptions {
  broker: ExternalBrokerOptions;
  clientId: string;
  /** Made anew for every connection. */
  identity: () => ClientIdentity;
  /** A number from 0 to 1. */
  chance: () => number;
  onUp: (link: MqttLink) => void;
  onDown: () => void;
  onMessage: (packet: IPublishPacket) => void;
  onTooLarge: (packet: TooLarge) => void;
  /** Told once, until it changes or the connection was there in between. */
  onProblem: (clientId: string, problem: string) => void;
}

/** One client id's connection to the broker: tries for ever, with growing pauses, until it is closed. */
export class KeptConnection {
  readonly #options: KeptConnectionOptions;
  #attempt: MqttLink | undefined;
  #link: MqttLink | undefined;
  #upAt = 0;
  #failures = 0;
  #told: string | undefined;
  #retry: NodeJS.Timeout | undefined;
  #isClosed = false;

  constructor(options: KeptConnectionOptions) {
    this.#options = options;
    this.#connect();
  }

  /** The connection while the broker has welcomed us. */
  get link(): MqttLink | undefined {
    return this.#link;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#retry);
    this.#link = undefined;
    await this.#attempt?.end();
  }

  #connect(): void {
    const { broker, identity, onUp, onMessage, onTooLarge } = this.#options;
    try {
      const attempt = new MqttLink(broker, identity(), {
        onUp: () => {
          this.#link = attempt;
          this.#upAt = performance.now();
          this.#told = undefined;
          onUp(attempt);
        },
        onMessage,
        onTooLarge,
        onDown: (end) => this.#down(end),
      });
      this.#attempt = attempt;
    } catch (error) {
      this.#down({ problem: (error as Error).message, wasRefused: true });
    }
  }

  #down({ problem, wasRefused }: LinkEnd): void {
    const wasUp = this.#link !== undefined;
    this.#link = undefined;
    this.#attempt = undefined;
    if (this.#isClosed) return;
    if (wasUp) this.#options.onDown();
    if (problem !== this.#told) this.#options.onProblem(this.#options.clientId, problem);
    this.#told = problem;
    this.#failures = wasUp && performance.now() - this.#upAt >= GOOD_AFTER_MS ? 1 : this.#failures + 1;
    const pauseMs = reconnectPauseMs(this.#failures, wasRefused, this.#options.chance());
    this.#retry = setTimeout(() => this.#connect(), pauseMs);
  }
}
