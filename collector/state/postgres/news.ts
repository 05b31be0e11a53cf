import { setTimeout as pause } from 'node:timers/promises';
import { Client, type ClientConfig } from 'pg';
import type { ClusterNews } from '../../ports.ts';
import { Lines } from './lines.ts';

const PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 10_000;
/** A connection that only listens would not notice that its server is gone. */
const PING_MS = 10_000;

/** What the database tells, by a connection of its own that comes back by itself. It listens from the first listener on. */
export class News {
  readonly #config: ClientConfig;
  readonly #listeners = new Set<(news: ClusterNews) => void>();
  readonly #stop = new AbortController();
  readonly #lines = new Lines();
  #listening: Promise<void> | undefined;

  constructor(config: ClientConfig) {
    this.#config = config;
  }

  on(listener: (news: ClusterNews) => void): () => void {
    this.#listeners.add(listener);
    this.#listening ??= this.#listen();
    return () => void this.#listeners.delete(listener);
  }

  /** Resolves at the next news of a change in this partition, and after `ms` in any case. */
  async changeIn(partition: number, ms: number): Promise<void> {
    const heard = new AbortController();
    const off = this.on((news) => {
      if (news.kind === 'changed' && news.partition === partition) heard.abort();
    });
    await pause(ms, undefined, { signal: AbortSignal.any([heard.signal, this.#stop.signal]) }).catch(() => {});
    off();
  }

  async close(): Promise<void> {
    this.#stop.abort();
    await this.#lines.end(Promise.resolve(this.#listening));
  }

  async #listen(): Promise<void> {
    const { signal } = this.#stop;
    let wait = PAUSE_MS;
    while (!signal.aborted) {
      const client = new Client({ ...this.#config, stream: this.#lines.create });
      try {
        const lost = new Promise<void>((resolve) => {
          client.on('error', () => resolve());
          client.on('end', () => resolve());
        });
        client.on('notification', ({ payload }) => this.#tell(payload));
        await client.connect();
        await client.query('LISTEN vigie');
        wait = PAUSE_MS;
        // Much may have happened while nobody listened.
        this.#tell('leases');
        this.#tell('inventory');
        await Promise.race([lost, pinged(client, signal)]);
      } catch {
        // Not to be had just now.
      }
      await this.#lines.end(client.end());
      await pause(wait, undefined, { signal }).catch(() => {});
      wait = Math.min(2 * wait, LONGEST_PAUSE_MS);
    }
  }

  #tell(payload: string | undefined): void {
    const news = newsOf(payload);
    if (news) for (const listener of this.#listeners) listener(news);
  }
}

/** Rejects when the server no longer answers. */
async function pinged(client: Client, signal: AbortSignal): Promise<void> {
  for (;;) {
    await pause(PING_MS, undefined, { signal });
    await client.query('SELECT');
  }
}

function newsOf(payload = ''): ClusterNews | undefined {
  const [kind, partition] = payload.split(' ', 2);
  if (kind === 'changed' || kind === 'handed') return { kind, partition: Number(partition) };
  if (kind === 'leases' || kind === 'inventory') return { kind };
  return undefined;
}
