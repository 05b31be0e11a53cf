import type { DatabaseSync } from 'node:sqlite';
import type { Reply } from '../../../protocol/commands.ts';
import type { DeviceKey } from '../../../protocol/names.ts';
import { type AskedCommand, type KeptCommand, UNASKED_KEPT_MS, UNASKED_PER_HOUR } from '../../ports.ts';
import { COMMAND_COLUMNS, type CommandRow, commandOf, weigh } from '../command-record.ts';
import { prepare } from './statement.ts';

const HOUR_MS = 3_600_000;

/** What agents were told to do. Everything that writes is to be called in a transaction. */
export class CommandRows {
  readonly #add;
  readonly #setFault;
  readonly #unasked;
  readonly #forget;
  readonly #reply;
  readonly #again;
  readonly #get;
  readonly #all;
  readonly #ofDevice;

  constructor(db: DatabaseSync) {
    this.#add = prepare(db, 'INSERT INTO command (device, id, at, asked) VALUES (?, ?, ?, ?)');
    this.#setFault = prepare(db, 'UPDATE command SET fault = ? WHERE device = ? AND id = ?');
    this.#unasked = prepare<{ count: number }>(
      db,
      'SELECT count(*) AS count FROM command WHERE device = ? AND asked IS NULL AND at > ?',
    );
    this.#forget = prepare(db, 'DELETE FROM command WHERE asked IS NULL AND at < ?');
    this.#reply = prepare(db, 'UPDATE command SET reply = ?, replied_at = ? WHERE device = ? AND id = ?');
    this.#again = prepare(db, 'UPDATE command SET refused_again_at = ? WHERE device = ? AND id = ?');
    const select = (rest: string) => prepare<CommandRow>(db, `SELECT ${COMMAND_COLUMNS} FROM command ${rest}`);
    this.#get = select('WHERE device = ? AND id = ?');
    this.#all = select('ORDER BY number DESC LIMIT ?');
    this.#ofDevice = select('WHERE device = ? ORDER BY number DESC LIMIT ?');
  }

  add({ device, id, at, asked }: KeptCommand & { asked: AskedCommand }): void {
    this.#add.run(device, id, at, JSON.stringify(asked));
  }

  setFault(device: DeviceKey, id: string, fault: string): void {
    this.#setFault.run(fault, device, id);
  }

  take(device: DeviceKey, reply: Reply, at: number): { command: KeptCommand; isNews: boolean } | undefined {
    const kept = this.get(device, reply.id) ?? this.#addUnasked(device, reply.id, at);
    if (kept === undefined) return undefined;
    const change = weigh(kept, reply);
    if (change === 'reply') this.#reply.run(JSON.stringify(reply), at, device, reply.id);
    if (change === 'again') this.#again.run(at, device, reply.id);
    return { command: this.get(device, reply.id) ?? kept, isNews: change !== 'nothing' };
  }

  get(device: DeviceKey, id: string): KeptCommand | undefined {
    const row = this.#get.get(device, id);
    return row && commandOf(row);
  }

  list({ device, limit }: { device?: DeviceKey; limit: number }): KeptCommand[] {
    const rows = device === undefined ? this.#all.all(limit) : this.#ofDevice.all(device, limit);
    return rows.map(commandOf);
  }

  #addUnasked(device: DeviceKey, id: string, at: number): KeptCommand | undefined {
    if ((this.#unasked.get(device, at - HOUR_MS)?.count ?? 0) >= UNASKED_PER_HOUR) return undefined;
    this.#forget.run(at - UNASKED_KEPT_MS);
    this.#add.run(device, id, at, null);
    return { device, id, at };
  }
}
