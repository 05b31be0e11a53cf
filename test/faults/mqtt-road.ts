import { generate, type IPublishPacket, type Packet, parser } from 'mqtt-packet';
import type { ProxyLink, ProxyStage } from '../support/fault-proxy.ts';

const PARSER = { protocolVersion: 4 } as const;
/** A report that waits to be overtaken does not wait for ever. */
const SWAP_PATIENCE_MS = 300;
const LATE_RETRY_MS = 200;

/** How many reports of how many are maltreated; 0 is none. */
interface Mischief {
  /** One in this many changes places with the next of its connection. */
  swapOneIn: number;
  /** One in this many is delivered twice. */
  twiceOneIn: number;
  /** One in this many comes `lateMs` later, over whatever connection its sender then has. */
  lateOneIn: number;
  lateMs: number;
}

interface Late {
  packet: IPublishPacket;
  client: string;
  from: Road;
  timer: NodeJS.Timeout;
}

/**
 * The road from agents to a broker, for whole MQTT packets: what a redelivering network, a sleeping till or an impatient
 * client do to reports. Packet numbers are our own towards the broker, so that a copy never takes the acknowledgement of
 * an original.
 */
export class MqttRoad {
  readonly mischief: Mischief = { swapOneIn: 0, twiceOneIn: 0, lateOneIn: 0, lateMs: 0 };
  readonly counts = { reports: 0, swapped: 0, twice: 0, late: 0, lateElsewhere: 0 };
  readonly #open = new Map<string, Road>();
  readonly #late = new Set<Late>();
  readonly #chance: () => number;

  /** `chance` draws from [0, 1). */
  constructor(chance: () => number) {
    this.#chance = chance;
  }

  readonly stage = (link: ProxyLink): ProxyStage => new Road(this, link);

  /** Reports that are still kept back. */
  get waiting(): number {
    return this.#late.size;
  }

  /** Every draw is made: a report has one fate at most. */
  fate(): 'swap' | 'twice' | 'late' | 'pass' {
    const { swapOneIn, twiceOneIn, lateOneIn } = this.mischief;
    const oneIn = (n: number) => n > 0 && this.#chance() * n < 1;
    if (oneIn(swapOneIn)) return 'swap';
    if (oneIn(twiceOneIn)) return 'twice';
    return oneIn(lateOneIn) ? 'late' : 'pass';
  }

  connected(client: string, road: Road): void {
    this.#open.set(client, road);
  }

  gone(client: string, road: Road): void {
    if (this.#open.get(client) === road) this.#open.delete(client);
  }

  keepBack(packet: IPublishPacket, client: string, from: Road): void {
    this.counts.late++;
    const late: Late = { packet, client, from, timer: setTimeout(() => this.#deliver(late), this.mischief.lateMs) };
    this.#late.add(late);
  }

  /** Delivers all that is kept back, now. */
  releaseLate(): void {
    for (const late of this.#late) {
      clearTimeout(late.timer);
      this.#deliver(late);
    }
  }

  /** Forgets what is kept back. */
  close(): void {
    for (const { timer } of this.#late) clearTimeout(timer);
    this.#late.clear();
  }

  #deliver(late: Late): void {
    const now = this.#open.get(late.client);
    if (!now) {
      late.timer = setTimeout(() => this.#deliver(late), LATE_RETRY_MS);
      return;
    }
    this.#late.delete(late);
    if (now === late.from) now.pass(late.packet);
    else {
      // Its sender has sent it again since: this is the same report a second time, and late.
      this.counts.lateElsewhere++;
      now.inject(late.packet);
    }
  }
}

/** One connection. */
class Road implements ProxyStage {
  readonly #all: MqttRoad;
  readonly #link: ProxyLink;
  readonly #up = parser(PARSER);
  readonly #down = parser(PARSER);
  /** Packet numbers towards the broker, and the client's own for them; undefined: the client knows nothing of it. */
  readonly #numbers = new Map<number, number | undefined>();
  #lastNumber = 0;
  #client = '';
  #toBeOvertaken: IPublishPacket | undefined;
  #patience: NodeJS.Timeout | undefined;

  constructor(all: MqttRoad, link: ProxyLink) {
    this.#all = all;
    this.#link = link;
    this.#up.on('packet', (packet: Packet) => this.#fromClient(packet));
    this.#down.on('packet', (packet: Packet) => this.#fromServer(packet));
  }

  fromClient(bytes: Buffer): void {
    this.#up.parse(bytes);
  }

  fromServer(bytes: Buffer): void {
    this.#down.parse(bytes);
  }

  closed(): void {
    clearTimeout(this.#patience);
    this.#all.gone(this.#client, this);
  }

  /** Hands it on; the acknowledgement will find its way back. */
  pass(packet: IPublishPacket): void {
    this.#publish(packet, packet.messageId);
  }

  /** A copy: its acknowledgement ends here. */
  inject(packet: IPublishPacket): void {
    this.#publish({ ...packet, dup: true }, undefined);
  }

  #fromClient(packet: Packet): void {
    if (packet.cmd === 'connect') {
      this.#client = packet.clientId;
      this.#all.connected(this.#client, this);
    }
    if (packet.cmd !== 'publish' || packet.qos === 0) this.#link.toServer(generate(packet, PARSER));
    else if (packet.topic.endsWith('/report')) this.#report(packet);
    else this.pass(packet);
  }

  #report(packet: IPublishPacket): void {
    this.#all.counts.reports++;
    if (this.#toBeOvertaken) {
      this.pass(packet);
      this.#all.counts.swapped++;
      this.#passOvertaken();
      return;
    }
    switch (this.#all.fate()) {
      case 'swap':
        this.#toBeOvertaken = packet;
        this.#patience = setTimeout(() => this.#passOvertaken(), SWAP_PATIENCE_MS);
        return;
      case 'twice':
        this.#all.counts.twice++;
        this.pass(packet);
        this.inject(packet);
        return;
      case 'late':
        this.#all.keepBack(packet, this.#client, this);
        return;
      default:
        this.pass(packet);
    }
  }

  #passOvertaken(): void {
    clearTimeout(this.#patience);
    const packet = this.#toBeOvertaken;
    this.#toBeOvertaken = undefined;
    if (packet) this.pass(packet);
  }

  #publish(packet: IPublishPacket, own: number | undefined): void {
    do this.#lastNumber = (this.#lastNumber % 65_535) + 1;
    while (this.#numbers.has(this.#lastNumber));
    this.#numbers.set(this.#lastNumber, own);
    this.#link.toServer(generate({ ...packet, messageId: this.#lastNumber }, PARSER));
  }

  #fromServer(packet: Packet): void {
    if (packet.cmd !== 'puback') {
      this.#link.toClient(generate(packet, PARSER));
      return;
    }
    const number = packet.messageId ?? 0;
    const own = this.#numbers.get(number);
    this.#numbers.delete(number);
    if (own !== undefined) this.#link.toClient(generate({ ...packet, messageId: own }, PARSER));
  }
}
