import type { Beat, Hindrance, ReadingsDelta, WallDelta, WallSnapshot } from '../../protocol/views.ts';
import { DeltaRing } from './delta-ring.ts';
import { type EventSink, LiveReader } from './live-reader.ts';

/** Pages that may follow at the same time. */
const READERS_AT_MOST = 200;
const BEAT_MS = 5000;

interface LiveHubOptions {
  /** Names this run of the server, so that positions of another run are not taken for ours. No hyphen in it. */
  epoch: string;
  snapshot: () => Omit<WallSnapshot, 'id'>;
  /** What keeps Vigie from its work. */
  hindered: () => readonly Hindrance[];
  now: () => number;
}

interface Joining {
  /** The position a reader has already seen, as the stream or the wall gave it. */
  since: string | undefined;
  /** Asked at every beat: false ends the stream. */
  mayStay: () => Promise<boolean>;
}

/**
 * The live stream: numbers what changes, keeps the latest for those who come back, and hands each change, serialised
 * once, to every reader at once.
 */
export class LiveHub {
  readonly #options: LiveHubOptions;
  readonly #ring = new DeltaRing();
  readonly #readers = new Map<LiveReader, () => Promise<boolean>>();
  #beat: NodeJS.Timeout | undefined;
  #dropped = 0;

  constructor(options: LiveHubOptions) {
    this.#options = options;
  }

  /** Where the stream stands: whoever holds what there is now needs only what comes after. */
  get id(): string {
    return this.#idOf(this.#ring.last);
  }

  get isFull(): boolean {
    return this.#readers.size >= READERS_AT_MOST;
  }

  /** What there is now, with its position. */
  snapshot(): WallSnapshot {
    return { id: this.id, ...this.#options.snapshot() };
  }

  publish(delta: WallDelta): void {
    const frame = encodeEvent('delta', delta, this.#idOf(this.#ring.last + 1));
    this.#ring.push(frame);
    for (const reader of this.#readers.keys()) this.#send(reader, frame);
  }

  /** Adds a reader and gives it all it lacks. `leave` must be called when it has gone. */
  join(sink: EventSink, joining: Joining): { leave: () => void; sendReadings: (delta: ReadingsDelta) => void } {
    const missed = this.#since(joining.since);
    const first = missed ?? encodeEvent('snapshot', this.snapshot(), this.id);
    const reader = new LiveReader(sink, Buffer.concat([RETRY, first]));
    this.#readers.set(reader, joining.mayStay);
    this.#beat ??= setInterval(() => this.#onBeat(), BEAT_MS);
    return {
      leave: () => this.#remove(reader),
      sendReadings: (delta) => this.#send(reader, encodeEvent('readings', delta)),
    };
  }

  figures(): { readers: number; dropped: number } {
    return { readers: this.#readers.size, dropped: this.#dropped };
  }

  /** Ends every stream. */
  close(): void {
    for (const reader of [...this.#readers.keys()]) this.#end(reader);
  }

  #onBeat(): void {
    const hindered = this.#options.hindered();
    const beat: Beat = { at: this.#options.now(), ...(hindered.length > 0 && { hindered }) };
    const frame = encodeEvent('beat', beat);
    for (const [reader, mayStay] of [...this.#readers]) {
      if (reader.hasStalled()) this.#drop(reader);
      else this.#send(reader, frame);
      // When nobody can tell just now, whoever was let in stays: the wall does not go dark for that.
      mayStay().then(
        (may) => {
          if (!may) this.#end(reader);
        },
        () => {},
      );
    }
  }

  #send(reader: LiveReader, frame: Buffer): void {
    if (this.#readers.has(reader) && !reader.send(frame)) this.#drop(reader);
  }

  #drop(reader: LiveReader): void {
    this.#dropped += 1;
    this.#remove(reader);
    reader.cut();
  }

  #end(reader: LiveReader): void {
    this.#remove(reader);
    reader.end();
  }

  #remove(reader: LiveReader): void {
    this.#readers.delete(reader);
    if (this.#readers.size > 0) return;
    clearInterval(this.#beat);
    this.#beat = undefined;
  }

  /** The frames after a position of this run, or undefined when only a snapshot can tell. */
  #since(id: string | undefined): Buffer | undefined {
    const [, epoch, digits] = /^([^-]+)-(\d{1,15})$/.exec(id ?? '') ?? [];
    return epoch === this.#options.epoch ? this.#ring.after(Number(digits)) : undefined;
  }

  #idOf(position: number): string {
    return `${this.#options.epoch}-${position}`;
  }
}

/** A page whose stream broke tries again after a second. */
const RETRY = Buffer.from('retry: 1000\n\n');

/** One server-sent event. JSON has no bare line break, so the data is one line. */
function encodeEvent(event: string, data: unknown, id?: string): Buffer {
  return Buffer.from(`${id === undefined ? '' : `id: ${id}\n`}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
}
