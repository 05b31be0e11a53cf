import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Static, Type } from 'typebox';
import { Compile } from 'typebox/compile';
import { parse } from 'yaml';
import { WebhookOptions } from '../alerting/connectors/webhook.ts';
import type { Locale } from '../protocol/inventory.ts';
import type { Invocation } from './command.ts';
import { Fault } from './fault.ts';
import { words } from './words/index.ts';

const Port = Type.Integer({ minimum: 0, maximum: 65_535 });

const DeskSettings = Type.Object(
  {
    type: Type.Literal('webhook', { description: 'A signed webhook.' }),
    url: Type.String({ pattern: '^https?://', description: 'Where tickets are sent.' }),
    secretEnv: Type.Optional(Type.String({ description: 'The environment variable that holds the signing secret.' })),
    secretFile: Type.Optional(
      Type.String({ description: 'The file that holds the signing secret, one per line during a rotation.' }),
    ),
  },
  { additionalProperties: false },
);

/** The server's configuration file. Flags and VIGIE_* variables go before it. */
const SettingsFile = Type.Object(
  {
    http: Type.Optional(
      Type.Object(
        {
          host: Type.Optional(
            Type.String({
              description:
                'Address the dashboard listens on; 127.0.0.1 by default. On any other, reading needs a token.',
            }),
          ),
          port: Type.Optional(Port),
        },
        { additionalProperties: false },
      ),
    ),
    mqtt: Type.Optional(
      Type.Object(
        {
          host: Type.Optional(Type.String({ description: 'Address the broker listens on; 127.0.0.1 by default.' })),
          port: Type.Optional(Port),
        },
        { additionalProperties: false },
      ),
    ),
    dataDir: Type.Optional(Type.String({ description: 'Where everything is kept; ./data by default.' })),
    publicUrl: Type.Optional(
      Type.String({
        pattern: '^https?://',
        description: 'Address of the dashboard as people reach it: tickets link to it.',
      }),
    ),
    rules: Type.Optional(Type.String({ description: 'A rule pack that stands in for the default one.' })),
    desks: Type.Optional(
      Type.Record(Type.String({ pattern: '^[a-z][a-z0-9-]{0,31}$' }), DeskSettings, { additionalProperties: false }),
    ),
  },
  { additionalProperties: false },
);
type SettingsFile = Static<typeof SettingsFile>;

export interface ServerSettings {
  http: { host: string; port: number };
  mqtt: { host: string; port: number };
  dataDir: string;
  publicUrl: string | undefined;
  rules: string | undefined;
  desks: Record<string, { url: string; secrets: string[] }>;
  adminToken: string | undefined;
  locale: Locale;
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
      host: text(flags['mqtt-host']) ?? file.mqtt?.host ?? '127.0.0.1',
      port: port('mqtt-port', 'VIGIE_MQTT_PORT', file.mqtt?.port, 1883),
    },
    dataDir: resolve(text(flags['data-dir']) ?? env.VIGIE_DATA_DIR ?? file.dataDir ?? defaults.dataDir),
    publicUrl: env.VIGIE_PUBLIC_URL ?? file.publicUrl,
    rules: file.rules,
    desks: readDesks(file, env, locale),
    adminToken: env.VIGIE_ADMIN_TOKEN || undefined,
    locale,
  };
}

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
  for (const [name, desk] of Object.entries(file.desks ?? {})) {
    const secret =
      desk.secretFile === undefined ? env[desk.secretEnv ?? 'VIGIE_DESK_SECRET'] : readText(desk.secretFile, locale);
    desks[name] = checkedDesk(name, { url: desk.url, secrets: secretsOf(secret, locale) });
  }
  if (env.VIGIE_DESK_URL) {
    const secrets = secretsOf(env.VIGIE_DESK_SECRET, locale);
    desks.desk = checkedDesk('desk', { url: env.VIGIE_DESK_URL, secrets });
  }
  return desks;
}

/** Says where a desk's settings are wrong, never what the secret was. */
function checkedDesk(name: string, desk: WebhookOptions): WebhookOptions {
  const validator = Compile(WebhookOptions);
  if (validator.Check(desk)) return desk;
  throw new Fault(
    validator
      .Errors(desk)
      .map((fault) => `desks/${name}${fault.instancePath} ${fault.message}`)
      .join('\n'),
  );
}

/** One secret per line: the first signs first, the others are for the time of a rotation. */
function secretsOf(value: string | undefined, locale: Locale): string[] {
  const secrets = (value ?? '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  if (secrets.length === 0) throw new Fault(words(locale).deskSecretMissing);
  return secrets;
}

function readText(path: string, locale: Locale): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new Fault(words(locale).fileUnreadable(path, (error as Error).message));
  }
}
