import { parseArgs } from 'node:util';
import type { Locale } from '../../protocol/inventory.ts';
import { benchBacktest } from './backtest.ts';
import { writeToDocs } from './docs.ts';
import type { Figure } from './figure.ts';
import { benchInfluxReadings } from './influx-readings.ts';
import { machine } from './machine.ts';
import { benchMemory } from './memory.ts';
import { NotInstalled } from './peer-process.ts';
import { peersReport } from './peers/peers-table.ts';
import { runPeers, SYSTEMS } from './peers/run-peers.ts';
import { benchReadings } from './readings.ts';
import { benchReports, benchReportsOnMosquitto } from './reports.ts';
import { benchRestart } from './restart.ts';
import { benchManySnmpDevices } from './snmp/many.ts';
import { benchThreeSnmpDevices } from './snmp/three.ts';
import { benchStep } from './step.ts';
import { figureTable } from './tables.ts';
import { benchTickets } from './ticket.ts';
import { benchWall } from './wall.ts';

/**
 * `npm run bench [-- part…] [-- --write]`: the figures, one after the other, beside what the design allows.
 * `npm run bench -- --peers [system…] [--quick]`: the same work through other systems, side by side.
 * `--seconds` counts so long where a part only watches (snmp), in place of minutes.
 * `--outages` in place of 200 of them (ticket).
 * `--write` puts the tables into docs/BENCH.md and its French twin.
 */
const PARTS: Record<string, (() => Promise<Figure[]>)[]> = {
  reports: [benchReports],
  'reports-mosquitto': [benchReportsOnMosquitto],
  memory: [benchMemory],
  readings: [benchReadings, benchInfluxReadings],
  step: [benchStep],
  restart: [benchRestart],
  wall: [benchWall],
  backtest: [benchBacktest],
  ticket: [() => benchTickets(Number(flags.outages ?? 200))],
  snmp: [() => benchThreeSnmpDevices(seconds(600)), () => benchManySnmpDevices(seconds(300))],
};

const say = (line: string) => process.stdout.write(`${line}\n`);
const { values: flags, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    peers: { type: 'boolean' },
    quick: { type: 'boolean' },
    seconds: { type: 'string' },
    outages: { type: 'string' },
    write: { type: 'boolean' },
  },
});
const seconds = (usual: number) => Number(flags.seconds ?? usual);
const known = Object.keys(flags.peers ? SYSTEMS : PARTS);
const unknown = positionals.find((name) => !known.includes(name));
if (unknown !== undefined) {
  process.stderr.write(`there is no "${unknown}"; there are: ${known.join(', ')}\n`);
  process.exit(2);
}

if (flags.seconds !== undefined && !(seconds(0) >= 60)) {
  process.stderr.write('--seconds takes a number, 60 at least\n');
  process.exit(2);
}

if (flags.write && flags.peers && (flags.quick || positionals.length > 0)) {
  process.stderr.write('--write takes the whole of --peers: ratios hold within one run\n');
  process.exit(2);
}

say(`${machine('en')}\n`);
if (flags.peers) await peers();
else await parts();

async function parts(): Promise<void> {
  for (const [name, benches] of Object.entries(PARTS)) {
    if (positionals.length > 0 && !positionals.includes(name)) continue;
    const figures: Figure[] = [];
    const leftOut: NotInstalled[] = [];
    for (const bench of benches) {
      try {
        figures.push(...(await bench()));
      } catch (error) {
        if (!(error instanceof NotInstalled)) throw error;
        leftOut.push(error);
      }
    }
    const content = (locale: Locale) =>
      [
        machine(locale),
        ...(figures.length > 0 ? [figureTable(figures, locale)] : []),
        ...leftOut.map((error) => notMeasured(error, locale)),
      ].join('\n\n');
    say(`## ${name}\n\n${content('en')}\n`);
    if (flags.write) writeToDocs(name, content);
  }
}

async function peers(): Promise<void> {
  const runs = await runPeers(positionals, flags.quick === true, say);
  const content = (locale: Locale) => `${machine(locale)}\n\n${peersReport(runs, locale)}`;
  say(`\n${peersReport(runs, 'en')}`);
  if (flags.write) writeToDocs('peers', content);
}

function notMeasured({ program }: NotInstalled, locale: Locale): string {
  return locale === 'fr'
    ? `Une partie n’est pas mesurée : ${program} n’est pas installé.`
    : `A part is not measured: ${program} is not installed.`;
}
