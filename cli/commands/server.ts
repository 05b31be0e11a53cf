import type { Command } from '../command.ts';
import { runServer } from '../server/run-server.ts';
import { readSettings, SERVER_HELP, SERVER_OPTIONS } from '../settings.ts';
import { stopped } from '../stopped.ts';

/** Broker, collector, judgement and dashboard, without an agent. */
export const command: Command = {
  summary: {
    en: 'runs broker, collector, judgement and dashboard',
    fr: 'lance le broker, la collecte, le jugement et le tableau de bord',
  },
  operands: '',
  options: SERVER_OPTIONS,
  help: SERVER_HELP,
  async run(invocation) {
    const server = await runServer(readSettings(invocation, { dataDir: 'data' }), invocation.say, invocation.stop);
    await stopped(invocation.stop);
    await server.close();
    return 0;
  },
};
