import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Inventory } from '../../protocol/inventory.ts';
import { freePort } from '../support/free-port.ts';
import { runVigie } from '../support/vigie-process.ts';
import { ended, temporaryFolder } from './leftovers.ts';

const TOKEN = 'the-token-of-the-bench';

export interface BenchServer {
  pid: number;
  url: string;
  /** Of the broker agents connect to. */
  mqttPort: number;
  /** Where devices enrol. */
  door: string;
  /** Kills it (-9), starts it again on the same data, and resolves to the milliseconds until it served. */
  restart(): Promise<number>;
  stop(): Promise<void>;
}

export interface BenchServerOptions {
  /** Port of a broker on this machine, in place of the embedded one. */
  brokerPort?: number;
  /** A rule pack, in place of the default one. */
  rules?: string;
  /** With the agents' doors on loopback: MQTT over TLS, and enrolment. */
  doors?: boolean;
}

/** A server on free ports with a folder of its own. */
export async function startServer(options: BenchServerOptions = {}): Promise<BenchServer> {
  const folder = temporaryFolder('server');
  const httpPort = await freePort();
  const mqttPort = options.brokerPort ?? (await freePort());
  const config = join(folder.path, 'vigie.yaml');
  const rules = join(folder.path, 'rules.yaml');
  if (options.rules !== undefined) writeFileSync(rules, options.rules);
  const doorPort = await freePort();
  const doors = { host: '127.0.0.1', mqttPort: await freePort(), httpsPort: doorPort, names: ['127.0.0.1'] };
  // JSON is YAML.
  const settings = {
    http: { port: httpPort },
    dataDir: join(folder.path, 'data'),
    ...(options.rules !== undefined && { rules }),
    ...(options.doors && { agents: doors }),
    ...(options.brokerPort === undefined
      ? { mqtt: { port: mqttPort } }
      : { broker: { url: `mqtt://127.0.0.1:${mqttPort}` } }),
  };
  writeFileSync(config, JSON.stringify(settings));
  const start = () => runVigie(['server', `--config=${config}`], { VIGIE_ADMIN_TOKEN: TOKEN });
  let running = start();
  const stop = ended(async () => {
    await running.end('SIGTERM');
    folder.remove();
  });
  try {
    await running.says(/Ctrl-C/);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    get pid() {
      return running.pid;
    },
    url: `http://127.0.0.1:${httpPort}`,
    mqttPort,
    door: `https://127.0.0.1:${doorPort}`,
    async restart() {
      await running.end('SIGKILL');
      const from = performance.now();
      running = start();
      await running.says(/Ctrl-C/);
      await (await fetch(`http://127.0.0.1:${httpPort}/api/v1/wall`)).arrayBuffer();
      return performance.now() - from;
    },
    stop,
  };
}

/** Puts an inventory into a server. */
export async function importInventory(server: BenchServer, inventory: Inventory): Promise<void> {
  await post(server, 'inventory', inventory);
}

/** A token a till of this store can enrol with. */
export async function enrolmentToken(server: BenchServer, chain: string, store: string): Promise<string> {
  const answer = await post(server, 'agents/tokens', { chain, store, kind: 'till' });
  return ((await answer.json()) as { token: string }).token;
}

async function post({ url }: BenchServer, path: string, body: object): Promise<Response> {
  const answer = await fetch(`${url}/api/v1/${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${path} was refused: ${await answer.text()}`);
  return answer;
}
