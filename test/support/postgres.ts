import { execFileSync } from 'node:child_process';
import { chownSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { freePort } from './free-port.ts';
import { isInstalled, type RealServer, startRealServer } from './real-server.ts';

const BIN = '/usr/lib/postgresql/15/bin';

export const hasPostgres = isInstalled(`${BIN}/postgres`);

export interface PostgresServer extends RealServer {
  readonly port: number;
  /** The superuser's address of a database. */
  url(database?: string): string;
  /** A new empty database; returns its address. */
  createDatabase(): Promise<string>;
  /** Runs SQL in a database and returns its rows. */
  sql<Row = Record<string, unknown>>(url: string, text: string): Promise<Row[]>;
  /** Stops it and removes its folder. */
  destroy(): Promise<void>;
}

export interface PostgresServerOptions {
  /** Without fsync it is quick, and forgets what a power cut would take; a kill of its processes takes nothing. */
  fsync?: boolean;
  port?: number;
}

/** A real PostgreSQL 15 in a temporary folder, that trusts whoever comes over loopback. */
export async function startPostgres(options: PostgresServerOptions = {}): Promise<PostgresServer> {
  const { fsync = true, port = await freePort() } = options;
  const folder = await mkdtemp(join(tmpdir(), 'vigie-postgres-'));
  const user = serverUser();
  if (user) chownSync(folder, user.uid, user.gid);
  const data = join(folder, 'data');
  execFileSync(
    `${BIN}/initdb`,
    ['-D', data, '-U', 'vigie', '--auth=trust', '--no-sync', '--encoding=UTF8', '--locale=C'],
    { stdio: 'ignore', cwd: folder, ...user },
  );
  const settings = {
    listen_addresses: '127.0.0.1',
    port,
    unix_socket_directories: folder,
    fsync: fsync ? 'on' : 'off',
    max_connections: 100,
    // After a kill: one call for all files.
    recovery_init_sync_method: 'syncfs',
    shared_buffers: '128MB',
  };
  const url = (database = 'postgres') => `postgresql://vigie@127.0.0.1:${port}/${database}`;
  const server = await startRealServer({
    program: `${BIN}/postgres`,
    args: ['-D', data, ...Object.entries(settings).flatMap(([key, value]) => ['-c', `${key}=${value}`])],
    isReady: async () => (await sql(url(), 'SELECT 1')).length === 1,
    // SIGTERM waits for every client to leave.
    stopSignal: 'SIGINT',
    ...(user && { user }),
  });
  // Each connection has a process of its own, which a signal to the first one does not reach.
  const family = () => {
    const children = readFileSync(`/proc/${server.pid}/task/${server.pid}/children`, 'utf8');
    return [server.pid, ...children.split(' ').filter(Boolean).map(Number)];
  };
  const signal = (pids: number[], name: NodeJS.Signals) => {
    for (const pid of pids) {
      try {
        process.kill(pid, name);
      } catch {
        // It ended meanwhile.
      }
    }
  };
  const { kill } = server;
  let databases = 0;
  return Object.assign(server, {
    freeze: () => signal(family(), 'SIGSTOP'),
    thaw: () => signal(family().reverse(), 'SIGCONT'),
    async kill() {
      // Held still first, so that no child comes or goes between the look and the blow.
      signal([server.pid], 'SIGSTOP');
      signal(family().slice(1), 'SIGKILL');
      await kill();
    },
    port,
    url,
    sql,
    async createDatabase() {
      const name = `vigie_${++databases}`;
      await sql(url(), `CREATE DATABASE ${name}`);
      return url(name);
    },
    async destroy() {
      await server.stop();
      await rm(folder, { recursive: true });
    },
  });
}

async function sql<Row = Record<string, unknown>>(url: string, text: string): Promise<Row[]> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  client.on('error', () => {});
  try {
    await client.connect();
    return (await client.query(text)).rows as Row[];
  } finally {
    await client.end();
  }
}

/** PostgreSQL refuses to run as root; Debian has a user for it. */
function serverUser(): { uid: number; gid: number } | undefined {
  if (userInfo().uid !== 0) return undefined;
  const id = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}
