import { randomBytes } from 'node:crypto';
import type { Chain } from '../../../protocol/inventory.ts';
import type { DeviceKey } from '../../../protocol/names.ts';
import type { Reason } from '../../../protocol/reasons.ts';
import type { IncidentView, TimelineEntry } from '../../../protocol/views.ts';
import type { AuditEntry, IncidentQuery, Role, SetAside, StateStore, TicketQueueFigures } from '../../ports.ts';
import { INCIDENT_COLUMNS, type IncidentRow, IS_MAJOR, IS_SINGLE, majorOf, viewOf } from '../incident-record.ts';
import { inventoryReplaced } from '../inventory-audit.ts';
import { REFUSED, REFUSED_KEPT } from '../refused-audit.ts';
import { StateStoreError } from '../state-store-error.ts';
import { deadWorkOf, WORK, type WorkRow } from '../ticket-record.ts';
import { admissionRows } from './admission-rows.ts';
import { availabilityRows } from './availability-rows.ts';
import { commandRows } from './command-rows.ts';
import { configRows } from './config-rows.ts';
import type { Database, Query } from './database.ts';
import { discoveryRows } from './discovery-rows.ts';
import { eventRows } from './event-rows.ts';
import { factsRows } from './facts-rows.ts';
import { clean } from './json-rows.ts';
import { judgedRows } from './judged-rows.ts';
import { maintenanceRows } from './maintenance-rows.ts';
import { digestRows, onCallRows } from './on-call-rows.ts';
import { outsideAlertRows } from './outside-alert-rows.ts';
import { releaseRows } from './release-rows.ts';
import { reviewRows } from './review-rows.ts';
import { ruleRows } from './rule-rows.ts';
import { storePageRows } from './store-page-rows.ts';

/** What belongs to no partition, or is read over all of them. */
export function sharedRows(db: Database): Omit<StateStore, 'partition' | 'close'> {
  return {
    async loadInventory() {
      const rows = await db.query<{ definition: string }>('SELECT definition FROM chain ORDER BY id');
      return rows.map((row) => JSON.parse(row.definition) as Chain);
    },
    async saveInventory(chains, by, at) {
      for (const chain of chains) refuseTwins(chain, db.place);
      await db.transaction(async (query) => {
        for (const chain of chains) {
          await query(
            `INSERT INTO chain (name, definition) VALUES ($1, $2)
             ON CONFLICT (name) DO UPDATE SET definition = excluded.definition`,
            [chain.name, JSON.stringify(chain)],
          );
          await appendAudit(query, inventoryReplaced(chain, by, at));
        }
        await query('UPDATE installation SET inventory_revision = inventory_revision + 1');
        await query("SELECT pg_notify('vigie', 'inventory')");
      });
    },
    async inventoryRevision() {
      const [row] = await db.query<{ revision: number }>('SELECT inventory_revision AS revision FROM installation');
      return row?.revision ?? 0;
    },

    incidents: (query) => listIncidents(db, query),
    async incident(number) {
      const rows = await db.query<IncidentRow & { key: string }>(
        `SELECT key, ${INCIDENT_COLUMNS} FROM incident WHERE number = $1 AND ${IS_SINGLE}`,
        [number],
      );
      const [row] = rows;
      return row && { incident: viewOf(row), timeline: await readTimeline(db, row.key) };
    },
    async majors({ state, limit }) {
      const rows = await db.query<IncidentRow>(
        `SELECT ${INCIDENT_COLUMNS} FROM incident
         WHERE store IN (SELECT name COLLATE "C" FROM chain) AND (open OR $1) ORDER BY open DESC, number DESC LIMIT $2`,
        [state !== 'open', limit],
      );
      return rows.map(majorOf);
    },
    async major(number) {
      const [row] = await db.query<IncidentRow & { key: string }>(
        `SELECT key, ${INCIDENT_COLUMNS} FROM incident WHERE number = $1 AND ${IS_MAJOR}`,
        [number],
      );
      return row && { major: majorOf(row), timeline: await readTimeline(db, row.key) };
    },
    async deadTicketWork(limit) {
      const dead = `${WORK} WHERE w.died_at IS NOT NULL ORDER BY w.died_at DESC, w.id DESC LIMIT $1`;
      return (await db.query<WorkRow>(dead, [limit])).map(deadWorkOf);
    },
    async replayTicketWork(id, now) {
      const [row] = await db.query<{ store: string | null }>('SELECT ticket_work_replay($1, $2) AS store', [id, now]);
      return row?.store ?? undefined;
    },
    async discardTicketWork(id, { at, by, why }) {
      const [row] = await db.query<{ store: string | null }>('SELECT ticket_work_discard($1, $2, $3, $4) AS store', [
        id,
        at,
        clean(by),
        clean(why),
      ]);
      return row?.store ?? undefined;
    },
    ticketQueues: () =>
      db.query<TicketQueueFigures>(
        `SELECT desk, count(*) - count(died_at) AS waiting, count(died_at) AS dead, min(at) AS "oldestAt"
         FROM ticket_work GROUP BY desk ORDER BY desk`,
      ),
    async birthOf(agent: DeviceKey) {
      const [row] = await db.query<{ birth: string | null }>('SELECT birth FROM boot WHERE agent = $1', [agent]);
      return row?.birth ?? undefined;
    },

    async tokenByHash(hash) {
      const [row] = await db.query<{ name: string; role: Role }>('SELECT name, role FROM token WHERE hash = $1', [
        clean(hash),
      ]);
      return row;
    },
    async saveToken({ hash, name, role, at }) {
      await db.query(
        `INSERT INTO token (hash, name, role, at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (hash) DO UPDATE SET name = excluded.name, role = excluded.role, at = excluded.at`,
        [hash, clean(name), role, at],
      );
    },
    async secret(name) {
      await db.query('INSERT INTO secret (name, value) VALUES ($1, $2) ON CONFLICT DO NOTHING', [
        name,
        randomBytes(32),
      ]);
      const [row] = await db.query<{ value: Uint8Array }>('SELECT value FROM secret WHERE name = $1', [name]);
      return (row as { value: Uint8Array }).value;
    },
    audit: (entry) => appendAudit(db.query.bind(db), entry),
    auditLog: (limit) =>
      db.query<AuditEntry>('SELECT at, who, action, detail FROM audit ORDER BY id DESC LIMIT $1', [limit]),

    agentConfigs: configRows(db),
    availability: availabilityRows(db),
    commands: commandRows(db, appendAudit),
    discovery: discoveryRows(db),
    reviews: reviewRows(db),
    onCall: onCallRows(db),
    digests: digestRows(db),
    outsideAlerts: outsideAlertRows(db),
    storePages: storePageRows(db),
    events: eventRows(db),
    facts: factsRows(db),
    judged: judgedRows(db),
    maintenance: maintenanceRows(db, appendAudit),
    releases: releaseRows(db),
    rules: ruleRows(db, appendAudit),

    admission: admissionRows(db),

    async setAside(limit) {
      const entries = await db.query<SetAside>(
        'SELECT at, source, reason, sample FROM set_aside ORDER BY id DESC LIMIT $1',
        [limit],
      );
      const counts = await db.query<{ reason: string; count: number }>(
        'SELECT reason, sum(count)::bigint AS count FROM set_aside_count GROUP BY reason',
      );
      return { entries, counts: Object.fromEntries(counts.map(({ reason, count }) => [reason, count])) };
    },
  };
}

async function appendAudit(query: Query, { at, who, action, detail }: AuditEntry): Promise<void> {
  await query('INSERT INTO audit (at, who, action, detail) VALUES ($1, $2, $3, $4)', [
    at,
    clean(who),
    clean(action),
    clean(detail),
  ]);
  if (action !== REFUSED) return;
  const old = `SELECT id FROM audit WHERE action = '${REFUSED}' ORDER BY id DESC LIMIT 1 OFFSET $1`;
  await query(`DELETE FROM audit WHERE action = '${REFUSED}' AND id <= (${old})`, [REFUSED_KEPT]);
}

async function readTimeline(db: Database, incident: string): Promise<TimelineEntry[]> {
  const rows = await db.query<{ at: number; reason: string }>(
    'SELECT at, reason FROM timeline WHERE incident = $1 ORDER BY id',
    [incident],
  );
  return rows.map(({ at, reason }) => ({ at, reason: JSON.parse(reason) as Reason }));
}

/** Open ones by priority, then resolved ones; newest first among equals. */
async function listIncidents(db: Database, query: IncidentQuery): Promise<IncidentView[]> {
  const { state, store, since = -1, limit } = query;
  const select = (rest: string, values: unknown[]) =>
    db.query<IncidentRow>(`SELECT ${INCIDENT_COLUMNS} FROM incident WHERE ${rest}`, values);
  const ofStore = store === undefined ? '' : 'AND store = $3';
  const values = (second: number) => (store === undefined ? [second] : [second, store]);
  const rows: IncidentRow[] = [];
  if (state !== 'resolved') {
    const where = `open AND ${IS_SINGLE} ${ofStore.replace('$3', '$2')} ORDER BY priority, number DESC LIMIT $1`;
    rows.push(...(await select(where, values(limit))));
  }
  const left = limit - rows.length;
  if (state !== 'open' && left > 0) {
    const where = `NOT open AND ${IS_SINGLE} AND resolved_at > $1 ${ofStore} ORDER BY number DESC LIMIT $2`;
    rows.push(...(await select(where, [since, ...values(left)])));
  }
  return rows.map(viewOf);
}

/** Names are what everything else refers to. */
function refuseTwins({ name, stores }: Chain, place: string): void {
  const isTwice = (names: string[]) => new Set(names).size < names.length;
  const twin = stores.find((store) => isTwice(store.devices.map((device) => device.name)));
  if (twin === undefined && !isTwice(stores.map((store) => store.name))) return;
  const where = twin === undefined ? name : `${name}/${twin.name}`;
  throw new StateStoreError('failed', place, `the inventory names something twice in ${where}`);
}
