import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type DeviceEvent, EVENTS_MAX } from '../protocol/events.ts';
import { type Birth, type Point, type Report, WIRE_VERSION } from '../protocol/messages.ts';
import { deviceKey } from '../protocol/names.ts';
import { newBoot } from './boot.ts';
import type { Central } from './central/central.ts';
import type { CheckContext } from './check.ts';
import type { RunnableCheck } from './check-runner.ts';
import { type Clock, systemClock } from './clock.ts';
import { type AgentConfig, movesLink } from './config.ts';
import { hashOf } from './config-hash.ts';
import { createDelivery } from './delivery.ts';
import { fitReport } from './fit-report.ts';
import { createLog, type Log } from './log.ts';
import { openOutbox } from './outbox/outbox.ts';
import { together } from './passenger.ts';
import { createContext } from './platform/context.ts';
import { readHostFacts } from './platform/host-facts.ts';
import type { Supervisor } from './platform/supervisor.ts';
import { type Gathered, startScheduler } from './scheduler.ts';
import { watchSelf } from './self.ts';
import { warnOfExposure } from './server-files.ts';
import { startSession } from './session.ts';
import type { Installation } from './update/installation.ts';
import { watchLink } from './watch-link.ts';
import type { Say } from './words.ts';

const MOST_POINTS = 2000;
const MOST_STATUSES = 500;
/** The centre's own broker takes a little over a megabyte, with the topic. */
const REPORT_MAX_BYTES = 900_000;
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
  /** Where a package put it, so that it can replace itself; ends this run when it is to be started again. */
  installation?: Installation & { restart(): void };
  supervisor?: Supervisor;
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
export async function startAgent(local: AgentConfig, given: Partial<AgentIo> = {}): Promise<Agent> {
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
  const { chain, store, device } = local;
  const boot = newBoot(clock.now());
  const centre = local.central === false ? undefined : await listenToCentre(local, io);
  /** What it runs; the centre may change it. */
  let config = centre?.config ?? local;
  const say: Say = (words) => words[config.locale];
  const host = await io.hostFacts();

  const outbox = openOutbox({
    // Names hold no `~`. A device that is renamed must not send another's reports as its own.
    folder: join(config.dataDir, `outbox~${chain}~${store}~${device}`),
    maxBytes: config.outbox.maxBytes,
    maxAgeMs: config.outbox.maxAgeH * HOUR_MS,
    now: clock.now,
    log,
  });
  const updates = io.installation && (await import('./update/start.ts'));
  const kept = createDelivery({
    outbox: updates ? updates.tellingDelivery(outbox, boot, () => updater?.delivered()) : outbox,
    clock,
    log,
    get staleAfterMs() {
      return Math.max(STALE_INTERVALS * config.intervalS * 1000, STALE_MIN_MS);
    },
  });
  const delivery = centre ? watchLink(kept, centre.link) : kept;
  const commands =
    local.actions &&
    (await import('./commands/start.ts')).startCommands({
      me: deviceKey(chain, store, device),
      dataDir: local.dataDir,
      actions: local.actions,
      context: io.context,
      // On a connection only: none is there before the session below.
      send: async (payload) => session.send('reply', payload),
      clock,
      say,
      log,
    });
  const updater =
    io.installation &&
    updates?.startUpdates({
      installation: io.installation,
      ...{ version: io.version, chance: io.chance, clock, log },
      dataDir: local.dataDir,
      sale: local.actions?.sale,
      context: (name, signal) => io.context(name, signal, say),
      intervalMs: config.intervalS * 1000,
      onChange: () => session.announce(),
      onConfirmed: () => io.supervisor?.ready(),
      restart: io.installation.restart,
    });
  const birth = (): Birth => {
    const gap = outbox.gap();
    return {
      v: WIRE_VERSION,
      boot,
      at: clock.now(),
      agent: {
        version: io.version,
        config: hashOf(config),
        ...(centre && { central: centre.state() }),
        ...(updater && { update: updater.state() }),
      },
      intervalS: config.intervalS,
      host,
      checks: config.checks.map(({ name }) => name),
      ...(config.watches.length > 0 && { watches: [...config.watches] }),
      ...(gatewayPort() > 0 && { gateway: { port: gatewayPort() } }),
      ...(commands && { actions: commands.allowed }),
      ...(gap && { gap }),
    };
  };
  const gateway =
    local.gateway &&
    (await (
      await import('./gateway/start-gateway.ts')
    ).startGateway({
      options: local.gateway,
      ...{ chain, store, device, boot, clock, log },
      dataDir: local.dataDir,
      maxAgeMs: local.outbox.maxAgeH * HOUR_MS,
    }));
  const gatewayPort = () => gateway?.ports().mqtt ?? local.gateway?.port ?? 0;
  let seq = 0;
  let cutToldMs = Number.NEGATIVE_INFINITY;
  /** Keeps a report until the centre has it: of this device, or of one it watches. */
  function file(gathered: Gathered, own: readonly Point[], watched?: string, events?: readonly DeviceEvent[]): void {
    seq += 1;
    const about = watched === undefined ? {} : { by: device, device: watched };
    const report = assemble(gathered, { boot, seq, own, about, ...(events && { events }) });
    const { json, ...cut } = fitReport(report, REPORT_MAX_BYTES);
    if (Object.values(cut).some((left) => left > 0)) tellCut(watched ?? device, cut);
    delivery.offer(outbox.append(Buffer.from(json), report.at));
  }
  function tellCut(of: string, cut: Record<string, number>): void {
    const now = clock.monotonicMs();
    if (now - cutToldMs < HOUR_MS) return;
    cutToldMs = now;
    log('warn', 'a report is too long: some of it was left out', { device: of, ...cut });
  }
  const snmp =
    config.snmp &&
    (await import('./snmp/start.ts')).startSnmp({
      options: config.snmp,
      ...{ chain, store, device, boot, clock, log, say },
      dataDir: local.dataDir,
      env: process.env,
      file: (of, gathered, events) => file(gathered, [], of === device ? undefined : of, events),
      onFound: () => {
        if (inventory) inventory.lookNow();
      },
    });
  // Loaded only where it was ever asked for: most tills never watch anybody.
  if (!config.snmp && existsSync(join(local.dataDir, 'snmp-told.json'))) {
    (await import('./snmp/leave-all.ts')).leaveAll(local.dataDir, log, (of, statuses) =>
      file({ at: clock.now(), points: [], statuses }, [], of === device ? undefined : of),
    );
  }
  const passengers = [
    gateway?.passenger,
    snmp?.passenger,
    local.through !== undefined &&
      !gateway &&
      (await import('./gateway/neighbour.ts')).createNeighbour(deviceKey(chain, store, device)),
  ].filter((each) => each !== undefined && each !== false);
  const self = watchSelf(clock);
  warnOfExposure(config.server, log);
  const session = startSession({
    get server() {
      return config.server;
    },
    chain,
    store,
    device,
    get keepaliveS() {
      return config.keepaliveS;
    },
    boot,
    birth,
    onBirthTold: ({ gap }) => gap && outbox.settleGap(gap),
    delivery,
    hears: {
      ...(centre && { config: centre.hear }),
      ...(commands && { command: commands.hear }),
      ...(updater && { release: updater.hear }),
    },
    onConnected() {
      self.connected();
      commands?.connected();
    },
    ...(passengers.length > 0 && { passenger: together(passengers) }),
    clock,
    chance: io.chance,
    log,
  });

  const runnable = ({ checks, intervalS }: AgentConfig): { checks: RunnableCheck[]; intervalMs: number } => ({
    intervalMs: intervalS * 1000,
    checks: checks.map(({ run, ...check }) => ({
      ...check,
      run: (signal) => self.time(check.name, signal, () => run(io.context(check.name, signal, say))),
    })),
  });
  const renewal =
    local.server.tls?.certFile === join(local.dataDir, 'identity', 'agent.crt')
      ? (await import('./identity/renew.ts')).startRenewal({ dataDir: local.dataDir, clock, chance: io.chance, log })
      : undefined;
  const scheduler = startScheduler({
    ...runnable(config),
    seed: deviceKey(chain, store, device),
    clock,
    say,
    onReport(gathered) {
      file(gathered, self.points(outbox.stats(), renewal?.fields()));
      centre?.checked(gathered.at, gathered.statuses);
      io.supervisor?.beat();
    },
  });
  centre?.govern({
    apply(next) {
      const before = config;
      config = next;
      scheduler.change(runnable(config));
      if (config.snmp) snmp?.change(config.snmp);
      if (config.watches.join() !== before.watches.join()) session.announce();
      if (!movesLink(before, config)) return;
      warnOfExposure(config.server, log);
      session.reconnect();
    },
    announce: () => session.announce(),
  });
  const inventory =
    local.inventory &&
    (await import('./inventory/start.ts')).startInventory({
      options: local.inventory,
      ...{ version: io.version, boot, clock, say, log },
      seed: deviceKey(chain, store, device),
      context: io.context,
      more: snmp?.collectors ?? [],
      send: (payload) => session.send('facts', payload),
    });
  // A new version is ready once its reports arrive.
  if (!updater?.isOnTrial) io.supervisor?.ready();
  log('info', 'agent started', { device: deviceKey(chain, store, device), boot, checks: config.checks.length });

  return {
    boot,
    async stop() {
      updater?.stop();
      renewal?.stop();
      centre?.stop();
      scheduler.stop();
      if (inventory) inventory.stop();
      await commands?.stop();
      await snmp?.stop();
      await gateway?.stop();
      await session.stop();
      outbox.close();
      log('info', 'agent stopped', { boot });
    },
  };
}

async function listenToCentre(local: AgentConfig, { clock, log }: AgentIo): Promise<Central> {
  const { openCentral } = await import('./central/central.ts');
  return openCentral({ local, clock, log });
}

/** What names it comes before the points: the outbox and the session look for it near the beginning. */
const assemble = ({ at, points, statuses }: Gathered, { boot, seq, own, about, events }: Assembly): Report => ({
  v: WIRE_VERSION,
  boot,
  seq,
  at,
  ...about,
  points: [...own, ...points].slice(0, MOST_POINTS),
  statuses: statuses.slice(0, MOST_STATUSES),
  ...(events && { events: events.slice(0, EVENTS_MAX) }),
});

interface Assembly {
  boot: string;
  seq: number;
  /** What the agent says of itself. */
  own: readonly Point[];
  /** Of a watched device. */
  about: { by?: string; device?: string };
  events?: readonly DeviceEvent[];
}
