import { mkdirSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import type { Words } from '../../../agent/words.ts';
import { freePort } from '../../support/free-port.ts';
import { listens, type PeerProcess, startPeer } from '../peer-process.ts';

/** An agent at its work: measured with its children. */
export interface RunningAgent extends PeerProcess {
  /** What its server would ask it, once per interval; absent where it sends or writes by itself. */
  poll?: () => Promise<void>;
}

export interface AgentUnderTest {
  name: Words;
  /** How it is set up, in a few words. */
  work: Words;
  /** @throws NotInstalled */
  start(folder: string): Promise<RunningAgent>;
}

/** What a server asks of a host that sells: as much as Vigie's usual checks tell, and less than its profile. */
const ZABBIX_KEYS = [
  'agent.ping',
  'system.cpu.util',
  'system.cpu.load[all,avg1]',
  'vm.memory.size[pavailable]',
  'system.swap.size[,pfree]',
  'vfs.fs.size[/,pused]',
  'net.if.in[lo]',
  'net.if.out[lo]',
  'proc.num[]',
  'system.uptime',
];

export const zabbixAgent: AgentUnderTest = {
  name: { en: 'zabbix_agent2', fr: 'zabbix_agent2' },
  work: { en: '10 keys asked for', fr: '10 clés demandées' },
  async start(folder) {
    // It takes none of those the system hands out: ours are below them.
    const port = await freePort();
    const config = join(folder, 'agent2.conf');
    const lines = {
      PidFile: join(folder, 'agent2.pid'),
      LogType: 'console',
      Server: '127.0.0.1',
      ListenIP: '127.0.0.1',
      ListenPort: port,
      Hostname: 'till',
      ControlSocket: join(folder, 'agent2.sock'),
    };
    writeFileSync(
      config,
      Object.entries(lines)
        .map(([key, value]) => `${key}=${value}\n`)
        .join(''),
    );
    const agent = await startPeer({
      program: 'zabbix_agent2',
      args: ['-c', config, '-f'],
      isReady: () => listens(port),
    });
    const poll = async () => {
      for (const key of ZABBIX_KEYS) await askZabbix(port, key);
    };
    return { ...agent, poll };
  },
};

export const nodeExporter: AgentUnderTest = {
  name: { en: 'node_exporter', fr: 'node_exporter' },
  work: { en: 'default collectors, scraped', fr: 'collecteurs par défaut, interrogé' },
  async start() {
    const port = await freePort();
    const agent = await startPeer({
      program: 'prometheus-node-exporter',
      args: [`--web.listen-address=127.0.0.1:${port}`],
      isReady: () => listens(port),
    });
    return { ...agent, poll: () => fetchAll(`http://127.0.0.1:${port}/metrics`) };
  },
};

export const netdata: AgentUnderTest = {
  name: { en: 'netdata', fr: 'netdata' },
  work: { en: 'as it comes, every second', fr: 'tel quel, chaque seconde' },
  async start(folder) {
    const port = await freePort();
    const path = (name: string) => join(folder, name);
    for (const name of ['cache', 'lib', 'log', 'run']) mkdirSync(path(name));
    const config = path('netdata.conf');
    const text = [
      '[global]',
      '  run as user = root',
      '[directories]',
      ...['cache', 'lib', 'log'].map((name) => `  ${name} = ${path(name)}`),
      '[web]',
      `  bind to = 127.0.0.1:${port}`,
    ];
    writeFileSync(config, `${text.join('\n')}\n`);
    return startPeer({
      program: 'netdata',
      args: ['-D', '-c', config, '-P', path('run/pid')],
      env: { DO_NOT_TRACK: '1', DISABLE_TELEMETRY: '1' },
      isReady: () => listens(port),
    });
  },
};

export const collectd: AgentUnderTest = {
  name: { en: 'collectd', fr: 'collectd' },
  work: { en: '6 plugins, into CSV files', fr: '6 greffons, vers des fichiers CSV' },
  async start(folder) {
    const config = join(folder, 'collectd.conf');
    const plugins = ['cpu', 'memory', 'df', 'load', 'interface', 'disk', 'csv'];
    const text = [
      `BaseDir "${folder}"`,
      `PIDFile "${join(folder, 'pid')}"`,
      'TypesDB "/usr/share/collectd/types.db"',
      'Interval 10',
      ...plugins.map((plugin) => `LoadPlugin ${plugin}`),
      `<Plugin csv>\n DataDir "${folder}"\n</Plugin>`,
    ];
    writeFileSync(config, `${text.join('\n')}\n`);
    return startPeer({ program: 'collectd', args: ['-f', '-C', config], isReady: async () => true });
  },
};

/** Zabbix's passive protocol: a header with the length, then the key; the answer is told the same way. */
function askZabbix(port: number, key: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const header = Buffer.from('ZBXD\x01\0\0\0\0\0\0\0\0', 'latin1');
    header.writeUInt32LE(Buffer.byteLength(key), 5);
    const socket = connect({ host: '127.0.0.1', port, timeout: 5000 }, () =>
      socket.write(Buffer.concat([header, Buffer.from(key)])),
    );
    socket.on('timeout', () => socket.destroy(new Error(`zabbix_agent2 gives no answer to ${key}`)));
    socket.on('error', reject);
    socket.on('close', () => resolve());
    socket.resume();
  });
}

async function fetchAll(url: string): Promise<void> {
  await (await fetch(url, { signal: AbortSignal.timeout(5000) })).arrayBuffer();
}
