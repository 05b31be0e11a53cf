import type { OutsideAlert, OutsideAlertStore } from '../../ports.ts';
import type { Database } from './database.ts';
import { clean } from './json-rows.ts';

const SELECT = `SELECT device, check_name AS "check", starts_at AS "startsAt", firing AS "isFiring", heard_at AS "heardAt"
  FROM outside_alert`;

/** What other monitoring systems told of devices. */
export const outsideAlertRows = (db: Database): OutsideAlertStore => ({
  async get(device, check) {
    const [row] = await db.query<OutsideAlert>(`${SELECT} WHERE device = $1 AND check_name = $2`, [
      device,
      clean(check),
    ]);
    return row;
  },
  async put({ device, check, startsAt, isFiring, heardAt }) {
    await db.query(
      `INSERT INTO outside_alert (device, check_name, starts_at, firing, heard_at) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (device, check_name) DO UPDATE
         SET starts_at = excluded.starts_at, firing = excluded.firing, heard_at = excluded.heard_at`,
      [device, clean(check), startsAt, isFiring, heardAt],
    );
  },
  heardBefore: (time, limit) =>
    db.query<OutsideAlert>(
      `${SELECT} WHERE heard_at < $1 ORDER BY heard_at, device COLLATE "C", check_name COLLATE "C" LIMIT $2`,
      [time, limit],
    ),
  async forget(device, check) {
    await db.query('DELETE FROM outside_alert WHERE device = $1 AND check_name = $2', [device, clean(check)]);
  },
});
