import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { plugin } from '../../alerting/connectors/request_tracker.ts';
import { createOutbox } from '../../alerting/outbox.ts';
import type { NewTicketWork } from '../../alerting/ports.ts';
import { openSqliteStateStore } from '../../collector/state/sqlite-state-store.ts';
import type { IncidentView } from '../../protocol/views.ts';
import { workOn } from '../alerting/fixtures.ts';
import { RT_PASSWORD, RT_USER, startRequestTracker } from '../support/request-tracker.ts';
import type { Figure } from './figure.ts';
import { percentile } from './processes.ts';

const BURST = 20;

/**
 * From the commit of an outage that is confirmed to its ticket in a real Request Tracker, told back and kept: store, outbox and
 * connector as the server has them.
 */
export async function benchTickets(outages: number): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'vigie-bench-ticket-'));
  const tracker = await startRequestTracker();
  const state = openSqliteStateStore(join(folder, 'state.sqlite'));
  const store = await state.partition({ index: 0, of: 1 });
  const waiting = new Map<string, () => void>();
  const context = { secrets: [RT_PASSWORD], fetch, now: Date.now, timeZoneOf: () => 'Europe/Paris' };
  const outbox = createOutbox({
    store,
    desks: { support: plugin.create({ url: tracker.url, queue: 'General', user: RT_USER }, context) },
    onTicket: ({ incident, ticketState }) => {
      if (ticketState === 'open') waiting.get(incident)?.();
    },
    log: {
      warn: () => {},
      error: (details, message) => process.stderr.write(`${message} ${JSON.stringify(details)}\n`),
    },
  });
  /** Commits outages together; resolves to how long each took to have its ticket, in milliseconds. */
  async function commit(numbers: readonly number[]): Promise<number[]> {
    const at = Date.now();
    const tickets: NewTicketWork[] = numbers.map((number) => workOn(number, 'open', { at }));
    const incidents = tickets.map(({ view }) => ({ incident: view as IncidentView, entries: [] }));
    const started = performance.now();
    const taken = tickets.map(
      ({ incident }) =>
        new Promise<number>((resolve) => waiting.set(incident, () => resolve(performance.now() - started))),
    );
    const judgement = { stores: [], incidents, tickets };
    await store.commit({ cursors: [], boots: [], log: undefined, judgement, setAside: [], handled: [] });
    outbox.wake();
    return Promise.all(taken);
  }
  try {
    // Its workers have loaded what they need.
    await commit([1]);
    const alone: number[] = [];
    for (let number = 2; number < outages + 2; number++) alone.push(...(await commit([number])));
    const burst = await commit(Array.from({ length: BURST }, (_, i) => outages + 2 + i));
    return [
      {
        what: `confirmed outage → ticket in Request Tracker 5, ${outages} one after the other, p95`,
        fr: `panne confirmée → ticket dans Request Tracker 5, ${outages} l’une après l’autre, p95`,
        value: percentile(alone, 0.95),
        unit: 'ms',
        budget: '2,000 ms',
      },
      {
        what: `the same, ${BURST} at once, the last`,
        fr: `de même, ${BURST} à la fois, la dernière`,
        value: Math.max(...burst),
        unit: 'ms',
        budget: '',
      },
    ];
  } finally {
    await outbox.stop();
    await state.close();
    await tracker.remove();
    rmSync(folder, { recursive: true, force: true });
  }
}
