import { afterAll, beforeAll, describe } from 'vitest';
import type { PartitionStore } from '../../../collector/ports.ts';
import { openPostgresStateStore } from '../../../collector/state/postgres/postgres-state-store.ts';
import { stateStoreContract } from '../../contracts/state-store.ts';
import { hasPostgres, type PostgresServer, startPostgres } from '../../support/postgres.ts';

describe.runIf(hasPostgres)('PostgreSQL', () => {
  let server: PostgresServer;
  beforeAll(async () => {
    server = await startPostgres({ fsync: false });
  });
  afterAll(() => server.destroy());

  stateStoreContract('postgres', async () => {
    const url = await server.createDatabase();
    const opened = async () => {
      const store = await openPostgresStateStore({ url, partitions: 1 });
      const lease = await store.cluster.take('me', 0);
      return { store, partition: (await store.partition({ index: 0, of: 1 }, lease)) as PartitionStore };
    };
    let now = await opened();
    return {
      ...now,
      reopen: async () => {
        await now.store.cluster.leave('me');
        await now.store.close();
        now = await opened();
        return now;
      },
      destroy: () => now.store.close(),
    };
  });
});
