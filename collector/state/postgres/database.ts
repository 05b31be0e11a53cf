import { type ClientConfig, Pool, type PoolClient } from 'pg';
import { StateStoreError } from '../state-store-error.ts';
import { explainError, isAnswer } from './explain-error.ts';
import { Lines } from './lines.ts';

/** Calls that wait for a connection; beyond this they are refused, so that a server that hangs does not fill our memory. */
const WAITING_AT_MOST = 1_000;
const IDLE_MS = 60_000;

export type Query = <Row>(text: string, values?: readonly unknown[]) => Promise<Row[]>;

/**
 * The connections to one database. Every call ends in time: with an answer, or with a StateStoreError. A connection that
 * owes us an answer is dropped; what became of its statement is not known then.
 */
export class Database {
  readonly place: string;
  readonly #pool: Pool;
  readonly #lines = new Lines();

  constructor(config: ClientConfig, place: string, poolSize: number) {
    this.place = place;
    this.#pool = new Pool({ ...config, stream: this.#lines.create, max: poolSize, idleTimeoutMillis: IDLE_MS });
    // An idle connection that breaks has left the pool by then; one that breaks in use tells its query.
    this.#pool.on('error', () => {});
    this.#pool.on('connect', (client) => client.on('error', () => {}));
  }

  /** One statement, which is its own transaction. With a name it is planned once per connection. */
  query<Row>(text: string, values: readonly unknown[] = [], name?: string): Promise<Row[]> {
    return this.#use(async (client) => {
      const { rows } = await client.query({ text, values: values as unknown[], ...(name !== undefined && { name }) });
      return rows as Row[];
    });
  }

  /** Runs `work` as one transaction: stored when it resolves; when it rejects, nothing of it is. */
  transaction<T>(work: (query: Query) => Promise<T>): Promise<T> {
    return this.#use(async (client) => {
      await client.query('BEGIN');
      try {
        const result = await work(async (text, values = []) => (await client.query(text, values as unknown[])).rows);
        await client.query('COMMIT');
        return result;
      } catch (error) {
        if (isAnswer(error)) await client.query('ROLLBACK');
        throw error;
      }
    });
  }

  async close(): Promise<void> {
    if (!this.#pool.ending) await this.#lines.end(this.#pool.end());
  }

  async #use<T>(work: (client: PoolClient) => Promise<T>): Promise<T> {
    if (this.#pool.waitingCount >= WAITING_AT_MOST) {
      throw new StateStoreError('busy', this.place, 'too many calls wait for it');
    }
    let client: PoolClient | undefined;
    let isWhole = false;
    try {
      client = await this.#pool.connect();
      const result = await work(client);
      isWhole = true;
      return result;
    } catch (error) {
      isWhole = isAnswer(error);
      throw explainError(this.place, error);
    } finally {
      client?.release(!isWhole);
    }
  }
}
