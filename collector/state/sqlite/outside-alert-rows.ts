import type { DatabaseSync } from 'node:sqlite';
import type { DeviceKey } from '../../../protocol/names.ts';
import type { OutsideAlert } from '../../ports.ts';
import { prepare } from './statement.ts';

type Row = Omit<OutsideAlert, 'isFiring'> & { firing: number };

/** What other monitoring systems told of devices. */
export class OutsideAlertRows {
  readonly #get;
  readonly #put;
  readonly #heardBefore;
  readonly #forget;

  constructor(db: DatabaseSync) {
    const select =
      'SELECT device, check_name AS "check", starts_at AS startsAt, firing, heard_at AS heardAt FROM outside_alert';
    this.#get = prepare<Row>(db, `${select} WHERE device = ? AND check_name = ?`);
    this.#put = prepare(
      db,
      'INSERT OR REPLACE INTO outside_alert (device, check_name, starts_at, firing, heard_at) VALUES (?, ?, ?, ?, ?)',
    );
    this.#heardBefore = prepare<Row>(db, `${select} WHERE heard_at < ? ORDER BY heard_at, device, check_name LIMIT ?`);
    this.#forget = prepare(db, 'DELETE FROM outside_alert WHERE device = ? AND check_name = ?');
  }

  get(device: DeviceKey, check: string): OutsideAlert | undefined {
    const row = this.#get.get(device, check);
    return row && alertOf(row);
  }

  put({ device, check, startsAt, isFiring, heardAt }: OutsideAlert): void {
    this.#put.run(device, check, startsAt, isFiring ? 1 : 0, heardAt);
  }

  heardBefore(time: number, limit: number): OutsideAlert[] {
    return this.#heardBefore.all(time, limit).map(alertOf);
  }

  forget(device: DeviceKey, check: string): void {
    this.#forget.run(device, check);
  }
}

const alertOf = ({ firing, ...rest }: Row): OutsideAlert => ({ ...rest, isFiring: firing !== 0 });
