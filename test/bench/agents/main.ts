import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Locale } from '../../../protocol/inventory.ts';
import { writeToDocs } from '../docs.ts';
import { machine } from '../machine.ts';
import { importInventory, startServer } from '../server.ts';
import { markdownTable, writeNumber } from '../tables.ts';
import { bundleKb } from './bundle.ts';
import { type FootprintRun, measureFootprints } from './footprint.ts';
import { collectd, netdata, nodeExporter, zabbixAgent } from './peers.ts';
import { CHAIN, STORE, vigieAgents } from './vigie.ts';

/**
 * `npm run bench:agent [-- --seconds 300] [--write]`: what an agent costs the till it runs on, beside those of others, all
 * of them in this one run. Nothing is installed for it: what is missing is left out and named.
 */
const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '300' },
    warm: { type: 'string', default: '60' },
    packages: { type: 'string', default: 'dist/packages' },
    write: { type: 'boolean' },
  },
});
const say = (line: string) => process.stdout.write(`${line}\n`);

const device = (name: string, lane: number) => ({ name, kind: 'till' as const, lane });
const server = await startServer({ doors: true });
try {
  await importInventory(server, {
    chains: [
      {
        name: CHAIN,
        title: 'Bench',
        stores: [{ name: STORE, title: 'S', timeZone: 'UTC', devices: [device('till-1', 1), device('till-2', 2)] }],
      },
    ],
  });
  const agents = [...vigieAgents(server, resolve(values.packages)), zabbixAgent, nodeExporter, collectd, netdata];
  const run = await measureFootprints(agents, { warmS: Number(values.warm), seconds: Number(values.seconds) }, say);
  const content = (locale: Locale) => `${machine(locale)}\n\n${table(run, locale)}`;
  say(`\n${content('en')}`);
  if (values.write) writeToDocs('agents', content);
} finally {
  await server.stop();
}

function table({ footprints, missing }: FootprintRun, locale: Locale): string {
  const isFrench = locale === 'fr';
  const head = isFrench
    ? ['Agent', 'Travail', 'Résidente, Mo', 'Proportionnelle, Mo', 'Privée, Mo', 'CPU, s/min']
    : ['Agent', 'Work', 'Resident, MB', 'Proportional, MB', 'Private, MB', 'CPU, s/min'];
  const rows = footprints.map(({ agent, rss, pss, private: own, cpu }) => [
    agent.name[locale],
    agent.work[locale],
    ...[rss, pss, own, cpu].map((value) => writeNumber(value, locale)),
  ]);
  const minutes = Number(values.seconds) / 60;
  const told = isFrench
    ? `Tous en même temps, ${writeNumber(minutes, 'fr')} min après ${values.warm} s de chauffe. Budget\u202f: 65 Mo résidents, 22 Mo privés, 0,1 s de CPU par minute. Une caisse charge ${writeNumber(bundleKb(), 'fr')} Ko de JavaScript (budget\u202f: 700).`
    : `All at the same time, ${writeNumber(minutes, 'en')} min after a warm-up of ${values.warm} s. Budget: 65 MB resident, 22 MB private, 0.1 s of CPU a minute. A till loads ${writeNumber(bundleKb(), 'en')} KB of JavaScript (budget: 700).`;
  const left = missing.map(({ agent, program }) =>
    isFrench
      ? `${agent.name.fr} n’est pas mesuré\u202f: ${program} manque.`
      : `${agent.name.en} is not measured: ${program} is missing.`,
  );
  return [told, markdownTable(head, rows), ...left].join('\n\n');
}
