import { demoInventory } from '../../cli/demo/chain.ts';
import { type SimulatorProcess, startSimulatorProcess } from '../../cli/demo/simulator-process.ts';
import { type BenchServer, importInventory } from './server.ts';

/** Brings the demo's 500 stores and 8,000 devices up on a server, on a day when nothing happens by itself. */
export async function startDemoChain(server: BenchServer): Promise<SimulatorProcess> {
  const inventoryAt = Date.now();
  await importInventory(server, demoInventory({ seed: 1, now: inventoryAt }));
  return startSimulatorProcess({
    url: `mqtt://127.0.0.1:${server.mqttPort}`,
    seed: 1,
    inventoryAt,
    dayFile: new URL('../faults/quiet-day.yaml', import.meta.url).pathname,
    connectOverS: 5,
    onEvent: () => {},
    onLost: () => {},
  });
}
