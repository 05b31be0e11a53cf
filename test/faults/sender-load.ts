import { NumberedSender } from '../support/load.ts';
import { CHAIN, type Installation, SENDERS_PER_STORE, STORES } from './installation.ts';
import { until } from './until.ts';
import type { MetricsCount } from './verdict.ts';

const EVERY_MS = 40;
/** As an agent's outbox: what cannot be sent waits, and is not lost; but a test must end. */
const MOST_UNACKNOWLEDGED = 2_000;
const HOUR_MS = 3_600_000;

/** Numbered senders of every store, at a steady rate in all. */
export class SenderLoad {
  readonly senders: readonly NumberedSender[];
  readonly startedAt = Date.now();
  readonly #timer: NodeJS.Timeout;

  constructor({ mqttPort }: Pick<Installation, 'mqttPort'>, perSecond: number) {
    this.senders = Array.from({ length: STORES * SENDERS_PER_STORE }, (_, i) => {
      const [s, d] = [Math.floor(i / SENDERS_PER_STORE), i % SENDERS_PER_STORE];
      return new NumberedSender(mqttPort, `s${s}`, `d${d}`, `bootof${s}x${d}`);
    });
    let sent = 0;
    this.#timer = setInterval(() => {
      const due = ((Date.now() - this.startedAt) / 1000) * perSecond;
      // After a stall of our own, not all that was missed at once.
      if (due - sent > perSecond) sent = due - perSecond;
      for (; sent < due; sent++) {
        const sender = this.senders[Math.floor(sent) % this.senders.length] as NumberedSender;
        if (sender.unacknowledged < MOST_UNACKNOWLEDGED) sender.next();
      }
    }, EVERY_MS);
  }

  get sent(): number {
    return this.senders.reduce((sum, { sent }) => sum + sent, 0);
  }

  get unacknowledged(): number {
    return this.senders.reduce((sum, { unacknowledged }) => sum + unacknowledged, 0);
  }

  /** Resolves, to the time it took, once every sender has had something acknowledged that it had not before. */
  async becomesWell(withinMs: number, when: string): Promise<number> {
    const from = performance.now();
    const before = this.senders.map(({ acknowledged }) => acknowledged.size);
    const unwell = () => this.senders.filter(({ acknowledged }, i) => acknowledged.size === before[i]);
    await until(
      () => unwell().length === 0,
      withinMs,
      () => `not well again ${when}: ${unwell().length} senders get no acknowledgement`,
    );
    return Math.round(performance.now() - from);
  }

  /** Sends nothing more. Resolves when all that was sent is acknowledged. */
  async drain(withinMs: number): Promise<void> {
    clearInterval(this.#timer);
    await until(
      () => this.unacknowledged === 0,
      withinMs,
      () => `${this.unacknowledged} reports are never acknowledged`,
    );
  }

  end(): void {
    clearInterval(this.#timer);
    for (const sender of this.senders) sender.end();
  }

  /** Asks a dashboard how many samples there are of a sender, and what they add up to. */
  countBy(url: string): MetricsCount {
    return async ({ store, device }) => {
      const total = async (aggregate: 'count' | 'sum') => {
        const query = new URLSearchParams({
          device: `${CHAIN}/${store}/${device}`,
          measurement: 'cpu',
          field: 'usage_active',
          // Wide enough for every hour a clock was set to.
          from: String(this.startedAt - 5 * HOUR_MS),
          to: String(Date.now() + 5 * HOUR_MS),
          step: '1h',
          aggregate,
        });
        const answer = await fetch(`${url}/api/v1/metrics/range?${query}`);
        if (!answer.ok) throw new Error(`${answer.status}: ${await answer.text()}`);
        const { series } = (await answer.json()) as { series: { points: [number, number][] }[] };
        return series.flatMap(({ points }) => points).reduce((sum, [, value]) => sum + value, 0);
      };
      return { count: await total('count'), sum: await total('sum') };
    };
  }
}
