import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import type { Random } from '../../cli/demo/random.ts';
import type { Inventory } from '../../protocol/inventory.ts';
import { openTestDesk, type TestDesk } from '../fakes/desk.ts';
import { canStepClocks, createSteppedClock, type SteppedClock } from '../support/faketime.ts';
import { type FaultProxy, startFaultProxy } from '../support/fault-proxy.ts';
import { freePort } from '../support/free-port.ts';
import { mountSmallDisk, type SmallDisk } from '../support/full-disk.ts';
import { type Influxd, startInfluxd } from '../support/influxd.ts';
import { startMosquitto } from '../support/mosquitto.ts';
import { startPostgres } from '../support/postgres.ts';
import type { RealServer } from '../support/real-server.ts';
import { keepSqliteLog, type LogKeeper } from './committed.ts';
import { keepPostgresLog } from './committed-postgres.ts';
import { MqttRoad } from './mqtt-road.ts';
import { AgentProcess, CollectorProcess, ServerProcess } from './processes.ts';

const TOKEN = 'a-token-for-this-test-only';
const DESK_SECRET = 'a-secret-of-the-desk';
const RULES = new URL('campaign-rules.yaml', import.meta.url).pathname;
const DISK_BYTES = 512 * 1024 * 1024;
export const INFLUX_DATABASE = 'vigie';

/** What Vigie is set up on. */
export const SETUPS = {
  1: { title: 'embedded broker, SQLite, embedded metrics', broker: false, influx: false, collectors: ['a'] },
  2: { title: 'Mosquitto, SQLite, InfluxDB', broker: true, influx: true, collectors: ['a'] },
  3: { title: 'Mosquitto, PostgreSQL, InfluxDB, two collectors', broker: true, influx: true, collectors: ['a', 'b'] },
} as const;
export type SetupName = keyof typeof SETUPS;

/** Stores of numbered senders; every store also has a device that plays a part. */
export const STORES = 5;
export const SENDERS_PER_STORE = 4;
export const CHAIN = 'load';
/** Where the large reports come from that make a full disk felt. */
export const BALLAST = { store: 's0', device: 'ballast' };
const AGENTS = 2;

/** One whole Vigie of real processes, with everything between them that can be struck. */
export interface Installation {
  readonly setup: SetupName;
  /** Where agents and senders connect. */
  readonly mqttPort: number;
  readonly collectors: readonly CollectorProcess[];
  readonly agents: readonly AgentProcess[];
  readonly desk: TestDesk;
  readonly servers: readonly ServerProcess[];
  /** InfluxDB itself, past every proxy. */
  readonly influx: Influxd | undefined;
  /** The networks, by who speaks over them to whom. */
  readonly networks: readonly { name: string; proxy: FaultProxy }[];
  readonly agentNetwork: FaultProxy;
  readonly road: MqttRoad;
  /** Where a collector keeps its state; undefined where it does not, and where this machine does not let us have one. */
  readonly disk: SmallDisk | undefined;
  readonly clock: SteppedClock | undefined;
  readonly log: LogKeeper;
  close(): Promise<void>;
}

export async function startInstallation(setup: SetupName, random: Random): Promise<Installation> {
  const { broker: external, influx: wantsInflux, collectors: names } = SETUPS[setup];
  const folder = mkdtempSync(join(tmpdir(), 'vigie-faults-'));
  const undo: (() => unknown)[] = [() => rmSync(folder, { recursive: true, force: true })];
  const close = async () => {
    for (const work of undo.splice(0).reverse()) await work();
  };
  try {
    // Collectors on PostgreSQL keep nothing on a disk of their own that could be full.
    const disk = names.length > 1 ? undefined : mountSmallDisk(DISK_BYTES);
    if (disk) undo.push(() => disk.remove());
    const clock = canStepClocks() ? createSteppedClock() : undefined;
    if (clock) undo.push(() => clock.remove());
    const desk = await openTestDesk({ secrets: [DESK_SECRET], now: () => signedAt(desk) });
    undo.push(() => desk.close());

    const networks: { name: string; proxy: FaultProxy }[] = [];
    const network = async (name: string, port: number, road?: MqttRoad): Promise<FaultProxy> => {
      const proxy = await startFaultProxy({ target: { port }, ...(road && { stage: road.stage }) });
      undo.push(() => proxy.close());
      networks.push({ name, proxy });
      return proxy;
    };
    const servers: ServerProcess[] = [];
    const keep = (name: string, server: RealServer, remove: () => Promise<void>) => {
      servers.push(new ServerProcess(name, server));
      undo.push(remove);
    };
    const mosquitto = external ? await startMosquitto() : undefined;
    if (mosquitto) keep('broker', mosquitto, () => mosquitto.remove());
    const influx = wantsInflux ? await startInfluxd() : undefined;
    if (influx) keep('influx', influx.server, () => influx.stop());
    const postgres = names.length > 1 ? await startPostgres() : undefined;
    if (postgres) keep('postgres', postgres, () => postgres.destroy());
    const stateUrl = await postgres?.createDatabase();

    const brokerPort = mosquitto?.port ?? (await freePort());
    const road = new MqttRoad(() => random.next());
    undo.push(() => road.close());
    const agentNetwork = await network('agents', brokerPort, road);

    const collectors: CollectorProcess[] = [];
    for (const name of names) {
      const through = async (what: string, url: string) => {
        const proxied = new URL(url);
        proxied.port = String((await network(`${what} of ${name}`, Number(proxied.port))).port);
        return proxied.href.replace(/\/$/, '');
      };
      const dataDir = join(disk?.path ?? folder, `data-${name}`);
      mkdirSync(dataDir);
      const httpPort = await freePort();
      const config = join(folder, `${name}.yaml`);
      writeFileSync(
        config,
        stringify({
          http: { host: '127.0.0.1', port: httpPort },
          ...(mosquitto
            ? { broker: { url: await through('broker', `mqtt://127.0.0.1:${mosquitto.port}`) } }
            : { mqtt: { host: '127.0.0.1', port: brokerPort } }),
          ...(stateUrl !== undefined && { state: { postgres: { url: await through('postgres', stateUrl) } } }),
          ...(influx && {
            metrics: { influx: { url: await through('influx', influx.url), version: 1, database: INFLUX_DATABASE } },
          }),
          ...(names.length > 1 && { collector: { id: name } }),
          dataDir,
          rules: RULES,
          desks: { main: { type: 'webhook', url: desk.url, secretEnv: 'VIGIE_DESK_SECRET' } },
        }),
      );
      const collector = new CollectorProcess(name, {
        config,
        url: `http://127.0.0.1:${httpPort}`,
        env: { VIGIE_ADMIN_TOKEN: TOKEN, VIGIE_DESK_SECRET: DESK_SECRET, ...clock?.env },
      });
      undo.push(() => collector.kill());
      await collector.start();
      collectors.push(collector);
    }
    await importInventory((collectors[0] as CollectorProcess).url);
    const log = stateUrl
      ? await keepPostgresLog(stateUrl)
      : await keepSqliteLog(join(disk?.path ?? folder, 'data-a', 'state.sqlite'), async (work) => {
          const [collector] = collectors as [CollectorProcess];
          await collector.stop();
          work();
          await collector.start();
        });

    const agents = Array.from({ length: AGENTS }, (_, i) => {
      const dataDir = join(folder, `agent-${i}`);
      mkdirSync(dataDir);
      const config = join(folder, `agent-${i}.yaml`);
      writeFileSync(
        config,
        stringify({
          chain: CHAIN,
          store: `s${i}`,
          device: 'agent',
          server: `mqtt://127.0.0.1:${agentNetwork.port}`,
          dataDir,
          intervalS: 1,
          keepaliveS: 5,
          checks: [{ type: 'mem' }],
        }),
      );
      return new AgentProcess(`agent ${i}`, { config });
    });
    for (const agent of agents) {
      undo.push(() => agent.kill());
      await agent.start();
    }
    return {
      setup,
      mqttPort: agentNetwork.port,
      collectors,
      agents,
      desk,
      servers,
      influx,
      networks,
      agentNetwork,
      road,
      disk,
      clock,
      log,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Numbered senders are printers, for which the campaign has no rule: only the devices that play a part make alerts. */
function inventory(): Inventory {
  return {
    chains: [
      {
        name: CHAIN,
        title: 'Load',
        locale: 'en',
        stores: Array.from({ length: STORES }, (_, s) => ({
          name: `s${s}`,
          title: `Store ${s}`,
          timeZone: 'Europe/Paris',
          devices: [
            { name: 'part', ...(s % 2 === 0 ? { kind: 'till' as const, lane: 1 } : { kind: 'server' as const }) },
            { name: 'agent', kind: 'other' as const },
            ...(`s${s}` === BALLAST.store ? [{ name: BALLAST.device, kind: 'other' as const }] : []),
            ...Array.from({ length: SENDERS_PER_STORE }, (_, d) => ({ name: `d${d}`, kind: 'printer' as const })),
          ],
        })),
      },
    ],
  };
}

async function importInventory(url: string): Promise<void> {
  const answer = await fetch(`${url}/api/v1/inventory`, {
    method: 'POST',
    headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' },
    body: JSON.stringify(inventory()),
  });
  if (!answer.ok) throw new Error(`the inventory was refused: ${await answer.text()}`);
}

/**
 * The desk's clock goes with Vigie's, which a campaign sets: a request signed just before a step is not a stale one. Its
 * signature is still verified.
 */
function signedAt(desk: TestDesk): number {
  const header = String(desk.requests.at(-1)?.headers['x-signature']);
  return Number(/^t=(\d+)/.exec(header)?.[1] ?? 0) * 1000;
}
