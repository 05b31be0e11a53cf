import { DatabaseSync } from 'node:sqlite';
import { readFrames } from '../../collector/report-log.ts';
import type { Report } from '../../protocol/messages.ts';

/** How often each report was committed, by `boot seq`. */
export type Committed = Map<string, number>;

/**
 * Every row the report log ever held. The log is trimmed as soon as the metrics store has it, and with it would go what
 * tells a report that was committed twice: a trigger in the database itself keeps what is trimmed.
 */
export interface LogKeeper {
  read(): Promise<Committed>;
}

/**
 * For SQLite, in the file of a state store that is there already. One process at a time may have it: `alone` lets the work
 * be done while the server is down.
 */
export async function keepSqliteLog(file: string, alone: (work: () => void) => Promise<void>): Promise<LogKeeper> {
  await alone(() => {
    const database = new DatabaseSync(file);
    database.exec(`
      CREATE TABLE kept_by_test (frames BLOB NOT NULL);
      CREATE TRIGGER keep_for_test AFTER DELETE ON log BEGIN INSERT INTO kept_by_test VALUES (old.frames); END;
    `);
    database.close();
  });
  return {
    async read() {
      const committed: Committed = new Map();
      await alone(() => {
        const database = new DatabaseSync(file, { readOnly: true });
        const rows = database.prepare('SELECT frames FROM kept_by_test UNION ALL SELECT frames FROM log').iterate();
        for (const { frames } of rows) countFrames(frames as Uint8Array, committed);
        database.close();
      });
      return committed;
    },
  };
}

export function countFrames(frames: Uint8Array, into: Committed): void {
  for (const { payload } of readFrames(frames)) {
    const { boot, seq } = JSON.parse(Buffer.from(payload).toString()) as Report;
    const name = reportName(boot, seq);
    into.set(name, (into.get(name) ?? 0) + 1);
  }
}

export const reportName = (boot: string, seq: number): string => `${boot} ${seq}`;
