import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createWebhookDesk } from '../../alerting/connectors/webhook.ts';
import { defaultRulePackPath, readRules } from '../../alerting/rules/read-rule-pack.ts';
import { type EmbeddedBroker, startEmbeddedBroker } from '../../collector/broker/aedes-broker.ts';
import { connectExternalBroker } from '../../collector/broker/external-broker.ts';
import { LeaseKeeper } from '../../collector/cluster/lease-keeper.ts';
import { Devices } from '../../collector/devices.ts';
import { machineTime } from '../../collector/ingest/attention.ts';
import { Receipts } from '../../collector/ingest/receipts.ts';
import type { Broker, Cluster } from '../../collector/ports.ts';
import { StateStoreError } from '../../collector/state/state-store-error.ts';
import { startDashboard } from '../../dashboard/server/start-dashboard.ts';
import type { Chain } from '../../protocol/inventory.ts';
import { type CollectorPresence, WIRE_VERSION } from '../../protocol/messages.ts';
import { storeOf } from '../../protocol/names.ts';
import { collectorTopic } from '../../protocol/topics.ts';
import { builtWeb } from '../built.ts';
import { Fault } from '../fault.ts';
import { takeLock } from '../lock.ts';
import { isLoopback } from '../loopback.ts';
import type { AgentSettings, ServerSettings } from '../settings.ts';
import { version } from '../version.ts';
import { words } from '../words/index.ts';
import { createAccess, TOKEN_FILE } from './access.ts';
import { createActions } from './actions.ts';
import { createAgentConfigs } from './agent-configs.ts';
import { type Agents, createAgents } from './agents.ts';
import { createAssets } from './assets.ts';
import { createBacktests } from './backtests.ts';
import { dashboardPorts, importChains } from './dashboard-ports.ts';
import { createLive } from './live.ts';
import { createServerLog } from './log.ts';
import { createMaintenance } from './maintenance.ts';
import { openMetrics, openState } from './open-stores.ts';
import { createReleases } from './releases.ts';
import { createRules } from './rules.ts';
import { createSelf, type Self } from './self.ts';
import { SelfWatch, withoutSelf } from './self-watch.ts';
import { servePartition } from './serve-partition.ts';
import { Served } from './served.ts';
import { standingAlerts } from './standing-alerts.ts';

export interface RunningServer {
  url: string;
  mqttPort: number;
  hasChain(name: string): boolean;
  importChains(chains: readonly Chain[]): Promise<void>;
  close(): Promise<void>;
}

/**
 * Starts broker, collector, judgement and dashboard in this process, and says where they are.
 * @throws Fault for what the person at the keyboard can mend; nothing is left running or open then.
 */
export async function runServer(
  settings: ServerSettings,
  say: (line: string) => void,
  stop: AbortSignal,
): Promise<RunningServer> {
  const { locale, dataDir } = settings;
  const text = words(locale);
  const now = Date.now;
  const log = createServerLog();
  /** What to undo, last first, at the end or when the start fails half-way. */
  const closers: (() => void | Promise<void>)[] = [];
  const closeAll = async () => {
    for (const close of closers.splice(0).reverse()) await close();
  };

  try {
    holdFolder(dataDir, closers, settings);
    const web = builtWeb();
    if (web === undefined) throw new Fault(text.notBuilt);
    const { state, cluster } = await openState(settings, say, stop);
    closers.push(() => state.close());
    const metrics = await orFault(() => openMetrics(settings, log));
    closers.push(() => metrics.close());
    const rulesPath = settings.rules ?? defaultRulePackPath;
    const base = await orFault(() => readRules(rulesPath));
    // Before what it counts: a change in between is then seen as one.
    const revision = await state.inventoryRevision();
    const devices = new Devices(await state.loadInventory());
    const assets = createAssets({ state, chains: () => withoutSelf(devices.chains()), now });
    closers.push(() => assets.close());
    const self = createSelf({
      version: version(),
      startedAt: now(),
      locale,
      limits: settings.limits,
      state,
      metrics: metrics.reader,
      broker: () => broker,
      served: () => ({ partitions: served.partitions, total: served.total }),
      now,
    });
    const trouble: Self['trouble'] = (part, where, error) => {
      self.trouble(part, where, error);
      if (error) log.error({ part, where, err: error }, 'a part cannot do its work; it is tried again');
    };

    const maintenance = await createMaintenance({
      state,
      chains: () => withoutSelf(devices.chains()),
      replan: () => served.replan(),
      isShared: cluster !== undefined,
      onTrouble: (error) => trouble('cluster', 'maintenance', error),
      now,
    });
    closers.push(() => maintenance.close());

    const rules = await createRules({
      state,
      base: { ...base, source: settings.rules === undefined ? 'default' : 'file' },
      chain: () => ({
        inventory: devices.judged(),
        observed: assets.observed,
        alerts: standingAlerts(served),
      }),
      rejudge: () => served.rejudge(),
      isShared: cluster !== undefined,
      onTrouble: (part, error) => trouble(part, 'rules', error),
      now,
    });
    closers.push(() => rules.close());
    const { revision: applied, text: rulesText } = rules.port.current();
    if (settings.rules !== undefined && applied > 0 && rulesText !== base.text) {
      say(text.rulesFileUnused(settings.rules, applied));
    }

    let broker: OpenedBroker | undefined;
    const agents =
      settings.agents &&
      (await createAgents({
        settings: settings.agents,
        state,
        devices,
        look: (key) => served.lookOf(storeOf(key))?.device(key),
        importChains: (chains, by) => importChains({ state, served, now }, chains, by),
        note: (source, reason) => served.partitions[0]?.collector.note(source, reason),
        listener: () => broker?.agents,
        log,
        now,
      }));
    closers.push(() => agents?.close());
    broker = await openBroker(settings, devices, agents, (client, problem) => {
      // A packet nobody can read is one more refused message; on a broker of others it keeps us from hearing at all.
      if (settings.broker) {
        log.warn({ client, problem }, 'broker');
        self.trouble('broker', 'link', new Error(problem));
      } else served.partitions[0]?.collector.note(client ?? 'mqtt', problem);
    });
    const openedBroker = broker;
    closers.push(() => openedBroker.close());
    const receipts = createReceipts(openedBroker);
    closers.push(() => receipts?.close());

    const served: Served = new Served({
      devices,
      revision,
      state,
      cluster,
      pack: rules.pack,
      now,
      observed: assets.observed,
      maintenance: maintenance.windows,
      serve: (partition, lease) =>
        servePartition(
          {
            state,
            broker: openedBroker,
            devices,
            assets,
            pack: rules.pack,
            maintenance: maintenance.windows,
            desks: createDesks(settings, devices),
            limits: settings.limits,
            sink: { retention: settings.retention, logMaxBytes: settings.limits.logBytes },
            receipts,
            ...(agents && { isBarred: agents.isBarred }),
            onReply: (agent, reply) => actions.onReply(agent, reply),
            openMetrics: metrics.openWriter,
            log,
            time: machineTime,
            onCommit: (partition, committed) => {
              live.committed(committed);
              served.committed(partition, committed.judgement);
            },
            onTicket: (change) => live.ticketChanged(change),
            onTrouble: trouble,
            onLeaseLost: (lease) => keeper?.lost(lease),
          },
          partition,
          lease,
        ),
      onShown: (shown) => live.shown(shown),
      onTrouble: (error) => trouble('cluster', 'follow', error),
    });
    const actions = await createActions({ state, devices, served, broker: openedBroker, now });
    const live = createLive({ served, devices, state, metrics: metrics.reader, now });
    closers.push(() => live.close());
    closers.push(() => served.close());

    const agentConfigs = await createAgentConfigs({
      state,
      devices,
      broker: openedBroker,
      isServed: (store) => served.isServed(store),
      log,
      now,
    });
    closers.push(() => agentConfigs.close());
    const releases = createReleases({
      state,
      devices,
      broker: openedBroker,
      dataDir,
      presences: (store) => served.lookOf(store)?.presences(store) ?? [],
      isInCharge: () => served.isInCharge,
      log,
      now,
    });
    closers.push(() => releases.close());
    const backtests = createBacktests({ state, assets, devices, readings: metrics.past, rules: rules.text, now });
    closers.push(() => backtests.close());
    const access = await createAccess({
      store: state,
      now,
      dataDir,
      adminToken: settings.adminToken,
      readingNeedsToken: !isLoopback(settings.http.host),
    });
    const dashboard = await listening('HTTP', settings.http, '--http-port', settings, () =>
      startDashboard({
        ...settings.http,
        ports: dashboardPorts({
          assets,
          pack: rules.pack,
          state,
          metrics: metrics.reader,
          devices,
          served,
          live,
          access,
          actions: actions.port,
          agents: agents?.port,
          agentConfigs: agentConfigs.port,
          releases: releases.port,
          maintenance: maintenance.port,
          rules: rules.port,
          backtests: backtests.port,
          self: agents ? { ...self, figures: () => [...self.figures(), ...agents.figures()] } : self,
          now,
        }),
        webDir: web,
        log,
        version: version(),
      }),
    );
    closers.push(() => dashboard.close());

    await served.start();
    const keeper = cluster && createKeeper(settings, cluster, served, dashboard.url, trouble);
    if (keeper) {
      closers.push(() => keeper.stop());
      await keeper.start();
    } else await served.take(0);
    const selfWatch = new SelfWatch({
      id: settings.collectorId,
      locale,
      served,
      devices,
      importChains: (chains) => importChains({ state, served, now }, chains, 'system'),
      points: self.points,
      now,
    });
    closers.push(() => (cluster ? selfWatch.leave() : selfWatch.stop()));
    selfWatch.start();
    const door =
      settings.agents &&
      agents &&
      (await listening(
        'HTTPS',
        { host: settings.agents.host, port: settings.agents.httpsPort },
        'agents.httpsPort',
        settings,
        () => agents.openDoor([releases.door]),
      ));
    closers.push(() => door?.close());
    agentConfigs.start();
    maintenance.start();
    rules.start();
    releases.start();
    await tellPresence(openedBroker, settings, true);
    closers.push(() => tellPresence(openedBroker, settings, false).catch(() => {}));

    say(text.open(dashboard.url));
    say(settings.adminToken === undefined ? text.signIn(join(dataDir, TOKEN_FILE)) : text.signInEnv);
    if (settings.broker) say(text.brokerElsewhere(settings.broker.url));
    else say(text.brokerAt(settings.mqtt.host, openedBroker.port ?? settings.mqtt.port));
    if (settings.agents && door) say(agentsAt(settings.agents, openedBroker.agents?.port, door.port, text));
    if (cluster) say(text.collectorOf(settings.collectorId, cluster.partitions));
    say(text.dataIn(dataDir));
    say(text.stopHint);
    return {
      url: dashboard.url,
      mqttPort: openedBroker.port ?? settings.mqtt.port,
      hasChain: (name) => devices.chain(name) !== undefined,
      importChains: (chains) => importChains({ state, served, now }, chains, 'system'),
      async close() {
        say(text.stopping);
        await closeAll();
        say(text.stopped);
      },
    };
  } catch (error) {
    await closeAll();
    if (error instanceof StateStoreError) throw new Fault(text.stateProblem(error.problem, error.path, error.message));
    throw error;
  }
}

type OpenedBroker = Broker & Partial<Pick<EmbeddedBroker, 'port' | 'agents'>>;

async function openBroker(
  settings: ServerSettings,
  devices: Devices,
  agents: Agents | undefined,
  onProblem: (client: string | undefined, problem: string) => void,
): Promise<OpenedBroker> {
  if (settings.broker) return connectExternalBroker(settings.broker, { now: Date.now, onProblem });
  return listening('MQTT', settings.mqtt, '--mqtt-port', settings, () =>
    startEmbeddedBroker({
      ...settings.mqtt,
      inFlight: settings.limits.inFlight,
      onProblem,
      deviceOf: (key) => devices.device(key),
      ...(agents && { agents: agents.listening }),
    }),
  );
}

/** What people write into their agents' configuration: the first name of this server. */
function agentsAt(
  { names: [name = 'localhost'], mqttUrl }: AgentSettings,
  mqttPort: number | undefined,
  httpsPort: number,
  text: ReturnType<typeof words>,
): string {
  return text.agentsAt(mqttUrl ?? `mqtts://${name}:${mqttPort}`, `https://${name}:${httpsPort}`);
}

/** Agents must be told what is committed where the broker's own acknowledgement does not tell them. */
function createReceipts(broker: Broker): Receipts | undefined {
  if (!broker.needsReceipts) return undefined;
  return new Receipts({
    publish: (topic, payload) => broker.publish(topic, payload, { qos: 0, retain: false }),
    now: Date.now,
    after(ms, run) {
      const timer = setTimeout(run, ms);
      return () => clearTimeout(timer);
    },
  });
}

function createKeeper(
  { collectorId }: ServerSettings,
  cluster: Cluster,
  served: Served,
  url: string,
  trouble: Self['trouble'],
): LeaseKeeper {
  return new LeaseKeeper({
    cluster,
    me: { id: collectorId, url },
    onTaken: (lease) => served.take(lease.partition, lease),
    onGive: (partition) => served.give(partition),
    onLost: (partition) => served.lose(partition),
    onView: (view) => served.see(view),
    onTrouble: (error) => trouble('cluster', 'leases', error),
  });
}

/** Agents keep their reports while no collector says that it is there. */
function tellPresence(broker: Broker, { collectorId }: ServerSettings, online: boolean): Promise<void> {
  const presence: CollectorPresence = {
    v: WIRE_VERSION,
    online,
    at: Date.now(),
    ...(broker.needsReceipts && { receipts: true }),
  };
  return broker.publish(collectorTopic(collectorId), JSON.stringify(presence), { qos: 1, retain: true });
}

/** One server per folder: two would each undo what the other does. */
function holdFolder(dataDir: string, closers: (() => void)[], { locale }: ServerSettings): void {
  const text = words(locale);
  let lock: ReturnType<typeof takeLock>;
  try {
    mkdirSync(dataDir, { recursive: true });
    lock = takeLock(join(dataDir, 'server.lock'));
  } catch (error) {
    throw new Fault(text.folderRefused(dataDir, (error as Error).message));
  }
  if (typeof lock === 'number') throw new Fault(text.folderHeld(dataDir, lock));
  closers.push(() => lock.release());
}

/** The stores' and the rules' own errors are plain sentences that name the file. */
async function orFault<T>(open: () => T | Promise<T>): Promise<T> {
  try {
    return await open();
  } catch (error) {
    if (error instanceof Error && /Error$/.test(error.name) && error.name !== 'Error' && error.name !== 'TypeError') {
      throw new Fault(error.message);
    }
    throw error;
  }
}

async function listening<T>(
  what: string,
  { host, port }: { host: string; port: number },
  flag: string,
  { locale }: ServerSettings,
  start: () => Promise<T>,
): Promise<T> {
  try {
    return await start();
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'EADDRINUSE') throw new Fault(words(locale).portTaken(what, host, port, flag));
    if (code === undefined) throw error;
    throw new Fault(words(locale).portRefused(what, host, port, message));
  }
}

function createDesks({ desks, publicUrl }: ServerSettings, devices: Devices) {
  return Object.fromEntries(
    Object.entries(desks).map(([name, desk]) => [
      name,
      createWebhookDesk(desk, {
        fetch,
        now: Date.now,
        timeZoneOf: (store) => devices.store(store)?.timeZone,
        ...(publicUrl !== undefined && { publicUrl }),
      }),
    ]),
  );
}
