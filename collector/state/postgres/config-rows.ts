import type { AgentConfigStore, Numbered } from '../../ports.ts';
import { type ToldRow, toldOf, type VersionRow, versionOf } from '../config-record.ts';
import type { Database } from './database.ts';
import { clean, jsonRows, lastOfEach } from './json-rows.ts';

const VERSION = 'scope, version, settings, at, by, comment';
const NUMBER = 'n.device, n.version, n.at, n.published, n.published_at AS "publishedAt"';

export function configRows(db: Database): AgentConfigStore {
  return {
    async scopes() {
      const rows = await db.query<VersionRow>(
        `SELECT DISTINCT ON (scope) ${VERSION} FROM config_version ORDER BY scope, version DESC`,
      );
      return rows.map(versionOf);
    },
    async history(scope, limit) {
      const rows = await db.query<VersionRow>(
        `SELECT ${VERSION} FROM config_version WHERE scope = $1 ORDER BY version DESC LIMIT $2`,
        [clean(scope), limit],
      );
      return rows.map(versionOf);
    },
    async version(scope, version) {
      const [row] = await db.query<VersionRow>(
        `SELECT ${VERSION} FROM config_version WHERE scope = $1 AND version = $2`,
        [clean(scope), version],
      );
      return row && versionOf(row);
    },
    async save({ scope, settings, at, by, comment, basedOn }) {
      // Of two at once, the second finds the version taken.
      const [row] = await db.query<VersionRow>(
        `INSERT INTO config_version (${VERSION})
         SELECT $1, $2::bigint + 1, $3, $4, $5, $6
         WHERE $2::bigint = (SELECT coalesce(max(version), 0) FROM config_version WHERE scope = $1)
         ON CONFLICT (scope, version) DO NOTHING RETURNING ${VERSION}`,
        [scope, basedOn, clean(JSON.stringify(settings)), at, clean(by), clean(comment)],
      );
      return row && versionOf(row);
    },
    async revision() {
      const [row] = await db.query<{ revision: number }>(
        'SELECT coalesce(max(id), 0)::bigint AS revision FROM config_version',
      );
      return row?.revision ?? 0;
    },

    async number(wanted, at) {
      const rows = jsonRows(lastOfEach(wanted, ({ device }) => device));
      if (rows === null) return [];
      const numbered = await db.query<Numbered>(
        `INSERT INTO config_number AS n (device, version, hash, at)
           SELECT device, above + 1, hash, $2::bigint
           FROM json_to_recordset($1) AS r (device text, hash text, above bigint) ORDER BY device
         ON CONFLICT (device) DO UPDATE SET
           version = CASE WHEN n.hash = excluded.hash AND n.version >= excluded.version THEN n.version
             ELSE greatest(n.version + 1, excluded.version) END,
           at = CASE WHEN n.hash = excluded.hash AND n.version >= excluded.version THEN n.at ELSE excluded.at END,
           hash = excluded.hash
         RETURNING ${NUMBER}`,
        [rows, at],
      );
      const byDevice = new Map(numbered.map((row) => [row.device, row]));
      return wanted.map(({ device }) => byDevice.get(device) as Numbered);
    },
    numbered: () => db.query(`SELECT ${NUMBER}, n.hash FROM config_number AS n ORDER BY n.device`),
    async published(devices, at) {
      const rows = jsonRows(lastOfEach(devices, ({ device }) => device));
      if (rows === null) return;
      await db.query(
        `UPDATE config_number AS n SET published = r.version, published_at = $2::bigint
         FROM json_to_recordset($1) AS r (device text, version bigint)
         WHERE n.device = r.device AND n.published <= r.version`,
        [rows, at],
      );
    },
    async told() {
      const rows = await db.query<ToldRow>(
        `SELECT agent AS device, (b ->> 'at')::bigint + coalesce((b ->> 'skewMs')::numeric, 0)::bigint AS "bornAt",
           b -> 'agent' ->> 'central' AS central
         FROM boot, LATERAL (SELECT birth::json) AS j (b) WHERE birth IS NOT NULL ORDER BY agent`,
      );
      return rows.map(toldOf);
    },
  };
}
