import type { DatabaseSync } from 'node:sqlite';
import type { EvidenceSpan, HistoryWrites, Lane, Standing } from '../../../alerting/ports.ts';
import { nameOf, type StoreKey, storeOf } from '../../../protocol/names.ts';
import type { Reason } from '../../../protocol/reasons.ts';
import type { StoreState } from '../../../protocol/views.ts';
import { FORGOTTEN_AT_ONCE } from '../forgotten-at-once.ts';
import { prepare } from './statement.ts';

/** How stores stood, and what late reports prove of it. */
export class AvailabilityRows {
  readonly #stand;
  readonly #prove;
  readonly #watch;
  readonly #watched;
  readonly #standings;
  readonly #evidence;
  readonly #forgetStandings;
  readonly #forgetEvidence;

  constructor(db: DatabaseSync) {
    this.#stand = prepare(
      db,
      'INSERT OR REPLACE INTO standing (store, at, state, reason, lanes) VALUES (?, ?, ?, ?, ?)',
    );
    this.#prove = prepare(
      db,
      `INSERT INTO evidence (store, device, since, until) VALUES (?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET until = max(until, excluded.until)`,
    );
    this.#watch = prepare(db, 'INSERT OR REPLACE INTO watched (one, until) VALUES (1, ?)');
    this.#watched = prepare<{ until: number }>(db, 'SELECT until FROM watched');
    this.#standings = prepare<{ at: number; state: StoreState; reason: string; lanes: string }>(
      db,
      `SELECT at, state, reason, lanes FROM standing WHERE store = ?1 AND at < ?3
       AND at >= coalesce((SELECT max(at) FROM standing WHERE store = ?1 AND at <= ?2), ?2) ORDER BY at`,
    );
    this.#evidence = prepare<{ device: string; since: number; until: number }>(
      db,
      `SELECT device, since, until FROM evidence WHERE store = ?1 AND since < ?3 AND until > ?2 ORDER BY since, device`,
    );
    this.#forgetStandings = prepare(
      db,
      `DELETE FROM standing WHERE (store, at) IN (
         SELECT store, at FROM standing AS old WHERE at < ?1
         AND EXISTS (SELECT 1 FROM standing AS next WHERE next.store = old.store AND next.at > old.at AND next.at <= ?1)
         ORDER BY at LIMIT ${FORGOTTEN_AT_ONCE})`,
    );
    this.#forgetEvidence = prepare(
      db,
      `DELETE FROM evidence WHERE (store, device, since) IN (
         SELECT store, device, since FROM evidence WHERE until <= ? ORDER BY until LIMIT ${FORGOTTEN_AT_ONCE})`,
    );
  }

  save({ standings, evidence, watchedUntil }: HistoryWrites): void {
    for (const { store, at, state, reason, lanes } of standings) {
      this.#stand.run(store, at, state, JSON.stringify(reason), JSON.stringify(lanes));
    }
    for (const { device, from, to } of evidence) this.#prove.run(storeOf(device), nameOf(device), from, to);
    if (watchedUntil !== undefined) this.#watch.run(watchedUntil);
  }

  watchedUntil(): number | undefined {
    return this.#watched.get()?.until;
  }

  standings(store: StoreKey, from: number, to: number): Standing[] {
    return this.#standings.all(store, from, to).map(({ at, state, reason, lanes }) => ({
      store,
      at,
      state,
      reason: JSON.parse(reason) as Reason,
      lanes: JSON.parse(lanes) as Lane[],
    }));
  }

  evidence(store: StoreKey, from: number, to: number): EvidenceSpan[] {
    return this.#evidence
      .all(store, from, to)
      .map(({ device, since, until }) => ({ device: `${store}/${device}`, from: since, to: until }));
  }

  forget(before: number): void {
    this.#forgetStandings.run(before);
    this.#forgetEvidence.run(before);
  }
}
