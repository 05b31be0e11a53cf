import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parseDocument, stringify } from 'yaml';
import { AGENT_FLAGS, builtAgent } from '../built.ts';
import { type Child, startChild } from '../child.ts';
import type { Command, Invocation } from '../command.ts';
import { Fault } from '../fault.ts';
import { LOCAL, localChain, localDeviceName } from '../local-machine.ts';
import { lockHolder } from '../lock.ts';
import { type RunningServer, runServer } from '../server/run-server.ts';
import { readSettings, SERVER_HELP, SERVER_OPTIONS, type ServerSettings } from '../settings.ts';
import { stopped } from '../stopped.ts';
import { words } from '../words/index.ts';

export const AGENT_STOP_MS = 5_000;

/** The main job: a server, and an agent that watches this very machine. */
export const command: Command = {
  summary: {
    en: 'runs the server, and an agent that watches this machine',
    fr: 'lance le serveur, et un agent qui surveille cette machine',
  },
  operands: '',
  options: SERVER_OPTIONS,
  help: SERVER_HELP,
  async run(invocation) {
    const settings = readSettings(invocation, { dataDir: 'data' });
    const server = await runServer(settings, invocation.say, invocation.stop);
    try {
      const agent = await watchThisMachine(server, settings, invocation);
      await stopped(invocation.stop);
      await agent?.stop(AGENT_STOP_MS);
    } finally {
      await server.close();
    }
    return 0;
  },
};

/**
 * Puts this machine in the inventory, the first time, and starts its agent as a process of its own. An agent that ends is
 * left ended, as it would be on a till: that is what the wall is there to show.
 */
export async function watchThisMachine(
  server: RunningServer,
  settings: ServerSettings,
  { env, locale, say, stop }: Invocation,
): Promise<Child | undefined> {
  if (!server.hasChain(LOCAL.chain)) await server.importChains([localChain(locale)]);
  const config = join(settings.dataDir, 'agent.yaml');
  writeAgentConfig(config, settings, server.mqttPort);
  const running = lockHolder(join(settings.dataDir, 'agent', 'lock'));
  if (running !== undefined) {
    say(words(locale).agentRunning(running));
    return undefined;
  }
  const script = builtAgent();
  if (script === undefined) throw new Fault(words(locale).notBuilt);
  const child = startChild({
    flags: AGENT_FLAGS,
    script,
    args: [`--config=${config}`],
    env: { VIGIE_LOG: 'warn', ...env, VIGIE_LANG: locale },
  });
  const again = `npx vigie agent --config=${relative(process.cwd(), config) || config}`;
  child.ended.then(
    (how) => {
      if (!stop.aborted) say(words(locale).agentEnded(how, again));
    },
    () => {},
  );
  return child;
}

/** Written once: from then on it is the person's to change. Only the server's address is kept in step. */
function writeAgentConfig(path: string, settings: ServerSettings, mqttPort: number): void {
  const server = `mqtt://${settings.mqtt.host}:${mqttPort}`;
  const dataDir = join(settings.dataDir, 'agent');
  mkdirSync(dataDir, { recursive: true });
  if (!existsSync(path)) {
    const { chain, store } = LOCAL;
    const config = { chain, store, device: localDeviceName(), server, dataDir, intervalS: 5, locale: settings.locale };
    writeFileSync(path, `# The agent of this machine. "npx vigie agent --help" says more.\n${stringify(config)}`);
    return;
  }
  const document = parseDocument(readFileSync(path, 'utf8'));
  if (document.errors.length > 0 || document.get('server') === server) return;
  document.set('server', server);
  writeFileSync(path, document.toString());
}
