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

export interface Scheduler {
  /**
   * From now on these checks at this pace. A check whose entry is the same goes on as it was, with all it remembers; a
   * new one runs at once; one that is gone is told to end, and nothing of it is reported any more.
   */
  change(to: { checks: readonly RunnableCheck[]; intervalMs: number }): void;
  stop(): void;
}

interface Runner {
  name: string;
  entry: string | undefined;
  everyS: number;
  /** The tick it began with. */
  since: number;
  run: () => Promise<CheckResult>;
  ending: AbortController;
}

/**
 * Runs the checks, first at once and then once per interval at a moment of the clock that is the device's own, so that a
 * chain whose power comes back does not report in step. Each tick gives one report: when all its checks have answered, or
 * at half the interval; what comes later joins the next report with its own time.
 */
export function startScheduler(options: SchedulerOptions): Scheduler {
  const { seed, clock, say, onReport } = options;
  let isStopped = false;
  let intervalMs = options.intervalMs;
  let late: CheckResult = { points: [], statuses: [] };
  let ticks = 0;
  let runners: Runner[] = options.checks.map(createRunner);
  let cancelTick = clock.after(seedOf(seed) % FIRST_DELAY_MAX_MS, tick);

  function createRunner(check: RunnableCheck): Runner {
    const ending = new AbortController();
    const { name, entry, everyS = 0 } = check;
    return {
      name,
      entry,
      everyS,
      since: ticks,
      ending,
      run: createCheckRunner(check, { clock, say, stopped: ending.signal }),
    };
  }

  function tick(): void {
    cancelTick = clock.after(untilPhase(clock.now(), seedOf(seed) % intervalMs, intervalMs), tick);
    const due = runners.filter(({ since, everyS }) => {
      const everyTicks = Math.max(1, Math.round((everyS * 1000) / intervalMs));
      return (ticks - since) % everyTicks === 0;
    });
    gather(due, due.some(({ since }) => since === ticks) ? Math.min(FIRST_GATHER_MS, intervalMs / 2) : intervalMs / 2);
    ticks += 1;
  }

  function gather(due: readonly Runner[], waitMs: number): void {
    const gathered: Gathered = { at: clock.now(), ...late };
    late = { points: [], statuses: [] };
    let waiting = due.length;
    let isOpen = true;
    const close = () => {
      if (!isOpen) return;
      isOpen = false;
      cancelClose();
      if (!isStopped) onReport(gathered);
    };
    const cancelClose = clock.after(waitMs, close);
    const take = ({ ending }: Runner, { points, statuses }: CheckResult) => {
      if (!ending.signal.aborted) {
        const into = isOpen ? gathered : late;
        into.points.push(...(isOpen ? points : points.map((point) => ({ at: gathered.at, ...point }))));
        into.statuses.push(...statuses);
      }
      waiting -= 1;
      if (waiting === 0) close();
    };
    for (const runner of due) void runner.run().then((result) => take(runner, result));
    if (waiting === 0) close();
  }

  return {
    change(to) {
      if (isStopped) return;
      const before = new Map(runners.map((runner) => [runner.name, runner]));
      runners = to.checks.map((check) => {
        const known = before.get(check.name);
        if (!known || known.entry === undefined || known.entry !== check.entry) return createRunner(check);
        before.delete(check.name);
        return known;
      });
      for (const { ending } of before.values()) ending.abort(new Error('the check is not wanted any more'));
      intervalMs = to.intervalMs;
      cancelTick();
      cancelTick = clock.after(FIRST_DELAY_MAX_MS, tick);
    },
    stop() {
      isStopped = true;
      cancelTick();
      for (const { ending } of runners) ending.abort(new Error('the agent stops'));
    },
  };
}

/** Milliseconds to the next moment that is the device's own, never less than half an interval away. */
export function untilPhase(now: number, phase: number, intervalMs: number): number {
  const toNext = (((phase - now) % intervalMs) + intervalMs) % intervalMs;
  return toNext < intervalMs / 2 ? toNext + intervalMs : toNext;
}
