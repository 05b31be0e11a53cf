import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Inventory } from '../../protocol/inventory.ts';
import type { Figure } from './figure.ts';
import { cpuSeconds, memoryMb } from './processes.ts';
import { importInventory, startServer } from './server.ts';

const STORES = 20;
const DEVICES = 50;
const SECONDS = 20;

/** Reports of 20 points a second, committed and judged, generator included. */
export async function benchReports(): Promise<Figure[]> {
  const server = await startServer();
  try {
    await importInventory(server, benchChain());
    const generator = spawn(
      process.execPath,
      [
        fileURLToPath(new URL('generator.ts', import.meta.url)),
        String(server.mqttPort),
        String(STORES),
        String(DEVICES),
        '50',
        String(SECONDS),
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    let cpuBefore = 0;
    let result: { reportsPerS: number; acknowledged: number; p50Ms: number; p99Ms: number } | undefined;
    for await (const line of createInterface({ input: generator.stdout })) {
      if (line === 'counting') cpuBefore = cpuSeconds(server.pid);
      else result = JSON.parse(line);
    }
    const cpu = cpuSeconds(server.pid) - cpuBefore;
    if (generator.exitCode === null) await once(generator, 'exit');
    if (!result) throw new Error('the generator gave no figures');
    return [
      {
        what: 'reports of 20 points, committed and judged',
        value: result.reportsPerS,
        unit: '/s',
        budget: '10,000 /s',
      },
      {
        what: 'server CPU per 100,000 points',
        value: (cpu / (result.acknowledged * 20)) * 100_000,
        unit: 's',
        budget: '0.6 s',
      },
      { what: 'publish → acknowledged after the commit, p50', value: result.p50Ms, unit: 'ms', budget: '' },
      { what: 'publish → acknowledged after the commit, p99', value: result.p99Ms, unit: 'ms', budget: '500 ms' },
      {
        what: `server memory under that load, ${STORES * DEVICES} devices`,
        value: memoryMb(server.pid).rss,
        unit: 'MB',
        budget: '',
      },
    ];
  } finally {
    await server.stop();
  }
}

function benchChain(): Inventory {
  const stores = Array.from({ length: STORES }, (_, s) => ({
    name: `s${s}`,
    title: `Store ${s}`,
    timeZone: 'Europe/Paris',
    devices: [
      { name: 'gw', kind: 'gateway' as const },
      ...Array.from({ length: DEVICES }, (_, d) => ({
        name: `d${d}`,
        kind: 'till' as const,
        lane: d + 1,
        gateway: 'gw',
      })),
    ],
  }));
  return { chains: [{ name: 'bench', title: 'Bench', simulated: true, stores }] };
}
