import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { resolve } from 'node:path';
import { Compile } from 'typebox/compile';
import { parse } from 'yaml';
import { WATCH_BY_DEFAULT, type WatchSettings } from '../alerting/desks/watch-desks.ts';
import type { DeskManners } from '../alerting/outbox.ts';
import type { DeskWording } from '../alerting/tickets/desk-wording.ts';
import type { ExternalBrokerOptions } from '../collector/broker/external-broker-options.ts';
import type { InfluxOptions } from '../collector/influx/options.ts';
import type { Locale } from '../protocol/inventory.ts';
import type { Invocation } from './command.ts';
import { Fault } from './fault.ts';
import { isLoopback } from './loopback.ts';
import { SettingsFile } from './settings-file.ts';
import { words } from './words/index.ts';

export interface ServerSettings {
  http: { host: string; port: number };
  mqtt: { host: string; port: number };
  dataDir: string;
  publicUrl: string | undefined;
  rules: string | undefined;
  desks: Record<string, DeskSettings>;
  /** Doors for agents of other machines; undefined: there are none. */
  agents: AgentSettings | undefined;
  /** An external broker, or undefined for the embedded one. */
  broker: ExternalBrokerOptions | undefined;
  state: { kind: 'sqlite' } | ({ kind: 'postgres' } & PostgresSettings);
  metrics: { kind: 'embedded' } | ({ kind: 'influx' } & InfluxOptions);
  retention: { rawDays: number; fiveMinuteDays: number; hourDays: number };
  limits: { groupMs: number; groupMessages: number; inFlight: number; logBytes: number };
  collectorId: string;
  adminToken: string | undefined;
  locale: Locale;
}

/** What a connector is made of; it checks its options itself. */
export interface DeskSettings {
  type: string;
  options: Readonly<Record<string, unknown>>;
  secrets: readonly string[];
  /** With which the desk signs what it sends by itself; absent: it sends nothing, or the connector knows. */
  newsSecrets?: readonly string[];
  /** How we look at what people do there; absent: as by default. */
  watch?: WatchSettings;
  manners?: DeskManners;
  wording?: DeskWording;
  /** Told only in another’s place. */
  standby?: boolean;
}

export interface AgentSettings {
  host: string;
  mqttPort: number;
  httpsPort: number;
  names: readonly string[];
  certificateDays: number;
  mqttUrl: string | undefined;
}

export interface PostgresSettings {
  url: string;
  password?: string;
  ca?: string;
  partitions: number;
  timeoutMs: number;
}

/** Options of every command that runs a server. */
export const SERVER_OPTIONS = {
  config: { type: 'string' },
  'http-host': { type: 'string' },
  'http-port': { type: 'string' },
  'mqtt-host': { type: 'string' },
  'mqtt-port': { type: 'string' },
  'data-dir': { type: 'string' },
} as const;

export const SERVER_HELP = {
  config: { en: 'Configuration file (YAML)', fr: 'Fichier de configuration (YAML)' },
  'http-host': { en: 'Address of the dashboard (127.0.0.1)', fr: 'Adresse du tableau de bord (127.0.0.1)' },
  'http-port': {
    en: 'Port of the dashboard (8080, VIGIE_HTTP_PORT)',
    fr: 'Port du tableau de bord (8080, VIGIE_HTTP_PORT)',
  },
  'mqtt-host': { en: 'Address of the broker (127.0.0.1)', fr: 'Adresse du broker (127.0.0.1)' },
  'mqtt-port': { en: 'Port of the broker (1883, VIGIE_MQTT_PORT)', fr: 'Port du broker (1883, VIGIE_MQTT_PORT)' },
  'data-dir': { en: 'Data folder (./data, VIGIE_DATA_DIR)', fr: 'Dossier de données (./data, VIGIE_DATA_DIR)' },
};

/**
 * Flags first, then VIGIE_* variables, then the file, then the defaults.
 * @throws Fault that names the wrong key and what was expected.
 */
export function readSettings(invocation: Invocation, defaults: { dataDir: string }): ServerSettings {
  const { flags, env, locale } = invocation;
  const file = readFile(text(flags.config) ?? env.VIGIE_CONFIG, locale);
  const port = (flag: string, variable: string, inFile: number | undefined, standard: number): number => {
    const given = text(flags[flag]) ?? env[variable];
    if (given === undefined) return inFile ?? standard;
    const where = flags[flag] === undefined ? variable : `--${flag}`;
    if (!/^\d{1,5}$/.test(given) || Number(given) > 65_535) throw new Fault(words(locale).badPort(where, given));
    return Number(given);
  };
  return {
    http: {
      host: text(flags['http-host']) ?? file.http?.host ?? '127.0.0.1',
      port: port('http-port', 'VIGIE_HTTP_PORT', file.http?.port, 8080),
    },
    mqtt: {
      host: loopbackOnly(text(flags['mqtt-host']) ?? file.mqtt?.host ?? '127.0.0.1', file, locale),
      port: port('mqtt-port', 'VIGIE_MQTT_PORT', file.mqtt?.port, 1883),
    },
    dataDir: resolve(text(flags['data-dir']) ?? env.VIGIE_DATA_DIR ?? file.dataDir ?? defaults.dataDir),
    publicUrl: env.VIGIE_PUBLIC_URL ?? file.publicUrl,
    rules: file.rules,
    agents: readAgents(file, locale),
    desks: readDesks(file, env, locale),
    ...readRooms(file, env, locale),
    retention: { ...RETENTION, ...file.retention },
    limits: readLimits(file),
    collectorId: collectorId(file),
    adminToken: env.VIGIE_ADMIN_TOKEN || undefined,
    locale,
  };
}

/** Three years of hours, three months of five minutes, two weeks as they came. */
const RETENTION = { rawDays: 14, fiveMinuteDays: 90, hourDays: 1095 };
const DEFAULT_PARTITIONS = 16;
const MIB = 1024 * 1024;

function readLimits({ limits = {}, broker }: SettingsFile): ServerSettings['limits'] {
  const { groupMs = 15, groupMessages = 2_000, inFlight = broker ? 4_000 : 20_000, logMb = 10_240 } = limits;
  return { groupMs, groupMessages, inFlight, logBytes: logMb * MIB };
}

/** Plain MQTT never leaves the machine: whoever could listen to it could also speak for any till. */
function loopbackOnly(host: string, { broker }: SettingsFile, locale: Locale): string {
  if (!broker && !isLoopback(host)) throw new Fault(words(locale).plainMqtt(host));
  return host;
}

function readAgents({ agents, broker }: SettingsFile, locale: Locale): AgentSettings | undefined {
  if (!agents) return undefined;
  const { mqttUrl, names = [...new Set([hostname(), 'localhost', '127.0.0.1', '::1'])], ...rest } = agents;
  if (broker && mqttUrl === undefined) throw new Fault(words(locale).agentsNeedUrl);
  return { host: '0.0.0.0', mqttPort: 8883, httpsPort: 8443, certificateDays: 90, ...rest, names, mqttUrl };
}

/** Where messages, state and metrics are: here, or on servers of their own. */
function readRooms(
  file: SettingsFile,
  env: NodeJS.ProcessEnv,
  locale: Locale,
): Pick<ServerSettings, 'broker' | 'state' | 'metrics'> {
  const secret = <Name extends string>(name: Name, variable: string): { [name in Name]?: string } => {
    const value = env[variable];
    return (value ? { [name]: value } : {}) as { [name in Name]?: string };
  };
  if (file.state && file.broker && !file.metrics) throw new Fault(words(locale).metricsNeedInflux);

  let broker: ExternalBrokerOptions | undefined;
  if (file.broker) {
    const { passwordEnv = 'VIGIE_BROKER_PASSWORD', ...rest } = file.broker;
    const { inFlight } = readLimits(file);
    broker = { ...rest, id: collectorId(file), inFlight, ...secret('password', passwordEnv) };
  }
  let state: ServerSettings['state'] = { kind: 'sqlite' };
  if (file.state) {
    const { passwordEnv = 'VIGIE_POSTGRES_PASSWORD', ca, ...rest } = file.state.postgres;
    state = {
      kind: 'postgres',
      timeoutMs: 5_000,
      ...rest,
      // One broker of our own has one stream: nobody to share it with.
      partitions: broker ? (rest.partitions ?? DEFAULT_PARTITIONS) : 1,
      ...(ca !== undefined && { ca: readText(ca, locale) }),
      ...secret('password', passwordEnv),
    };
  }
  let metrics: ServerSettings['metrics'] = { kind: 'embedded' };
  if (file.metrics) {
    const { passwordEnv = 'VIGIE_INFLUX_PASSWORD', tokenEnv = 'VIGIE_INFLUX_TOKEN', ...rest } = file.metrics.influx;
    metrics = { kind: 'influx', ...rest, ...secret('password', passwordEnv), ...secret('token', tokenEnv) };
  }
  return { broker, state, metrics };
}

const collectorId = ({ collector, broker, state }: SettingsFile): string =>
  collector?.id ?? (broker || state ? ownName() : 'embedded');

/** The host's name, as a name on the wire. */
const ownName = (): string =>
  hostname()
    .replaceAll(/[^A-Za-z0-9._-]/g, '-')
    .replace(/^[^A-Za-z0-9]+/, '')
    .slice(0, 64) || 'collector';

const text = (value: string | boolean | undefined): string | undefined =>
  typeof value === 'string' ? value : undefined;

function readFile(path: string | undefined, locale: Locale): SettingsFile {
  if (path === undefined) return {};
  const value: unknown = parse(readText(path, locale)) ?? {};
  const validator = Compile(SettingsFile);
  if (validator.Check(value)) return value;
  const faults = validator.Errors(value).filter((error) => error.keyword !== 'boolean');
  throw new Fault(faults.map((fault) => `${path}: ${fault.instancePath || '/'} ${fault.message}`).join('\n'));
}

function readDesks(file: SettingsFile, env: NodeJS.ProcessEnv, locale: Locale): ServerSettings['desks'] {
  const desks: ServerSettings['desks'] = {};
  for (const [
    name,
    {
      type,
      pollS,
      whenClosed,
      closedGraceS,
      secretEnv = 'VIGIE_DESK_SECRET',
      secretFile,
      newsSecretEnv,
      newsSecretFile,
      tellHealed,
      fallback,
      standby,
      subject,
      text,
      fields,
      item,
      ...options
    },
  ] of Object.entries(file.desks ?? {})) {
    const secret = secretFile === undefined ? env[secretEnv] : readText(secretFile, locale);
    const newsSecret =
      newsSecretFile === undefined ? newsSecretEnv && env[newsSecretEnv] : readText(newsSecretFile, locale);
    const newsSecrets = secretsIn(newsSecret);
    const manners: DeskManners = {
      ...(tellHealed !== undefined && { tellHealed }),
      ...(fallback && { fallback: { desk: fallback.desk, afterS: fallback.afterS ?? 300 } }),
    };
    const wording: DeskWording = {
      ...(subject && { subject }),
      ...(text && { text }),
      ...(fields && { fields }),
      ...(item !== undefined && { item }),
    };
    desks[name] = {
      type,
      options,
      secrets: secretsIn(secret),
      ...(newsSecrets.length > 0 && { newsSecrets }),
      ...watchOf({ pollS, whenClosed, closedGraceS }),
      ...(Object.keys(manners).length > 0 && { manners }),
      ...(standby && { standby }),
      ...(Object.keys(wording).length > 0 && { wording }),
    };
  }
  if (env.VIGIE_DESK_URL) {
    const secrets = secretsIn(env.VIGIE_DESK_SECRET);
    if (secrets.length === 0) throw new Fault(words(locale).deskSecretMissing);
    desks.desk = { type: 'webhook', options: { url: env.VIGIE_DESK_URL }, secrets };
  }
  return desks;
}

/** As by default, but for what is said. */
function watchOf(
  said: { [Name in keyof WatchSettings]?: WatchSettings[Name] | undefined },
): Pick<DeskSettings, 'watch'> {
  const { pollS, whenClosed, closedGraceS } = WATCH_BY_DEFAULT;
  if (Object.values(said).every((value) => value === undefined)) return {};
  return {
    watch: {
      pollS: said.pollS ?? pollS,
      whenClosed: said.whenClosed ?? whenClosed,
      closedGraceS: said.closedGraceS ?? closedGraceS,
    },
  };
}

/** One per line: some desks need several, or take an old and a new one for the time of a rotation. */
const secretsIn = (value = ''): string[] =>
  value
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

function readText(path: string, locale: Locale): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new Fault(words(locale).fileUnreadable(path, (error as Error).message));
  }
}
