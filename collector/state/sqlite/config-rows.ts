import type { DatabaseSync } from 'node:sqlite';
import type { DeviceKey } from '../../../protocol/names.ts';
import type { AgentConfigStore, Numbered, ScopeVersion } from '../../ports.ts';
import { type ToldRow, toldOf, type VersionRow, versionOf } from '../config-record.ts';
import { prepare } from './statement.ts';

const VERSION = 'scope, version, settings, at, by, comment';
const NUMBER = 'device, version, at, published, published_at AS publishedAt';

/** What agents are to run. */
export class ConfigRows {
  readonly #scopes;
  readonly #history;
  readonly #version;
  readonly #newest;
  readonly #insert;
  readonly #revision;
  readonly #number;
  readonly #numbered;
  readonly #publish;
  readonly #told;

  constructor(db: DatabaseSync) {
    this.#scopes = prepare<VersionRow>(
      db,
      `SELECT ${VERSION} FROM config_version AS c
       WHERE version = (SELECT max(version) FROM config_version WHERE scope = c.scope) ORDER BY scope`,
    );
    this.#history = prepare<VersionRow>(
      db,
      `SELECT ${VERSION} FROM config_version WHERE scope = ? ORDER BY version DESC LIMIT ?`,
    );
    this.#version = prepare<VersionRow>(db, `SELECT ${VERSION} FROM config_version WHERE scope = ? AND version = ?`);
    this.#newest = prepare<{ version: number | null }>(
      db,
      'SELECT max(version) AS version FROM config_version WHERE scope = ?',
    );
    this.#insert = prepare(db, `INSERT INTO config_version (${VERSION}) VALUES (?, ?, ?, ?, ?, ?)`);
    this.#revision = prepare<{ revision: number }>(db, 'SELECT coalesce(max(id), 0) AS revision FROM config_version');
    this.#number = prepare<Numbered>(
      db,
      `INSERT INTO config_number (device, version, hash, at) VALUES (?1, ?3 + 1, ?2, ?4)
       ON CONFLICT (device) DO UPDATE SET
         version = CASE WHEN hash = excluded.hash AND version > ?3 THEN version ELSE max(version, ?3) + 1 END,
         at = CASE WHEN hash = excluded.hash AND version > ?3 THEN at ELSE excluded.at END,
         hash = excluded.hash
       RETURNING ${NUMBER}`,
    );
    this.#numbered = prepare<Numbered & { hash: string }>(
      db,
      `SELECT ${NUMBER}, hash FROM config_number ORDER BY device`,
    );
    this.#publish = prepare(
      db,
      'UPDATE config_number SET published = ?2, published_at = ?3 WHERE device = ?1 AND published <= ?2',
    );
    this.#told = prepare<ToldRow>(
      db,
      `SELECT key AS device, json_extract(birth, '$.at') + coalesce(json_extract(birth, '$.skewMs'), 0) AS bornAt,
         json_extract(birth, '$.agent.central') AS central
       FROM boot JOIN agent ON agent.id = boot.agent WHERE birth IS NOT NULL ORDER BY key`,
    );
  }

  scopes(): ScopeVersion[] {
    return this.#scopes.all().map((row) => versionOf({ ...row }));
  }

  history(scope: string, limit: number): ScopeVersion[] {
    return this.#history.all(scope, limit).map((row) => versionOf({ ...row }));
  }

  version(scope: string, version: number): ScopeVersion | undefined {
    const row = this.#version.get(scope, version);
    return row && versionOf({ ...row });
  }

  /** To be called in a transaction: it looks before it writes. */
  save({ basedOn, ...change }: Parameters<AgentConfigStore['save']>[0]): ScopeVersion | undefined {
    const { scope, settings, at, by, comment } = change;
    if ((this.#newest.get(scope)?.version ?? 0) !== basedOn) return undefined;
    const version = basedOn + 1;
    this.#insert.run(scope, version, JSON.stringify(settings), at, by, comment);
    return { scope, version, settings, at, by, comment };
  }

  revision(): number {
    return this.#revision.get()?.revision ?? 0;
  }

  number(wanted: readonly { device: DeviceKey; hash: string; above: number }[], at: number): Numbered[] {
    return wanted.map(({ device, hash, above }) => ({ ...(this.#number.get(device, hash, above, at) as Numbered) }));
  }

  numbered(): (Numbered & { hash: string })[] {
    return this.#numbered.all().map((row) => ({ ...row }));
  }

  published(devices: readonly { device: DeviceKey; version: number }[], at: number): void {
    for (const { device, version } of devices) this.#publish.run(device, version, at);
  }

  told(): ReturnType<typeof toldOf>[] {
    return this.#told.all().map((row) => toldOf({ ...row }));
  }
}
