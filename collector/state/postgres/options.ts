import { type ClientConfig, types } from 'pg';
import { type Static, Type } from 'typebox';

export const PostgresOptions = Type.Object(
  {
    url: Type.String({
      pattern: '^postgres(ql)?://',
      description:
        'The database, as postgresql://user@host:5432/name; with ?host=/run/postgresql for a local socket, ?sslmode=verify-full for TLS.',
    }),
    password: Type.Optional(Type.String({ description: 'Goes before one in the address, and is never told.' })),
    poolSize: Type.Optional(
      Type.Integer({ minimum: 2, maximum: 100, description: 'Connections at most; 8 by default, and one to listen.' }),
    ),
    timeoutMs: Type.Optional(
      Type.Integer({ minimum: 100, maximum: 60_000, description: 'How long one call may take; 5,000 by default.' }),
    ),
    partitions: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 256, description: 'Shares the stores are divided into; 16 by default.' }),
    ),
    leaseMs: Type.Optional(
      Type.Integer({ minimum: 100, maximum: 600_000, description: 'How long a lease holds; 10,000 by default.' }),
    ),
    ca: Type.Optional(Type.String({ description: 'PEM of the authority that signed the server’s certificate.' })),
  },
  { additionalProperties: false },
);
export type PostgresOptions = Static<typeof PostgresOptions>;

const INT8 = 20;

/** What the driver has to know, with a bound on everything it may wait for. */
export function clientConfig(options: PostgresOptions): ClientConfig {
  const { host, port, user, password, database, isTls } = addressOf(options);
  const timeoutMs = options.timeoutMs ?? 5_000;
  return {
    host,
    port,
    user,
    password,
    database,
    // Whoever asks for TLS in any way gets it with the certificate checked.
    ssl: isTls && (options.ca === undefined ? true : { ca: options.ca }),
    application_name: 'vigie',
    options: '-c search_path=vigie',
    connectionTimeoutMillis: timeoutMs,
    // The server gives up first and says why; whoever hears nothing at all lets go of the connection soon after.
    statement_timeout: timeoutMs,
    query_timeout: timeoutMs + 500,
    idle_in_transaction_session_timeout: timeoutMs,
    keepAlive: true,
    keepAliveInitialDelayMillis: 5_000,
    types: {
      getTypeParser: ((oid: number, format: 'text') =>
        oid === INT8 ? Number : types.getTypeParser(oid, format)) as typeof types.getTypeParser,
    },
  };
}

/** How errors call the database: without user and password. */
export function placeOf(options: PostgresOptions): string {
  const { host, port, database } = addressOf(options);
  return `${host}:${port}/${database}`;
}

function addressOf({ url, password, ca }: PostgresOptions) {
  const parsed = URL.parse(url);
  if (!parsed) throw new TypeError('the address of PostgreSQL is not a URL: postgresql://user@host:5432/name');
  const sslMode = parsed.searchParams.get('sslmode') ?? 'disable';
  const user = decodeURIComponent(parsed.username) || 'vigie';
  return {
    host: parsed.searchParams.get('host') ?? (decodeURIComponent(parsed.hostname) || 'localhost'),
    port: Number(parsed.port || 5432),
    user,
    password: password ?? (decodeURIComponent(parsed.password) || undefined),
    database: decodeURIComponent(parsed.pathname.slice(1)) || user,
    isTls: ca !== undefined || sslMode !== 'disable',
  };
}
