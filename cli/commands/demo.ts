import type { Command, Invocation } from '../command.ts';
import { demoInventory } from '../demo/chain.ts';
import { type SimulatorProcess, startSimulatorProcess } from '../demo/simulator-process.ts';
import { Fault } from '../fault.ts';
import { type RunningServer, runServer } from '../server/run-server.ts';
import { readSettings, SERVER_HELP, SERVER_OPTIONS } from '../settings.ts';
import { stopped } from '../stopped.ts';
import { words } from '../words/index.ts';
import { AGENT_STOP_MS, watchThisMachine } from './start.ts';

const SIZES = { stores: 500, devices: 8_000, seed: 1 };

/** `start`, and beside it a simulated chain that lives through a varied day. */
export const command: Command = {
  summary: {
    en: 'like start, with a simulated chain of 500 stores and 8,000 devices',
    fr: 'comme start, avec une chaîne simulée de 500 magasins et 8 000 équipements',
  },
  operands: '',
  options: {
    ...SERVER_OPTIONS,
    stores: { type: 'string' },
    devices: { type: 'string' },
    seed: { type: 'string' },
    day: { type: 'string' },
  },
  help: {
    ...SERVER_HELP,
    'data-dir': {
      en: 'Data folder (./data/demo, VIGIE_DATA_DIR)',
      fr: 'Dossier de données (./data/demo, VIGIE_DATA_DIR)',
    },
    stores: { en: 'Simulated stores (500)', fr: 'Magasins simulés (500)' },
    devices: { en: 'Simulated devices (8000)', fr: 'Équipements simulés (8000)' },
    seed: { en: 'Another number, another chain (1)', fr: 'Un autre nombre, une autre chaîne (1)' },
    day: {
      en: 'What happens, as YAML (deploy/samples/demo-day.yaml)',
      fr: 'Ce qui arrive, en YAML (deploy/samples/demo-day.yaml)',
    },
  },
  async run(invocation) {
    const sizes = {
      stores: wholeNumber(invocation, 'stores'),
      devices: wholeNumber(invocation, 'devices'),
      seed: wholeNumber(invocation, 'seed'),
    };
    const settings = readSettings(invocation, { dataDir: 'data/demo' });
    const server = await runServer(settings, invocation.say, invocation.stop);
    try {
      const agent = await watchThisMachine(server, settings, invocation);
      const simulator = await simulate(server, sizes, invocation);
      await stopped(invocation.stop);
      await simulator.stop();
      await agent?.stop(AGENT_STOP_MS);
    } finally {
      await server.close();
    }
    return 0;
  },
};

/** Puts the simulated chain in the inventory and brings it up. */
async function simulate(
  server: RunningServer,
  sizes: { stores: number; devices: number; seed: number },
  { flags, locale, say }: Invocation,
): Promise<SimulatorProcess> {
  const inventoryAt = Date.now();
  let chains: ReturnType<typeof demoInventory>['chains'];
  try {
    ({ chains } = demoInventory({ ...sizes, now: inventoryAt }));
  } catch (error) {
    if (error instanceof RangeError) throw new Fault(error.message);
    throw error;
  }
  await server.importChains(chains);
  say(words(locale).simulatedChain(sizes.stores, sizes.devices));
  try {
    return await startSimulatorProcess({
      ...sizes,
      url: `mqtt://127.0.0.1:${server.mqttPort}`,
      inventoryAt,
      ...(typeof flags.day === 'string' && { dayFile: flags.day }),
      onEvent: () => {},
      onLost: (code) => say(words(locale).simulatorEnded(String(code))),
    });
  } catch (error) {
    throw new Fault((error as Error).message);
  }
}

function wholeNumber({ flags, locale }: Invocation, name: keyof typeof SIZES): number {
  const given = flags[name];
  if (given === undefined) return SIZES[name];
  if (typeof given === 'string' && /^\d{1,7}$/.test(given)) return Number(given);
  throw new Fault(words(locale).badNumber(`--${name}`, String(given)));
}
