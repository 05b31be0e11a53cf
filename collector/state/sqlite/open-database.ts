import { DatabaseSync } from 'node:sqlite';

/**
 * Opens the file the way the state store needs it: every commit on disk when it returns, and ours alone as long as it is
 * open, since what we know of its rows is kept in memory.
 */
export function openDatabase(path: string, busyTimeoutMs: number): DatabaseSync {
  const db = new DatabaseSync(path, { timeout: busyTimeoutMs, enableForeignKeyConstraints: true });
  try {
    // Large pages suit the log: a row there is the size of hundreds of reports. The write-ahead log is folded back
    // every 16 MB, seldom enough to write a hot page once for many commits.
    db.exec(`
      PRAGMA page_size = 8192;
      PRAGMA locking_mode = EXCLUSIVE;
      PRAGMA journal_mode = WAL;
      PRAGMA synchronous = FULL;
      PRAGMA wal_autocheckpoint = 2000;
      PRAGMA journal_size_limit = 67108864;
      PRAGMA cache_size = -16384;
    `);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}
