import type { Point } from '../protocol/messages.ts';
import type { CheckStatus } from '../protocol/status.ts';
import type { CheckResult } from './check.ts';
import { createCheckRunner, type RunnableCheck } from './check-runner.ts';
import type { Clock } from './clock.ts';
import { seedOf } from './device-seed.ts';
import type { Say } from './words.ts';

/** The first report leaves within about two seconds of the start, whatever its slowest check does. */
const FIRST_DELAY_MAX_MS = 400;
const FIRST_GATHER_MS = 1400;

/** What all checks of one tick found. */
export interface Gathered {
  /** When the tick began, milliseconds since 1970. */
  at: number;
  points: Point[];
  statuses: CheckStatus[];
}

export interface SchedulerOptions {
  checks: readonly RunnableCheck[];
  intervalMs: number;
  /** Places this device's ticks within the interval; the same at every start. */
  seed: string;
  clock: Clock;
  say: Say;
  onReport(gathered: Gathered): void;
}

/**
 * Runs the checks, first at once and then once per interval at a moment of the clock that is the device's own, so that a
 * chain whose power comes back does not report in step. Each tick gives one report: when all its checks have answered, or
 * at half the interval; what comes later joins the next report with its own time.
 */
export function startScheduler({ checks, intervalMs, seed, clock, say, onReport }: SchedulerOptions): { stop(): void } {
  const stopping = new AbortController();
  const runners = checks.map((check) => ({
    everyTicks: Math.max(1, Math.round(((check.everyS ?? 0) * 1000) / intervalMs)),
    run: createCheckRunner(check, { clock, say, stopped: stopping.signal }),
  }));
  const phase = seedOf(seed) % intervalMs;
  let late: CheckResult = { points: [], statuses: [] };
  let ticks = 0;
  let cancelTick = clock.after(seedOf(seed) % FIRST_DELAY_MAX_MS, tick);

  function tick(): void {
    cancelTick = clock.after(untilPhase(clock.now(), phase, intervalMs), tick);
    const due = runners.filter(({ everyTicks }) => ticks % everyTicks === 0);
    gather(due, ticks === 0 ? Math.min(FIRST_GATHER_MS, intervalMs / 2) : intervalMs / 2);
    ticks += 1;
  }

  function gather(due: typeof runners, waitMs: number): void {
    const gathered: Gathered = { at: clock.now(), ...late };
    late = { points: [], statuses: [] };
    let waiting = due.length;
    let isOpen = true;
    const close = () => {
      if (!isOpen) return;
      isOpen = false;
      cancelClose();
      if (!stopping.signal.aborted) onReport(gathered);
    };
    const cancelClose = clock.after(waitMs, close);
    const take = ({ points, statuses }: CheckResult) => {
      const into = isOpen ? gathered : late;
      into.points.push(...(isOpen ? points : points.map((point) => ({ at: gathered.at, ...point }))));
      into.statuses.push(...statuses);
      waiting -= 1;
      if (waiting === 0) close();
    };
    for (const { run } of due) void run().then(take);
    if (waiting === 0) close();
  }

  return {
    stop() {
      cancelTick();
      stopping.abort(new Error('the agent stops'));
    },
  };
}

/** Milliseconds to the next moment that is the device's own, never less than half an interval away. */
export function untilPhase(now: number, phase: number, intervalMs: number): number {
  const toNext = (((phase - now) % intervalMs) + intervalMs) % intervalMs;
  return toNext < intervalMs / 2 ? toNext + intervalMs : toNext;
}
