import type { Socket } from 'node:net';
import { generate, type IConnectPacket, type IPublishPacket, type Packet, type Parser, parser } from 'mqtt-packet';
import { MAX_MESSAGE_BYTES } from '../ingest/decode.ts';
import { AwaitedAnswers } from './awaited-answers.ts';
import type { ExternalBrokerOptions } from './external-broker-options.ts';
import { openSocket } from './open-socket.ts';
import { SizeGate, type TooLarge } from './size-gate.ts';

const MAX_PACKET_BYTES = MAX_MESSAGE_BYTES + 1024;
/** What may wait in memory for a broker that does not read. */
const MAX_UNSENT_BYTES = 16 * 1024 * 1024;
const GOODBYE_TIMEOUT_MS = 1000;
/** Not a packet id: what waits for the welcome, and then for answers to pings. */
const NO_ID = 0;

const REFUSALS: Record<number, string> = {
  1: 'the broker does not speak MQTT 3.1.1',
  2: 'the broker refuses this client id',
  4: 'the broker refuses user or password',
  5: 'the broker refuses: not authorised',
};

export type ClientIdentity = Pick<IConnectPacket, 'clientId' | 'clean'> & Partial<Pick<IConnectPacket, 'will'>>;

export interface LinkEnd {
  problem: string;
  /** The broker does not want us: nothing that passes by itself. */
  wasRefused: boolean;
}

export interface LinkListener {
  /** The broker has welcomed us. */
  onUp(): void;
  onMessage(packet: IPublishPacket): void;
  onTooLarge(packet: TooLarge): void;
  /** Called once, whatever happened, unless `end` was called. */
  onDown(end: LinkEnd): void;
}

/** One connection to a broker, MQTT 3.1.1, from dialling to its end. Every answer has a deadline. */
export class MqttLink {
  readonly #options: ExternalBrokerOptions;
  readonly #answerTimeoutMs: number;
  readonly #keepaliveS: number;
  readonly #listener: LinkListener;
  readonly #socket: Socket;
  readonly #parser: Parser = parser({ protocolVersion: 4 });
  readonly #gate: SizeGate;
  readonly #awaited = new AwaitedAnswers();
  readonly #tickMs: number;
  readonly #ticker: NodeJS.Timeout;
  /** Milliseconds during which we were listening: no answer can be late while we do not read. */
  #listenedMs = 0;
  #pingedAt = performance.now();
  #isPaused = false;
  #isUp = false;
  #hasEnded = false;
  #error: NodeJS.ErrnoException | undefined;

  /** @throws when the files for TLS cannot be read. */
  constructor(options: ExternalBrokerOptions, client: ClientIdentity, listener: LinkListener) {
    const { answerTimeoutMs = 10_000, connectTimeoutMs = 10_000, keepaliveS = 15 } = options;
    this.#options = options;
    this.#answerTimeoutMs = answerTimeoutMs;
    this.#keepaliveS = keepaliveS;
    this.#listener = listener;
    this.#socket = openSocket(options, () => this.#introduce(client));
    this.#gate = new SizeGate(
      MAX_PACKET_BYTES,
      (bytes) => void this.#parser.parse(bytes),
      (packet) => listener.onTooLarge(packet),
    );
    this.#parser.on('packet', (packet) => {
      if (!this.#hasEnded) this.#take(packet);
    });
    this.#parser.on('error', (error: Error) => this.#fail(`unreadable packet: ${error.message}`));
    this.#socket.on('data', (chunk) => this.#read(chunk));
    this.#socket.on('error', (error) => {
      this.#error = error;
    });
    this.#socket.on('close', () => this.#fail(wordsFor(this.#error)));
    this.#tickMs = Math.min(1000, answerTimeoutMs / 4, connectTimeoutMs / 4, keepaliveS * 250);
    this.#ticker = setInterval(() => this.#tick(), this.#tickMs);
    this.#awaited.add(NO_ID, 'CONNECT', connectTimeoutMs).catch(() => {});
  }

  /** Stops reading: the broker keeps what it has for us. */
  pause(): void {
    this.#isPaused = true;
    this.#socket.pause();
  }

  resume(): void {
    if (!this.#isPaused) return;
    this.#isPaused = false;
    this.#socket.resume();
  }

  /** At QoS 1 resolves when the broker has it, at QoS 0 when it has left; rejects when the connection is lost before. */
  async publish(topic: string, payload: string, { qos, retain }: { qos: 0 | 1; retain: boolean }): Promise<void> {
    if (this.#socket.writableLength > MAX_UNSENT_BYTES) throw new Error('the broker does not read');
    const packet = { cmd: 'publish', topic, payload, qos, retain, dup: false } as const;
    if (qos === 1) {
      await this.#ask(`PUBLISH to ${topic}`, (messageId) => ({ ...packet, messageId }));
      return;
    }
    const bytes = generate(packet);
    await new Promise<void>((resolve, reject) => {
      this.#socket.write(bytes, (error) => (error ? reject(error) : resolve()));
    });
  }

  /** Resolves to the filters the broker refused. */
  async subscribe(filters: readonly string[]): Promise<string[]> {
    const answer = await this.#ask(`SUBSCRIBE to ${filters[0]}`, (messageId) => ({
      cmd: 'subscribe',
      messageId,
      subscriptions: filters.map((topic) => ({ topic, qos: 1 })),
    }));
    const granted = answer.cmd === 'suback' ? answer.granted : [];
    return filters.filter((_, i) => granted[i] !== 0 && granted[i] !== 1);
  }

  async unsubscribe(filters: readonly string[]): Promise<void> {
    await this.#ask(`UNSUBSCRIBE from ${filters[0]}`, (messageId) => ({
      cmd: 'unsubscribe',
      messageId,
      unsubscriptions: [...filters],
    }));
  }

  /** Sends PUBACKs, in one piece: thousands come due together with a commit. */
  acknowledge(messageIds: readonly number[]): void {
    if (this.#hasEnded) return;
    const bytes = Buffer.allocUnsafe(messageIds.length * 4);
    messageIds.forEach((id, i) => {
      bytes.writeUInt32BE((0x40_02_00_00 | id) >>> 0, i * 4);
    });
    this.#socket.write(bytes);
  }

  /** Says goodbye, so that no will is published, and resolves when the connection is gone, within a second. */
  async end(): Promise<void> {
    if (this.#hasEnded) return;
    const socket = this.#socket;
    if (!this.#isUp) {
      this.#finish('closed');
      return;
    }
    this.#settleAll('closed');
    await new Promise<void>((resolve) => {
      const late = setTimeout(() => socket.destroy(), GOODBYE_TIMEOUT_MS);
      socket.once('close', () => {
        clearTimeout(late);
        resolve();
      });
      socket.end(generate({ cmd: 'disconnect' }));
      // A paused socket would never see the other side's end.
      socket.resume();
    });
  }

  #introduce(client: ClientIdentity): void {
    const { user, password } = this.#options;
    this.#socket.write(
      generate({
        cmd: 'connect',
        protocolId: 'MQTT',
        protocolVersion: 4,
        keepalive: this.#keepaliveS,
        ...client,
        ...(user !== undefined && { username: user }),
        ...(password !== undefined && { password: Buffer.from(password) }),
      }),
    );
  }

  #read(chunk: Buffer): void {
    if (this.#hasEnded) return;
    try {
      this.#gate.push(chunk);
    } catch (error) {
      this.#fail(`unreadable packet: ${(error as Error).message}`);
    }
  }

  #take(packet: Packet): void {
    switch (packet.cmd) {
      case 'connack':
        this.#welcome(packet.returnCode ?? 0);
        break;
      case 'publish':
        if (packet.qos === 2) this.#fail('a message at QoS 2, which was not asked for');
        else this.#listener.onMessage(packet);
        break;
      case 'suback':
      case 'unsuback':
      case 'puback':
        this.#awaited.settle(packet.messageId ?? NO_ID, packet);
        break;
      case 'pingresp':
        this.#awaited.settle(NO_ID, packet);
        break;
      default:
        this.#fail(`${packet.cmd} is not for us`);
    }
  }

  #welcome(code: number): void {
    if (code !== 0) {
      this.#fail(REFUSALS[code] ?? 'the broker is not available', code in REFUSALS);
      return;
    }
    this.#isUp = true;
    this.#pingedAt = performance.now();
    this.#awaited.settle(NO_ID, { cmd: 'connack', sessionPresent: false });
    this.#listener.onUp();
  }

  async #ask(what: string, make: (messageId: number) => Packet): Promise<Packet> {
    if (this.#hasEnded || !this.#isUp) throw new Error('no connection to the broker');
    const id = this.#awaited.freeId();
    const bytes = generate(make(id));
    const answer = this.#awaited.add(id, what, this.#listenedMs + this.#answerTimeoutMs);
    this.#socket.write(bytes);
    return answer;
  }

  #tick(): void {
    if (!this.#isPaused) this.#listenedMs += this.#tickMs;
    const overdue = this.#awaited.overdue(this.#listenedMs);
    if (overdue !== undefined) this.#fail(`no answer to ${overdue}`);
    else if (this.#isUp && performance.now() - this.#pingedAt >= this.#keepaliveS * 1000 - this.#tickMs) this.#ping();
  }

  #ping(): void {
    this.#pingedAt = performance.now();
    if (!this.#awaited.has(NO_ID)) {
      this.#awaited.add(NO_ID, 'PINGREQ', this.#listenedMs + this.#answerTimeoutMs).catch(() => {});
    }
    this.#socket.write(generate({ cmd: 'pingreq' }));
  }

  #fail(problem: string, wasRefused = false): void {
    if (this.#hasEnded) return;
    this.#finish(problem);
    this.#listener.onDown({ problem, wasRefused });
  }

  #finish(problem: string): void {
    this.#settleAll(problem);
    this.#socket.destroy();
  }

  #settleAll(problem: string): void {
    this.#hasEnded = true;
    clearInterval(this.#ticker);
    this.#awaited.rejectAll(problem);
  }
}

/** An error over several addresses has a code but no message. */
const wordsFor = (error: NodeJS.ErrnoException | undefined): string =>
  error?.message || error?.code || 'the broker closed the connection';
