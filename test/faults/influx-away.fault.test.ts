import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createRandom } from '../../cli/demo/random.ts';
import type { WallSnapshot } from '../../protocol/views.ts';
import type { Influxd } from '../support/influxd.ts';
import { isInstalled } from '../support/real-server.ts';
import { type Episode, IncidentWatch, runEpisodes } from './episodes.ts';
import { CHAIN, INFLUX_DATABASE, type Installation, startInstallation } from './installation.ts';
import type { CollectorProcess, ServerProcess } from './processes.ts';
import { ScriptedDevice } from './scripted-device.ts';
import { SenderLoad } from './sender-load.ts';
import { until } from './until.ts';
import { judgeAlerts, judgeReports } from './verdict.ts';

/** Ten minutes where there is time for it: VIGIE_LONG=1, or `npm run faults -- --show influx-away`. */
const AWAY_MS = process.env.VIGIE_LONG === '1' ? 600_000 : 20_000;
const REPORTS_PER_SECOND = 500;
const LOOK_MS = 200;

let world: Installation;
let load: SenderLoad;
let watch: IncidentWatch;
let part: ScriptedDevice;
beforeEach(async () => {
  world = await startInstallation(2, createRandom(2));
  load = new SenderLoad(world, REPORTS_PER_SECOND);
  watch = new IncidentWatch(world.collectors.map(({ url }) => url));
  part = new ScriptedDevice(world.mqttPort, { chain: CHAIN, store: 's0', device: 'part' }, 'partofstore0');
}, 120_000);
afterEach(async () => {
  await watch.stop();
  part.end();
  load.end();
  await world.close();
});

test.skipIf(!isInstalled('influxd'))(
  `InfluxDB is away for ${AWAY_MS / 1000} s under load: the wall goes on, and then all points are there`,
  async () => {
    const [collector] = world.collectors as [CollectorProcess];
    const influx = world.servers.find(({ name }) => name === 'influx') as ServerProcess;
    const database = world.influx as Influxd;
    await load.becomesWell(60_000, 'at the start');
    const episodes: Episode[] = [];
    let away = true;
    const play = runEpisodes(part, {
      kind: 'threshold',
      watch,
      random: createRandom(3),
      isOver: () => !away,
      into: episodes,
    });

    await influx.stop();
    const awayFrom = performance.now();
    const [sentBefore, rowsBefore] = [load.sent, await figure(collector, 'log_rows')];
    let [looks, slowest, committed] = [0, 0, await figure(collector, 'reports_total')];
    while (performance.now() - awayFrom < AWAY_MS) {
      const asked = performance.now();
      const wall = (await (await fetch(`${collector.url}/api/v1/wall`)).json()) as WallSnapshot;
      slowest = Math.max(slowest, performance.now() - asked);
      expect(wall.stores).toHaveLength(5);
      looks++;
      await pause(LOOK_MS);
      if (looks % 25 !== 0) continue;
      const now = await figure(collector, 'reports_total');
      expect(now).toBeGreaterThan(committed);
      committed = now;
    }
    // It was missed: what would be in InfluxDB waits in the log.
    expect(await figure(collector, 'log_rows')).toBeGreaterThan(rowsBefore + 10);
    const alertsMeanwhile = episodes.filter(({ resolved }) => resolved).length;
    expect(alertsMeanwhile).toBeGreaterThan(0);
    const sentMeanwhile = load.sent - sentBefore;
    away = false;
    await influx.start();
    await play;
    await load.drain(60_000);

    await until(
      async () => (await counted(database)).count >= load.sent,
      120_000,
      'InfluxDB never has all that was sent',
    );
    const { count, sum } = await counted(database);
    const reports = await judgeReports({
      senders: load.senders,
      committed: await world.log.read(),
      countMetrics: load.countBy(collector.url),
    });
    process.stdout.write(
      `InfluxDB away for ${AWAY_MS / 1000} s: ${sentMeanwhile} of ${load.sent} reports sent meanwhile, ${count} in InfluxDB; ${looks} looks at the wall, the slowest ${Math.round(slowest)} ms; ${alertsMeanwhile} alerts came and went\n`,
    );
    expect(sentMeanwhile).toBeGreaterThan((REPORTS_PER_SECOND * AWAY_MS) / 2_000);
    expect(count).toBe(load.sent);
    expect(sum).toBe(load.senders.reduce((all, { sent }) => all + (sent * (sent + 1)) / 2, 0));
    expect(reports).toMatchObject({ committed: load.sent, lost: [], twice: [], metricsFaults: [], agentGaps: [] });
    expect(judgeAlerts(episodes, watch, world.desk)).toMatchObject({ lost: [], doubled: [], moved: [] });
    expect(slowest).toBeLessThan(2_000);
  },
  AWAY_MS + 400_000,
);

/** Straight from InfluxDB, past Vigie: only the numbered senders write this field. */
async function counted(influx: Influxd): Promise<{ count: number; sum: number }> {
  const rows = await influx.query(INFLUX_DATABASE, 'SELECT count("usage_active"), sum("usage_active") FROM "cpu"');
  const [, count, sum] = (rows[0] ?? []) as number[];
  return { count: count ?? 0, sum: sum ?? 0 };
}

async function figure({ url }: CollectorProcess, name: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  return Number(new RegExp(`^vigie_${name} (\\S+)$`, 'm').exec(text)?.[1]);
}
