import { setTimeout as pause } from 'node:timers/promises';
import { type CpuFigures, openCpuWindow } from '../cpu-window.ts';
import { treePssMb } from '../processes.ts';
import { VALUES_PER_REPORT } from '../report-shape.ts';
import type { Look, RunningSystem } from './system.ts';

/** One rate, offered for a while. */
export interface Step {
  offeredPerS: number;
  held: boolean;
  committedPerS: number;
  acknowledgedPerS: number | undefined;
  /** Reports acknowledged and not committed at the end: what a kill may lose. */
  uncommitted: number | undefined;
  cpu: CpuFigures;
  /** CPU seconds per 100,000 committed values, load left out. */
  cpuPer100k: number;
  pssMb: number;
}

export interface LadderOptions {
  /** Reports per second every system is asked first, so that all are seen at the same work. */
  common: number;
  /** The second rate. */
  guess: number;
  /** Before a rate is counted. The first is given more: caches fill, code is compiled. */
  firstWarmS: number;
  warmS: number;
  countS: number;
  /** Steps at most, and seconds after which none is begun. */
  steps: number;
  maxS: number;
}

/** Committed and judged at least so much of what was offered and acknowledged. */
const HELD = 0.95;
/** The ladder ends when the rate that is held and the one that is not are this near. */
const NEAR_ENOUGH = 1.08;
const DRAIN_S = 20;

/** The next rate to try, given those tried: up by half until one is not held, then in between. Undefined at the end. */
export function nextRate(
  tried: readonly { rate: number; held: boolean }[],
  { common, guess, steps }: Pick<LadderOptions, 'common' | 'guess' | 'steps'>,
): number | undefined {
  if (tried.length >= steps) return undefined;
  if (tried.length === 0) return common;
  const held = Math.max(0, ...tried.filter((step) => step.held).map(({ rate }) => rate));
  const failed = Math.min(...tried.filter((step) => !step.held).map(({ rate }) => rate));
  if (failed === Number.POSITIVE_INFINITY) return held < guess ? guess : Math.round(held * 1.5);
  // Noise may fail a rate below one that was held; the higher one counts.
  if (failed <= held * NEAR_ENOUGH) return undefined;
  return Math.round(held === 0 ? failed / 2 : Math.sqrt(held * failed));
}

/** Offers rate after rate. */
export async function climb(
  system: RunningSystem,
  options: LadderOptions,
  onStep: (step: Step) => void,
): Promise<Step[]> {
  const steps: Step[] = [];
  const until = performance.now() + options.maxS * 1000;
  for (;;) {
    const rate = nextRate(
      steps.map(({ offeredPerS, held }) => ({ rate: offeredPerS, held })),
      options,
    );
    if (rate === undefined || performance.now() > until) return steps;
    const step = await offer(system, rate, steps.length === 0 ? options.firstWarmS : options.warmS, options.countS);
    steps.push(step);
    onStep(step);
    if (!step.held) await drain(system);
  }
}

async function offer(system: RunningSystem, rate: number, warmS: number, countS: number): Promise<Step> {
  const offeredPerS = await system.offer(rate);
  await pause(warmS * 1000);
  const before = await system.look();
  // Looking may cost the system something: it is done outside of the window.
  const close = openCpuWindow(system.parts, system.loads);
  await pause(countS * 1000);
  const cpu = close();
  const pssMb = Object.values(system.parts).reduce((sum, pid) => sum + treePssMb(pid), 0);
  const after = await system.look();
  return judgeStep({ offeredPerS, before, after, cpu, pssMb });
}

/** Puts together what was seen before and after. */
export function judgeStep(seen: {
  offeredPerS: number;
  before: Look;
  after: Look;
  cpu: CpuFigures;
  pssMb: number;
}): Step {
  const { offeredPerS, before, after, cpu, pssMb } = seen;
  const seconds = (after.at - before.at) / 1000;
  const committedPerS = (after.committed - before.committed) / seconds;
  const acknowledgedPerS =
    after.acknowledged === undefined ? undefined : (after.acknowledged - (before.acknowledged ?? 0)) / seconds;
  const done = (after.judged?.done ?? 0) - (before.judged?.done ?? 0);
  const missed = (after.judged?.missed ?? 0) - (before.judged?.missed ?? 0);
  const burnt = Object.values(cpu.parts).reduce((sum, one) => sum + one, 0);
  return {
    offeredPerS,
    held:
      committedPerS >= HELD * Math.max(offeredPerS, acknowledgedPerS ?? 0) && missed <= (1 - HELD) * (done + missed),
    committedPerS,
    acknowledgedPerS,
    uncommitted: after.acknowledged === undefined ? undefined : Math.max(0, after.acknowledged - after.committed),
    cpu,
    cpuPer100k: (burnt / cpu.seconds / (committedPerS * VALUES_PER_REPORT)) * 100_000,
    pssMb,
  };
}

/** After too much, lets it finish what it has taken: the next rate is not to pay for it. */
async function drain(system: RunningSystem): Promise<void> {
  await system.offer(0);
  for (const until = performance.now() + DRAIN_S * 1000; performance.now() < until; ) {
    const { committed, acknowledged } = await system.look();
    if (acknowledged === undefined || committed >= acknowledged) return;
    await pause(500);
  }
}

/** The highest rate that was held. */
export const highestHeld = (steps: readonly Step[]): Step | undefined =>
  steps.filter(({ held }) => held).sort((a, b) => b.offeredPerS - a.offeredPerS)[0];
