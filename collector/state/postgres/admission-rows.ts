import type { DeviceKey } from '../../../protocol/names.ts';
import type { AdmissionStore, AgentCertificate } from '../../ports.ts';
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

    issue: ({ certificate, spends, renews, replaces, by }) =>
      db.transaction(async (query) => {
        if (spends !== undefined) {
          const spend =
            'UPDATE enrol_token SET used = used + 1 WHERE id = $1 AND used < uses AND revoked_at IS NULL RETURNING id';
          if ((await query(spend, [spends])).length !== 1) return false;
        }
        if (renews !== undefined && !(await endUnusedSuccessors(query, renews, certificate.at, by))) return false;
        await query('DELETE FROM agent_certificate WHERE to_at < $1', [certificate.at - KEPT_AFTER_END_MS]);
        await insert(query, certificate);
        const revoke = `UPDATE agent_certificate SET revoked_at = $2, revoked_by = $3, revoked_reason = 'replaced'
          WHERE serial = ANY ($1) AND revoked_at IS NULL`;
        if (replaces.length > 0) await query(revoke, [replaces, certificate.at, clean(by)]);
        return true;
      }),
    certificate: async (serial) => (await certificatesWhere('WHERE serial = $1', [clean(serial)]))[0],
    certificates: (device) =>
      device === undefined
        ? certificatesWhere('ORDER BY device COLLATE "C", id')
        : certificatesWhere('WHERE device = $1 ORDER BY id', [device]),
    async page({ limit, ...wanted }) {
      const list = `SELECT DISTINCT ON (device COLLATE "C") ${LISTED_COLUMNS} FROM agent_certificate
        WHERE device COLLATE "C" > $1 AND device COLLATE "C" < $2
        ORDER BY device COLLATE "C", revoked_at IS NULL DESC, id DESC LIMIT $3`;
      return (await db.query<CertificateRow>(list, [...pageOf(wanted), limit])).map(listedOf);
    },
    revocations: (at) =>
      db.query<{ serial: string; at: number }>(
        'SELECT serial, revoked_at AS at FROM agent_certificate WHERE revoked_at IS NOT NULL AND to_at > $1 ORDER BY id',
        [at],
      ),
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
    revokeAll: (device, { at, by, reason }) =>
      db.transaction(async (query) => {
        // A renewal that is under way comes first: what it writes down is then seen and revoked with the rest.
        await query('SELECT id FROM agent_certificate WHERE device = $1 ORDER BY id FOR UPDATE', [device]);
        const revoked = (await query(
          `UPDATE agent_certificate SET revoked_at = $2, revoked_by = $3, revoked_reason = $4
           WHERE device = $1 AND revoked_at IS NULL AND to_at > $2 RETURNING serial`,
          [device, at, clean(by), clean(reason)],
        )) as { serial: string }[];
        return revoked.map(({ serial }) => serial);
      }),

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
        const forget = (which: string) => `DELETE FROM stranger WHERE id IN
          (SELECT id FROM stranger WHERE ${which} ORDER BY last_at DESC, id DESC OFFSET $1)`;
        if (seen.token !== undefined) {
          await query(forget('verdict IS NULL AND token = $2'), [STRANGERS_OF_TOKEN, seen.token]);
        }
        await query(forget('verdict IS NULL'), [STRANGERS_KEPT]);
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

/** False when the one renewed is revoked: it has no successors. */
async function endUnusedSuccessors(query: Query, renewed: string, at: number, by: string): Promise<boolean> {
  const find = 'SELECT device, id FROM agent_certificate WHERE serial = $1 AND revoked_at IS NULL FOR UPDATE';
  const [row] = (await query(find, [renewed])) as { device: DeviceKey; id: number }[];
  if (!row) return false;
  await query(
    `UPDATE agent_certificate SET revoked_at = $3, revoked_by = $4, revoked_reason = 'replaced'
     WHERE device = $1 AND id > $2 AND used_at IS NULL AND revoked_at IS NULL`,
    [row.device, row.id, at, clean(by)],
  );
  return true;
}
