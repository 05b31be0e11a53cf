import type { DatabaseSync } from 'node:sqlite';
import type { StateStore } from '../ports.ts';
import { AccessRows } from './access-rows.ts';
import { CursorRows } from './cursor-rows.ts';
import { IncidentRows } from './incident-rows.ts';
import { InventoryRows } from './inventory-rows.ts';
import { JudgementRows } from './judgement-rows.ts';
import { LogRows } from './log-rows.ts';
import { migrate } from './migrations.ts';
import { openDatabase } from './open-database.ts';
import { SetAsideRows } from './set-aside-rows.ts';
import { explainError } from './state-store-error.ts';
import { TicketQueue } from './ticket-queue.ts';
import { TimelineRows } from './timeline-rows.ts';
import { inTransaction } from './transaction.ts';

export interface SqliteStateStoreOptions {
  /** Stamps log rows and migrations, milliseconds since 1970. */
  now?: () => number;
  /** How long to wait for another process to let go of the file. */
  busyTimeoutMs?: number;
}

/**
 * The state store in one SQLite file, made if it is not there; its folder must be. One process has it at a time.
 * @throws StateStoreError when the file cannot be opened or written, is in use, is no database or another program's,
 * or comes from a newer version.
 */
export function openSqliteStateStore(path: string, options: SqliteStateStoreOptions = {}): StateStore {
  const { now = Date.now, busyTimeoutMs = 5_000 } = options;
  let db: DatabaseSync | undefined;
  try {
    db = openDatabase(path, busyTimeoutMs);
    migrate(db, path, now());
    return storeOn(db, path, now);
  } catch (error) {
    db?.close();
    throw explainError(path, error);
  }
}

function storeOn(db: DatabaseSync, path: string, now: () => number): StateStore {
  const cursors = new CursorRows(db);
  const log = new LogRows(db);
  const judgement = new JudgementRows(db);
  const incidents = new IncidentRows(db);
  const timeline = new TimelineRows(db);
  const tickets = new TicketQueue(db);
  const inventory = new InventoryRows(db);
  const access = new AccessRows(db);
  const setAside = new SetAsideRows(db);

  let rolledBack = false;
  const write = <T>(work: () => T): T => {
    try {
      if (rolledBack) {
        cursors.refresh();
        log.refresh();
        rolledBack = false;
      }
      return inTransaction(db, work);
    } catch (error) {
      rolledBack = true;
      throw explainError(path, error);
    }
  };

  return {
    commit: (writes) =>
      write(() => {
        cursors.saveCursors(writes.cursors);
        cursors.saveBoots(writes.boots);
        judgement.save(writes.judgement.stores);
        for (const { incident, entries } of writes.judgement.incidents) {
          incidents.save(incident);
          for (const entry of entries) timeline.append(incident.key, entry);
        }
        for (const work of writes.judgement.tickets) tickets.add(work);
        setAside.append(writes.setAside);
        log.removeTrimmed();
        return writes.log && log.append(now(), writes.log);
      }),

    loadCursors: () => cursors.loadCursors(),
    loadBoots: () => cursors.loadBoots(),
    loadJudgement: () => judgement.load(),

    readLog: (afterId, limit) => log.read(afterId, limit),
    trimLog: (id) => write(() => log.trim(id)),
    logSize: () => log.size(),

    loadInventory: () => inventory.load(),
    saveInventory: (chains, by, at) =>
      write(() => {
        for (const chain of chains) {
          inventory.replace(chain);
          const devices = chain.stores.reduce((sum, store) => sum + store.devices.length, 0);
          const detail = `${chain.name}: ${chain.stores.length} stores, ${devices} devices`;
          access.audit({ at, who: by, action: 'inventory.replaced', detail });
        }
      }),

    loadIncidents: () => incidents.load(),
    incidents: (query) => incidents.list(query),
    incident: (number) => {
      const incident = incidents.get(number);
      return incident && { incident, timeline: timeline.read(incident.key) };
    },

    dueTicketWork: (at, limit) => tickets.due(at, limit),
    nextTicketWorkAt: () => tickets.nextAt(),
    ticketWorkDone: (id, ticket, entry) =>
      write(() => {
        const incident = tickets.done(id, ticket);
        if (incident !== undefined) timeline.append(incident, entry);
      }),
    ticketWorkFailed: (id, error, notBefore) => write(() => tickets.failed(id, error, notBefore)),
    ticketWorkDead: (id, error, entry) =>
      write(() => {
        const incident = tickets.dead(id, error, entry.at);
        if (incident !== undefined) timeline.append(incident, entry);
      }),
    deadTicketWork: (limit) => tickets.listDead(limit),
    replayTicketWork: (id, at) => write(() => tickets.replay(id, at)),

    tokenByHash: (hash) => access.tokenByHash(hash),
    saveToken: (token) => write(() => access.saveToken(token)),
    audit: (entry) => write(() => access.audit(entry)),
    auditLog: (limit) => access.auditLog(limit),

    setAside: (limit) => setAside.read(limit),

    close: () => {
      if (db.isOpen) db.close();
    },
  };
}
