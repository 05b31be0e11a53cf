import { join } from 'node:path';
import { desksNowhere } from '../../alerting/engine/routing/routing.ts';
import { defaultRulePackPath, readRules } from '../../alerting/rules/read-rule-pack.ts';
import type { TicketContext } from '../../alerting/tickets/ticket-context.ts';
import { LeaseKeeper } from '../../collector/cluster/lease-keeper.ts';
import { Devices } from '../../collector/devices.ts';
import { machineTime } from '../../collector/ingest/attention.ts';
import type { Cluster } from '../../collector/ports.ts';
import { StateStoreError } from '../../collector/state/state-store-error.ts';
import { startDashboard } from '../../dashboard/server/start-dashboard.ts';
import type { Chain } from '../../protocol/inventory.ts';
import { storeOf } from '../../protocol/names.ts';
import { builtWeb } from '../built.ts';
import { Fault } from '../fault.ts';
import { isLoopback } from '../loopback.ts';
import type { AgentSettings, ServerSettings } from '../settings.ts';
import { version } from '../version.ts';
import { words } from '../words/index.ts';
import { createAccess, TOKEN_FILE } from './access.ts';
import { createActions } from './actions.ts';
import { createAgentConfigs } from './agent-configs.ts';
import { createAgents } from './agents.ts';
import { createAssets } from './assets.ts';
import { createBacktests } from './backtests.ts';
import { dashboardPorts, importChains } from './dashboard-ports.ts';
import { contextOf, openDesks, watchingOf } from './desks.ts';
import { createDigests } from './digests.ts';
import { createLive } from './live.ts';
import { createServerLog } from './log.ts';
import { createMaintenance } from './maintenance.ts';
import { createOnCall } from './on-call.ts';
import { openMetrics, openState } from './open-stores.ts';
import { createOutsideAlerts } from './outside-alerts.ts';
import { createReleases } from './releases.ts';
import { createRules } from './rules.ts';
import { createSelf, type Self } from './self.ts';
import { SelfWatch, withoutSelf } from './self-watch.ts';
import { servePartition } from './serve-partition.ts';
import { Served } from './served.ts';
import { createReceipts, type OpenedBroker, openBroker, tellPresence } from './server-broker.ts';
import { standingAlerts } from './standing-alerts.ts';
import { holdFolder, listening, orFault } from './start-faults.ts';
import { createStorePages } from './store-pages.ts';

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
    const { publicUrl } = settings;
    const ticketContext: TicketContext = {
      timeZoneOf: (store) => devices.store(store)?.timeZone,
      deviceOf: (device) => devices.device(device),
      ...(publicUrl !== undefined && { publicUrl }),
    };
    const desks = await openDesks(settings.desks, ticketContext);
    const assets = createAssets({
      state,
      chains: () => withoutSelf(devices.chains()),
      now,
      onTold: (told) => served.told(told),
    });
    closers.push(() => assets.close());
    const self = createSelf({
      version: version(),
      startedAt: now(),
      locale,
      limits: settings.limits,
      state,
      metrics: metrics.reader,
      broker: () => broker,
      desks: Object.keys(desks),
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

    const onCall = await createOnCall({
      state,
      isShared: cluster !== undefined,
      onTrouble: (error) => trouble('cluster', 'on-call', error),
      now,
    });
    closers.push(() => onCall.close());
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
    const unknown = desksNowhere(rules.pack().routing?.routes, Object.keys(desks));
    if (unknown.length > 0) log.warn({ desks: unknown }, 'routes name desks that are not configured');
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
            onCall: onCall.whoIsOn,
            desks,
            watching: watchingOf(settings.desks),
            manners: Object.fromEntries(
              Object.entries(settings.desks).map(([name, desk]) => [name, desk.manners ?? {}]),
            ),
            told: Object.keys(desks).filter((name) => !settings.desks[name]?.standby),
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
    const storePages = await createStorePages({
      state,
      devices,
      served,
      publicUrl,
      onTrouble: (error) =>
        log.warn({ err: error }, 'what stores said too long ago could not be ended; it is tried again'),
      now,
    });
    closers.push(() => storePages.close());
    const outsideAlerts = createOutsideAlerts({
      state,
      chains: () => devices.chains(),
      served,
      onLeft: ({ alert, why }) => served.partitions[0]?.collector.note('alertmanager', `${alert}: ${why}`),
      onTrouble: (error) => log.warn({ err: error }, 'alerts from outside could not be ended; it is tried again'),
      now,
    });
    closers.push(() => outsideAlerts.close());
    const digests = createDigests({
      state,
      desks,
      devices,
      context: ticketContext,
      isUsed: () => rules.pack().routing?.routes?.some(({ digest }) => digest !== undefined) ?? false,
      isInCharge: () => served.isInCharge,
      onTrouble: (desk, error) => trouble('desk', `${desk} digest`, error),
      now,
    });
    closers.push(() => digests.close());
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
          desks,
          ticketContextOf: (name) => {
            const desk = settings.desks[name];
            return desk && contextOf(desk, ticketContext);
          },
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
          onCall: onCall.port,
          outsideAlerts: outsideAlerts.port,
          rules: rules.port,
          backtests: backtests.port,
          storePages: storePages.port,
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
    onCall.start();
    rules.start();
    releases.start();
    storePages.start();
    digests.start();
    outsideAlerts.start();
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

/** What people write into their agents' configuration: the first name of this server. */
function agentsAt(
  { names: [name = 'localhost'], mqttUrl }: AgentSettings,
  mqttPort: number | undefined,
  httpsPort: number,
  text: ReturnType<typeof words>,
): string {
  return text.agentsAt(mqttUrl ?? `mqtts://${name}:${mqttPort}`, `https://${name}:${httpsPort}`);
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
