import type { MqttLink } from './mqtt-link.ts';

/** Filters in one SUBSCRIBE: some brokers bound the packet. */
const BATCH = 100;

/** What one client id is subscribed to, brought in line with what is wanted. */
export class Subscriptions {
  /** Granted on the present connection. */
  readonly #granted = new Set<string>();
  /** What the broker's session may hold for us, from earlier connections too. */
  readonly #inSession = new Set<string>();

  /** A new connection: everything is asked for again, as a broker that was killed may have forgotten. */
  forgetGrants(): void {
    this.#granted.clear();
  }

  /**
   * Asks for what is missing and gives up what is no longer wanted. Resolves to the filters the broker refused.
   * Rejects when the connection is lost.
   */
  async bring(link: MqttLink, wanted: ReadonlySet<string>): Promise<string[]> {
    const refused: string[] = [];
    for (const batch of batches([...wanted].filter((filter) => !this.#granted.has(filter)))) {
      for (const filter of batch) this.#inSession.add(filter);
      const not = new Set(await link.subscribe(batch));
      for (const filter of batch) {
        if (not.has(filter)) refused.push(filter);
        else this.#granted.add(filter);
      }
    }
    for (const batch of batches([...this.#inSession].filter((filter) => !wanted.has(filter)))) {
      await link.unsubscribe(batch);
      for (const filter of batch) {
        this.#inSession.delete(filter);
        this.#granted.delete(filter);
      }
    }
    return refused;
  }
}

function* batches(filters: readonly string[]): Generator<readonly string[]> {
  for (let from = 0; from < filters.length; from += BATCH) yield filters.slice(from, from + BATCH);
}
