import { setTimeout as pause } from 'node:timers/promises';
import { startFakeCollector } from '../../agent/fake-collector.ts';
import { openCpuWindow } from '../cpu-window.ts';
import { memoryMb } from '../processes.ts';
import { EVERY_S, startPollingAgent } from './polling-agent.ts';
import { openTally, type Tally } from './tally.ts';

export interface Polling {
  tally: Tally;
  /** CPU seconds of the agent, of one that is the same but for SNMP, and the length of it all; `rest`: share of the machine that anyone else took. */
  cpu: { withSnmp: number; without: number; seconds: number; others: Record<string, number>; rest: number };
  /** Resident, MB. */
  memory: { withSnmp: number; without: number };
}

export interface Simulated {
  ports: Readonly<Record<string, number>>;
  /** Its processes. */
  pids: readonly number[];
}

/** What others burn while we measure makes answers late. */
export const REST = {
  en: 'what others took of the machine meanwhile',
  fr: 'ce que d’autres prenaient pendant ce temps de la machine',
};

const HEARD_EVERY_MS = 500;
/** Rates are told from the second poll on; nothing before the third is counted. */
const WARM_UP_MS = 2.3 * EVERY_S * 1000;

/** One agent asks simulated devices beside one that asks none; `others` burn what they do meanwhile, by name and process. */
export async function measurePolling(
  { ports, pids }: Simulated,
  seconds: number,
  others: Readonly<Record<string, number>> = {},
): Promise<Polling> {
  const collector = await startFakeCollector();
  await collector.setPresent(true);
  const withSnmp = await startPollingAgent('gw', collector.port, ports);
  const without = await startPollingAgent('alone', collector.port, {});
  try {
    await pause(WARM_UP_MS);
    collector.heard.reports.length = 0;
    const tally = openTally(Object.keys(ports), EVERY_S * 1000, Date.now());
    const hear = () => collector.heard.reports.splice(0).forEach(tally.hear);
    const closeCpu = openCpuWindow({ withSnmp: withSnmp.pid, without: without.pid, ...others }, pids);
    const hearing = setInterval(hear, HEARD_EVERY_MS);
    await pause(seconds * 1000);
    clearInterval(hearing);
    const untilMs = Date.now();
    const { parts, seconds: passed, other } = closeCpu();
    hear();
    const { withSnmp: asking = 0, without: alone = 0, ...rest } = parts;
    return {
      tally: tally.close(untilMs),
      cpu: { withSnmp: asking, without: alone, seconds: passed, others: rest, rest: other },
      memory: { withSnmp: memoryMb(withSnmp.pid).rss, without: memoryMb(without.pid).rss },
    };
  } finally {
    await withSnmp.stop();
    await without.stop();
    await collector.close();
  }
}
