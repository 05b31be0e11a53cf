import { EVENTS_KEPT, type EventsStore, type ToldEvent } from '../../ports.ts';
import { type EventRow, eventOf, eventRecord } from '../event-record.ts';
import type { Database } from './database.ts';
import { jsonRows } from './json-rows.ts';

/** What `commit_with_events` takes after the arguments of `commit_with_history`. */
export const eventArguments = (events: readonly ToldEvent[]): unknown[] => [
  jsonRows(events.map(eventRecord)),
  EVENTS_KEPT,
];

export const eventRows = (db: Database): EventsStore => ({
  async list(device, { limit, after }) {
    const { at, id } = after ?? { at: Number.MAX_SAFE_INTEGER, id: 0 };
    const rows = await db.query<EventRow>(
      `SELECT id, at, event FROM device_event WHERE device = $1 AND (at, id) < ($2, $3)
       ORDER BY at DESC, id DESC LIMIT $4`,
      [device, at, id, limit],
    );
    return rows.map(eventOf);
  },
});
