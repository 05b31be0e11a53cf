import { randomBytes } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import type { AuditEntry, Role } from '../../ports.ts';
import { REFUSED, REFUSED_KEPT } from '../refused-audit.ts';
import { prepare } from './statement.ts';

/** Who may do what, and what they did. */
export class AccessRows {
  readonly #saveToken;
  readonly #findToken;
  readonly #keepSecret;
  readonly #findSecret;
  readonly #appendAudit;
  readonly #forgetRefused;
  readonly #readAudit;

  constructor(db: DatabaseSync) {
    this.#saveToken = prepare(
      db,
      `INSERT INTO token (hash, name, role, at) VALUES (?, ?, ?, ?)
       ON CONFLICT (hash) DO UPDATE SET name = excluded.name, role = excluded.role, at = excluded.at`,
    );
    this.#findToken = prepare<{ name: string; role: Role }>(db, 'SELECT name, role FROM token WHERE hash = ?');
    this.#keepSecret = prepare(db, 'INSERT OR IGNORE INTO secret (name, value) VALUES (?, ?)');
    this.#findSecret = prepare<{ value: Uint8Array }>(db, 'SELECT value FROM secret WHERE name = ?');
    this.#appendAudit = prepare(db, 'INSERT INTO audit (at, who, action, detail) VALUES (?, ?, ?, ?)');
    this.#forgetRefused = prepare(
      db,
      `DELETE FROM audit WHERE action = '${REFUSED}' AND id <=
         (SELECT id FROM audit WHERE action = '${REFUSED}' ORDER BY id DESC LIMIT 1 OFFSET ?)`,
    );
    this.#readAudit = prepare<AuditEntry>(db, 'SELECT at, who, action, detail FROM audit ORDER BY id DESC LIMIT ?');
  }

  saveToken({ hash, name, role, at }: { hash: string; name: string; role: Role; at: number }): void {
    this.#saveToken.run(hash, name, role, at);
  }

  tokenByHash(hash: string): { name: string; role: Role } | undefined {
    const token = this.#findToken.get(hash);
    return token && { name: token.name, role: token.role };
  }

  /** To be called in a transaction: it may write. */
  secret(name: string): Uint8Array {
    this.#keepSecret.run(name, randomBytes(32));
    return (this.#findSecret.get(name) as { value: Uint8Array }).value;
  }

  audit({ at, who, action, detail }: AuditEntry): void {
    this.#appendAudit.run(at, who, action, detail);
    if (action === REFUSED) this.#forgetRefused.run(REFUSED_KEPT);
  }

  /** Newest first. */
  auditLog(limit: number): AuditEntry[] {
    return this.#readAudit.all(limit).map(({ at, who, action, detail }) => ({ at, who, action, detail }));
  }
}
