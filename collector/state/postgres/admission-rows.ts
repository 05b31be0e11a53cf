import type { DeviceKey } from '../../../protocol/names.ts';
import type { AdmissionStore, AgentCertificate, Revocation } from '../../ports.ts';
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
import type { Database, Query } from './database.ts';
import { clean } from './json-rows.ts';

/** Enrolment tokens, certificates, quarantine: shared by all collectors. */
export function admissionRows(db: Database): AdmissionStore {
  const certificatesWhere = async (rest: string, values: unknown[] = []): Promise<AgentCertificate[]> => {
    const rows = await db.query<CertificateRow>(`SELECT ${CERTIFICATE_COLUMNS} FROM agent_certificate ${rest}`, values);
    return rows.map(certificateOf);
  };
  const strangersWhere = async (rest: string, values: unknown[]) =>
    (await db.query<StrangerRow>(`SELECT ${STRANGER_COLUMNS} FROM stranger ${rest}`, values)).map(strangerOf);

  return {
    async keepAuthority(certificate) {
      await db.query('INSERT INTO authority VALUES (1, $1) ON CONFLICT DO NOTHING', [certificate]);
      const [row] = await db.query<{ certificate: string }>('SELECT certificate FROM authority');
      return row?.certificate ?? certificate;
    },

    async saveToken(token) {
      await db.transaction(async (query) => {
        await query('DELETE FROM enrol_token WHERE expires_at < $1', [token.at - KEPT_AFTER_END_MS]);
        await query(
          `INSERT INTO enrol_token (${TOKEN_COLUMNS}, hash)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
          [
            token.id,
            token.chain,
            token.store,
            token.kind,
            token.device ?? null,
            token.replaces,
            token.uses,
            token.used,
            token.at,
            clean(token.by),
            token.expiresAt,
            token.revokedAt ?? null,
            token.revokedBy ?? null,
            token.hash,
          ],
        );
      });
    },
    async tokenByHash(hash) {
      const [row] = await db.query<TokenRow>(`SELECT ${TOKEN_COLUMNS} FROM enrol_token WHERE hash = $1`, [hash]);
      return row && tokenOf(row);
    },
    async tokens(limit) {
      const newest = `SELECT ${TOKEN_COLUMNS} FROM enrol_token ORDER BY at DESC, id LIMIT $1`;
      return (await db.query<TokenRow>(newest, [limit])).map(tokenOf);
    },
    async revokeToken(id, { at, by }) {
      const revoke =
        'UPDATE enrol_token SET revoked_at = $2, revoked_by = $3 WHERE id = $1 AND revoked_at IS NULL RETURNING id';
      return (await db.query(revoke, [id, at, clean(by)])).length === 1;
    },

    issue: ({ certificate, spends, replaces, by }) =>
      db.transaction(async (query) => {
        if (spends !== undefined) {
          const spend =
            'UPDATE enrol_token SET used = used + 1 WHERE id = $1 AND used < uses AND revoked_at IS NULL RETURNING id';
          if ((await query(spend, [spends])).length !== 1) return false;
        }
        await query('DELETE FROM agent_certificate WHERE to_at < $1', [certificate.at - KEPT_AFTER_END_MS]);
        await insert(query, certificate);
        for (const serial of replaces) await revoke(query, serial, { at: certificate.at, by, reason: 'replaced' });
        return true;
      }),
    certificate: async (serial) => (await certificatesWhere('WHERE serial = $1', [clean(serial)]))[0],
    certificates: (device) =>
      device === undefined
        ? certificatesWhere('ORDER BY device COLLATE "C", id')
        : certificatesWhere('WHERE device = $1 ORDER BY id', [device]),
    async certificateUsed(serial, at) {
      await db.transaction(async (query) => {
        await query('UPDATE agent_certificate SET used_at = $2 WHERE serial = $1 AND used_at IS NULL', [serial, at]);
        await query(
          `UPDATE agent_certificate c SET revoked_at = $2, revoked_by = 'system', revoked_reason = 'superseded'
           FROM agent_certificate used
           WHERE used.serial = $1 AND c.device = used.device AND c.id < used.id AND c.revoked_at IS NULL`,
          [serial, at],
        );
      });
    },
    async barred(at) {
      const none = `SELECT device FROM agent_certificate GROUP BY device
        HAVING MAX(CASE WHEN revoked_at IS NULL THEN to_at ELSE 0 END) <= $1`;
      return (await db.query<{ device: DeviceKey }>(none, [at])).map(({ device }) => device);
    },
    async revokedIn(store, at, limit) {
      const ended = `SELECT serial FROM agent_certificate
        WHERE device COLLATE "C" > $1 AND device COLLATE "C" < $2 AND revoked_reason <> 'superseded' AND to_at > $3
        ORDER BY revoked_at DESC, id DESC LIMIT $4`;
      return (await db.query<{ serial: string }>(ended, [...devicesOf(store), at, limit])).map(({ serial }) => serial);
    },
    revokeCertificate: (serial, end) => revoke(db.query.bind(db), clean(serial), end),

    async hold(seen) {
      await db.transaction(async (query) => {
        await query(
          `INSERT INTO stranger AS s
             (device, key, reason, kind, token, address, facts, certificate, first_at, last_at, times)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9, 1)
           ON CONFLICT (device, key) DO UPDATE SET reason = excluded.reason, kind = excluded.kind,
             token = excluded.token, address = excluded.address, facts = excluded.facts,
             certificate = excluded.certificate, last_at = excluded.last_at, times = s.times + 1`,
          [
            seen.device,
            seen.key,
            seen.reason,
            seen.kind ?? null,
            seen.token ?? null,
            clean(seen.address),
            // PostgreSQL keeps it as text, in which an escaped NUL is harmless.
            clean(JSON.stringify(seen.facts)),
            seen.certificate === undefined ? null : JSON.stringify(seen.certificate),
            seen.at,
          ],
        );
        await query(
          'DELETE FROM stranger WHERE id IN (SELECT id FROM stranger ORDER BY last_at DESC, id DESC OFFSET $1)',
          [STRANGERS_KEPT],
        );
      });
    },
    quarantine: (limit) => strangersWhere('ORDER BY last_at DESC, id DESC LIMIT $1', [limit]),
    stranger: async (id) => (await strangersWhere('WHERE id = $1', [id]))[0],
    strangerOf: async (device, key) => (await strangersWhere('WHERE device = $1 AND key = $2', [device, key]))[0],
    async decide(id, { verdict, at, by }) {
      const decide = 'UPDATE stranger SET verdict = $2, decided_at = $3, decided_by = $4 WHERE id = $1 RETURNING id';
      return (await db.query(decide, [id, verdict, at, clean(by)])).length === 1;
    },
  };
}

async function insert(query: Query, certificate: AgentCertificate): Promise<void> {
  await query(
    `INSERT INTO agent_certificate (${CERTIFICATE_COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
    [
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
    ],
  );
}

async function revoke(query: Query, serial: string, { at, by, reason }: Revocation): Promise<boolean> {
  const revoked = await query(
    `UPDATE agent_certificate SET revoked_at = $2, revoked_by = $3, revoked_reason = $4
     WHERE serial = $1 AND revoked_at IS NULL RETURNING id`,
    [serial, at, clean(by), clean(reason)],
  );
  return revoked.length === 1;
}
