import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { giveTo, NotInstalled, type PeerProcess, startPeer, userFor } from '../peer-process.ts';

const DEBIAN_FOLDER = '/usr/lib/postgresql';

export interface PostgresCluster extends PeerProcess {
  /** Folder of its socket: it listens on no port of the machine. */
  socket: string;
  port: number;
  connect(database: string): Promise<Client>;
}

/**
 * A database cluster of its own in `folder`, everybody on its socket trusted.
 * @throws NotInstalled
 */
export async function startPostgres(folder: string, settings: Record<string, string>): Promise<PostgresCluster> {
  const programs = newestPrograms();
  const user = userFor('postgres');
  const [data, socket] = [join(folder, 'pg-data'), join(folder, 'pg-socket')];
  for (const path of [data, socket]) {
    mkdirSync(path);
    giveTo(user, path);
  }
  const made = spawnSync(
    join(programs, 'initdb'),
    ['-D', data, '-A', 'trust', '-U', 'postgres', '-E', 'UTF8', '--locale=C'],
    { encoding: 'utf8', cwd: folder, ...user },
  );
  if (made.status !== 0) throw new Error(`initdb: ${made.stderr}`);
  // The socket's name bears it, nothing else.
  const port = 5432;
  const connect = async (database: string) => {
    const client = new Client({ host: socket, port, user: 'postgres', database });
    await client.connect();
    return client;
  };
  const all = { ...settings, listen_addresses: '', unix_socket_directories: socket, port: String(port) };
  const server = await startPeer({
    program: join(programs, 'postgres'),
    args: ['-D', data, ...Object.entries(all).flatMap(([key, value]) => ['-c', `${key}=${value}`])],
    stopSignal: 'SIGINT',
    isReady: async () => {
      await (await connect('postgres')).end();
      return true;
    },
    ...(user && { user }),
  });
  return { ...server, socket, port, connect };
}

function newestPrograms(): string {
  const versions = existsSync(DEBIAN_FOLDER) ? readdirSync(DEBIAN_FOLDER).map(Number) : [];
  const found = versions
    .sort((a, b) => b - a)
    .map((version) => join(DEBIAN_FOLDER, String(version), 'bin'))
    .find((path) => existsSync(join(path, 'initdb')));
  if (found === undefined) throw new NotInstalled('postgresql');
  return found;
}
