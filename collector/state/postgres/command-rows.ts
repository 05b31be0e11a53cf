import type { DeviceKey } from '../../../protocol/names.ts';
import { type AuditEntry, type CommandStore, UNASKED_KEPT_MS, UNASKED_PER_HOUR } from '../../ports.ts';
import { COMMAND_COLUMNS, type CommandRow, commandOf, weigh } from '../command-record.ts';
import type { Database, Query } from './database.ts';
import { clean } from './json-rows.ts';

const HOUR_MS = 3_600_000;

/** What agents of all partitions were told to do. */
export const commandRows = (
  db: Database,
  appendAudit: (query: Query, entry: AuditEntry) => Promise<void>,
): CommandStore => ({
  async add({ device, id, at, asked }, audit) {
    await db.transaction(async (query) => {
      await query('INSERT INTO command (device, id, at, asked) VALUES ($1, $2, $3, $4)', [
        device,
        id,
        at,
        JSON.stringify(asked),
      ]);
      await appendAudit(query, audit);
    });
  },

  async setFault(device, id, fault) {
    await db.query('UPDATE command SET fault = $1 WHERE device = $2 AND id = $3', [clean(fault), device, id]);
  },

  take: (device, reply, at, audit) =>
    db.transaction(async (query) => {
      const kept =
        (await find(query, device, reply.id, 'FOR UPDATE')) ?? (await addUnasked(query, device, reply.id, at));
      if (kept === undefined) return undefined;
      const change = weigh(kept, reply);
      if (change === 'nothing') return { command: kept, isNews: false };
      const where = 'WHERE device = $1 AND id = $2';
      if (change === 'reply') {
        const values = [device, reply.id, at, JSON.stringify(reply)];
        await query(`UPDATE command SET replied_at = $3, reply = $4 ${where}`, values);
      } else await query(`UPDATE command SET refused_again_at = $3 ${where}`, [device, reply.id, at]);
      await appendAudit(query, audit);
      return { command: (await find(query, device, reply.id)) ?? kept, isNews: true };
    }),

  get: (device, id) => find(db.query.bind(db), device, id),

  async list({ device, limit }) {
    const rows = await db.query<CommandRow>(
      `SELECT ${COMMAND_COLUMNS} FROM command ${device === undefined ? '' : 'WHERE device = $2'}
       ORDER BY number DESC LIMIT $1`,
      device === undefined ? [limit] : [limit, device],
    );
    return rows.map(commandOf);
  },
});

async function find(query: Query, device: DeviceKey, id: string, lock = '') {
  const [row] = await query<CommandRow>(
    `SELECT ${COMMAND_COLUMNS} FROM command WHERE device = $1 AND id = $2 ${lock}`,
    [device, id],
  );
  return row && commandOf(row);
}

async function addUnasked(query: Query, device: DeviceKey, id: string, at: number) {
  const [found] = await query<{ count: number }>(
    'SELECT count(*)::int AS count FROM command WHERE device = $1 AND asked IS NULL AND at > $2',
    [device, at - HOUR_MS],
  );
  if ((found?.count ?? 0) >= UNASKED_PER_HOUR) return undefined;
  await query('DELETE FROM command WHERE asked IS NULL AND at < $1', [at - UNASKED_KEPT_MS]);
  await query('INSERT INTO command (device, id, at) VALUES ($1, $2, $3)', [device, id, at]);
  return { device, id, at };
}
