import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';
import { type Folder, temporaryFolder } from '../leftovers.ts';
import { startLoad } from '../load.ts';
import { giveTo, listens, NotInstalled, type PeerProcess, startPeer, userFor } from '../peer-process.ts';
import { DEVICES, VALUES_PER_REPORT } from '../report-shape.ts';
import { type PostgresCluster, startPostgres } from './postgres-cluster.ts';
import type { PeerSystem, RunningSystem } from './system.ts';
import { processedCount, trapperFrame } from './trapper.ts';

const SCHEMA = '/usr/share/zabbix-server-pgsql';
const FIRST_ID = 1_000_000;
const SENDERS = 16;
const READY_S = 60;

/** What lets it go fastest on two cores: with its own ValueCacheSize it judges out of PostgreSQL and holds a quarter. */
const TUNED = {
  CacheSize: '256M',
  StartTrappers: '16',
  StartDBSyncers: '4',
  HistoryCacheSize: '64M',
  HistoryIndexCacheSize: '16M',
  TrendCacheSize: '64M',
  ValueCacheSize: '256M',
  StartPollers: '1',
  StartDiscoverers: '0',
  StartHTTPPollers: '0',
};
const POSTGRES_TUNED = {
  shared_buffers: '1GB',
  max_wal_size: '8GB',
  checkpoint_timeout: '15min',
  wal_buffers: '64MB',
};

/** Zabbix server on PostgreSQL: 1,000 hosts of 20 trapper items, a trigger on each. */
export const zabbix: PeerSystem = {
  name: { en: 'Zabbix on PostgreSQL, tuned', fr: 'Zabbix sur PostgreSQL, réglé' },
  judges: { en: 'every value, a trigger each', fr: 'chaque valeur, un déclencheur chacune' },
  acknowledges: { en: 'in memory, before the commit', fr: 'en mémoire, avant validation' },
  guess: 1_500,
  async start() {
    if (!existsSync(join(SCHEMA, 'schema.sql.gz'))) throw new NotInstalled('zabbix-server-pgsql');
    const folder = temporaryFolder('zabbix');
    let postgres: PostgresCluster | undefined;
    try {
      giveTo(userFor('zabbix'), folder.path);
      postgres = await startPostgres(folder.path, POSTGRES_TUNED);
      await fillDatabase(postgres);
      return await startOn(postgres, folder);
    } catch (error) {
      await postgres?.stop();
      folder.remove();
      throw error;
    }
  },
};

async function fillDatabase(postgres: PostgresCluster): Promise<void> {
  const admin = await postgres.connect('postgres');
  await admin.query('create database zabbix');
  await admin.end();
  const database = await postgres.connect('zabbix');
  for (const name of ['schema', 'images', 'data']) {
    await database.query(gunzipSync(readFileSync(join(SCHEMA, `${name}.sql.gz`))).toString());
  }
  // Status 1 stops the sample host that would watch the server itself.
  await database.query(`
    update hosts set status = 1 where status = 0;
    insert into hosts (hostid, host, name, status)
      select ${FIRST_ID} + h, 'device-' || h, 'device-' || h, 0 from generate_series(0, ${DEVICES - 1}) h;
    insert into hosts_groups (hostgroupid, hostid, groupid)
      select ${FIRST_ID} + h, ${FIRST_ID} + h, (select min(groupid) from hstgrp)
      from generate_series(0, ${DEVICES - 1}) h;
    insert into items (itemid, hostid, type, value_type, name, key_, delay, history, trends)
      select ${FIRST_ID} + h * ${VALUES_PER_REPORT} + i, ${FIRST_ID} + h, 2, 0, 'value' || i, 'value' || i, '0', '90d', '365d'
      from generate_series(0, ${DEVICES - 1}) h, generate_series(0, ${VALUES_PER_REPORT - 1}) i;
    insert into item_rtdata (itemid) select itemid from items where itemid >= ${FIRST_ID};
    insert into triggers (triggerid, expression, description, priority)
      select itemid, '{' || itemid || '}>1000', 'high', 4 from items where itemid >= ${FIRST_ID};
    insert into functions (functionid, itemid, triggerid, name, parameter)
      select itemid, itemid, itemid, 'last', '$' from items where itemid >= ${FIRST_ID}`);
  // Done before the load, so that the first rate does not pay for it.
  await database.query('vacuum analyze');
  await database.query('checkpoint');
  await database.end();
}

async function startOn(postgres: PostgresCluster, folder: Folder): Promise<RunningSystem> {
  const user = userFor('zabbix');
  const port = await lowFreePort();
  const runFolder = join(folder.path, 'run');
  mkdirSync(runFolder);
  giveTo(user, runFolder);
  const config = join(folder.path, 'zabbix_server.conf');
  const settings = {
    ListenIP: '127.0.0.1',
    ListenPort: port,
    DBHost: postgres.socket,
    DBPort: postgres.port,
    DBName: 'zabbix',
    DBUser: 'postgres',
    LogFile: join(runFolder, 'server.log'),
    LogFileSize: 0,
    PidFile: join(runFolder, 'pid'),
    SocketDir: runFolder,
    AlertScriptsPath: runFolder,
    ...TUNED,
  };
  writeFileSync(
    config,
    Object.entries(settings)
      .map(([key, value]) => `${key}=${value}\n`)
      .join(''),
  );
  let server: PeerProcess | undefined;
  try {
    server = await startPeer({
      program: 'zabbix_server',
      args: ['-f', '-c', config],
      killed: true,
      isReady: () => listens(port),
      ...(user && { user }),
    });
    await takesValues(port);
    const database = await postgres.connect('zabbix');
    const load = await startLoad(new URL('zabbix-sender.ts', import.meta.url), port, SENDERS);
    const stopServer = server.stop;
    return {
      parts: { zabbix: server.pid, postgres: postgres.pid },
      loads: [load.pid],
      async offer(reportsPerS) {
        load.offer(reportsPerS);
        return reportsPerS;
      },
      async look() {
        const { acknowledged } = await load.look();
        const at = performance.now();
        // Counted: PostgreSQL's own statistics lag by seconds.
        const { rows } = await database.query<{ n: string }>('select count(*) as n from history');
        return { at, committed: (Number(rows[0]?.n) - 1) / VALUES_PER_REPORT, acknowledged };
      },
      async stop() {
        await load.stop();
        await stopServer();
        await database.end();
        await postgres.stop();
        folder.remove();
      },
    };
  } catch (error) {
    await server?.stop();
    throw error;
  }
}

/** It listens before it has read its items: resolves when it takes a first value. */
async function takesValues(port: number): Promise<void> {
  const frame = trapperFrame([{ host: 'device-0', key: 'value0', value: '1' }]);
  for (const until = performance.now() + READY_S * 1000; performance.now() < until; await pause(500)) {
    if ((await ask(port, frame)) === 1) return;
  }
  throw new Error(`Zabbix takes no values after ${READY_S} s`);
}

function ask(port: number, frame: Buffer): Promise<number> {
  return new Promise((resolve) => {
    const answer: Buffer[] = [];
    const socket = connect({ host: '127.0.0.1', port }, () => socket.write(frame));
    socket.on('data', (chunk) => answer.push(chunk));
    socket.on('error', () => socket.destroy());
    socket.on('close', () => resolve(processedCount(Buffer.concat(answer))));
  });
}

/** Zabbix takes no port above 32767, and what the system hands out begins about there. */
async function lowFreePort(): Promise<number> {
  for (let port = 20_000 + (process.pid % 10_000); ; port++) {
    const server = createServer();
    const free = await new Promise<boolean>((resolve) => {
      server.once('error', () => resolve(false));
      server.listen(port, '127.0.0.1', () => resolve(true));
    });
    if (!free) continue;
    await new Promise((resolve) => server.close(resolve));
    return port;
  }
}
