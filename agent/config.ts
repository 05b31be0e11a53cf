import { parseDocument } from 'yaml';
import { deviceKey } from '../protocol/names.ts';
import type { CheckEntry } from './check-entry.ts';
import type { LoadedActions } from './commands/load-actions.ts';
import { ConfigError, listFaults } from './config-faults.ts';
import { AgentConfigFile, CentralOptions, CentralSettings } from './config-schema.ts';
import type { GatewayOptions } from './gateway/options.ts';
import type { InventoryOptions } from './inventory/options.ts';
import { compose, type Voice } from './layers.ts';
import { type LoadedCheck, loadChecks } from './load-checks.ts';
import { faultsInFiles, type Server } from './server-files.ts';
import type { SnmpOptions } from './snmp/options.ts';
import type { Vars } from './vars.ts';

/** A configuration found right, its defaults filled in and its checks ready to run. */
export interface AgentConfig {
  chain: string;
  store: string;
  device: string;
  server: Server;
  dataDir: string;
  intervalS: number;
  keepaliveS: number;
  locale: 'fr' | 'en';
  outbox: { maxBytes: number; maxAgeH: number };
  profile?: string;
  vars: Vars;
  checks: readonly LoadedCheck[];
  watches: readonly string[];
  /** What it tells of its machine; false: nothing. */
  inventory: false | InventoryOptions;
  /** What it may be told to do. */
  actions?: LoadedActions;
  /** How it carries the other devices of its store. */
  gateway?: GatewayOptions;
  /** Which devices it asks over SNMP, and how. */
  snmp?: SnmpOptions;
  /** The gateway that carries it. */
  through?: string;
  /** How it listens to the centre; false: not at all. */
  central: false | { publicKeyFile?: string; trialS: number; programs: readonly string[] };
  /** Its own file: the name people know it by, and what it says. */
  source: string;
  written: AgentConfigFile;
  /** What the centre says over it. */
  centre?: CentralSettings;
  /** Who said what, by key; `vars.name` for a variable. What nobody said has its default. */
  from: Readonly<Record<string, string>>;
}

/** Keys of the centre that stand in the place of the file's; the others are put together with them. */
const REPLACED: ReadonlySet<string> = new Set(['server', 'intervalS', 'keepaliveS', 'locale']);

/** What the centre says, and in which version. */
export interface CentralVoice {
  version: number;
  settings: Readonly<Record<string, unknown>>;
}

/** Whether a running agent must connect anew to go from one to the other. */
export const movesLink = (from: AgentConfig, to: AgentConfig): boolean =>
  from.keepaliveS !== to.keepaliveS || JSON.stringify(from.server) !== JSON.stringify(to.server);

/** Reads a configuration in YAML (or JSON, which is YAML too). Rejects with a ConfigError that lists every fault. */
export async function parseAgentConfig(text: string, source: string): Promise<AgentConfig> {
  const document = parseDocument(text);
  if (document.errors.length > 0) {
    throw new ConfigError(
      source,
      document.errors.map((error) => error.message.split('\n', 1)[0]?.replace(/:$/, '') ?? 'is not YAML'),
    );
  }
  return validateAgentConfig(document.toJS({ maxAliasCount: 100 }), source);
}

/**
 * Checks a configuration and loads the checks it names, without running any. What the centre says goes over the device's
 * own file, as far as it may. Rejects with a ConfigError that lists every fault: the path of the wrong key, and what was
 * expected.
 */
export async function validateAgentConfig(
  value: unknown,
  source: string,
  central?: CentralVoice,
): Promise<AgentConfig> {
  const faults = faultsOfFile(value);
  if (central) faults.push(...listFaults(CentralSettings, central.settings, 'central'));
  const voices: Voice[] = [{ from: source, prefix: '', written: keysOf(value) }];
  if (central) voices.push({ from: `central ${central.version}`, prefix: 'central.', written: central.settings });
  const composed = await compose(voices, defaultChecks());
  const loaded = await loadChecks(composed.layers, composed.vars);
  const own = keysOf(value);
  const actions = own.actions === undefined ? undefined : await loadActions(own.actions);
  const gateway = own.gateway === undefined ? undefined : await loadGateway(own);
  const inventory = await loadInventory(own.inventory);
  // A key that is not the centre's to set reaches nothing, not even the look at its files.
  const over = Object.entries(central?.settings ?? {}).filter(([key]) => REPLACED.has(key));
  const inForce = { ...own, ...Object.fromEntries(over) };
  const snmp = await loadSnmp(own, central);
  faults.push(
    ...composed.faults,
    ...loaded.faults,
    ...(actions?.faults ?? []),
    ...inventory.faults,
    ...(gateway?.faults ?? []),
    ...(snmp?.faults ?? []),
    ...wrongPort(inForce),
    ...wrongFiles(inForce),
  );
  if (faults.length > 0) throw new ConfigError(source, faults);
  const written = inForce as unknown as AgentConfigFile;
  const watches = watchedBy(written, snmp?.loaded, source);
  return {
    chain: written.chain,
    store: written.store,
    device: written.device,
    server: serverOf(written),
    dataDir: written.dataDir,
    intervalS: written.intervalS ?? 10,
    keepaliveS: written.keepaliveS ?? 10,
    locale: written.locale ?? 'fr',
    outbox: { maxBytes: written.outbox?.maxBytes ?? 67_108_864, maxAgeH: written.outbox?.maxAgeH ?? 76 },
    ...(composed.profile !== undefined && { profile: composed.profile }),
    vars: composed.vars,
    checks: loaded.checks,
    watches,
    inventory: inventory.loaded,
    ...(actions?.loaded && { actions: actions.loaded }),
    ...(gateway?.loaded && { gateway: gateway.loaded }),
    ...(snmp?.loaded && { snmp: snmp.loaded }),
    ...(written.through !== undefined && { through: written.through }),
    central: written.central === false ? false : { trialS: 120, programs: [], ...written.central },
    source,
    written: value as AgentConfigFile,
    ...(central && { centre: central.settings as CentralSettings }),
    from: { ...saidBy(voices), ...prefixed('vars.', composed.varsFrom) },
  };
}

/** A birth that names more is refused. */
const WATCHES_MAX = 1000;

/** Every device it speaks for, once; each list may be short enough, and both together too long. */
function watchedBy({ watches = [] }: AgentConfigFile, snmp: SnmpOptions | undefined, source: string): string[] {
  const names = new Set([...watches, ...(snmp?.devices ?? []).map(({ name }) => name)]);
  if (names.size <= WATCHES_MAX) return [...names];
  throw new ConfigError(source, [
    `watches: with those of snmpDevices there are ${names.size} devices to speak for; ${WATCHES_MAX} at most`,
  ]);
}

/** Every fault of the file by its schema; what is wrong inside a choice is told by the side that was meant. */
function faultsOfFile(value: unknown): string[] {
  const { central } = keysOf(value);
  const isListening = typeof central === 'object' && central !== null;
  const faults = listFaults(AgentConfigFile, value).filter((fault) => !isListening || !/^central[:.]/.test(fault));
  return isListening ? [...faults, ...listFaults(CentralOptions, central, 'central')] : faults;
}

/** Only a device's own file allows actions: the centre says which one to run, never which there are. */
const loadActions = async (value: unknown) => (await import('./commands/load-actions.ts')).loadActions(value);

const loadGateway = async ({ gateway, dataDir }: Readonly<Record<string, unknown>>) =>
  (await import('./gateway/options.ts')).loadGateway(gateway, typeof dataDir === 'string' ? dataDir : '');

/** Secrets stand behind it: a device's own file alone says how; the centre may add devices, and stands over them. */
async function loadSnmp({ snmp, snmpDevices }: Readonly<Record<string, unknown>>, central: CentralVoice | undefined) {
  const told = central?.settings.snmpDevices;
  if (snmp === undefined && snmpDevices === undefined && told === undefined) return undefined;
  const { loadSnmp: load } = await import('./snmp/options.ts');
  return load(snmp, [
    { place: 'central.snmpDevices', entries: told, isFromAfar: true },
    { place: 'snmpDevices', entries: snmpDevices },
  ]);
}

/** Programs stand in it: a device's own file alone says what is looked at. */
async function loadInventory(value: unknown): Promise<{ loaded: false | InventoryOptions; faults: string[] }> {
  if (value === false) return { loaded: false, faults: [] };
  if (value === undefined) return { loaded: { afterS: 120, everyH: 6, software: [] }, faults: [] };
  return (await import('./inventory/options.ts')).loadInventory(value);
}

const keysOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};

const saidBy = (voices: readonly Voice[]): Record<string, string> =>
  Object.fromEntries(voices.flatMap(({ from, written }) => Object.keys(written).map((key) => [key, from])));

const prefixed = (prefix: string, record: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [`${prefix}${key}`, value]));

/**
 * What an agent measures when nothing else is said. Off Linux the slower readings, each of which starts a program of the
 * system, run once a minute; Windows gives no disk counters.
 */
export function defaultChecks(platform: NodeJS.Platform = process.platform): CheckEntry[] {
  const types = ['cpu', 'mem', 'swap', 'disk', 'diskio', 'net', 'system', 'processes'];
  if (platform === 'linux') return types.map((type) => ({ type }));
  const slow = new Set(['swap', 'disk', 'diskio', 'net', 'processes']);
  return types
    .filter((type) => platform !== 'win32' || type !== 'diskio')
    .map((type) => (slow.has(type) ? { type, everyS: 60, timeoutMs: 20_000 } : { type }));
}

function serverOf({ server, user, passwordFile, ...written }: AgentConfigFile): Server {
  const { protocol, hostname, port } = new URL(server);
  const { chain, store, device, through, caFile, certFile, keyFile } = written;
  const account = user ?? (passwordFile === undefined ? undefined : deviceKey(chain, store, device));
  return {
    host: hostname.replace(/^\[|\]$/g, ''),
    port: Number(port),
    ...(account !== undefined && { user: account }),
    ...(passwordFile !== undefined && { passwordFile }),
    ...(protocol === 'mqtts:' && {
      tls: {
        ...(through !== undefined && { peer: deviceKey(chain, store, through) }),
        ...(caFile !== undefined && { caFile }),
        ...(certFile !== undefined && { certFile }),
        ...(keyFile !== undefined && { keyFile }),
      },
    }),
  };
}

/** A pattern cannot count: a port is at most 65535. */
function wrongPort({ server }: Readonly<Record<string, unknown>>): string[] {
  const port = typeof server === 'string' ? Number(/:(\d{1,5})$/.exec(server)?.[1] ?? 1) : 1;
  return port >= 1 && port <= 65_535 ? [] : [`server: the port must be from 1 to 65535`];
}

/** Files that cannot be used, or that this configuration has no use for. */
function wrongFiles(written: Partial<AgentConfigFile>): string[] {
  const { server, certFile, keyFile } = written;
  const isPlain = typeof server === 'string' && server.startsWith('mqtt://');
  const useless = (['caFile', 'certFile', 'keyFile'] as const).filter((key) => isPlain && written[key] !== undefined);
  return [
    ...useless.map((key) => `${key}: needs a server that begins with mqtts://`),
    ...(certFile !== undefined && keyFile === undefined ? ['keyFile: is missing (The key to certFile.)'] : []),
    ...(keyFile !== undefined && certFile === undefined ? ['certFile: is missing (The certificate of keyFile.)'] : []),
    ...faultsInFiles(written),
  ];
}
