/** Offered reports per second; `all`: as many as are acknowledged. */
export type Rate = number | 'all';

export interface LoadCounts {
  /** Reports, since the load began. */
  sent: number;
  acknowledged: number;
  /** From sent to acknowledged, in milliseconds, of those acknowledged since the look before. */
  p50Ms: number;
  p99Ms: number;
}

/** What a load process is asked, and what it says. */
export type Asked = { offer: Rate } | { look: number };
export type Said = { ready: true } | ({ look: number } & LoadCounts);

const TICK_MS = 5;
/** A load that was held up makes good for this long, not for ever: it is no burst that is measured. */
const MOST_BEHIND_S = 0.5;
/** One delay in so many is kept. */
const SAMPLED = 16;

/** The clock and the books of a load, inside its own process. */
export class Pace {
  sent = 0;
  acknowledged = 0;
  rate: Rate = 0;
  #delays: number[] = [];
  #due = 0;
  #since = performance.now();

  /**
   * @param sendOne sends a report if it may have one more under way; says whether it did.
   */
  constructor(sendOne: () => boolean) {
    setInterval(() => {
      const now = performance.now();
      const passed = (now - this.#since) / 1000;
      this.#since = now;
      if (this.rate === 'all') {
        while (sendOne()) this.sent++;
        return;
      }
      this.#due = Math.min(this.#due + passed * this.rate, this.rate * MOST_BEHIND_S);
      for (; this.#due >= 1 && sendOne(); this.#due--) this.sent++;
    }, TICK_MS);
    process.on('message', (asked: Asked) => {
      if ('offer' in asked) this.rate = asked.offer;
      else say({ look: asked.look, ...this.#counts() });
    });
    // Who started it is gone: nobody is left to end it.
    process.on('disconnect', () => process.exit(0));
  }

  /** Notes that what was sent `sinceMs` ago is acknowledged. */
  heard(delayMs: number): void {
    this.acknowledged++;
    if (this.acknowledged % SAMPLED === 0) this.#delays.push(delayMs);
  }

  ready(): void {
    say({ ready: true });
  }

  #counts(): LoadCounts {
    const delays = this.#delays.sort((a, b) => a - b);
    this.#delays = [];
    const at = (share: number) => delays[Math.floor(share * (delays.length - 1))] ?? 0;
    return { sent: this.sent, acknowledged: this.acknowledged, p50Ms: at(0.5), p99Ms: at(0.99) };
  }
}

function say(what: Said): void {
  process.send?.(what);
}
