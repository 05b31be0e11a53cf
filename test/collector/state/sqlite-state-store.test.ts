import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqliteStateStore } from '../../../collector/state/sqlite-state-store.ts';
import { stateStoreContract } from '../../contracts/state-store.ts';

stateStoreContract('sqlite', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'vigie-state-'));
  const path = join(folder, 'state.db');
  let store = openSqliteStateStore(path);
  return {
    store,
    reopen: async () => {
      store.close();
      store = openSqliteStateStore(path);
      return store;
    },
    destroy: async () => {
      store.close();
      await rm(folder, { recursive: true });
    },
  };
});
