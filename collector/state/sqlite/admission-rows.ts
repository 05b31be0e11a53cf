import type { DatabaseSync } from 'node:sqlite';
import type { DeviceKey, StoreKey } from '../../../protocol/names.ts';
import type {
  AdmissionStore,
  AgentCertificate,
  Decision,
  EnrolToken,
  ListedCertificate,
  Revocation,
  Seen,
  Stranger,
} from '../../ports.ts';
import {
  CERTIFICATE_COLUMNS,
  type CertificateRow,
  certificateOf,
  devicesOf,
  KEPT_AFTER_END_MS,
  LISTED_COLUMNS,
  listedOf,
  pageOf,
  STRANGER_COLUMNS,
  STRANGERS_KEPT,
  STRANGERS_OF_TOKEN,
  type StrangerRow,
  strangerOf,
  TOKEN_COLUMNS,
  type TokenRow,
  tokenOf,
} from '../admission-record.ts';
import { prepare } from './statement.ts';

/** Enrolment tokens, certificates, quarantine. What changes more than one row is to be called in a transaction. */
export class AdmissionRows {
  readonly #db: DatabaseSync;

  constructor(db: DatabaseSync) {
    this.#db = db;
  }

  keepAuthority(certificate: string): string {
    prepare(this.#db, 'INSERT OR IGNORE INTO authority VALUES (1, ?)').run(certificate);
    const row = prepare<{ certificate: string }>(this.#db, 'SELECT certificate FROM authority').get();
    return row?.certificate ?? certificate;
  }

  saveToken(token: EnrolToken & { hash: string }): void {
    prepare(this.#db, 'DELETE FROM enrol_token WHERE expires_at < ?').run(token.at - KEPT_AFTER_END_MS);
    prepare(
      this.#db,
      `INSERT INTO enrol_token (${TOKEN_COLUMNS}, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ).run(
      token.id,
      token.chain,
      token.store,
      token.kind,
      token.device ?? null,
      token.replaces ? 1 : 0,
      token.uses,
      token.used,
      token.at,
      token.by,
      token.expiresAt,
      token.revokedAt ?? null,
      token.revokedBy ?? null,
      token.hash,
    );
  }

  tokenByHash(hash: string): EnrolToken | undefined {
    const row = prepare<TokenRow>(this.#db, `SELECT ${TOKEN_COLUMNS} FROM enrol_token WHERE hash = ?`).get(hash);
    return row && tokenOf(row);
  }

  tokens(limit: number): EnrolToken[] {
    const newest = `SELECT ${TOKEN_COLUMNS} FROM enrol_token ORDER BY at DESC, id LIMIT ?`;
    return prepare<TokenRow>(this.#db, newest).all(limit).map(tokenOf);
  }

  revokeToken(id: string, { at, by }: { at: number; by: string }): boolean {
    const revoke = 'UPDATE enrol_token SET revoked_at = ?, revoked_by = ? WHERE id = ? AND revoked_at IS NULL';
    return prepare(this.#db, revoke).run(at, by, id).changes === 1;
  }

  issue({ certificate, spends, renews, replaces, by }: Parameters<AdmissionStore['issue']>[0]): boolean {
    if (spends !== undefined) {
      const spend = 'UPDATE enrol_token SET used = used + 1 WHERE id = ? AND used < uses AND revoked_at IS NULL';
      if (prepare(this.#db, spend).run(spends).changes !== 1) return false;
    }
    if (renews !== undefined && !this.#endUnusedSuccessors(renews, certificate.at, by)) return false;
    prepare(this.#db, 'DELETE FROM agent_certificate WHERE to_at < ?').run(certificate.at - KEPT_AFTER_END_MS);
    this.#insert(certificate);
    const revoke = prepare(
      this.#db,
      `UPDATE agent_certificate SET revoked_at = ?, revoked_by = ?, revoked_reason = 'replaced'
       WHERE serial = ? AND revoked_at IS NULL`,
    );
    for (const serial of replaces) revoke.run(certificate.at, by, serial);
    return true;
  }

  /** False when the one renewed is revoked: it has no successors. */
  #endUnusedSuccessors(renewed: string, at: number, by: string): boolean {
    const find = 'SELECT device, id FROM agent_certificate WHERE serial = ? AND revoked_at IS NULL';
    const row = prepare<{ device: DeviceKey; id: number }>(this.#db, find).get(renewed);
    if (!row) return false;
    prepare(
      this.#db,
      `UPDATE agent_certificate SET revoked_at = ?, revoked_by = ?, revoked_reason = 'replaced'
       WHERE device = ? AND id > ? AND used_at IS NULL AND revoked_at IS NULL`,
    ).run(at, by, row.device, row.id);
    return true;
  }

  certificate(serial: string): AgentCertificate | undefined {
    const find = `SELECT ${CERTIFICATE_COLUMNS} FROM agent_certificate WHERE serial = ?`;
    const row = prepare<CertificateRow>(this.#db, find).get(serial);
    return row && certificateOf(row);
  }

  certificates(device?: DeviceKey): AgentCertificate[] {
    const list = `SELECT ${CERTIFICATE_COLUMNS} FROM agent_certificate`;
    const rows =
      device === undefined
        ? prepare<CertificateRow>(this.#db, `${list} ORDER BY device, id`).all()
        : prepare<CertificateRow>(this.#db, `${list} WHERE device = ? ORDER BY id`).all(device);
    return rows.map(certificateOf);
  }

  page({ limit, ...wanted }: Parameters<AdmissionStore['page']>[0]): ListedCertificate[] {
    // One row of the index after the other, so that it ends with the page.
    const list = `SELECT ${LISTED_COLUMNS} FROM agent_certificate c
      WHERE device > ? AND device < ? AND id = (SELECT id FROM agent_certificate
        WHERE device = c.device ORDER BY revoked_at IS NULL DESC, id DESC LIMIT 1)
      ORDER BY device LIMIT ?`;
    return prepare<CertificateRow>(this.#db, list)
      .all(...pageOf(wanted), limit)
      .map(listedOf);
  }

  revocations(at: number): { serial: string; at: number }[] {
    const revoked =
      'SELECT serial, revoked_at AS at FROM agent_certificate WHERE revoked_at IS NOT NULL AND to_at > ? ORDER BY id';
    return prepare<{ serial: string; at: number }>(this.#db, revoked)
      .all(at)
      .map((row) => ({ serial: row.serial, at: row.at }));
  }

  certificateUsed(serial: string, at: number): void {
    prepare(this.#db, 'UPDATE agent_certificate SET used_at = ? WHERE serial = ? AND used_at IS NULL').run(at, serial);
    prepare(
      this.#db,
      `UPDATE agent_certificate SET revoked_at = ?, revoked_by = 'system', revoked_reason = 'superseded'
       WHERE revoked_at IS NULL AND device = (SELECT device FROM agent_certificate WHERE serial = ?)
         AND id < (SELECT id FROM agent_certificate WHERE serial = ?)`,
    ).run(at, serial, serial);
  }

  barred(at: number): DeviceKey[] {
    const none = `SELECT device FROM agent_certificate GROUP BY device
      HAVING MAX(CASE WHEN revoked_at IS NULL THEN to_at ELSE 0 END) <= ?`;
    return prepare<{ device: DeviceKey }>(this.#db, none)
      .all(at)
      .map(({ device }) => device);
  }

  revokedIn(store: StoreKey, at: number, limit: number): string[] {
    const ended = `SELECT serial FROM agent_certificate
      WHERE device > ? AND device < ? AND revoked_reason <> 'superseded' AND to_at > ? ORDER BY revoked_at DESC, id DESC LIMIT ?`;
    return prepare<{ serial: string }>(this.#db, ended)
      .all(...devicesOf(store), at, limit)
      .map(({ serial }) => serial);
  }

  revokeAll(device: DeviceKey, { at, by, reason }: Revocation): string[] {
    const revoke = `UPDATE agent_certificate SET revoked_at = ?, revoked_by = ?, revoked_reason = ?
      WHERE device = ? AND revoked_at IS NULL AND to_at > ? RETURNING serial`;
    return prepare<{ serial: string }>(this.#db, revoke)
      .all(at, by, reason, device, at)
      .map(({ serial }) => serial);
  }

  hold(seen: Seen): void {
    prepare(
      this.#db,
      `INSERT INTO stranger
         (device, key, reason, kind, token, address, facts, certificate, first_at, last_at, times)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1)
       ON CONFLICT (device, key) DO UPDATE SET reason = excluded.reason, kind = excluded.kind, token = excluded.token,
         address = excluded.address, facts = excluded.facts, certificate = excluded.certificate,
         last_at = excluded.last_at, times = times + 1`,
    ).run(
      seen.device,
      seen.key,
      seen.reason,
      seen.kind ?? null,
      seen.token ?? null,
      seen.address,
      JSON.stringify(seen.facts),
      seen.certificate === undefined ? null : JSON.stringify(seen.certificate),
      seen.at,
      seen.at,
    );
    const forget = (which: string) =>
      prepare(
        this.#db,
        `DELETE FROM stranger WHERE id IN (SELECT id FROM stranger WHERE ${which} ORDER BY last_at DESC, id DESC
         LIMIT -1 OFFSET ?)`,
      );
    if (seen.token !== undefined) forget('verdict IS NULL AND token = ?').run(seen.token, STRANGERS_OF_TOKEN);
    forget('verdict IS NULL').run(STRANGERS_KEPT);
  }

  quarantine(limit: number): Stranger[] {
    const newest = `SELECT ${STRANGER_COLUMNS} FROM stranger ORDER BY last_at DESC, id DESC LIMIT ?`;
    return prepare<StrangerRow>(this.#db, newest).all(limit).map(strangerOf);
  }

  stranger(id: number): Stranger | undefined {
    const row = prepare<StrangerRow>(this.#db, `SELECT ${STRANGER_COLUMNS} FROM stranger WHERE id = ?`).get(id);
    return row && strangerOf(row);
  }

  strangerOf(device: DeviceKey, key: string): Stranger | undefined {
    const find = `SELECT ${STRANGER_COLUMNS} FROM stranger WHERE device = ? AND key = ?`;
    const row = prepare<StrangerRow>(this.#db, find).get(device, key);
    return row && strangerOf(row);
  }

  decide(id: number, { verdict, at, by }: Decision): boolean {
    const decide = 'UPDATE stranger SET verdict = ?, decided_at = ?, decided_by = ? WHERE id = ?';
    return prepare(this.#db, decide).run(verdict, at, by, id).changes === 1;
  }

  #insert(certificate: AgentCertificate): void {
    prepare(
      this.#db,
      `INSERT INTO agent_certificate (${CERTIFICATE_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ).run(
      certificate.serial,
      certificate.device,
      certificate.key,
      certificate.pem,
      certificate.from,
      certificate.to,
      certificate.at,
      certificate.token ?? null,
      certificate.usedAt ?? null,
      certificate.revoked?.at ?? null,
      certificate.revoked?.by ?? null,
      certificate.revoked?.reason ?? null,
    );
  }
}
