import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import { type CampaignResult, runCampaign } from './campaign.ts';
import { FAULT_KINDS, type FaultKind } from './faults.ts';
import { SETUPS, type SetupName } from './installation.ts';
import { faultTable, isClean, troubles, writeIntoDocs } from './table.ts';

/**
 * `npm run faults`: strikes whole installations for ten minutes, counts, and prints the table.
 *
 *     --minutes N   all in all (10)          --seed N      the same faults again
 *     --setup 1|2|3 only this one            --kind K      only this kind of fault, may be repeated
 *     --write       the table into the docs
 *     --show NAME   one of the long shows instead: influx-away (10 min), two-collectors
 */
const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    seed: { type: 'string' },
    setup: { type: 'string' },
    kind: { type: 'string', multiple: true },
    write: { type: 'boolean', default: false },
    show: { type: 'string' },
  },
});

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

if (values.show !== undefined) {
  const file = `test/faults/${values.show}.fault.test.ts`;
  const { status } = spawnSync(
    process.execPath,
    ['node_modules/vitest/vitest.mjs', 'run', '--config', 'test/faults/vitest.config.ts', file],
    { cwd: new URL('../..', import.meta.url), stdio: 'inherit', env: { ...process.env, VIGIE_LONG: '1' } },
  );
  process.exit(status ?? 1);
}

const setups = (Object.keys(SETUPS) as unknown as SetupName[])
  .map(Number)
  .filter((setup) => values.setup === undefined || values.setup === String(setup)) as SetupName[];
const kinds = values.kind?.map((kind) => {
  const known = FAULT_KINDS.find((one) => one === kind);
  if (known === undefined) throw new Error(`no such kind: ${kind}; there are ${FAULT_KINDS.join(', ')}`);
  return known;
}) as FaultKind[] | undefined;
const seed = values.seed === undefined ? Math.floor(Math.random() * 1e9) : Number(values.seed);
const minutes = Number(values.minutes) / setups.length;
/** Ten minutes make two hundred at least, whatever the machine. */
const leastFaults = values.kind || Number(values.minutes) < 10 ? 0 : Math.ceil(200 / setups.length);

const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());

const results: CampaignResult[] = [];
for (const setup of setups) {
  say(`\n## set-up ${setup}: ${SETUPS[setup].title} (seed ${seed})`);
  results.push(
    await runCampaign({ setup, seed, minutes, leastFaults, ...(kinds && { kinds }), say, stop: stop.signal }),
  );
}
const table = faultTable(results, 'en');
say(`\n${table}`);
for (const trouble of results.flatMap(troubles)) say(trouble);
if (values.write) writeIntoDocs(results);
process.exitCode = results.every(isClean) ? 0 : 1;
