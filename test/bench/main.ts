import { cpus, totalmem } from 'node:os';
import { benchAgent } from './agent.ts';
import type { Figure } from './figure.ts';
import { benchReadings } from './readings.ts';
import { benchReports } from './reports.ts';
import { benchRestart } from './restart.ts';
import { benchWall } from './wall.ts';

/** `npm run bench [-- reports readings restart wall agent]`: the figures, one after the other, beside what the design allows. */
const PARTS: Record<string, () => Promise<Figure[]>> = {
  reports: benchReports,
  readings: benchReadings,
  restart: benchRestart,
  wall: benchWall,
  agent: benchAgent,
};

const say = (line: string) => process.stdout.write(`${line}\n`);
const wanted = process.argv.slice(2).filter((arg) => !arg.startsWith('-'));
const unknown = wanted.find((name) => !Object.hasOwn(PARTS, name));
if (unknown !== undefined) {
  process.stderr.write(`there is no part "${unknown}"; there are: ${Object.keys(PARTS).join(', ')}\n`);
  process.exit(2);
}

say(
  `Machine: ${cpus().length} × ${cpus()[0]?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GiB, load generators included.\n`,
);
say('| What | Measured | Budget |');
say('|---|---:|---:|');
for (const [name, bench] of Object.entries(PARTS)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  for (const { what, value, unit, budget } of await bench()) {
    const digits = value >= 100 ? 0 : value >= 10 ? 1 : 2;
    say(`| ${what} | ${value.toLocaleString('en-GB', { maximumFractionDigits: digits })} ${unit} | ${budget} |`);
  }
}
