import { writeSync } from 'node:fs';
import { openSqliteStateStore } from '../../../collector/state/sqlite-state-store.ts';
import { incidentView, STORE, ticketWork, writesOf } from '../../contracts/state-store/fixtures.ts';

// Run as a process of its own: commits without end, and says the number of each commit once it has returned. When one
// fails, it says why and what the store then holds, and ends.
const [path] = process.argv.slice(2) as [string];
const store = openSqliteStateStore(path);
const partition = await store.partition({ index: 0, of: 1 });
const last = async () => [...(await partition.loadCursors())][0]?.seen[0]?.[1] ?? 0;

for (let n = (await last()) + 1; ; n++) {
  const incident = incidentView(n);
  try {
    await partition.commit(
      writesOf({
        cursors: [{ agent: `${STORE}/till-01`, boot: 'boot0001', seen: [[1, n]] }],
        log: new Uint8Array(20_000).fill(n % 251),
        judgement: {
          incidents: [{ incident, entries: [{ at: n, reason: { code: 'incident.opened' } }] }],
          tickets: [ticketWork(incident, 'open', n)],
        },
      }),
    );
  } catch (error) {
    writeSync(1, `failed at ${n}, holds ${await last()}: ${(error as Error).message}\n`);
    await store.close();
    break;
  }
  writeSync(1, `${n}\n`);
}
