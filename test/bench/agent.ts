import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { builtAgent } from '../../cli/built.ts';
import { runBuiltAgent } from '../support/vigie-process.ts';
import type { Figure } from './figure.ts';
import { cpuSeconds, memoryMb } from './processes.ts';
import { importInventory, startServer } from './server.ts';

const WARM_UP_S = 12;
const SECONDS = 60;

/** What an agent with the usual checks costs its till, reporting every 10 s. */
export async function benchAgent(): Promise<Figure[]> {
  const server = await startServer();
  const dataDir = mkdtempSync(join(tmpdir(), 'vigie-bench-agent-'));
  await importInventory(server, {
    chains: [
      {
        name: 'bench',
        title: 'Bench',
        stores: [{ name: 's', title: 'S', timeZone: 'UTC', devices: [{ name: 'till', kind: 'till', lane: 1 }] }],
      },
    ],
  });
  const agent = runBuiltAgent([
    `--server=mqtt://127.0.0.1:${server.mqttPort}`,
    '--chain=bench',
    '--store=s',
    '--device=till',
    `--data-dir=${dataDir}`,
  ]);
  try {
    await pause(WARM_UP_S * 1000);
    const before = cpuSeconds(agent.pid);
    await pause(SECONDS * 1000);
    const cpu = ((cpuSeconds(agent.pid) - before) * 60) / SECONDS;
    const memory = memoryMb(agent.pid);
    return [
      {
        what: 'agent: what it loads on Linux',
        fr: 'agent : ce qu’il charge sous Linux',
        value: statSync(builtAgent() ?? '').size / 1024,
        unit: 'KB',
        budget: '700 KB',
      },
      {
        what: 'agent: resident memory',
        fr: 'agent : mémoire résidente',
        value: memory.rss,
        unit: 'MB',
        budget: '65 MB',
      },
      {
        what: 'agent: private memory',
        fr: 'agent : mémoire privée',
        value: memory.private,
        unit: 'MB',
        budget: '22 MB',
      },
      { what: 'agent: CPU per minute', fr: 'agent : CPU par minute', value: cpu, unit: 's', budget: '0.1 s' },
    ];
  } finally {
    await agent.end('SIGTERM');
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}
