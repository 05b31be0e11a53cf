import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import type { FactChange } from '../../../protocol/facts.ts';
import type { DeviceKey } from '../../../protocol/names.ts';
import { CHANGES_KEPT, type DeviceChange, type FactsHistoryQuery, type KeptFacts } from '../../ports.ts';
import { type ChangeRow, changeOf, type FactsRow, factsOf, pathBounds } from '../facts-record.ts';
import { prepare } from './statement.ts';

/** What devices are made of, and how that changed. */
export class FactsRows {
  readonly #db: DatabaseSync;
  readonly #get;
  readonly #next;
  readonly #revision;
  readonly #since;
  readonly #save;
  readonly #append;
  readonly #forget;

  constructor(db: DatabaseSync) {
    this.#db = db;
    this.#get = prepare<FactsRow>(db, 'SELECT device, boot, seq, at, facts, unread FROM facts WHERE device = ?');
    this.#next = prepare<{ revision: number }>(
      db,
      'UPDATE facts_revision SET revision = revision + 1 RETURNING revision',
    );
    this.#revision = prepare<{ revision: number }>(db, 'SELECT revision FROM facts_revision');
    this.#since = prepare<FactsRow>(
      db,
      'SELECT device, boot, seq, at, facts, unread FROM facts WHERE revision > ? ORDER BY revision',
    );
    this.#save = prepare(
      db,
      `INSERT INTO facts (device, boot, seq, at, facts, unread, revision) VALUES (?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (device) DO UPDATE SET boot = excluded.boot, seq = excluded.seq, at = excluded.at,
         facts = excluded.facts, unread = excluded.unread, revision = excluded.revision`,
    );
    this.#append = prepare(db, 'INSERT INTO fact_change (device, at, path, was, now) VALUES (?, ?, ?, ?, ?)');
    this.#forget = prepare(
      db,
      `DELETE FROM fact_change WHERE device = ?1 AND id NOT IN
        (SELECT id FROM fact_change WHERE device = ?1 ORDER BY at DESC, id DESC LIMIT ?2)`,
    );
  }

  get(device: DeviceKey): KeptFacts | undefined {
    const row = this.#get.get(device);
    return row && factsOf(row);
  }

  save({ device, boot, seq, at, facts, unread }: KeptFacts, changes: readonly FactChange[]): void {
    const revision = this.#next.get()?.revision ?? 0;
    this.#save.run(device, boot, seq, at, JSON.stringify(facts), JSON.stringify(unread), revision);
    if (changes.length === 0) return;
    for (const change of changes) {
      this.#append.run(device, change.at, change.path, change.from ?? null, change.to ?? null);
    }
    this.#forget.run(device, CHANGES_KEPT);
  }

  since(revision: number): { revision: number; facts: KeptFacts[] } {
    const newest = this.#revision.get()?.revision ?? 0;
    if (newest === revision) return { revision, facts: [] };
    return { revision: newest, facts: this.#since.all(revision).map(factsOf) };
  }

  history({ device, path, since, limit }: FactsHistoryQuery): DeviceChange[] {
    const wheres: string[] = [];
    const values: SQLInputValue[] = [];
    if (device !== undefined) {
      wheres.push('device = ?');
      values.push(device);
    }
    if (path !== undefined) {
      wheres.push('path >= ? AND path < ?');
      values.push(...pathBounds(path));
    }
    if (since !== undefined) {
      wheres.push('at >= ?');
      values.push(since);
    }
    const where = wheres.length === 0 ? '' : `WHERE ${wheres.join(' AND ')}`;
    return prepare<ChangeRow>(
      this.#db,
      `SELECT device, at, path, was, now FROM fact_change ${where} ORDER BY at DESC, id DESC LIMIT ?`,
    )
      .all(...values, limit)
      .map(changeOf);
  }
}
