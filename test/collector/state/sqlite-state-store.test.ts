import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqliteStateStore } from '../../../collector/state/sqlite-state-store.ts';
import { stateStoreContract } from '../../contracts/state-store.ts';

stateStoreContract('sqlite', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'vigie-state-'));
  const path = join(folder, 'state.db');
  const opened = async () => {
    const store = openSqliteStateStore(path);
    return { store, partition: await store.partition({ index: 0, of: 1 }) };
  };
  let now = await opened();
  return {
    ...now,
    reopen: async () => {
      await now.store.close();
      now = await opened();
      return now;
    },
    destroy: async () => {
      await now.store.close();
      await rm(folder, { recursive: true });
    },
  };
});
