import { setTimeout as pause } from 'node:timers/promises';
import type { WallSnapshot } from '../../protocol/views.ts';
import { startDemoChain } from './demo-chain.ts';
import type { Figure } from './figure.ts';
import { percentile } from './processes.ts';
import { startServer } from './server.ts';

const RESTARTS = 5;

/** How long a server with 8,000 devices is away when it is killed and started again. */
export async function benchRestart(): Promise<Figure[]> {
  const server = await startServer();
  const simulator = await startDemoChain(server);
  try {
    await allHeard(server.url);
    // Two rounds of reports, so that what is kept per device is there.
    await pause(60_000);
    const times: number[] = [];
    for (let i = 0; i < RESTARTS; i++) {
      times.push(await server.restart());
      await pause(3_000);
    }
    return [
      {
        what: 'killed → serving again, 8,000 devices, median',
        fr: 'tué → de nouveau en service, 8 000 équipements, médiane',
        value: percentile(times, 0.5),
        unit: 'ms',
        budget: '3,000 ms',
      },
    ];
  } finally {
    await simulator.stop();
    await server.stop();
  }
}

/** Resolves when every store of the wall has been heard. */
export async function allHeard(url: string): Promise<void> {
  for (;;) {
    const { stores } = (await (await fetch(`${url}/api/v1/wall`)).json()) as WallSnapshot;
    if (stores.length > 0 && stores.every(({ state }) => state === 'up' || state === 'closed')) return;
    await pause(500);
  }
}
