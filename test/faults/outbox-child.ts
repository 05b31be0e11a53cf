import { setTimeout as pause } from 'node:timers/promises';
import { plugin } from '../../alerting/connectors/request_tracker.ts';
import { createOutbox } from '../../alerting/outbox.ts';
import { openSqliteStateStore } from '../../collector/state/sqlite-state-store.ts';
import type { StoreKey } from '../../protocol/names.ts';
import type { IncidentView } from '../../protocol/views.ts';
import { STEPS } from './outbox-plan.ts';

/**
 * State store, outbox and connector of a server, without the rest of it: `node outbox-child.ts DATABASE DESK-URL`. Commits the plan
 * step by step where the one before it was killed, and ends when the desk has all of it.
 */
const [path = '', url = ''] = process.argv.slice(2);
const PROGRESS: StoreKey = 'demo/progress';

const state = openSqliteStateStore(path);
const store = await state.partition({ index: 0, of: 1 });
const context = { secrets: ['a-token'], fetch, now: Date.now, timeZoneOf: () => 'Europe/Paris' };
const outbox = createOutbox({
  store,
  desks: { support: plugin.create({ url, queue: 'Stores' }, context) },
  manners: { support: { tellHealed: true } },
  onTicket: () => {},
  log: { warn: () => {}, error: (details, message) => process.stdout.write(`${message} ${JSON.stringify(details)}\n`) },
});
outbox.wake();
const kept = [...(await store.loadJudgement())].find((row) => row.store === PROGRESS);
for (const [index, work] of STEPS.entries()) {
  if (index < Number(kept?.state ?? 0)) continue;
  const judgement = {
    stores: [{ store: PROGRESS, state: String(index + 1) }],
    incidents: [{ incident: work.view as IncidentView, entries: [] }],
    tickets: [work],
  };
  await store.commit({ cursors: [], boots: [], log: undefined, judgement, setAside: [], handled: [] });
  outbox.wake();
  await pause(3);
}
while ((await store.nextTicketWorkAt()) !== undefined) await pause(10);
await outbox.stop();
await state.close();
