import type { CommandRefusal } from '../../protocol/commands.ts';

const BURST = 5;
const EVERY_MS = 60_000;

/** What anyone on the network can send, signed once or never: answers to it are counted out. */
const STRANGE: ReadonlySet<CommandRefusal> = new Set(['unsigned', 'not-for-me', 'expired', 'repeated']);

/** Keeps a flood of refused messages from filling the disk or the link: a few are answered, the rest are counted. */
export class Strangers {
  #left = BURST;
  #since: number;
  #unanswered = 0;

  /** @param now of a clock that never jumps. */
  constructor(now: number) {
    this.#since = now;
  }

  /** How many went unanswered before this one; undefined when this one must go unanswered too. */
  admit(refusal: CommandRefusal, now: number): number | undefined {
    if (!STRANGE.has(refusal)) return 0;
    const earned = Math.floor((now - this.#since) / EVERY_MS);
    this.#left = Math.min(BURST, this.#left + earned);
    this.#since += earned * EVERY_MS;
    if (this.#left === 0) {
      this.#unanswered += 1;
      return undefined;
    }
    this.#left -= 1;
    const unanswered = this.#unanswered;
    this.#unanswered = 0;
    return unanswered;
  }
}
