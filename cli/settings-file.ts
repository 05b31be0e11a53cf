import { type Static, Type } from 'typebox';
import { registry as connectors } from '../alerting/connectors/registry.gen.ts';
import { ExternalBrokerOptions } from '../collector/broker/external-broker-options.ts';
import { InfluxOptions } from '../collector/influx/options.ts';

const Port = Type.Integer({ minimum: 0, maximum: 65_535 });
const strict = { additionalProperties: false };
const secretEnv = (what: string, standard: string) =>
  Type.Optional(Type.String({ description: `The environment variable that holds ${what}; ${standard} by default.` }));

const perLanguage = (description: string) =>
  Type.Optional(
    Type.Object(
      { fr: Type.Optional(Type.String({ maxLength: 10_000 })), en: Type.Optional(Type.String({ maxLength: 10_000 })) },
      { ...strict, description },
    ),
  );

/** Beside these: the options of the connector, which knows them itself. */
const DeskSettings = Type.Object({
  type: Type.Enum(Object.keys(connectors), { description: 'The kind of desk.' }),
  secretEnv: Type.Optional(
    Type.String({
      description: 'The environment variable that holds the desk’s secret; VIGIE_DESK_SECRET by default.',
    }),
  ),
  secretFile: Type.Optional(
    Type.String({ description: 'The file that holds the desk’s secret, one line or several.' }),
  ),
  newsSecretEnv: Type.Optional(
    Type.String({
      description:
        'The environment variable that holds the secret with which the desk signs what it sends to `/api/v1/desks/NAME/news`; without it, it is only asked.',
    }),
  ),
  newsSecretFile: Type.Optional(Type.String({ description: 'The file that holds that secret, one line or several.' })),
  pollS: Type.Optional(
    Type.Integer({
      description: 'Seconds between two looks at what people do with our tickets there; 30 by default.',
      minimum: 5,
      maximum: 3600,
    }),
  ),
  whenClosed: Type.Optional(
    Type.Enum(['reopen', 'reraise', 'leave'], {
      description:
        'What becomes of a ticket that people end there while the fault lasts: `reopen` (the default) opens it again if the desk lets us, `reraise` opens another where it does not, `leave` leaves it.',
    }),
  ),
  closedGraceS: Type.Optional(
    Type.Integer({
      description: 'Seconds for which nothing is done about a ticket that was ended there; 120 by default.',
      minimum: 0,
      maximum: 86400,
    }),
  ),
  tellHealed: Type.Optional(
    Type.Boolean({
      description: 'Whether the desk is also told of what was over before it could be told; false by default.',
    }),
  ),
  fallback: Type.Optional(
    Type.Object(
      {
        desk: Type.String({ description: 'Another desk, by its name, that is told in the place of this one.' }),
        afterS: Type.Optional(
          Type.Integer({
            minimum: 10,
            maximum: 86_400,
            description: 'Seconds that work has waited by then; 300 by default.',
          }),
        ),
      },
      strict,
    ),
  ),
  subject: perLanguage('The subject of tickets, with placeholders such as `{priority}` `{store}` `{title}`.'),
  text: perLanguage('The text of tickets; `{text}` is what it would be without.'),
  fields: Type.Optional(
    Type.Record(Type.String({ pattern: '^[^\\s]{1,100}$' }), Type.String({ maxLength: 2_000 }), {
      description: 'Fields of the desk’s own, by its names, with placeholders.',
    }),
  ),
  item: Type.Optional(
    Type.String({
      maxLength: 500,
      description: 'What the desk’s inventory calls what is at fault, such as `{device}` or `{asset.tag}`.',
    }),
  ),
  standby: Type.Optional(
    Type.Boolean({ description: 'Whether the desk is told only in the place of others; false by default.' }),
  ),
});

const Http = Type.Object(
  {
    host: Type.Optional(
      Type.String({
        description: 'Address the dashboard listens on; 127.0.0.1 by default. On any other, reading needs a token.',
      }),
    ),
    port: Type.Optional(Port),
  },
  strict,
);

const Mqtt = Type.Object(
  {
    host: Type.Optional(
      Type.String({ description: 'Address the plain broker listens on: this machine’s own, 127.0.0.1 by default.' }),
    ),
    port: Type.Optional(Port),
  },
  strict,
);

const Agents = Type.Object(
  {
    host: Type.Optional(Type.String({ description: 'Address the agents’ doors listen on; 0.0.0.0 by default.' })),
    mqttPort: Type.Optional(Type.Integer({ ...Port, description: 'MQTT over TLS; 8883 by default.' })),
    httpsPort: Type.Optional(
      Type.Integer({ ...Port, description: 'Enrolment and renewal over HTTPS; 8443 by default.' }),
    ),
    names: Type.Optional(
      Type.Array(Type.String({ pattern: '^[A-Za-z0-9.:-]{1,253}$' }), {
        minItems: 1,
        maxItems: 50,
        description:
          'DNS names and addresses agents reach this server by; the host’s name and this machine by default.',
      }),
    ),
    certificateDays: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 825,
        description: 'Life of an agent’s certificate; 90 by default. It is renewed at two thirds of it.',
      }),
    ),
    mqttUrl: Type.Optional(
      Type.String({
        pattern: '^mqtts://([A-Za-z0-9.-]+|\\[[0-9a-fA-F:]+\\]):\\d{1,5}$',
        description: 'Where agents report instead: the external broker as agents reach it.',
      }),
    ),
  },
  { ...strict, description: 'Doors for agents of other machines: over TLS, with certificates of Vigie’s authority.' },
);

// Secrets are never written into the file, only the names of the variables that hold them.
const {
  password: _brokerPassword,
  id: _id,
  inFlight: _inFlight,
  ...brokerProperties
} = ExternalBrokerOptions.properties;
const Broker = Type.Object(
  { ...brokerProperties, passwordEnv: secretEnv('its password', 'VIGIE_BROKER_PASSWORD') },
  { ...strict, description: 'An external broker stands in for the embedded one.' },
);

const State = Type.Object(
  {
    postgres: Type.Object(
      {
        url: Type.String({
          pattern: '^postgres(ql)?://',
          description: 'postgres://user@host:5432/database, without the password.',
        }),
        passwordEnv: secretEnv('its password', 'VIGIE_POSTGRES_PASSWORD'),
        ca: Type.Optional(Type.String({ description: 'PEM file of the authority that signed its certificate.' })),
        partitions: Type.Optional(
          Type.Integer({
            minimum: 1,
            maximum: 256,
            description: 'Shares the stores are dealt out in; 16 by default, the same for every collector.',
          }),
        ),
        timeoutMs: Type.Optional(Type.Integer({ minimum: 100, maximum: 60_000, description: '5,000 by default.' })),
      },
      strict,
    ),
  },
  { ...strict, description: 'PostgreSQL stands in for the SQLite file; several collectors may share it.' },
);

const { password: _influxPassword, token: _token, ...influxProperties } = InfluxOptions.properties;
const Metrics = Type.Object(
  {
    influx: Type.Object(
      {
        ...influxProperties,
        passwordEnv: secretEnv('the password (1.x)', 'VIGIE_INFLUX_PASSWORD'),
        tokenEnv: secretEnv('the token (2.x, 3.x)', 'VIGIE_INFLUX_TOKEN'),
      },
      strict,
    ),
  },
  { ...strict, description: 'InfluxDB stands in for the embedded metrics store.' },
);

const days = (standard: number, what: string) =>
  Type.Optional(
    Type.Integer({ minimum: 1, maximum: 36_500, description: `Days ${what} are kept; ${standard} by default.` }),
  );

const Retention = Type.Object(
  {
    rawDays: days(14, 'readings as they came'),
    fiveMinuteDays: days(90, 'five-minute roll-ups'),
    hourDays: days(1095, 'hourly roll-ups'),
  },
  strict,
);

const Limits = Type.Object(
  {
    groupMs: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 1000,
        description: 'How long a commit waits for company; 15 ms by default.',
      }),
    ),
    groupMessages: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 100_000,
        description: 'Messages that are committed without waiting; 2,000.',
      }),
    ),
    inFlight: Type.Optional(
      Type.Integer({
        minimum: 10,
        maximum: 1_000_000,
        description:
          'Messages taken and not yet committed, at most: 20,000 on the embedded broker, 4,000 per partition on another.',
      }),
    ),
    logMb: Type.Optional(
      Type.Integer({
        minimum: 1,
        description: 'What the report log may hold for a metrics store that is away, packed; 10,240 MB by default.',
      }),
    ),
  },
  { ...strict, description: 'Bounds; all of them are shown on /metrics.' },
);

const Collector = Type.Object(
  {
    id: Type.Optional(
      Type.String({
        pattern: '^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$',
        description: 'Names this collector among others; the host name by default.',
      }),
    ),
  },
  strict,
);

/** The server's configuration file. Flags and VIGIE_* variables go before it. */
export const SettingsFile = Type.Object(
  {
    http: Type.Optional(Http),
    mqtt: Type.Optional(Mqtt),
    agents: Type.Optional(Agents),
    broker: Type.Optional(Broker),
    state: Type.Optional(State),
    metrics: Type.Optional(Metrics),
    retention: Type.Optional(Retention),
    limits: Type.Optional(Limits),
    collector: Type.Optional(Collector),
    dataDir: Type.Optional(Type.String({ description: 'Where everything is kept; ./data by default.' })),
    publicUrl: Type.Optional(
      Type.String({
        pattern: '^https?://',
        description: 'Address of the dashboard as people reach it: tickets link to it.',
      }),
    ),
    rules: Type.Optional(
      Type.String({
        description: 'A rule pack that stands in for the default one, as long as no revision was applied.',
      }),
    ),
    desks: Type.Optional(
      Type.Record(Type.String({ pattern: '^[a-z][a-z0-9-]{0,31}$' }), DeskSettings, { additionalProperties: false }),
    ),
  },
  strict,
);
export type SettingsFile = Static<typeof SettingsFile>;
