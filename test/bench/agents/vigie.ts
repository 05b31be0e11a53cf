import { execFile } from 'node:child_process';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { AGENT_FLAGS, builtAgent } from '../../../cli/built.ts';
import { NotInstalled, startPeer } from '../peer-process.ts';
import { type BenchServer, enrolmentToken } from '../server.ts';
import type { AgentUnderTest } from './peers.ts';

export const CHAIN = 'bench';
export const STORE = 's';

const run = promisify(execFile);

/** How an agent is started: the program, and what goes before its own arguments. */
interface Form {
  program: string;
  before: readonly string[];
}

/** The one file a package installs, as "npm run package" makes it. */
function packaged(folder: string): Form {
  const file = existsSync(folder) && readdirSync(folder).find((name) => /^vigie-agent-.+-linux-x64$/.test(name));
  if (!file) throw new NotInstalled(`the package in ${folder}`);
  return { program: join(folder, file), before: [] };
}

/** The bundle on the Node that is installed, as `vigie start` runs it. */
function bundled(): Form {
  const script = builtAgent();
  if (script === undefined) throw new NotInstalled('dist/agent (npm run build)');
  return { program: process.execPath, before: [...AGENT_FLAGS, script] };
}

/**
 * Vigie's own agent as a till has it: enrolled, over TLS with its certificate, with the profile `till-linux` and a till
 * application to watch.
 */
const till = (name: AgentUnderTest['name'], device: string, form: () => Form, server: BenchServer): AgentUnderTest => ({
  name,
  work: { en: 'profile till-linux, enrolled, MQTT over TLS', fr: 'profil till-linux, enrôlé, MQTT sur TLS' },
  async start(folder) {
    const { program, before } = form();
    const token = await enrolmentToken(server, CHAIN, STORE);
    const data = join(folder, 'data');
    const enrolled = [
      'enroll',
      `--server=${server.door}`,
      `--token=${token}`,
      `--device=${device}`,
      `--data-dir=${data}`,
    ];
    await run(program, [...before, ...enrolled], { timeout: 60_000 });
    const application = await openTillApplication(folder);
    const config = join(folder, 'agent.yaml');
    // JSON is YAML.
    // What is looked at every six hours is looked at now, while it warms up: a window of minutes must not count it whole.
    const inventory = { afterS: 5 };
    writeFileSync(config, JSON.stringify({ dataDir: data, profile: 'till-linux', vars: application.vars, inventory }));
    const agent = await startPeer({
      program,
      args: [...before, `--config=${config}`],
      env: { LANG: 'C.UTF-8' },
      isReady: async () => true,
    });
    return {
      ...agent,
      async stop() {
        await agent.stop();
        application.close();
      },
    };
  },
});

/** What a till's checks look at: a port, a heartbeat, sales. */
async function openTillApplication(folder: string) {
  const server = createServer((socket) => socket.end()).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as { port: number };
  const heartbeat = join(folder, 'heartbeat');
  const lastSale = join(folder, 'last-sale');
  const touch = () => {
    for (const file of [heartbeat, lastSale]) writeFileSync(file, `${Date.now()}\n`);
  };
  touch();
  const beating = setInterval(touch, 10_000);
  return {
    vars: {
      tillProgram: 'node',
      tillPort: port,
      tillHeartbeat: heartbeat,
      lastSaleFile: lastSale,
      unsentSales: join(folder, 'unsent', '*.xml'),
      terminal: '127.0.0.1',
      terminalPort: port,
    },
    close() {
      clearInterval(beating);
      server.close();
    },
  };
}

/** @param packages the folder `npm run package` filled. */
export const vigieAgents = (server: BenchServer, packages: string): AgentUnderTest[] => [
  till({ en: '**Vigie**, as installed', fr: '**Vigie**, tel qu’installé' }, 'till-1', () => packaged(packages), server),
  till({ en: '**Vigie**, bundle on Node', fr: '**Vigie**, sur le Node présent' }, 'till-2', bundled, server),
];
