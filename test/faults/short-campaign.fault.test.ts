import { expect, test } from 'vitest';
import { isInstalled } from '../support/real-server.ts';
import { type CampaignResult, runCampaign } from './campaign.ts';
import { FAULT_KINDS, type FaultKind, isPossibleHere } from './faults.ts';
import type { SetupName } from './installation.ts';
import { faultTable, troubles } from './table.ts';

/** Another one each day; a failure names it, and `npm run faults -- --seed` makes the same faults again. */
const SEED = Math.floor(Date.now() / 86_400_000);
/** What strikes Vigie itself is struck on the small set-up; what strikes between servers, where there are servers. */
const AMONG_SERVERS: FaultKind[] = ['kill -9', 'freeze', 'cut', 'silent cut'];

const results: CampaignResult[] = [];
const campaign = async (setup: SetupName, kinds: readonly FaultKind[], leastFaults: number) => {
  const result = await runCampaign({ setup, seed: SEED, minutes: 0, leastFaults, kinds, say: () => {} });
  results.push(result);
  expect(troubles(result)).toEqual([]);
  expect(result.strikes.length).toBeGreaterThanOrEqual(leastFaults);
  // Each fault struck while reports flowed, and alerts came and went meanwhile.
  for (const { sentBefore } of result.strikes) expect(Math.min(...sentBefore)).toBeGreaterThan(0);
  expect(result.verdict.reports.committed).toBeGreaterThan(1_000);
  expect(result.verdict.reports.agentReports).toBeGreaterThan(5);
  expect(result.verdict.alerts.opened).toBeGreaterThanOrEqual(2);
};

const here = FAULT_KINDS.filter(isPossibleHere);

test(`every kind of fault on the embedded set-up: ${here.length} of ${FAULT_KINDS.length} kinds`, async () => {
  await campaign(1, here, here.length);
  expect(new Set(results[0]?.strikes.map(({ kind }) => kind))).toEqual(new Set(here));
});

for (const kind of FAULT_KINDS.filter((one) => !isPossibleHere(one))) {
  test.skip(`${kind}: this machine does not allow it (a mounted disk takes root, a stepped clock Debian’s faketime)`);
}

test.skipIf(!isInstalled('mosquitto') || !isInstalled('influxd'))('among Mosquitto and InfluxDB', () =>
  campaign(2, AMONG_SERVERS, 6),
);

test.skipIf(
  !isInstalled('mosquitto') || !isInstalled('influxd') || !isInstalled('/usr/lib/postgresql/15/bin/postgres'),
)('two collectors among Mosquitto, PostgreSQL and InfluxDB', async () => {
  await campaign(3, AMONG_SERVERS, 6);
  process.stdout.write(`${faultTable(results, 'en')}\n`);
});
