import type { HistoryWrites, Lane } from '../../../alerting/ports.ts';
import { nameOf, storeOf } from '../../../protocol/names.ts';
import type { Reason } from '../../../protocol/reasons.ts';
import type { StoreState } from '../../../protocol/views.ts';
import type { AvailabilityStore } from '../../ports.ts';
import { FORGOTTEN_AT_ONCE } from '../forgotten-at-once.ts';
import type { Database } from './database.ts';
import { jsonRows, lastOfEach } from './json-rows.ts';

/** What `commit_with_history` takes after the arguments of `commit_group`. */
export function historyArguments({ standings, evidence, watchedUntil }: HistoryWrites): unknown[] {
  return [
    jsonRows(
      lastOfEach(standings, ({ store, at }) => `${store} ${at}`).map(({ reason, lanes, ...rest }) => ({
        ...rest,
        reason: JSON.stringify(reason),
        lanes: JSON.stringify(lanes),
      })),
    ),
    jsonRows(
      lastOfEach(evidence, ({ device, from }) => `${device} ${from}`).map(({ device, from, to }) => ({
        store: storeOf(device),
        device: nameOf(device),
        since: from,
        until: to,
      })),
    ),
    watchedUntil ?? null,
  ];
}

export function availabilityRows(db: Database): AvailabilityStore {
  return {
    async standings(store, from, to) {
      const rows = await db.query<{ at: number; state: StoreState; reason: string; lanes: string }>(
        `SELECT at, state, reason, lanes FROM standing WHERE store = $1 AND at < $3
         AND at >= coalesce((SELECT max(at) FROM standing WHERE store = $1 AND at <= $2), $2) ORDER BY at`,
        [store, from, to],
      );
      return rows.map(({ at, state, reason, lanes }) => ({
        store,
        at,
        state,
        reason: JSON.parse(reason) as Reason,
        lanes: JSON.parse(lanes) as Lane[],
      }));
    },
    async evidence(store, from, to) {
      const rows = await db.query<{ device: string; since: number; until: number }>(
        `SELECT device, since, until FROM evidence WHERE store = $1 AND since < $3 AND until > $2
         ORDER BY since, device`,
        [store, from, to],
      );
      return rows.map(({ device, since, until }) => ({ device: `${store}/${device}`, from: since, to: until }));
    },
    async forget(before) {
      await db.query(
        `DELETE FROM standing WHERE (store, at) IN (
           SELECT store, at FROM standing AS old WHERE at < $1
           AND EXISTS (SELECT FROM standing AS next WHERE next.store = old.store AND next.at > old.at AND next.at <= $1)
           ORDER BY at LIMIT ${FORGOTTEN_AT_ONCE})`,
        [before],
      );
      await db.query(
        `DELETE FROM evidence WHERE (store, device, since) IN (
           SELECT store, device, since FROM evidence WHERE until <= $1 ORDER BY until LIMIT ${FORGOTTEN_AT_ONCE})`,
        [before],
      );
    },
  };
}
