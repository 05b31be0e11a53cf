/** What may wait for a slow reader, in bytes. */
export const BACKLOG_AT_MOST = 4 * 1024 * 1024;

/** Beats in a row without its backlog shrinking after which a reader counts as gone. */
const STALLED_BEATS = 6;

/** Where events are written: a response, or what stands for one. */
export interface EventSink {
  write(chunk: Buffer): unknown;
  end(): unknown;
  destroy(): unknown;
  /** Bytes written that have not left yet. */
  readonly writableLength: number;
}

/** One page that follows. It is told to be dropped rather than kept in memory when it does not keep up. */
export class LiveReader {
  readonly #sink: EventSink;
  /** The first frame may be larger than any backlog: it is no fault of the reader while it is on its way. */
  #grace: number;
  #backlogAtBeat = 0;
  #stalledBeats = 0;

  constructor(sink: EventSink, first: Buffer) {
    this.#sink = sink;
    this.#grace = first.length;
    sink.write(first);
  }

  /** False when too much waits already: the frame was not written. */
  send(frame: Buffer): boolean {
    const backlog = this.#sink.writableLength;
    if (backlog > BACKLOG_AT_MOST + this.#grace) return false;
    if (backlog <= BACKLOG_AT_MOST) this.#grace = 0;
    this.#sink.write(frame);
    return true;
  }

  /** Asked once per beat: whether what waits for it has long stopped shrinking. */
  hasStalled(): boolean {
    const backlog = this.#sink.writableLength;
    this.#stalledBeats = backlog > 0 && backlog >= this.#backlogAtBeat ? this.#stalledBeats + 1 : 0;
    this.#backlogAtBeat = backlog;
    return this.#stalledBeats >= STALLED_BEATS;
  }

  end(): void {
    this.#sink.end();
  }

  cut(): void {
    this.#sink.destroy();
  }
}
