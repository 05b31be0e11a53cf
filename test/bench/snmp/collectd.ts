import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { COMMUNITY } from '../../agent/snmp/simulated/snmpsim.ts';
import { temporaryFolder } from '../leftovers.ts';
import { startPeer } from '../peer-process.ts';
import { EVERY_S } from './polling-agent.ts';

export const COLLECTD = 'collectd';

const IF_X = '1.3.6.1.2.1.31.1.1.1';
const IF = '1.3.6.1.2.1.2.2.1';
const UPS = '1.3.6.1.2.1.33.1';

/** What each asks, as its type of two values or one: counters of interfaces, and what the UPS, the printer and sensors measure. */
const TABLES = [
  { name: 'octets', type: 'if_octets', values: [`${IF_X}.6`, `${IF_X}.10`], names: `${IF_X}.1` },
  { name: 'packets', type: 'if_packets', values: [`${IF_X}.7`, `${IF_X}.11`], names: `${IF_X}.1` },
  { name: 'errors', type: 'if_errors', values: [`${IF}.14`, `${IF}.20`], names: `${IF_X}.1` },
  { name: 'discards', type: 'if_dropped', values: [`${IF}.13`, `${IF}.19`], names: `${IF_X}.1` },
  { name: 'status', type: 'gauge', values: [`${IF}.8`], names: `${IF_X}.1` },
  { name: 'sensors', type: 'gauge', values: ['1.3.6.1.2.1.99.1.1.1.4'], names: '1.3.6.1.2.1.47.1.1.1.1.2' },
  { name: 'toner', type: 'gauge', values: ['1.3.6.1.2.1.43.11.1.1.9'], names: '1.3.6.1.2.1.43.11.1.1.6' },
];
const SCALARS = [2, 3, 4, 5, 7].map((part) => ({ name: `battery${part}`, oid: `${UPS}.2.${part}.0` }));
const ASKED: Readonly<Record<string, readonly string[]>> = {
  'switch-1': ['octets', 'packets', 'errors', 'discards', 'status', 'sensors'],
  'ups-1': ['octets', 'packets', 'errors', 'discards', 'status', ...SCALARS.map(({ name }) => name)],
  'printer-1': ['octets', 'packets', 'errors', 'discards', 'status', 'toner'],
};

/** collectd with its snmp plugin, as often and over the same devices; what it finds goes into CSV files. */
export async function startCollectd(ports: Readonly<Record<string, number>>) {
  const folder = temporaryFolder('collectd');
  const [config, csv] = [join(folder.path, 'collectd.conf'), join(folder.path, 'csv')];
  const said = join(folder.path, 'log');
  const quoted = (texts: readonly string[]) => texts.map((text) => `"${text}"`).join(' ');
  writeFileSync(
    config,
    [
      `Interval ${EVERY_S}`,
      `PIDFile "${join(folder.path, 'pid')}"`,
      'TypesDB "/usr/share/collectd/types.db"',
      'LoadPlugin logfile',
      `<Plugin logfile>\n LogLevel warning\n File "${said}"\n</Plugin>`,
      'LoadPlugin csv',
      `<Plugin csv>\n DataDir "${csv}"\n</Plugin>`,
      'LoadPlugin snmp',
      '<Plugin snmp>',
      ...TABLES.map(
        ({ name, type, values, names }) =>
          `<Data "${name}">\n Table true\n Type "${type}"\n TypeInstanceOID "${names}"\n TypeInstancePrefix "${name}-"\n Values ${quoted(values)}\n</Data>`,
      ),
      ...SCALARS.map(
        ({ name, oid }) => `<Data "${name}">\n Type "gauge"\n TypeInstance "${name}"\n Values "${oid}"\n</Data>`,
      ),
      ...Object.entries(ports).map(
        ([name, port]) =>
          `<Host "${name}">\n Address "udp:127.0.0.1:${port}"\n Version 2\n Community "${COMMUNITY}"\n Collect ${quoted(ASKED[name] ?? [])}\n</Host>`,
      ),
      '</Plugin>',
      '',
    ].join('\n'),
  );
  const server = await startPeer({
    program: COLLECTD,
    args: ['-f', '-C', config],
    env: { MIBS: '' },
    isReady: async () => true,
  });
  return {
    pid: server.pid,
    /** Values of each round, as far as they have come. */
    values: () =>
      (existsSync(csv) ? readdirSync(csv, { recursive: true }).map(String) : []).reduce(countValues(csv), 0),
    async stop() {
      await server.stop();
      folder.remove();
    },
  };
}

/** A file has a column for the time, and one for each value. */
const countValues = (folder: string) => (sum: number, name: string) => {
  if (!/-\d{4}-\d\d-\d\d$/.test(name)) return sum;
  const [head = ''] = readFileSync(join(folder, name), 'utf8').split('\n', 1);
  return sum + head.split(',').length - 1;
};
