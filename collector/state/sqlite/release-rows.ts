import type { DatabaseSync } from 'node:sqlite';
import type { DeviceKey } from '../../../protocol/names.ts';
import type { KeptRelease, ReleaseStore, Rollout, RunningAgent } from '../../ports.ts';
import { type ReleaseRow, type RunningRow, releaseOf, runningOf } from '../release-record.ts';
import { prepare } from './statement.ts';

/** Versions of the agent, and how far one has been rolled out. */
export class ReleaseRows {
  readonly #list;
  readonly #add;
  readonly #rollout;
  readonly #save;
  readonly #advance;
  readonly #told;
  readonly #tell;
  readonly #takeBack;
  readonly #forget;
  readonly #running;

  constructor(db: DatabaseSync) {
    this.#list = prepare<ReleaseRow>(db, 'SELECT signed, at, by FROM release ORDER BY at DESC, version DESC');
    this.#add = prepare(db, 'INSERT OR IGNORE INTO release (version, signed, at, by) VALUES (?, ?, ?, ?)');
    this.#rollout = prepare<{ definition: string }>(db, 'SELECT definition FROM rollout');
    this.#save = prepare(
      db,
      'INSERT INTO rollout VALUES (1, ?) ON CONFLICT (one) DO UPDATE SET definition = excluded.definition',
    );
    this.#advance = prepare(db, 'UPDATE rollout SET definition = ? WHERE definition = ?');
    this.#told = prepare<{ device: DeviceKey; at: number }>(db, 'SELECT device, at FROM rollout_told');
    this.#tell = prepare(db, 'INSERT OR REPLACE INTO rollout_told (device, at) VALUES (?, ?)');
    this.#takeBack = prepare(db, 'DELETE FROM rollout_told WHERE device = ?');
    this.#forget = prepare(db, 'DELETE FROM rollout_told');
    this.#running = prepare<RunningRow>(
      db,
      `SELECT key AS device, json_extract(birth, '$.agent.version') AS version,
         json_extract(birth, '$.agent.update') AS state
       FROM agent JOIN boot ON boot.agent = agent.id WHERE birth IS NOT NULL AND key > ? ORDER BY key LIMIT ?`,
    );
  }

  list(): KeptRelease[] {
    return this.#list.all().map(releaseOf);
  }

  add({ release, signed, at, by }: KeptRelease): boolean {
    return Number(this.#add.run(release.version, JSON.stringify(signed), at, by).changes) === 1;
  }

  rollout(): Rollout | undefined {
    const row = this.#rollout.get();
    return row && (JSON.parse(row.definition) as Rollout);
  }

  told(): Map<DeviceKey, number> {
    return new Map(this.#told.all().map(({ device, at }) => [device, at]));
  }

  begin(rollout: Rollout): void {
    this.#forget.run();
    this.#save.run(JSON.stringify(rollout));
  }

  /** To be called in a transaction. */
  advance(from: Rollout, to: Rollout, { tell, takeBack, at }: Parameters<ReleaseStore['advance']>[2]): boolean {
    const { changes } = this.#advance.run(JSON.stringify(to), JSON.stringify(from));
    if (Number(changes) === 0) return false;
    for (const device of takeBack) this.#takeBack.run(device);
    for (const device of tell) this.#tell.run(device, at);
    return true;
  }

  running(after: string, limit: number): RunningAgent[] {
    return this.#running.all(after, limit).map(runningOf);
  }
}
