import { setTimeout as pause } from 'node:timers/promises';
import { openCpuWindow } from './cpu-window.ts';
import type { Figure } from './figure.ts';
import { type Load, startLoad } from './load.ts';
import type { LoadCounts, Rate } from './load-child.ts';
import { startMosquitto } from './mosquitto.ts';
import { nextRate } from './peers/ladder.ts';
import { treePssMb } from './processes.ts';
import { histogramQuantile, parsePrometheus, totalOf } from './prometheus-text.ts';
import { benchInventory, DEVICES, VALUES_PER_REPORT } from './report-shape.ts';
import { type BenchServer, importInventory, startServer } from './server.ts';

const WARM_UP_S = 5;
const SECONDS = 60;
/** Unacknowledged reports per gateway: with acknowledgement after the commit, and with a broker that acknowledges at once. */
const WINDOW = 50;
const WINDOW_AT_ONCE = 200;
/** Committed at least so much of what was offered. */
const HELD = 0.95;
/** And 99 of 100 within this: beyond, reports only pile up in the broker. */
const HELD_WITHIN_MS = 500;
/** How the rate that Mosquitto and Vigie hold together is found, before it is counted for a minute. */
const SEARCH = { common: 2_000, guess: 6_000, steps: 6, firstWarmS: 5, warmS: 3, countS: 7 };
/** From report made to committed, as the server's own histogram has it: reports a second old were made by the same clock. */
const COMMIT_DELAY = 'vigie_commit_delay_seconds';

/** Reports of 20 points a second on the embedded broker, as fast as they are acknowledged: after the commit. */
export async function benchReports(): Promise<Figure[]> {
  const server = await startServer();
  try {
    await importInventory(server, benchInventory());
    const load = await startLoad(new URL('generator.ts', import.meta.url), server.mqttPort, WINDOW);
    try {
      load.offer('all');
      await pause(WARM_UP_S * 1000);
      const counted = await countFor(SECONDS, server, load, { server: server.pid });
      return [
        ...throughput(counted, 'embedded broker', 'broker intégré'),
        {
          what: 'publish → acknowledged after the commit, p50',
          fr: 'envoi → acquittement après validation, p50',
          value: counted.load.p50Ms,
          unit: 'ms',
          budget: '',
        },
        {
          what: 'publish → acknowledged after the commit, p99',
          fr: 'envoi → acquittement après validation, p99',
          value: counted.load.p99Ms,
          unit: 'ms',
          budget: '500 ms',
        },
      ];
    } finally {
      await load.stop();
    }
  } finally {
    await server.stop();
  }
}

/**
 * The same through Mosquitto, which acknowledges before anything is committed: the load is a rate, and the highest is
 * sought that is committed as fast as it is offered.
 * @throws NotInstalled
 */
export async function benchReportsOnMosquitto(): Promise<Figure[]> {
  const mosquitto = await startMosquitto();
  try {
    const server = await startServer({ brokerPort: mosquitto.port });
    try {
      await importInventory(server, benchInventory());
      const load = await startLoad(new URL('generator.ts', import.meta.url), mosquitto.port, WINDOW_AT_ONCE);
      try {
        const parts = { server: server.pid, mosquitto: mosquitto.pid };
        return throughput(await countHighestHeld(server, load, parts), 'Mosquitto', 'Mosquitto');
      } finally {
        await load.stop();
      }
    } finally {
      await server.stop();
    }
  } finally {
    await mosquitto.stop();
  }
}

interface Counted {
  seconds: number;
  committed: number;
  cpuS: number;
  pssMb: number;
  load: LoadCounts;
  /** From made to committed, in milliseconds; undefined where the server does not say. */
  commitP50Ms: number | undefined;
  commitP99Ms: number | undefined;
}

async function countFor(
  seconds: number,
  server: BenchServer,
  load: Load,
  parts: Record<string, number>,
): Promise<Counted> {
  const figures = async () => parsePrometheus(await (await fetch(`${server.url}/metrics`)).text());
  await load.look();
  const [before, from] = [await figures(), performance.now()];
  const close = openCpuWindow(parts, [load.pid]);
  await pause(seconds * 1000);
  const cpu = close();
  const [after, to] = [await figures(), performance.now()];
  const quantile = (share: number) => {
    const delay = histogramQuantile(before, after, COMMIT_DELAY, share);
    return delay === undefined ? undefined : delay * 1000;
  };
  return {
    seconds: (to - from) / 1000,
    committed: totalOf(after, 'vigie_reports_total') - totalOf(before, 'vigie_reports_total'),
    cpuS: Object.values(cpu.parts).reduce((sum, one) => sum + one, 0),
    pssMb: Object.values(parts).reduce((sum, pid) => sum + treePssMb(pid), 0),
    load: await load.look(),
    commitP50Ms: quantile(0.5),
    commitP99Ms: quantile(0.99),
  };
}

/** Seeks the highest rate in short steps and counts it for the whole time; where it is not held that long, the next below. */
async function countHighestHeld(server: BenchServer, load: Load, parts: Record<string, number>): Promise<Counted> {
  const tried: { rate: number; held: boolean }[] = [];
  const tryRate = async (rate: number, warmS: number, seconds: number) => {
    load.offer(rate satisfies Rate);
    await pause(warmS * 1000);
    const counted = await countFor(seconds, server, load, parts);
    const isPrompt = (counted.commitP99Ms ?? 0) <= HELD_WITHIN_MS;
    return { counted, held: isPrompt && counted.committed / counted.seconds >= HELD * rate };
  };
  for (let rate = nextRate(tried, SEARCH); rate !== undefined; rate = nextRate(tried, SEARCH)) {
    const { held } = await tryRate(rate, tried.length === 0 ? SEARCH.firstWarmS : SEARCH.warmS, SEARCH.countS);
    tried.push({ rate, held });
    if (!held) await drained(server, load);
  }
  const candidates = tried.filter(({ held }) => held).map(({ rate }) => rate);
  for (const rate of candidates.sort((a, b) => b - a)) {
    const { counted, held } = await tryRate(rate, WARM_UP_S, SECONDS);
    if (held) return counted;
    await drained(server, load);
  }
  throw new Error('no rate was held');
}

/** What waits in the broker is committed, or no more comes. */
async function drained(server: BenchServer, load: Load): Promise<void> {
  load.offer(0);
  const committed = async () =>
    totalOf(parsePrometheus(await (await fetch(`${server.url}/metrics`)).text()), 'vigie_reports_total');
  for (let before = -1, now = await committed(); now !== before; ) {
    await pause(1000);
    [before, now] = [now, await committed()];
  }
}

function throughput(counted: Counted, on: string, onFrench: string): Figure[] {
  const points = counted.committed * VALUES_PER_REPORT;
  const figures: Figure[] = [
    {
      what: `reports of 20 points committed and judged, ${on}`,
      fr: `rapports de 20 points validés et jugés, ${onFrench}`,
      value: counted.committed / counted.seconds,
      unit: '/s',
      budget: '10,000 /s',
    },
    {
      what: 'points in them',
      fr: 'points qu’ils portent',
      value: points / counted.seconds,
      unit: '/s',
      budget: '200,000 /s',
    },
    {
      what: 'CPU per 1,000 reports',
      fr: 'CPU pour 1 000 rapports',
      value: (counted.cpuS / counted.committed) * 1_000 * 1_000,
      unit: 'ms',
      budget: '',
    },
    {
      what: 'CPU per 100,000 points',
      fr: 'CPU pour 100 000 points',
      value: (counted.cpuS / points) * 100_000,
      unit: 's',
      budget: '0.6 s',
    },
    {
      what: `memory under that load, ${DEVICES} devices (PSS)`,
      fr: `mémoire sous cette charge, ${DEVICES} équipements (PSS)`,
      value: counted.pssMb,
      unit: 'MB',
      budget: '',
    },
  ];
  if (counted.commitP50Ms !== undefined && counted.commitP99Ms !== undefined) {
    figures.push(
      {
        what: 'report made → committed, p50',
        fr: 'rapport fait → validé, p50',
        value: counted.commitP50Ms,
        unit: 'ms',
        budget: '',
      },
      {
        what: 'report made → committed, p99',
        fr: 'rapport fait → validé, p99',
        value: counted.commitP99Ms,
        unit: 'ms',
        budget: '500 ms',
      },
    );
  }
  return figures;
}
