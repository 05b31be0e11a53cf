import { type Static, type TSchema, Type } from 'typebox';
import { NAME_PATTERN, Name } from '../protocol/names.ts';
import { CheckEntry } from './check-entry.ts';

const File = (description: string) => Type.Optional(Type.String({ minLength: 1, maxLength: 4096, description }));

/** What the centre and the local file may both say. Everything else of a device is its own. */
const shared = {
  server: Type.String({
    // No user and password in it: an address is written into logs.
    pattern: '^mqtts?://([A-Za-z0-9.-]+|\\[[0-9a-fA-F:]+\\]):\\d{1,5}$',
    maxLength: 300,
    description: 'Where reports go: mqtt://host:port, or mqtts://host:port over TLS.',
  }),
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
  profile: Type.Optional(
    Type.String({
      pattern: '^[a-z][a-z0-9-]{0,63}$',
      description:
        'A ready set of checks to begin with: till-linux, till-windows, self-checkout, store-server, store-gateway.',
    }),
  ),
  vars: Type.Optional(
    Type.Record(
      Type.String({ pattern: '^[a-z][A-Za-z0-9]{0,63}$' }),
      Type.Union([Type.String({ maxLength: 1024 }), Type.Number()]),
      {
        additionalProperties: false,
        maxProperties: 100,
        description:
          'Values by name, such as the till program’s: a check writes the name in braces after a dollar sign.',
      },
    ),
  ),
  checks: Type.Optional(
    Type.Array(CheckEntry, {
      maxItems: 200,
      description:
        'What to measure: added to the profile’s, or in the place of one of the same name. Without a profile they are all there is; without either, the usual set of a host.',
    }),
  ),
  removeChecks: Type.Optional(
    Type.Array(Type.String({ minLength: 1, maxLength: 128 }), {
      maxItems: 200,
      description: 'Names of checks to leave out.',
    }),
  ),
  // Its schema, as those of gateway and the like, is loaded with it, by the few that have it.
  snmpDevices: Type.Optional(
    Type.Unknown({ description: 'Devices of the store it asks over SNMP, and speaks for: name, host, credential, …' }),
  ),
};

/** How a device listens to the centre. */
export const CentralOptions = Type.Object(
  {
    publicKeyFile: File(
      'File of the server’s public key (PEM); <dataDir>/identity/signing.pub when left out, as enrolment puts it.',
    ),
    trialS: Type.Optional(
      Type.Integer({
        minimum: 5,
        maximum: 3600,
        default: 120,
        description: 'Seconds a new configuration has to prove good before the last good one is put back.',
      }),
    ),
    programs: Type.Optional(
      Type.Array(Type.String({ minLength: 1, maxLength: 1024 }), {
        maxItems: 100,
        description:
          'Programs that checks of the centre may name, whole paths; one that ends in /* stands for all in that folder. None when left out.',
      }),
    ),
  },
  { additionalProperties: false, description: 'How it listens to the centre.' },
);

/** The agent's configuration as it is written. What is left out takes its default. */
export const AgentConfigFile = Type.Object(
  {
    chain: Name,
    store: Name,
    device: Name,
    ...shared,
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
            Type.Number({
              minimum: 0.1,
              maximum: 8760,
              default: 76,
              description: 'Hours a report may wait: three days by default, and the time it takes to send them.',
            }),
          ),
        },
        { additionalProperties: false, description: 'Reports kept while they cannot be sent.' },
      ),
    ),
    watches: Type.Optional(
      Type.Array(Name, { maxItems: 1000, description: 'Devices of the same store this agent also speaks for.' }),
    ),
    central: Type.Optional(
      Type.Union([Type.Literal(false), CentralOptions], {
        description: 'false: the local file alone counts; otherwise how to listen to the centre.',
      }),
    ),
    through: Type.Optional(
      Type.String({
        pattern: NAME_PATTERN,
        description:
          'The gateway of the store, by its device name: `server` is then its address, and its certificate must be its own.',
      }),
    ),
    // Their own schemas are loaded with them, by the few that have them.
    gateway: Type.Optional(
      Type.Unknown({
        description: 'Carries the other devices of the store: host, port, relay; a store’s one gateway has it.',
      }),
    ),
    snmp: Type.Optional(
      Type.Unknown({
        description: 'How it asks devices over SNMP: credentials, discovery, traps; snmpDevices says which.',
      }),
    ),
    inventory: Type.Optional(
      Type.Unknown({ description: 'What it tells of its machine: afterS, everyH, software; false: nothing.' }),
    ),
    actions: Type.Optional(
      Type.Unknown({ description: 'What it may be told to do: publicKeyFile, sale, allow; nothing when left out.' }),
    ),
  },
  { additionalProperties: false, description: 'Configuration of an agent.' },
);
export type AgentConfigFile = Static<typeof AgentConfigFile>;

const optional = <Schema extends TSchema>(schema: Schema) => Type.Optional(schema);

/** What the centre may set of it. Who a device is, its secrets and what it may be told to do stay its own. */
export const CentralSettings = Type.Object(
  { ...shared, server: optional(shared.server) },
  { additionalProperties: false, description: 'What the centre may set.' },
);
export type CentralSettings = Static<typeof CentralSettings>;
