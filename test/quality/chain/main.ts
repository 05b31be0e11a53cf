import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { defaultRulePackPath, readRulePack } from '../../../alerting/rules/read-rule-pack.ts';
import { drawChain, liveChain } from './chain.ts';
import { figuresOf, kindRows } from './figures.ts';
import { score } from './score.ts';
import { figureTable, kindTable } from './table.ts';
import { readTruth } from './truth.ts';

/*
 * `npm run quality [-- --stores 500 --days 30 --seed 1 --rules FILE --truth FILE --json]`: a chain lives for a month, with faults
 * that are known, and judgement is scored against them. Exits with 1 when a budget is missed.
 */

const { values: flags } = parseArgs({
  options: {
    stores: { type: 'string', default: '500' },
    days: { type: 'string', default: '30' },
    seed: { type: 'string', default: '1' },
    rules: { type: 'string', default: defaultRulePackPath },
    truth: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
});

const say = (line: string) => process.stdout.write(`${line}\n`);
const note = (line: string) => process.stderr.write(`${line}\n`);

function whole(flag: 'stores' | 'days' | 'seed', least: number, most: number): number {
  const value = Number(flags[flag]);
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  note(`--${flag} must be a whole number from ${least} to ${most}, not ${flags[flag]}`);
  process.exit(2);
}

const [stores, days, seed] = [whole('stores', 20, 500), whole('days', 1, 90), whole('seed', 0, 2 ** 31)];
const pack = readRulePack(flags.rules);
const scratch = mkdtempSync(join(tmpdir(), 'vigie-quality-'));
const truthFile = flags.truth ?? join(scratch, 'truth.json');
const chain = drawChain({ seed, stores, days });
writeFileSync(truthFile, JSON.stringify(chain.truth, undefined, 1));

const began = performance.now();
const run = liveChain(chain, pack, (day) => note(`day ${day} of ${days}`));
const tookS = (performance.now() - began) / 1000;

// The score knows the truth from its file, as anybody’s would.
const truth = readTruth(readFileSync(truthFile, 'utf8'));
rmSync(scratch, { recursive: true });
const scored = score(truth, run.seen);
const figures = figuresOf(scored, run.seen, truth);
const kinds = kindRows(scored);
const devices = chain.fleet.reduce((sum, each) => sum + each.devices.length, 0);
const simulated = [
  `Simulated: ${stores} stores, ${devices} devices, ${days} days around the change of clocks, seed ${seed}; ${truth.faults.length} faults of`,
  `${kinds.length} kinds, and noise that is no fault. Events go straight into judgement, at the times at which the collector would have`,
  'made them: no broker, no network, no disk, no desk. Delays hold those of agents, gateways and keepalives (10 s), and 50 ms for',
  'the commit. Devices report every 10 min, and every 30 s for 20 min after something changes on them.',
].join('\n');

if (flags.json) {
  const { matches: _, groundless: __, ...summary } = scored;
  say(
    JSON.stringify(
      { seed, stores, days, devices, tookS, ...run, seen: undefined, summary, figures, kinds },
      undefined,
      2,
    ),
  );
} else {
  say(`${simulated}\n`);
  say(`${figureTable(figures)}\n`);
  say(`${kindTable(kinds)}\n`);
  const perDay = (run.reports / days).toFixed(0);
  say(
    `${run.events} events judged in ${tookS.toFixed(0)} s: ${run.reports} reports (${perDay} per day), ${run.late} of them late, ${run.ticks} ticks.`,
  );
}
process.exitCode = figures.some(({ isMet }) => isMet === false) ? 1 : 0;
