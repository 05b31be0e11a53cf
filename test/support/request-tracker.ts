import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './free-port.ts';
import { type RealServer, startRealServer } from './real-server.ts';

const PROGRAM = '/usr/share/request-tracker5/libexec/rt-server';
/** As the Debian package made it: one queue, `General`, and one user who may do everything. */
const DATABASE = '/var/lib/dbconfig-common/sqlite3/request-tracker5/rtdb';

export const RT_USER = 'root';
export const RT_PASSWORD = 'password';

export interface RequestTracker extends RealServer {
  readonly url: string;
  /** Asks its REST interface as somebody at the desk would. Rejects when it does not answer well. */
  ask(method: 'GET' | 'POST' | 'PUT', path: string, body?: object): Promise<unknown>;
  /** Stops it and removes the folder. */
  remove(): Promise<void>;
}

/** A real Request Tracker 5 on loopback, with a database of its own. */
export async function startRequestTracker(): Promise<RequestTracker> {
  const folder = mkdtempSync(join(tmpdir(), 'vigie-rt-'));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  copyFileSync(DATABASE, join(folder, 'rtdb'));
  mkdirSync(join(folder, 'none'));
  const config = join(folder, 'RT_SiteConfig.pm');
  writeFileSync(
    config,
    `Set($rtname, 'rt.test');
Set($Organization, 'test');
Set($WebPath, '');
Set($WebDomain, '127.0.0.1');
Set($WebPort, ${port});
Set($DatabaseType, 'SQLite');
Set($DatabaseName, '${folder}/rtdb');
Set($MailCommand, 'testfile');
Set($LogToSyslog, '');
Set($Timezone, 'UTC');
1;
`,
  );
  const authorization = `Basic ${Buffer.from(`${RT_USER}:${RT_PASSWORD}`).toString('base64')}`;
  const server = await startRealServer({
    program: PROGRAM,
    readyWithinMs: 55_000,
    args: ['--host', '127.0.0.1', '--port', `${port}`],
    env: { RT_SITE_CONFIG: config, RT_SITE_CONFIG_DIR: join(folder, 'none') },
    isReady: async () => (await fetch(`${url}/REST/2.0/rt`, { headers: { authorization } })).ok,
  });
  return {
    get pid() {
      return server.pid;
    },
    start: server.start,
    kill: server.kill,
    freeze: server.freeze,
    thaw: server.thaw,
    stop: server.stop,
    url,
    async ask(method, path, body) {
      const response = await fetch(`${url}/REST/2.0${path}`, {
        method,
        headers: { authorization, 'content-type': 'application/json' },
        ...(body && { body: JSON.stringify(body) }),
      });
      if (!response.ok) throw new Error(`${method} ${path}: HTTP ${response.status} ${await response.text()}`);
      return response.json();
    },
    async remove() {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
