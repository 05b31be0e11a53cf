import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Figure } from './figure.ts';
import { DEVICES_PER_STORE, memoryChain } from './memory-chain.ts';
import { memoryMb } from './processes.ts';
import { type BenchServer, importInventory, startServer } from './server.ts';

const STORES = [500, 10_000];
/** Connections at a time: one per store as far as that, and the stores beyond speak in turn. */
const CONNECTIONS = 500;
const PAUSE_MS = 1_000;

/** What each watched device costs the server: its resident memory once all have reported, over that of an empty one. */
export async function benchMemory(): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const stores of STORES) figures.push(...(await measure(stores)));
  return figures;
}

async function measure(stores: number): Promise<Figure[]> {
  const devices = stores * DEVICES_PER_STORE;
  const server = await startServer();
  try {
    const empty = memoryMb(server.pid).rss;
    const from = performance.now();
    await importInventory(server, memoryChain(stores));
    const importMs = performance.now() - from;
    const load = startLoad(server, stores);
    try {
      await load.done;
      await allKept(server);
      const perDeviceKb = ((memoryMb(server.pid).rss - empty) * 1024) / devices;
      const count = devices.toLocaleString('en-GB');
      const by = `${Math.min(stores, CONNECTIONS)} connections at a time`;
      return [
        { what: `inventory of ${count} devices, imported`, value: importMs, unit: 'ms', budget: '' },
        {
          what: `server memory per watched device, ${count} devices, ${by}`,
          value: perDeviceKb,
          unit: 'KB',
          budget: '8 KB',
        },
      ];
    } finally {
      await load.end();
    }
  } finally {
    await server.stop();
  }
}

/** Every device says hello and reports; the connections that are left stay until `end`. */
function startLoad({ mqttPort }: BenchServer, stores: number) {
  const load = spawn(
    process.execPath,
    [fileURLToPath(new URL('memory-load.ts', import.meta.url)), String(mqttPort), String(stores), String(CONNECTIONS)],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  );
  const exited = once(load, 'exit');
  const done = async () => {
    for await (const line of createInterface({ input: load.stdout })) if (line === 'done') return;
    throw new Error('the load ended before all was said');
  };
  return {
    done: done(),
    async end() {
      load.stdin.end();
      await exited;
    },
  };
}

/** Resolves when nothing waits to be judged, and all readings have gone from the log to the metrics store. */
async function allKept({ url }: BenchServer): Promise<void> {
  for (;;) {
    const text = await (await fetch(`${url}/metrics`)).text();
    const figure = (name: string) => Number(new RegExp(`^vigie_${name}(?:{.*})? (\\S+)$`, 'm').exec(text)?.[1]);
    if (figure('messages_pending') === 0 && figure('log_rows') === 0) return;
    await pause(PAUSE_MS);
  }
}
