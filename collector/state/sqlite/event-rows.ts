import type { DatabaseSync } from 'node:sqlite';
import type { DeviceKey } from '../../../protocol/names.ts';
import { EVENTS_KEPT, type KeptEvent, type ToldEvent } from '../../ports.ts';
import { type EventRow, eventOf, eventRecord } from '../event-record.ts';
import { prepare } from './statement.ts';

/** What devices told by themselves. */
export class EventRows {
  readonly #append;
  readonly #forget;
  readonly #list;

  constructor(db: DatabaseSync) {
    this.#append = prepare(db, 'INSERT INTO device_event (device, at, event) VALUES (?, ?, ?)');
    this.#forget = prepare(
      db,
      `DELETE FROM device_event WHERE device = ?1 AND id IN
        (SELECT id FROM device_event WHERE device = ?1 ORDER BY at DESC, id DESC LIMIT -1 OFFSET ?2)`,
    );
    this.#list = prepare<EventRow>(
      db,
      `SELECT id, at, event FROM device_event WHERE device = ? AND (at, id) < (?, ?)
       ORDER BY at DESC, id DESC LIMIT ?`,
    );
  }

  append(events: readonly ToldEvent[]): void {
    for (const { device, at, event } of events.map(eventRecord)) this.#append.run(device, at, event);
    for (const device of new Set(events.map((told) => told.device))) this.#forget.run(device, EVENTS_KEPT);
  }

  list(device: DeviceKey, { limit, after }: { limit: number; after?: Pick<KeptEvent, 'at' | 'id'> }): KeptEvent[] {
    const { at, id } = after ?? { at: Number.MAX_SAFE_INTEGER, id: 0 };
    return this.#list.all(device, at, id, limit).map(eventOf);
  }
}
