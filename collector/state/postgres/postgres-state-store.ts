import type { Cluster, StateStore } from '../../ports.ts';
import { StateStoreError } from '../state-store-error.ts';
import { PostgresCluster } from './cluster.ts';
import { Database } from './database.ts';
import { migrate } from './migrations.ts';
import { News } from './news.ts';
import { clientConfig, type PostgresOptions, placeOf } from './options.ts';
import { PostgresPartition } from './partition-store.ts';
import { sharedRows } from './shared-rows.ts';

const CLUSTER_CONNECTIONS = 2;

/**
 * The state store in the schema `vigie` of a PostgreSQL database, for one collector or several. A partition is had with
 * a lease of `cluster`.
 * @throws StateStoreError when the server cannot be reached or refuses us, when the schema is another program's or of a
 * newer version, or when collectors are at work on another number of partitions.
 */
export async function openPostgresStateStore(options: PostgresOptions): Promise<StateStore & { cluster: Cluster }> {
  const { poolSize = 8, partitions = 16, leaseMs = 10_000 } = options;
  const config = clientConfig(options);
  const place = placeOf(options);
  await migrate(config, place, partitions);
  const db = new Database(config, place, poolSize);
  // Leases must not wait behind the commits of a slow server: they would run out under a collector that is well.
  const clusterDb = new Database(config, place, CLUSTER_CONNECTIONS);
  const news = new News(config);
  return {
    ...sharedRows(db),
    cluster: new PostgresCluster(clusterDb, news, partitions, leaseMs),
    async partition({ index, of }, lease) {
      if (lease?.partition === index && of === partitions) return PostgresPartition.open(db, lease, of);
      const sentence = `partition ${index} of ${of} was asked for without its lease, or is not one of its ${partitions}`;
      throw new StateStoreError('shared-otherwise', place, sentence);
    },
    async close() {
      await news.close();
      await clusterDb.close();
      await db.close();
    },
  };
}
