import { type Static, Type } from 'typebox';
import { parseDocument } from 'yaml';
import { deviceKey, Name } from '../protocol/names.ts';
import { ConfigError, listFaults } from './config-faults.ts';
import { CheckEntry, type LoadedCheck, loadChecks } from './load-checks.ts';
import { faultsInFiles, type Server } from './server-files.ts';

const File = (description: string) => Type.Optional(Type.String({ minLength: 1, maxLength: 4096, description }));

/** The agent's configuration as it is written. What is left out takes its default. */
const AgentConfigFile = Type.Object(
  {
    chain: Name,
    store: Name,
    device: Name,
    server: Type.String({
      // No user and password in it: an address is written into logs.
      pattern: '^mqtts?://([A-Za-z0-9.-]+|\\[[0-9a-fA-F:]+\\]):\\d{1,5}$',
      maxLength: 300,
      description: 'Where reports go: mqtt://host:port, or mqtts://host:port over TLS.',
    }),
    user: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 1024,
        description: 'Account on the broker; chain/store/device when only a password is given.',
      }),
    ),
    passwordFile: File('File that holds the password to it, on one line; read anew for each connection.'),
    caFile: File('File of the authority that signed the broker’s certificate (PEM); the system’s when left out.'),
    certFile: File('File of this agent’s certificate (PEM), where the broker wants one.'),
    keyFile: File('File of the key to it (PEM).'),
    dataDir: Type.String({ minLength: 1, description: 'Folder for reports that could not be sent yet.' }),
    intervalS: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 3600, default: 10, description: 'Seconds between two reports.' }),
    ),
    keepaliveS: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 600,
        default: 10,
        description: 'Seconds of silence on the connection; the server gives it up after one and a half times as long.',
      }),
    ),
    locale: Type.Optional(
      Type.Union([Type.Literal('fr'), Type.Literal('en')], {
        default: 'fr',
        description: 'Language of the sentences its checks write.',
      }),
    ),
    outbox: Type.Optional(
      Type.Object(
        {
          maxBytes: Type.Optional(
            Type.Integer({
              minimum: 65_536,
              maximum: 4_294_967_296,
              default: 67_108_864,
              description: 'Bytes that waiting reports may take on disk; beyond, the oldest are dropped and counted.',
            }),
          ),
          maxAgeH: Type.Optional(
            Type.Number({ minimum: 0.1, maximum: 8760, default: 72, description: 'Hours a report may wait.' }),
          ),
        },
        { additionalProperties: false, description: 'Reports kept while they cannot be sent.' },
      ),
    ),
    checks: Type.Optional(
      Type.Array(CheckEntry, { maxItems: 200, description: 'What to measure; without it the usual set of a host.' }),
    ),
    watches: Type.Optional(
      Type.Array(Name, { maxItems: 1000, description: 'Devices of the same store this agent also speaks for.' }),
    ),
  },
  { additionalProperties: false, description: 'Configuration of an agent.' },
);
type AgentConfigFile = Static<typeof AgentConfigFile>;

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
  checks: readonly LoadedCheck[];
  watches: readonly string[];
  /** As it was written: what the configuration's hash is taken of. */
  written: AgentConfigFile;
}

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
 * Checks a configuration and loads the checks it names, without running any. Rejects with a ConfigError that lists every
 * fault: the path of the wrong key, and what was expected.
 */
export async function validateAgentConfig(value: unknown, source: string): Promise<AgentConfig> {
  const faults = listFaults(AgentConfigFile, value);
  const loaded = await loadChecks(entriesOf(value));
  faults.push(...loaded.faults, ...wrongPort(value), ...wrongFiles(value));
  if (faults.length > 0) throw new ConfigError(source, faults);
  const written = value as AgentConfigFile;
  return {
    chain: written.chain,
    store: written.store,
    device: written.device,
    server: serverOf(written),
    dataDir: written.dataDir,
    intervalS: written.intervalS ?? 10,
    keepaliveS: written.keepaliveS ?? 10,
    locale: written.locale ?? 'fr',
    outbox: { maxBytes: written.outbox?.maxBytes ?? 67_108_864, maxAgeH: written.outbox?.maxAgeH ?? 72 },
    checks: loaded.checks,
    watches: written.watches ?? [],
    written,
  };
}

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
  const { chain, store, device, caFile, certFile, keyFile } = written;
  const account = user ?? (passwordFile === undefined ? undefined : deviceKey(chain, store, device));
  return {
    host: hostname.replace(/^\[|\]$/g, ''),
    port: Number(port),
    ...(account !== undefined && { user: account }),
    ...(passwordFile !== undefined && { passwordFile }),
    ...(protocol === 'mqtts:' && {
      tls: {
        ...(caFile !== undefined && { caFile }),
        ...(certFile !== undefined && { certFile }),
        ...(keyFile !== undefined && { keyFile }),
      },
    }),
  };
}

/** Entries of the right shape, with their place in the list; the others are told by the schema. */
function entriesOf(value: unknown): [number, CheckEntry][] {
  const checks = typeof value === 'object' && value !== null && 'checks' in value ? value.checks : undefined;
  if (checks === undefined) return [...defaultChecks().entries()];
  if (!Array.isArray(checks)) return [];
  return [...checks.entries()].filter(
    (pair): pair is [number, CheckEntry] => listFaults(CheckEntry, pair[1]).length === 0,
  );
}

/** A pattern cannot count: a port is at most 65535. */
function wrongPort(value: unknown): string[] {
  const server = typeof value === 'object' && value !== null && 'server' in value ? value.server : undefined;
  const port = typeof server === 'string' ? Number(/:(\d{1,5})$/.exec(server)?.[1] ?? 1) : 1;
  return port >= 1 && port <= 65_535 ? [] : [`server: the port must be from 1 to 65535`];
}

/** Files that cannot be used, or that this configuration has no use for. */
function wrongFiles(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  const written = value as Partial<AgentConfigFile>;
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
