import type { IPublishPacket } from 'mqtt-packet';
import type { MessageHandler } from '../ports.ts';
import type { MqttLink } from './mqtt-link.ts';

/** However few they are, messages in hand weigh no more than this. */
const MAX_BYTES_IN_HAND = 64 * 1024 * 1024;

interface Held {
  /** Undefined at QoS 0: there is nothing to acknowledge. */
  messageId: number | undefined;
  bytes: number;
  isDone: boolean;
}

/**
 * The messages of one connection: handed on, at most so many at once, and acknowledged in the order they came, as MQTT
 * asks. What is done after the connection is gone is not acknowledged on the next: the broker sends it again there.
 */
export class Lane {
  readonly #link: Pick<MqttLink, 'pause' | 'resume' | 'acknowledge'>;
  readonly #handler: MessageHandler;
  readonly #limit: number;
  readonly #onThrown: (topic: string, error: unknown) => void;
  /** Handed on and not acknowledged, oldest first from `#head`. */
  #held: Held[] = [];
  #head = 0;
  #bytes = 0;
  /** Read with the last chunk, beyond what may be in hand. */
  readonly #waiting: IPublishPacket[] = [];
  #due: number[] = [];
  #isHandingOn = false;
  #isClosed = false;

  constructor(
    link: Pick<MqttLink, 'pause' | 'resume' | 'acknowledge'>,
    handler: MessageHandler,
    limit: number,
    onThrown: (topic: string, error: unknown) => void,
  ) {
    this.#link = link;
    this.#handler = handler;
    this.#limit = limit;
    this.#onThrown = onThrown;
  }

  take(packet: IPublishPacket): void {
    if (this.#isClosed) return;
    this.#waiting.push(packet);
    this.#handOn();
  }

  /** Acknowledges in its turn what nobody is to see. */
  skip(messageId: number | undefined): void {
    if (this.#isClosed) return;
    this.#held.push({ messageId, bytes: 0, isDone: true });
    this.#release();
  }

  /** Nothing more is handed on; what was done up to here is still acknowledged. */
  close(): void {
    this.#acknowledge();
    this.#isClosed = true;
    this.#waiting.length = 0;
  }

  #handOn(): void {
    // A handler that is done at once would come back here for the next, and the next.
    if (this.#isHandingOn) return;
    this.#isHandingOn = true;
    let packet: IPublishPacket | undefined;
    while (!this.#isClosed && !this.#isFull()) {
      packet = this.#waiting.shift();
      if (!packet) break;
      this.#hand(packet);
    }
    this.#isHandingOn = false;
    if (this.#isClosed) return;
    if (this.#isFull()) this.#link.pause();
    else this.#link.resume();
  }

  #isFull(): boolean {
    return this.#held.length - this.#head >= this.#limit || this.#bytes >= MAX_BYTES_IN_HAND;
  }

  #hand(packet: IPublishPacket): void {
    const payload = packet.payload as Buffer;
    const held: Held = {
      messageId: packet.qos === 0 ? undefined : packet.messageId,
      bytes: payload.byteLength,
      isDone: false,
    };
    this.#held.push(held);
    this.#bytes += held.bytes;
    const message = { topic: packet.topic, payload, retain: packet.retain, client: undefined };
    try {
      this.#handler(message, () => this.#done(held));
    } catch (error) {
      // One message must not hold up all that come after it.
      this.#onThrown(packet.topic, error);
      this.#done(held);
    }
  }

  #done(held: Held): void {
    if (this.#isClosed || held.isDone) return;
    held.isDone = true;
    this.#bytes -= held.bytes;
    this.#release();
    this.#handOn();
  }

  #release(): void {
    for (let next = this.#held[this.#head]; next?.isDone; next = this.#held[this.#head]) {
      this.#head++;
      if (next.messageId === undefined) continue;
      if (this.#due.length === 0) queueMicrotask(() => this.#acknowledge());
      this.#due.push(next.messageId);
    }
    if (this.#head > 1024 && this.#head * 2 > this.#held.length) {
      this.#held = this.#held.slice(this.#head);
      this.#head = 0;
    }
  }

  #acknowledge(): void {
    const due = this.#due;
    this.#due = [];
    if (!this.#isClosed && due.length > 0) this.#link.acknowledge(due);
  }
}
