import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Inventory } from '../../protocol/inventory.ts';
import { freePort } from '../support/free-port.ts';
import { runVigie } from '../support/vigie-process.ts';

const TOKEN = 'the-token-of-the-bench';

export interface BenchServer {
  pid: number;
  url: string;
  mqttPort: number;
  /** Kills it (-9), starts it again on the same data, and resolves to the milliseconds until it served. */
  restart(): Promise<number>;
  stop(): Promise<void>;
}

/** A server on free ports with a folder of its own. */
export async function startServer(): Promise<BenchServer> {
  const dataDir = mkdtempSync(join(tmpdir(), 'vigie-bench-'));
  const [httpPort, mqttPort] = [await freePort(), await freePort()];
  const start = async () => {
    const running = runVigie(
      ['server', `--data-dir=${dataDir}`, `--http-port=${httpPort}`, `--mqtt-port=${mqttPort}`],
      {
        VIGIE_ADMIN_TOKEN: TOKEN,
      },
    );
    await running.says(/Ctrl-C/);
    return running;
  };
  let running = await start();
  return {
    get pid() {
      return running.pid;
    },
    url: `http://127.0.0.1:${httpPort}`,
    mqttPort,
    async restart() {
      await running.end('SIGKILL');
      const from = performance.now();
      running = await start();
      await (await fetch(`http://127.0.0.1:${httpPort}/api/v1/wall`)).arrayBuffer();
      return performance.now() - from;
    },
    async stop() {
      await running.end('SIGTERM');
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** Puts an inventory into a server. */
export async function importInventory({ url }: BenchServer, inventory: Inventory): Promise<void> {
  const answer = await fetch(`${url}/api/v1/inventory`, {
    method: 'POST',
    headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' },
    body: JSON.stringify(inventory),
  });
  if (!answer.ok) throw new Error(`the inventory was refused: ${await answer.text()}`);
}
