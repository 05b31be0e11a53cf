import { setTimeout as pause } from 'node:timers/promises';
import { createRandom, type Random } from '../../cli/demo/random.ts';
import type { Committed } from './committed.ts';
import { type Episode, IncidentWatch, runEpisodes } from './episodes.ts';
import { type Fault, type FaultKind, faultsOf } from './faults.ts';
import { CHAIN, type Installation, type SetupName, STORES, startInstallation } from './installation.ts';
import { ScriptedDevice } from './scripted-device.ts';
import { SenderLoad } from './sender-load.ts';
import { giveTime } from './until.ts';
import { judgeAgents, judgeAlerts, judgeReports, type Verdict } from './verdict.ts';

export interface CampaignOptions {
  setup: SetupName;
  seed: number;
  /** It goes on until both are reached. */
  minutes: number;
  leastFaults: number;
  /** Only these kinds; all of them when left out. */
  kinds?: readonly FaultKind[];
  say: (line: string) => void;
  /** Breaks it off; what was started is ended first. */
  stop?: AbortSignal;
}

/** One fault that was made, and where the senders stood when it struck. */
export interface Strike {
  kind: FaultKind;
  target: string;
  /** Milliseconds since 1970. */
  at: number;
  evidence: string;
  /** Until every sender was acknowledged again. */
  wellAfterMs: number;
  /** Reports sent by each sender so far, in their order. */
  sentBefore: number[];
}

export interface CampaignResult {
  setup: SetupName;
  seed: number;
  strikes: Strike[];
  verdict: Verdict;
  /** Reports sent by each sender, in their order. */
  sentInAll: number[];
  /** Messages Vigie refused, by reason: where something is lost they tell why. */
  refused: Record<string, number>;
}

const REPORTS_PER_SECOND = 250;
/** A collector that dies is replaced after its lease of 10 s; then all that waited comes at once. */
const WELL_WITHIN_MS = 90_000;
const DRAIN_WITHIN_MS = 180_000;
const SETTLE_WITHIN_MS = 60_000;
const LOG_LOOKS = 4;
const LOG_LOOK_PAUSE_MS = 10_000;

/**
 * Strikes one fault after another at a whole installation under load, then lets everything come to rest and counts. The
 * same seed makes the same faults in the same order.
 * @throws Error that tells the seed and all that came before, when the installation does not become well again.
 */
export async function runCampaign(options: CampaignOptions): Promise<CampaignResult> {
  const { setup, seed, minutes, leastFaults, kinds, say, stop } = options;
  const random = createRandom(seed);
  const world = await startInstallation(setup, random);
  const load = new SenderLoad(world, REPORTS_PER_SECOND);
  const watch = new IncidentWatch(world.collectors.map(({ url }) => url));
  const parts = startParts(world);
  const episodes: Episode[] = [];
  const strikes: Strike[] = [];
  let over = false;
  const work = async (): Promise<CampaignResult> => {
    await load.becomesWell(WELL_WITHIN_MS, 'at the start');
    const plays = parts.map((part, s) =>
      runEpisodes(part, {
        kind: s % 2 === 0 ? 'threshold' : 'silence',
        watch,
        random: createRandom(seed + s + 1),
        isOver: () => over,
        into: episodes,
      }),
    );
    const endsAt = Date.now() + minutes * 60_000;
    for (const fault of deck(faultsOf(world, random), kinds, random)) {
      if (Date.now() >= endsAt && strikes.length >= leastFaults) break;
      strikes.push(await strike(fault, load, say));
    }
    over = true;
    await Promise.all(plays);
    world.road.releaseLate();
    await load.drain(DRAIN_WITHIN_MS);
    await giveTime(() => [...world.desk.tickets.values()].every(({ state }) => state === 'resolved'), SETTLE_WITHIN_MS);
    const [collector] = world.collectors as [Installation['collectors'][number]];
    const committed = await settledLog(world, load);
    const reports = await judgeReports({ senders: load.senders, committed, countMetrics: load.countBy(collector.url) });
    const alerts = judgeAlerts(episodes, watch, world.desk);
    return {
      setup,
      seed,
      strikes,
      verdict: { reports, alerts },
      sentInAll: load.senders.map(({ sent }) => sent),
      refused: await collector.refused(),
    };
  };
  try {
    return await Promise.race([work(), ...(stop ? [brokenOff(stop)] : [])]);
  } catch (error) {
    throw new Error(story(options, strikes, world, error as Error), { cause: error });
  } finally {
    over = true;
    await watch.stop();
    load.end();
    for (const part of parts) part.end();
    await world.close();
  }
}

const brokenOff = (stop: AbortSignal): Promise<never> =>
  new Promise((_, reject) => stop.addEventListener('abort', () => reject(new Error('it was broken off'))));

/** One device of every store plays a part. */
const startParts = ({ mqttPort }: Installation): ScriptedDevice[] =>
  Array.from({ length: STORES }, (_, s) => {
    const place = { chain: CHAIN, store: `s${s}`, device: 'part' };
    return new ScriptedDevice(mqttPort, place, `partofstore${s}`);
  });

/** One of every kind first; then all that can be done, in any order, and again in another. */
function* deck(faults: readonly Fault[], kinds: readonly FaultKind[] | undefined, random: Random): Generator<Fault> {
  const possible = faults.filter(({ kind }) => kinds === undefined || kinds.includes(kind));
  if (possible.length === 0) throw new Error('nothing of this can be struck here');
  const shuffled = random.shuffle(possible);
  const isFirstOfKind = (fault: Fault, i: number) => shuffled.findIndex(({ kind }) => kind === fault.kind) === i;
  yield* shuffled.filter(isFirstOfKind);
  yield* shuffled.filter((fault, i) => !isFirstOfKind(fault, i));
  for (;;) yield* random.shuffle(possible);
}

async function strike(fault: Fault, load: SenderLoad, say: (line: string) => void): Promise<Strike> {
  const { kind, target } = fault;
  const [at, sentBefore] = [Date.now(), load.senders.map(({ sent }) => sent)];
  try {
    const evidence = await fault.strike();
    const wellAfterMs = await load.becomesWell(WELL_WITHIN_MS, 'after it');
    const made = { kind, target, at, evidence, wellAfterMs, sentBefore };
    say(tell(made));
    return made;
  } catch (error) {
    throw new Error(`${kind} · ${target}: ${(error as Error).message}`, { cause: error });
  }
}

const tell = ({ at, kind, target, evidence, wellAfterMs }: Strike): string =>
  `${new Date(at).toISOString().slice(11, 23)} ${kind} · ${target} · ${evidence} · well again after ${wellAfterMs} ms`;

/** What was committed, once real agents have sent what they kept; with their gaps, if these do not close. */
async function settledLog({ log }: Installation, { senders }: SenderLoad): Promise<Committed> {
  for (let look = 0; ; look++) {
    const committed = await log.read();
    if (look === LOG_LOOKS || judgeAgents(committed, senders).agentGaps.length === 0) return committed;
    // A look may take the collector down for a moment: then agents need their time to come back.
    await pause(LOG_LOOK_PAUSE_MS);
  }
}

/** What a person needs to see it happen again. */
function story(
  { setup, seed }: CampaignOptions,
  strikes: readonly Strike[],
  { collectors }: Installation,
  error: Error,
): string {
  const words = collectors.map(({ name, lastWords }) => `${name} said last:\n${lastWords}`);
  const head = `set-up ${setup}, seed ${seed}: ${error.message}\nWhat came before:`;
  return [head, ...strikes.map(tell), ...words].join('\n');
}
