import { DatabaseSync } from 'node:sqlite';
import { readFrames } from '../../collector/report-log.ts';
import type { Report } from '../../protocol/messages.ts';

/** Per run of each agent (`device boot`), how often each report number was committed; see `keepSqliteLog`. */
export function committedRuns(file: string): Map<string, Map<number, number>> {
  const runs = new Map<string, Map<number, number>>();
  const database = new DatabaseSync(file, { readOnly: true });
  const rows = database.prepare('SELECT frames FROM kept_by_test UNION ALL SELECT frames FROM log').iterate();
  for (const { frames } of rows) {
    for (const { device, payload } of readFrames(frames as Uint8Array)) {
      const { boot, seq } = JSON.parse(Buffer.from(payload).toString()) as Report;
      const counts = runs.get(`${device} ${boot}`) ?? new Map<number, number>();
      counts.set(seq, (counts.get(seq) ?? 0) + 1);
      runs.set(`${device} ${boot}`, counts);
    }
  }
  database.close();
  return runs;
}
