import type { DatabaseSync } from 'node:sqlite';
import type { DeviceKey, StoreKey } from '../../../protocol/names.ts';
import type {
  AdmissionStore,
  AgentCertificate,
  Decision,
  EnrolToken,
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
  STRANGER_COLUMNS,
  STRANGERS_KEPT,
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

  issue({ certificate, spends, replaces, by }: Parameters<AdmissionStore['issue']>[0]): boolean {
    if (spends !== undefined) {
      const spend = 'UPDATE enrol_token SET used = used + 1 WHERE id = ? AND used < uses AND revoked_at IS NULL';
      if (prepare(this.#db, spend).run(spends).changes !== 1) return false;
    }
    prepare(this.#db, 'DELETE FROM agent_certificate WHERE to_at < ?').run(certificate.at - KEPT_AFTER_END_MS);
    this.#insert(certificate);
    for (const serial of replaces) this.revokeCertificate(serial, { at: certificate.at, by, reason: 'replaced' });
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

  revokeCertificate(serial: string, { at, by, reason }: Revocation): boolean {
    const revoke = `UPDATE agent_certificate SET revoked_at = ?, revoked_by = ?, revoked_reason = ?
      WHERE serial = ? AND revoked_at IS NULL`;
    return prepare(this.#db, revoke).run(at, by, reason, serial).changes === 1;
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
    prepare(
      this.#db,
      'DELETE FROM stranger WHERE id IN (SELECT id FROM stranger ORDER BY last_at DESC, id DESC LIMIT -1 OFFSET ?)',
    ).run(STRANGERS_KEPT);
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
