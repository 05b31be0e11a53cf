import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createWebhookDesk } from '../../alerting/connectors/webhook.ts';
import { createJudge } from '../../alerting/judge.ts';
import { createOutbox } from '../../alerting/outbox.ts';
import { defaultRulePackPath, readRulePack } from '../../alerting/rules/read-rule-pack.ts';
import { startEmbeddedBroker } from '../../collector/broker/aedes-broker.ts';
import { Collector } from '../../collector/collector.ts';
import { Devices } from '../../collector/devices.ts';
import { openEmbeddedMetricsStore } from '../../collector/metrics/embedded-store.ts';
import { openSqliteStateStore } from '../../collector/state/sqlite-state-store.ts';
import { startDashboard } from '../../dashboard/server/start-dashboard.ts';
import type { Chain } from '../../protocol/inventory.ts';
import { chainOf } from '../../protocol/names.ts';
import { builtWeb } from '../built.ts';
import { Fault } from '../fault.ts';
import { takeLock } from '../lock.ts';
import type { ServerSettings } from '../settings.ts';
import { version } from '../version.ts';
import { words } from '../words/index.ts';
import { createAccess, TOKEN_FILE } from './access.ts';
import { dashboardPorts } from './dashboard-ports.ts';
import { createLive } from './live.ts';
import { createServerLog } from './log.ts';
import { createSelf } from './self.ts';

export interface RunningServer {
  url: string;
  mqttPort: number;
  hasChain(name: string): boolean;
  importChains(chains: readonly Chain[]): Promise<void>;
  close(): Promise<void>;
}

const RECENT_MS = 3_600_000;
const RECENT_INCIDENTS = 1_000;

/**
 * Starts broker, collector, judgement and dashboard in this process, and says where they are.
 * @throws Fault for what the person at the keyboard can mend; nothing is left running or open then.
 */
export async function runServer(settings: ServerSettings, say: (line: string) => void): Promise<RunningServer> {
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
    const state = orFault(() => openSqliteStateStore(join(dataDir, 'state.sqlite')));
    closers.push(() => state.close());
    const metrics = orFault(() =>
      openEmbeddedMetricsStore(join(dataDir, 'metrics.sqlite'), {
        onDamage: (damage) => log.error({ damage }, 'a chunk of readings cannot be read'),
      }),
    );
    closers.push(() => metrics.close());
    const devices = new Devices(state.loadInventory());
    const pack = orFault(() => readRulePack(settings.rules ?? defaultRulePackPath));
    const startedAt = now();
    const judge = createJudge({
      pack,
      store: state,
      inventory: devices.chains(),
      desks: Object.keys(settings.desks),
      localeOf: (store) => devices.chain(chainOf(store))?.locale ?? 'fr',
      recentlyResolved: state.incidents({ state: 'resolved', since: startedAt - RECENT_MS, limit: RECENT_INCIDENTS }),
      now,
    });

    const broker = await listening('MQTT', settings.mqtt, '--mqtt-port', settings, () =>
      startEmbeddedBroker({
        ...settings.mqtt,
        onProblem: (client, problem) => collector?.note(client ?? 'mqtt', problem),
      }),
    );
    closers.push(() => broker.close());
    let collector: Collector | undefined;
    const self = createSelf({
      version: version(),
      startedAt,
      locale,
      state,
      metrics,
      broker,
      collector: () => collector,
      now,
    });
    const live = createLive({ judge, devices, birthOf: (agent) => collector?.birthOf(agent), now });
    const outbox = createOutbox({
      store: state,
      desks: createDesks(settings, devices),
      onTicket: (change) => live.ticketChanged(change),
      log,
    });
    closers.push(() => outbox.stop());
    const taking = new Collector({
      id: 'embedded',
      broker,
      state,
      metrics,
      judge,
      devices,
      now,
      onCommit(committed) {
        live.committed(committed);
        if (committed.judgement.writes.tickets.length > 0) outbox.wake();
      },
      onTrouble(part, error) {
        self.trouble(part, error);
        if (error) log.error({ part, err: error }, 'cannot keep what comes in; it is tried again');
      },
    });
    collector = taking;
    closers.push(() => taking.close());

    const access = createAccess({
      store: state,
      now,
      dataDir,
      adminToken: settings.adminToken,
      readingNeedsToken: !isLoopback(settings.http.host),
    });
    const dashboard = await listening('HTTP', settings.http, '--http-port', settings, () =>
      startDashboard({
        ...settings.http,
        ports: dashboardPorts({ state, metrics, devices, collector: taking, outbox, live, access, self, now }),
        webDir: web,
        log,
        version: version(),
      }),
    );
    closers.push(() => dashboard.close());
    await taking.start();
    outbox.wake();

    say(text.open(dashboard.url));
    say(settings.adminToken === undefined ? text.signIn(join(dataDir, TOKEN_FILE)) : text.signInEnv);
    say(text.brokerAt(settings.mqtt.host, broker.port));
    say(text.dataIn(dataDir));
    say(text.stopHint);
    return {
      url: dashboard.url,
      mqttPort: broker.port,
      hasChain: (name) => devices.chain(name) !== undefined,
      importChains: (chains) => taking.replaceInventory(chains, 'system'),
      async close() {
        say(text.stopping);
        await closeAll();
        say(text.stopped);
      },
    };
  } catch (error) {
    await closeAll();
    throw error;
  }
}

const isLoopback = (host: string) => host === 'localhost' || host === '::1' || /^127\./.test(host);

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
function orFault<T>(open: () => T): T {
  try {
    return open();
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
