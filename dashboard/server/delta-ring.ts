/** How far back a reader may come and still get only what it missed. */
const FRAMES_AT_MOST = 5000;
const BYTES_AT_MOST = 16 * 1024 * 1024;

/** The latest frames, numbered from 1, bounded in number and bytes. */
export class DeltaRing {
  #frames: Buffer[] = [];
  /** Frames before this index in `#frames` are gone; the array is cut now and then, not at every push. */
  #start = 0;
  #bytes = 0;
  #last = 0;

  /** The number of the latest frame; 0 before the first. */
  get last(): number {
    return this.#last;
  }

  push(frame: Buffer): void {
    this.#frames.push(frame);
    this.#bytes += frame.length;
    this.#last += 1;
    while (this.#kept > FRAMES_AT_MOST || this.#bytes > BYTES_AT_MOST) this.#forgetOldest();
    if (this.#start > FRAMES_AT_MOST) {
      this.#frames = this.#frames.slice(this.#start);
      this.#start = 0;
    }
  }

  /** All frames after that number, joined; undefined when some are gone or it has not come yet. */
  after(number: number): Buffer | undefined {
    const missing = this.#last - number;
    if (missing < 0 || missing > this.#kept) return undefined;
    return Buffer.concat(this.#frames.slice(this.#frames.length - missing));
  }

  get #kept(): number {
    return this.#frames.length - this.#start;
  }

  #forgetOldest(): void {
    this.#bytes -= this.#frames[this.#start]?.length ?? 0;
    this.#frames[this.#start] = EMPTY;
    this.#start += 1;
  }
}

const EMPTY = Buffer.alloc(0);
