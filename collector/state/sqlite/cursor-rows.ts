import type { DatabaseSync } from 'node:sqlite';
import type { DeviceKey } from '../../../protocol/names.ts';
import type { Cursor } from '../../ports.ts';
import { decodeSeen, encodeSeen } from '../seen-ranges.ts';
import { prepare } from './statement.ts';

/** Runs of an agent that are remembered. */
const BOOTS_KEPT = 32;

interface Agent {
  id: number;
  /** Row of the cursor of each boot. */
  cursors: Map<string, number>;
}

/**
 * Agents with their cursors and current boot. Row numbers are kept in memory, so that a cursor costs one update by
 * number; `refresh` reads them again, which a transaction that was rolled back calls for.
 */
export class CursorRows {
  readonly #db: DatabaseSync;
  readonly #agents = new Map<DeviceKey, Agent>();
  readonly #insertAgent;
  readonly #insertCursor;
  readonly #updateCursor;
  readonly #deleteCursor;
  readonly #saveBoot;
  readonly #birthOf;

  constructor(db: DatabaseSync) {
    this.#db = db;
    this.#insertAgent = prepare(db, 'INSERT INTO agent (key) VALUES (?)');
    this.#insertCursor = prepare(db, 'INSERT INTO cursor (agent, boot, seen) VALUES (?, ?, ?)');
    this.#updateCursor = prepare(db, 'UPDATE cursor SET seen = ? WHERE id = ?');
    this.#deleteCursor = prepare(db, 'DELETE FROM cursor WHERE id = ?');
    this.#saveBoot = prepare(db, 'INSERT OR REPLACE INTO boot (agent, boot, birth) VALUES (?, ?, ?)');
    this.#birthOf = prepare<{ birth: string | null }>(
      db,
      'SELECT birth FROM boot WHERE agent = (SELECT id FROM agent WHERE key = ?)',
    );
    this.refresh();
  }

  refresh(): void {
    this.#agents.clear();
    const agents = prepare<{ id: number; key: DeviceKey }>(this.#db, 'SELECT id, key FROM agent');
    const byId = new Map<number, Agent>();
    for (const { id, key } of agents.iterate()) {
      const agent = { id, cursors: new Map<string, number>() };
      byId.set(id, agent);
      this.#agents.set(key, agent);
    }
    const cursors = prepare<{ id: number; agent: number; boot: string }>(
      this.#db,
      'SELECT id, agent, boot FROM cursor ORDER BY id',
    );
    for (const { id, agent, boot } of cursors.iterate()) byId.get(agent)?.cursors.set(boot, id);
  }

  saveCursors(cursors: readonly Cursor[]): void {
    for (const { agent: key, boot, seen } of cursors) {
      const agent = this.#agent(key);
      const row = agent.cursors.get(boot);
      if (row !== undefined) this.#updateCursor.run(encodeSeen(seen), row);
      else {
        agent.cursors.set(boot, Number(this.#insertCursor.run(agent.id, boot, encodeSeen(seen)).lastInsertRowid));
        this.#forgetOldBoots(agent);
      }
    }
  }

  saveBoots(boots: readonly { agent: DeviceKey; boot: string; birth: string | undefined }[]): void {
    for (const { agent, boot, birth } of boots) this.#saveBoot.run(this.#agent(agent).id, boot, birth ?? null);
  }

  /** Agent by agent, the boot first heard first. */
  *loadCursors(): Generator<Cursor> {
    const rows = prepare<{ key: DeviceKey; boot: string; seen: string }>(
      this.#db,
      'SELECT key, boot, seen FROM cursor JOIN agent ON agent.id = cursor.agent ORDER BY cursor.agent, cursor.id',
    );
    for (const { key, boot, seen } of rows.iterate()) yield { agent: key, boot, seen: decodeSeen(seen) };
  }

  *loadBoots(): Generator<{ agent: DeviceKey; boot: string; birth: string | undefined }> {
    const rows = prepare<{ key: DeviceKey; boot: string; birth: string | null }>(
      this.#db,
      'SELECT key, boot, birth FROM boot JOIN agent ON agent.id = boot.agent',
    );
    for (const { key, boot, birth } of rows.iterate()) yield { agent: key, boot, birth: birth ?? undefined };
  }

  birthOf(agent: DeviceKey): string | undefined {
    return this.#birthOf.get(agent)?.birth ?? undefined;
  }

  #agent(key: DeviceKey): Agent {
    let agent = this.#agents.get(key);
    if (!agent) {
      agent = { id: Number(this.#insertAgent.run(key).lastInsertRowid), cursors: new Map() };
      this.#agents.set(key, agent);
    }
    return agent;
  }

  /** The boots first heard go first. Their names sort by time of start, but a till's clock may start in 1970. */
  #forgetOldBoots(agent: Agent): void {
    for (const [boot, row] of agent.cursors) {
      if (agent.cursors.size <= BOOTS_KEPT) return;
      this.#deleteCursor.run(row);
      agent.cursors.delete(boot);
    }
  }
}
