import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { type Birth, type Point, type Report, WIRE_VERSION } from '../protocol/messages.ts';
import { deviceKey } from '../protocol/names.ts';
import { newBoot } from './boot.ts';
import type { CheckContext } from './check.ts';
import { type Clock, systemClock } from './clock.ts';
import type { AgentConfig } from './config.ts';
import { createDelivery } from './delivery.ts';
import { createLog, type Log } from './log.ts';
import { type OutboxStats, openOutbox } from './outbox/outbox.ts';
import { createContext } from './platform/context.ts';
import { readHostFacts } from './platform/host-facts.ts';
import { type Gathered, startScheduler } from './scheduler.ts';
import { warnOfExposure } from './server-files.ts';
import { startSession } from './session.ts';
import { type Say, sayIn } from './words.ts';

const MOST_POINTS = 2000;
const MOST_STATUSES = 500;
const STALE_INTERVALS = 3;
const STALE_MIN_MS = 90_000;
const HOUR_MS = 3_600_000;

/** The outside of an agent; what is left out is the real one. */
export interface AgentIo {
  /** Of the agent, as its birth says it. */
  version: string;
  clock: Clock;
  /** A number from 0 to 1, for the pauses between connections. */
  chance: () => number;
  log: Log;
  hostFacts: () => Promise<Record<string, string>>;
  context: (name: string, signal: AbortSignal, say: Say) => CheckContext;
}

/** A running agent. */
export interface Agent {
  /** Of this run. */
  boot: string;
  /** Says goodbye to the broker and closes the outbox; within about three seconds. */
  stop(): Promise<void>;
}

/**
 * Starts an agent. A broker that is away or a disk that refuses does not stop it: it reports when and as it can. Checks
 * run from the first moment on; the first report is ready within about two seconds.
 */
export async function startAgent(config: AgentConfig, given: Partial<AgentIo> = {}): Promise<Agent> {
  const io: AgentIo = {
    version: 'unknown',
    clock: systemClock,
    chance: Math.random,
    log: createLog(),
    hostFacts: readHostFacts,
    context: createContext,
    ...given,
  };
  const { clock, log } = io;
  const { chain, store, device } = config;
  const boot = newBoot(clock.now());
  const intervalMs = config.intervalS * 1000;
  const say = sayIn(config.locale);
  const host = await io.hostFacts();

  const outbox = openOutbox({
    // Names hold no `~`. A device that is renamed must not send another's reports as its own.
    folder: join(config.dataDir, `outbox~${chain}~${store}~${device}`),
    maxBytes: config.outbox.maxBytes,
    maxAgeMs: config.outbox.maxAgeH * HOUR_MS,
    now: clock.now,
    log,
  });
  const delivery = createDelivery({
    outbox,
    clock,
    log,
    staleAfterMs: Math.max(STALE_INTERVALS * intervalMs, STALE_MIN_MS),
  });
  const configHash = createHash('sha256').update(JSON.stringify(config.written)).digest('hex').slice(0, 16);
  const birth = (): Birth => {
    const gap = outbox.gap();
    return {
      v: WIRE_VERSION,
      boot,
      at: clock.now(),
      agent: { version: io.version, config: configHash },
      intervalS: config.intervalS,
      host,
      checks: config.checks.map(({ name }) => name),
      ...(config.watches.length > 0 && { watches: [...config.watches] }),
      ...(gap && { gap }),
    };
  };
  warnOfExposure(config.server, log);
  const session = startSession({
    server: config.server,
    chain,
    store,
    device,
    keepaliveS: config.keepaliveS,
    boot,
    birth,
    onBirthTold: ({ gap }) => gap && outbox.settleGap(gap),
    delivery,
    clock,
    chance: io.chance,
    log,
  });

  let seq = 0;
  const scheduler = startScheduler({
    checks: config.checks.map(({ run, ...check }) => ({
      ...check,
      run: (signal) => run(io.context(check.name, signal, say)),
    })),
    intervalMs,
    seed: deviceKey(chain, store, device),
    clock,
    say,
    onReport(gathered) {
      seq += 1;
      const report = assemble(gathered, { boot, seq, self: selfPoint(outbox.stats()) });
      delivery.offer(outbox.append(Buffer.from(JSON.stringify(report)), report.at));
    },
  });
  log('info', 'agent started', { device: deviceKey(chain, store, device), boot, checks: config.checks.length });

  return {
    boot,
    async stop() {
      scheduler.stop();
      await session.stop();
      outbox.close();
      log('info', 'agent stopped', { boot });
    },
  };
}

/** `at` comes before the points: the outbox looks for it near the beginning. */
const assemble = (
  { at, points, statuses }: Gathered,
  { boot, seq, self }: { boot: string; seq: number; self: Point },
): Report => ({
  v: WIRE_VERSION,
  boot,
  seq,
  at,
  points: [self, ...points].slice(0, MOST_POINTS),
  statuses: statuses.slice(0, MOST_STATUSES),
});

/** What the agent says of itself. */
function selfPoint({ reports, bytes, dropped }: OutboxStats): Point {
  const { user, system } = process.cpuUsage();
  return {
    m: 'internal_agent',
    f: {
      rss_bytes: process.memoryUsage.rss(),
      cpu_seconds: (user + system) / 1e6,
      outbox_reports: reports,
      outbox_bytes: bytes,
      dropped_reports: dropped,
    },
  };
}
