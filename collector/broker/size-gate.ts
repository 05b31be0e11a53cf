/** A packet that was too large to be taken. */
export interface TooLarge {
  topic: string;
  /** Present at QoS 1: it can be acknowledged by it. */
  messageId: number | undefined;
  bytes: number;
}

/** A packet of which only the beginning is kept. */
interface PassingBy {
  /** Its first byte: kind and flags. */
  first: number;
  bytes: number;
  head: Buffer[];
  headBytes: number;
}

const PUBLISH = 3;
/** Two bytes of length, a topic of 65,535 at most, two of packet id. */
const LONGEST_HEAD = 2 + 65_535 + 2;

/**
 * Stands before the parser and lets a too large PUBLISH pass by without keeping it. Dropping the connection instead would
 * be no way out: the broker sends an unacknowledged message again on the next one, for ever.
 */
export class SizeGate {
  readonly #maxBytes: number;
  readonly #pass: (bytes: Buffer) => void;
  readonly #onTooLarge: (packet: TooLarge) => void;
  /** A packet's beginning whose length is not all there yet. */
  #begun: Buffer = Buffer.alloc(0);
  /** Bytes of the present packet still to come. */
  #left = 0;
  #passingBy: PassingBy | undefined;

  constructor(maxBytes: number, pass: (bytes: Buffer) => void, onTooLarge: (packet: TooLarge) => void) {
    this.#maxBytes = maxBytes;
    this.#pass = pass;
    this.#onTooLarge = onTooLarge;
  }

  /** @throws when the bytes are no MQTT, or when anything but a PUBLISH is too large. */
  push(read: Buffer): void {
    const chunk = this.#begun.length > 0 ? Buffer.concat([this.#begun, read]) : read;
    this.#begun = Buffer.alloc(0);
    let from = 0;
    let at = 0;
    while (at < chunk.length) {
      if (this.#left === 0) {
        const lead = readLead(chunk, at);
        if (!lead) {
          this.#begun = chunk.subarray(at);
          break;
        }
        this.#left = lead.size + lead.length;
        if (lead.length > this.#maxBytes) {
          const first = chunk[at] as number;
          if (first >> 4 !== PUBLISH) throw new Error(`a packet of ${lead.length} bytes that is no message`);
          this.#passOn(chunk.subarray(from, at));
          this.#left = lead.length;
          this.#passingBy = { first, bytes: lead.length, head: [], headBytes: 0 };
          at += lead.size;
        }
      }
      const step = Math.min(this.#left, chunk.length - at);
      if (this.#passingBy) {
        this.#keepHead(chunk.subarray(at, at + step));
        from = at + step;
      }
      at += step;
      this.#left -= step;
      if (this.#left === 0 && this.#passingBy) this.#hasPassed(this.#passingBy);
    }
    this.#passOn(chunk.subarray(from, at));
  }

  #passOn(bytes: Buffer): void {
    if (bytes.length > 0) this.#pass(bytes);
  }

  #keepHead(part: Buffer): void {
    const passing = this.#passingBy;
    if (!passing || passing.headBytes >= LONGEST_HEAD) return;
    const kept = Buffer.from(part.subarray(0, LONGEST_HEAD - passing.headBytes));
    passing.head.push(kept);
    passing.headBytes += kept.length;
  }

  #hasPassed({ first, bytes, head }: PassingBy): void {
    this.#passingBy = undefined;
    const start = Buffer.concat(head);
    const end = 2 + start.readUInt16BE(0);
    const qos = (first >> 1) & 3;
    this.#onTooLarge({
      topic: start.subarray(2, end).toString('utf8'),
      messageId: qos === 0 ? undefined : start.readUInt16BE(end),
      bytes,
    });
  }
}

/** A packet's leading bytes: their own number, and the length they announce. Undefined while they are not all there. */
function readLead(chunk: Buffer, at: number): { size: number; length: number } | undefined {
  let length = 0;
  for (let i = 1; i <= 4; i++) {
    const byte = chunk[at + i];
    if (byte === undefined) return undefined;
    length += (byte & 0x7f) * 128 ** (i - 1);
    if (byte < 0x80) return { size: i + 1, length };
  }
  throw new Error('a packet whose length is unreadable');
}
