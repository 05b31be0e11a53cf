import type { OnCallCalendar } from '../../../protocol/on-call.ts';
import type { DigestStore, OnCallStore } from '../../ports.ts';
import type { Database } from './database.ts';
import { clean } from './json-rows.ts';

/** Who is on call. */
export const onCallRows = (db: Database): OnCallStore => ({
  list: () =>
    db.query<OnCallCalendar>('SELECT name, calendar, time_zone AS "timeZone", at, by FROM on_call ORDER BY name'),
  async put({ name, calendar, timeZone, at, by }) {
    await db.query(
      `INSERT INTO on_call (name, calendar, time_zone, at, by) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (name) DO UPDATE
         SET calendar = excluded.calendar, time_zone = excluded.time_zone, at = excluded.at, by = excluded.by`,
      [name, clean(calendar), timeZone, at, clean(by)],
    );
  },
  async remove(name) {
    return (await db.query('DELETE FROM on_call WHERE name = $1 RETURNING name', [name])).length > 0;
  },
});

/** How far digests have come. */
export const digestRows = (db: Database): DigestStore => ({
  async toldUntil(desk) {
    const [row] = await db.query<{ until: number }>('SELECT told_until AS until FROM digest WHERE desk = $1', [desk]);
    return row?.until;
  },
  async told(desk, until) {
    await db.query(
      `INSERT INTO digest (desk, told_until) VALUES ($1, $2)
       ON CONFLICT (desk) DO UPDATE SET told_until = excluded.told_until`,
      [desk, until],
    );
  },
});
