import type { Point } from '../protocol/messages.ts';
import type { CheckResult } from './check.ts';
import type { Clock } from './clock.ts';
import type { OutboxStats } from './outbox/outbox.ts';

/** How often each check's own figures are told: with every report they would be most of it. */
const CHECKS_EVERY_MS = 300_000;
const CHECKS_MAX = 50;
/** Below this the clock was nudged, not set. */
const STEP_NOTICED_MS = 1000;

interface Runs {
  runs: number;
  failures: number;
  longestMs: number;
}

/** What the agent says of itself. */
export interface Self {
  /** Points of the next report. `certificate`: how its certificate stands, where it has one. */
  points(stats: OutboxStats, certificate?: Readonly<Record<string, number>>): Point[];
  /** Runs a check and remembers how long it took and whether it failed. */
  time(check: string, signal: AbortSignal, run: () => Promise<CheckResult>): Promise<CheckResult>;
  /** A connection was made. */
  connected(): void;
}

export function watchSelf(clock: Clock): Self {
  let runs = new Map<string, Runs>();
  let failures = 0;
  let connections = 0;
  let wall = clock.now();
  let steady = clock.monotonicMs();
  let checksToldAt = steady;

  function note(check: string, ms: number, isFailed: boolean): void {
    const known = runs.get(check) ?? { runs: 0, failures: 0, longestMs: 0 };
    known.runs += 1;
    known.longestMs = Math.max(known.longestMs, ms);
    if (isFailed) known.failures += 1;
    if (isFailed) failures += 1;
    runs.set(check, known);
  }

  /** By how much the clock was set since the last report, seconds. */
  function stepS(): number {
    const [wallBefore, steadyBefore] = [wall, steady];
    wall = clock.now();
    steady = clock.monotonicMs();
    const stepMs = wall - wallBefore - (steady - steadyBefore);
    return Math.abs(stepMs) < STEP_NOTICED_MS ? 0 : Math.round(stepMs) / 1000;
  }

  /** The slowest, now and then. */
  function checkPoints(): Point[] {
    if (steady - checksToldAt < CHECKS_EVERY_MS) return [];
    checksToldAt = steady;
    const slowest = [...runs].sort(([, a], [, b]) => b.longestMs - a.longestMs).slice(0, CHECKS_MAX);
    runs = new Map();
    return slowest.map(([check, { longestMs, ...counts }]) => ({
      m: 'internal_check',
      t: { check },
      f: { duration_ms: Math.round(longestMs * 10) / 10, ...counts },
    }));
  }

  return {
    points({ reports, bytes, dropped, oldestAt }, certificate) {
      const { user, system } = process.cpuUsage();
      const clockStep = stepS();
      const self: Point = {
        m: 'internal_agent',
        f: {
          rss_bytes: process.memoryUsage.rss(),
          cpu_seconds: (user + system) / 1e6,
          outbox_reports: reports,
          outbox_bytes: bytes,
          outbox_oldest_seconds: oldestAt === undefined ? 0 : Math.max(0, Math.round((wall - oldestAt) / 1000)),
          dropped_reports: dropped,
          reconnects: Math.max(0, connections - 1),
          check_failures: failures,
          clock_step_seconds: clockStep,
          ...certificate,
        },
      };
      return [self, ...checkPoints()];
    },

    async time(check, signal, run) {
      const from = clock.monotonicMs();
      let isFailed = true;
      try {
        const result = await run();
        isFailed = signal.aborted;
        return result;
      } finally {
        note(check, clock.monotonicMs() - from, isFailed);
      }
    },

    connected() {
      connections += 1;
    },
  };
}
