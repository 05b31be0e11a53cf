import type { DiscoveryStore, Dismissal } from '../../ports.ts';
import type { Database } from './database.ts';
import { clean } from './json-rows.ts';

/** What people want no proposal of. */
export const discoveryRows = (db: Database): DiscoveryStore => ({
  dismissals: () =>
    db.query<Dismissal>('SELECT store, address, identity, who, why, at FROM dismissal ORDER BY store, address'),
  async dismiss({ store, address, identity, who, why, at }) {
    await db.query(
      `INSERT INTO dismissal (store, address, identity, who, why, at) VALUES ($1, $2, $3, $4, $5, $6)
       ON CONFLICT (store, address) DO UPDATE
         SET identity = excluded.identity, who = excluded.who, why = excluded.why, at = excluded.at`,
      [store, clean(address), clean(identity), clean(who), clean(why), at],
    );
  },
  async recall(store, address) {
    const gone = await db.query('DELETE FROM dismissal WHERE store = $1 AND address = $2 RETURNING address', [
      store,
      clean(address),
    ]);
    return gone.length > 0;
  },
});
