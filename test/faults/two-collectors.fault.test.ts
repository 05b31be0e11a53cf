import { afterEach, beforeEach, expect, test } from 'vitest';
import { createRandom } from '../../cli/demo/random.ts';
import { CHAIN, type Installation, STORES, startInstallation } from './installation.ts';
import type { CollectorProcess } from './processes.ts';
import { SenderLoad } from './sender-load.ts';
import { giveTime, until } from './until.ts';
import { judgeReports } from './verdict.ts';

const REPORTS_PER_SECOND = 1_000;
const SERVED_WITHIN_MS = 15_000;

let world: Installation;
let load: SenderLoad;
beforeEach(async () => {
  world = await startInstallation(3, createRandom(1));
  load = new SenderLoad(world, REPORTS_PER_SECOND);
}, 120_000);
afterEach(async () => {
  load.end();
  await world.close();
});

test('of two collectors one is killed under load: its stores are served again within 15 s, none lost, none twice', async () => {
  const [survivor, victim] = world.collectors as [CollectorProcess, CollectorProcess];
  await load.becomesWell(60_000, 'at the start');
  // Both have a share of the work: otherwise nothing would be shown.
  await until(async () => (await reportsOf(survivor)) > 0 && (await reportsOf(victim)) > 0, 60_000, 'one does nothing');
  const sentBefore = load.sent;
  const victims = await victim.kill().then(() => performance.now());

  // Served again: every sender of every store has had something acknowledged that it sent after the kill.
  const numbersAtKill = load.senders.map(({ sent }) => sent);
  await until(
    () =>
      load.senders.every(({ acknowledged }, i) => {
        const after = numbersAtKill[i] as number;
        return acknowledged.has(after + 1);
      }),
    60_000,
    'some stores are never served again',
  );
  const servedAfterMs = Math.round(performance.now() - victims);
  await load.drain(60_000);
  const countMetrics = load.countBy(survivor.url);
  const reports = await judgeReports({ senders: load.senders, committed: await world.log.read(), countMetrics });
  process.stdout.write(
    `served again after ${servedAfterMs} ms; ${reports.sent} reports sent, ${reports.committed} committed, ${reports.lost.length} lost, ${reports.twice.length} twice, ${reports.inMetrics} in InfluxDB\n`,
  );
  expect(servedAfterMs).toBeLessThan(SERVED_WITHIN_MS);
  expect(reports.sent - sentBefore).toBeGreaterThan(REPORTS_PER_SECOND);
  expect(reports.lost).toEqual([]);
  expect(reports.twice).toEqual([]);
  expect(reports.metricsFaults).toEqual([]);
  expect(reports.committed).toBe(reports.sent);

  // Whoever is left shows the whole chain.
  const wall = (await (await fetch(`${survivor.url}/api/v1/wall`)).json()) as { stores: { key: string }[] };
  expect(wall.stores.map(({ key }) => key).sort()).toEqual(Array.from({ length: STORES }, (_, s) => `${CHAIN}/s${s}`));

  // And the other, back again, gets its share again.
  await victim.start();
  await giveTime(async () => (await partitionsOf(victim)) > 0, 30_000);
  expect(await partitionsOf(victim)).toBeGreaterThan(0);
});

async function figure({ url }: CollectorProcess, name: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  return Number(new RegExp(`^vigie_${name} (\\S+)$`, 'm').exec(text)?.[1]);
}
const reportsOf = (collector: CollectorProcess) => figure(collector, 'reports_total');
const partitionsOf = (collector: CollectorProcess) => figure(collector, 'partitions_served');
