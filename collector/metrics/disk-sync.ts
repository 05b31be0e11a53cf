import { type FileHandle, open } from 'node:fs/promises';

/**
 * Makes what SQLite wrote last through a loss of power, without holding up the event loop as SQLite's own syncing does.
 * A handle is kept open for as long as the database is: closing one would let go of SQLite's locks on the file.
 */
export class DiskSync {
  readonly #path: string;
  #database: FileHandle | undefined;
  #log: FileHandle | undefined;

  constructor(path: string) {
    this.#path = path;
  }

  async syncDatabase(): Promise<void> {
    this.#database ??= await open(this.#path, 'r+');
    await this.#database.datasync();
  }

  /** The write-ahead log. There must have been a transaction. */
  async syncLog(): Promise<void> {
    this.#log ??= await open(`${this.#path}-wal`, 'r+');
    await this.#log.datasync();
  }

  /** After the database is closed. */
  async close(): Promise<void> {
    await this.#database?.close();
    await this.#log?.close();
  }
}
