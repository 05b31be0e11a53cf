import type { DatabaseSync } from 'node:sqlite';
import type { PartitionStore, StateStore } from '../ports.ts';
import { inventoryReplaced } from './inventory-audit.ts';
import { AccessRows } from './sqlite/access-rows.ts';
import { AdmissionRows } from './sqlite/admission-rows.ts';
import { AvailabilityRows } from './sqlite/availability-rows.ts';
import { CommandRows } from './sqlite/command-rows.ts';
import { ConfigRows } from './sqlite/config-rows.ts';
import { CursorRows } from './sqlite/cursor-rows.ts';
import { DiscoveryRows } from './sqlite/discovery-rows.ts';
import { EventRows } from './sqlite/event-rows.ts';
import { explainError } from './sqlite/explain-error.ts';
import { FactsRows } from './sqlite/facts-rows.ts';
import { IncidentRows } from './sqlite/incident-rows.ts';
import { InventoryRows } from './sqlite/inventory-rows.ts';
import { JudgedRows } from './sqlite/judged-rows.ts';
import { JudgementRows } from './sqlite/judgement-rows.ts';
import { LogRows } from './sqlite/log-rows.ts';
import { MaintenanceRows } from './sqlite/maintenance-rows.ts';
import { migrate } from './sqlite/migrations.ts';
import { OnCallRows } from './sqlite/on-call-rows.ts';
import { openDatabase } from './sqlite/open-database.ts';
import { OutsideAlertRows } from './sqlite/outside-alert-rows.ts';
import { ReleaseRows } from './sqlite/release-rows.ts';
import { ReviewRows } from './sqlite/review-rows.ts';
import { RuleRows } from './sqlite/rule-rows.ts';
import { SetAsideRows } from './sqlite/set-aside-rows.ts';
import { ShadowRows } from './sqlite/shadow-rows.ts';
import { StorePageRows } from './sqlite/store-page-rows.ts';
import { TicketQueue } from './sqlite/ticket-queue.ts';
import { TimelineRows } from './sqlite/timeline-rows.ts';
import { inTransaction } from './sqlite/transaction.ts';
import { StateStoreError } from './state-store-error.ts';

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
  const admission = new AdmissionRows(db);
  const setAside = new SetAsideRows(db);
  const commands = new CommandRows(db);
  const configs = new ConfigRows(db);
  const availability = new AvailabilityRows(db);
  const discovery = new DiscoveryRows(db);
  const events = new EventRows(db);
  const facts = new FactsRows(db);
  const judged = new JudgedRows(db);
  const maintenance = new MaintenanceRows(db);
  const releases = new ReleaseRows(db);
  const reviews = new ReviewRows(db);
  const rules = new RuleRows(db);
  const shadows = new ShadowRows(db);
  const storePages = new StorePageRows(db);
  const onCall = new OnCallRows(db);
  const outside = new OutsideAlertRows(db);

  const read = <T>(work: () => T): T => {
    try {
      return work();
    } catch (error) {
      throw explainError(path, error);
    }
  };
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

  const partition: PartitionStore = {
    commit: async (writes) =>
      write(() => {
        cursors.saveCursors(writes.cursors);
        cursors.saveBoots(writes.boots);
        judgement.save(writes.judgement.stores);
        for (const { incident, entries } of writes.judgement.incidents) {
          incidents.save(incident);
          for (const entry of entries) timeline.append(incident.key, entry);
        }
        for (const { major, entries } of writes.judgement.majors ?? []) {
          incidents.save(major);
          for (const entry of entries) timeline.append(major.key, entry);
        }
        for (const work of writes.judgement.tickets) tickets.add(work);
        if (writes.judgement.history) availability.save(writes.judgement.history);
        if (writes.judgement.judged) judged.save(writes.judgement.judged);
        if (writes.events) events.append(writes.events);
        setAside.append(writes.setAside);
        log.removeTrimmed();
        return writes.log && log.append(now(), writes.log);
      }),

    loadCursors: async () => read(() => cursors.loadCursors()),
    loadBoots: async () => read(() => cursors.loadBoots()),
    loadJudgement: async () => read(() => judgement.load()),
    loadIncidents: async () => read(() => incidents.load()),
    watchedUntil: async () => read(() => availability.watchedUntil()),

    readLog: async (afterId, limit) => read(() => log.read(afterId, limit)),
    trimLog: async (id) => write(() => log.trim(id)),
    logSize: async () => read(() => log.size()),

    dueTicketWork: async (at, limit) => read(() => tickets.due(at, limit)),
    nextTicketWorkAt: async () => read(() => tickets.nextAt()),
    ticketWorkDone: async (id, ticket, entry) =>
      write(() => {
        const incident = tickets.done(id, ticket);
        if (incident !== undefined) timeline.append(incident, entry);
      }),
    ticketWorkFailed: async (id, error, notBefore) => write(() => tickets.failed(id, error, notBefore)),
    ticketWorkNoLaterThan: async (latest) => write(() => tickets.noLaterThan(latest)),
    ticketWorkDead: async (id, error, entry) =>
      write(() => {
        const incident = tickets.dead(id, error, entry.at);
        if (incident !== undefined) timeline.append(incident, entry);
      }),
    ticketWorkTried: async (id, at) => write(() => tickets.tried(id, at)),
    ticketWorkNeedless: async (id, entry) =>
      write(() => {
        const dropped = tickets.needless(id);
        if (dropped) timeline.append(dropped.incident, entry);
        return dropped?.ticketState;
      }),
    passOnTicketWork: async (overdue, entry) =>
      write(() => {
        const { incidents, ...passed } = tickets.passOn(overdue, entry.at);
        for (const incident of incidents) timeline.append(incident, entry);
        return passed;
      }),

    loadShadows: async () => read(() => shadows.load()),
    saveShadow: async (incident, desk, shadow) => write(() => shadows.save(incident, desk, shadow)),

    // There is nobody else who could hand us one.
    handedEvents: async () => [],
  };

  return {
    async partition({ index, of }) {
      if (index === 0 && of === 1) return partition;
      const asked = `partition ${index} of ${of}`;
      throw new StateStoreError('not-shared', path, `it cannot be shared out: ${asked} was asked for; use PostgreSQL`);
    },

    loadInventory: async () => read(() => inventory.load()),
    saveInventory: async (chains, by, at) =>
      write(() => {
        inventory.save(chains);
        for (const chain of chains) access.audit(inventoryReplaced(chain, by, at));
      }),
    inventoryRevision: async () => read(() => inventory.revision()),

    incidents: async (query) => read(() => incidents.list(query)),
    incident: async (number) =>
      read(() => {
        const incident = incidents.get(number);
        return incident && { incident, timeline: timeline.read(incident.key) };
      }),
    majors: async (query) => read(() => incidents.majors(query)),
    major: async (number) =>
      read(() => {
        const major = incidents.major(number);
        return major && { major, timeline: timeline.read(major.key) };
      }),
    deadTicketWork: async (limit) => read(() => tickets.listDead(limit)),
    replayTicketWork: async (id, at) => write(() => tickets.replay(id, at)),
    discardTicketWork: async (id, { at, by, why }) =>
      write(() => {
        const discarded = tickets.discard(id);
        if (!discarded) return undefined;
        const { incident, store, desk } = discarded;
        timeline.append(incident, { at, reason: { code: 'ticket.discarded', params: { desk, by, why } } });
        return store;
      }),
    ticketQueues: async () => read(() => tickets.figures()),
    birthOf: async (agent) => read(() => cursors.birthOf(agent)),

    tokenByHash: async (hash) => read(() => access.tokenByHash(hash)),
    saveToken: async (token) => write(() => access.saveToken(token)),
    secret: async (name) => write(() => access.secret(name)),
    audit: async (entry) => write(() => access.audit(entry)),
    auditLog: async (limit) => read(() => access.auditLog(limit)),

    admission: {
      keepAuthority: async (certificate) => write(() => admission.keepAuthority(certificate)),
      saveToken: async (token) => write(() => admission.saveToken(token)),
      tokenByHash: async (hash) => read(() => admission.tokenByHash(hash)),
      tokens: async (limit) => read(() => admission.tokens(limit)),
      revokeToken: async (id, end) => write(() => admission.revokeToken(id, end)),
      issue: async (issue) => write(() => admission.issue(issue)),
      certificate: async (serial) => read(() => admission.certificate(serial)),
      certificates: async (device) => read(() => admission.certificates(device)),
      page: async (query) => read(() => admission.page(query)),
      revocations: async (at) => read(() => admission.revocations(at)),
      certificateUsed: async (serial, at) => write(() => admission.certificateUsed(serial, at)),
      barred: async (at) => read(() => admission.barred(at)),
      revokedIn: async (store, at, limit) => read(() => admission.revokedIn(store, at, limit)),
      revokeAll: async (device, end) => write(() => admission.revokeAll(device, end)),
      hold: async (seen) => write(() => admission.hold(seen)),
      quarantine: async (limit) => read(() => admission.quarantine(limit)),
      stranger: async (id) => read(() => admission.stranger(id)),
      strangerOf: async (device, key) => read(() => admission.strangerOf(device, key)),
      decide: async (id, decision) => write(() => admission.decide(id, decision)),
    },

    agentConfigs: {
      scopes: async () => read(() => configs.scopes()),
      history: async (scope, limit) => read(() => configs.history(scope, limit)),
      version: async (scope, version) => read(() => configs.version(scope, version)),
      save: async (change) => write(() => configs.save(change)),
      revision: async () => read(() => configs.revision()),
      number: async (wanted, at) => write(() => configs.number(wanted, at)),
      numbered: async () => read(() => configs.numbered()),
      published: async (devices, at) => write(() => configs.published(devices, at)),
      told: async () => read(() => configs.told()),
    },

    availability: {
      standings: async (store, from, to) => read(() => availability.standings(store, from, to)),
      evidence: async (store, from, to) => read(() => availability.evidence(store, from, to)),
      forget: async (before) => write(() => availability.forget(before)),
    },

    commands: {
      add: async (command, audit) =>
        write(() => {
          commands.add(command);
          access.audit(audit);
        }),
      setFault: async (device, id, fault) => write(() => commands.setFault(device, id, fault)),
      take: async (device, reply, at, audit) =>
        write(() => {
          const taken = commands.take(device, reply, at);
          if (taken?.isNews) access.audit(audit);
          return taken;
        }),
      get: async (device, id) => read(() => commands.get(device, id)),
      list: async (query) => read(() => commands.list(query)),
    },

    releases: {
      list: async () => read(() => releases.list()),
      add: async (release) => write(() => releases.add(release)),
      rollout: async () => read(() => releases.rollout()),
      told: async () => read(() => releases.told()),
      begin: async (rollout) => write(() => releases.begin(rollout)),
      advance: async (from, to, change) => write(() => releases.advance(from, to, change)),
      running: async (after, limit) => read(() => releases.running(after, limit)),
    },

    discovery: {
      dismissals: async () => read(() => discovery.dismissals()),
      dismiss: async (dismissal) => write(() => discovery.dismiss(dismissal)),
      recall: async (store, address) => write(() => discovery.recall(store, address)),
    },

    reviews: {
      notes: async (number) => read(() => reviews.notes(number)),
      write: async (number, notes, before) => write(() => reviews.write(number, notes, before)),
    },

    onCall: {
      list: async () => read(() => onCall.list()),
      put: async (calendar) => write(() => onCall.put(calendar)),
      remove: async (name) => write(() => onCall.remove(name)),
    },
    outsideAlerts: {
      get: async (device, check) => read(() => outside.get(device, check)),
      put: async (alert) => write(() => outside.put(alert)),
      heardBefore: async (time, limit) => read(() => outside.heardBefore(time, limit)),
      forget: async (device, check) => write(() => outside.forget(device, check)),
    },
    digests: {
      toldUntil: async (desk) => read(() => onCall.toldUntil(desk)),
      told: async (desk, until) => write(() => onCall.told(desk, until)),
    },
    storePages: {
      generation: async (store) => read(() => storePages.generation(store)),
      raiseGeneration: async (store) => write(() => storePages.raise(store)),
      words: async (store) => read(() => storePages.words(store)),
      putWord: async (word) => write(() => storePages.putWord(word)),
      endWord: async (device) => write(() => storePages.endWord(device)),
      answer: async (answer) => write(() => storePages.answer(answer)),
      answerTo: async (incident) => read(() => storePages.answerTo(incident)),
      answers: async (from, to) => read(() => storePages.answers(from, to)),
    },

    events: { list: async (device, page) => read(() => events.list(device, page)) },

    facts: {
      get: async (device) => read(() => facts.get(device)),
      save: async (kept, changes) => write(() => facts.save(kept, changes)),
      since: async (revision) => read(() => facts.since(revision)),
      history: async (query) => read(() => facts.history(query)),
    },

    judged: {
      evidence: async (store, from, to, limit) => read(() => judged.evidence(store, from, to, limit)),
      oldestAt: async () => read(() => judged.oldestAt()),
      forget: async (before) => write(() => judged.forget(before)),
    },

    maintenance: {
      list: async () => read(() => maintenance.list()),
      change: async (changes) =>
        write(() => {
          const made = changes.filter((change) => maintenance.change(change));
          for (const { audit } of made) access.audit(audit);
          return made.map(({ id }) => id);
        }),
      revision: async () => read(() => maintenance.revision()),
    },

    rules: {
      list: async (limit) => read(() => rules.list(limit)),
      revision: async (id) => read(() => rules.revision(id)),
      newest: async () => read(() => rules.newest()),
      append: async (change, audit) =>
        write(() => {
          const revision = rules.append(change);
          if (revision) access.audit(audit);
          return revision;
        }),
    },

    setAside: async (limit) => read(() => setAside.read(limit)),

    async close() {
      if (db.isOpen) db.close();
    },
  };
}
