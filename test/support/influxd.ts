import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './free-port.ts';
import { type RealServer, startRealServer } from './real-server.ts';

export interface Influxd {
  url: string;
  server: RealServer;
  /** InfluxQL as an operator would ask; values of all series, one row after the other. */
  query(database: string, statement: string): Promise<unknown[][]>;
  stop(): Promise<void>;
}

export interface InfluxdOptions {
  /** It asks for a user; the first one made is its administrator. */
  auth?: boolean;
  /** Largest request it takes, bytes. */
  maxBody?: number;
}

/** InfluxDB 1.6 of Debian, with an empty folder of its own. */
export async function startInfluxd({ auth = false, maxBody = 0 }: InfluxdOptions = {}): Promise<Influxd> {
  const folder = mkdtempSync(join(tmpdir(), 'vigie-influxd-'));
  const [http, rpc] = [await freePort(), await freePort()];
  const url = `http://127.0.0.1:${http}`;
  const config = join(folder, 'influxd.conf');
  writeFileSync(
    config,
    `reporting-disabled = true
bind-address = "127.0.0.1:${rpc}"
[meta]
  dir = "${folder}/meta"
[data]
  dir = "${folder}/data"
  wal-dir = "${folder}/wal"
  query-log-enabled = false
[monitor]
  store-enabled = false
[http]
  bind-address = "127.0.0.1:${http}"
  log-enabled = false
  auth-enabled = ${auth}
  max-body-size = ${maxBody}
[logging]
  level = "error"
`,
  );
  const server = await startRealServer({
    program: 'influxd',
    args: ['-config', config],
    isReady: async () => (await fetch(`${url}/ping`)).ok,
  });
  return {
    url,
    server,
    async query(database, statement) {
      const response = await fetch(`${url}/query`, {
        method: 'POST',
        body: new URLSearchParams({ db: database, q: statement, epoch: 'ms' }),
      });
      const { results = [] } = (await response.json()) as { results?: { series?: { values?: unknown[][] }[] }[] };
      return results.flatMap(({ series = [] }) => series.flatMap(({ values = [] }) => values));
    },
    async stop() {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
