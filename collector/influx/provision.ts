import type { InfluxConnection } from './connection.ts';
import { InfluxError } from './influx-error.ts';
import { ident } from './influxql.ts';
import { LEVELS, type Level } from './levels.ts';
import { databaseOf, type KeptDays } from './options.ts';

/** What the server keeps longer than we read it, so that roll-ups are always made before it forgets. */
const SLACK_DAYS = 2;

/**
 * Makes the three databases (buckets) that are not there yet, each keeping its readings as long as we need them; without
 * `kept`, for ever. One that is there keeps what it is set to; on version 1 it is lengthened where it would forget
 * too soon, never shortened. What we may not do is no fault: the writes will tell. Rejects when the server doesn't answer.
 */
export async function provision(connection: InfluxConnection, kept: KeptDays | undefined): Promise<void> {
  for (const level of LEVELS) {
    try {
      await MAKE[connection.options.version](connection, level, kept && daysOf(level, kept));
    } catch (error) {
      if (!(error instanceof InfluxError) || !isNo(error)) throw error;
    }
  }
}

/** The server is there and says no. */
const isNo = ({ status }: InfluxError): boolean => status !== undefined && status < 500 && status !== 429;

function daysOf(level: Level, kept: KeptDays): number {
  const days = { raw: kept.rawDays, '5m': kept.fiveMinuteDays, '1h': kept.hourDays }[level];
  return Math.ceil(days) + SLACK_DAYS;
}

type Make = (connection: InfluxConnection, level: Level, days: number | undefined) => Promise<void>;

const MAKE: Readonly<Record<1 | 2 | 3, Make>> = {
  async 1(connection, level, days) {
    const database = databaseOf(connection.options, level);
    const name = ident(database);
    if (days === undefined) {
      await connection.query(level, `CREATE DATABASE ${name}`);
      return;
    }
    try {
      await connection.query(level, `CREATE DATABASE ${name} WITH DURATION ${days}d`);
      return;
    } catch (error) {
      if (!/conflicts/.test((error as Error).message)) throw error;
    }
    const [policies] = await connection.query(level, `SHOW RETENTION POLICIES ON ${name}`);
    for (const { columns, values } of policies ?? []) {
      for (const row of values) {
        const cell = (column: string) => row[columns.indexOf(column)];
        const hours = Number.parseInt(String(cell('duration')), 10);
        if (cell('default') !== true || hours === 0 || hours >= days * 24) continue;
        await connection.query(
          level,
          `ALTER RETENTION POLICY ${ident(String(cell('name')))} ON ${name} DURATION ${days}d`,
        );
      }
    }
  },

  async 2(connection, level, days) {
    const bucket = databaseOf(connection.options, level);
    const org = connection.options.org ?? '';
    const found = await bucketId(connection, bucket);
    if (found !== undefined) return;
    const orgs = (await connection.call('GET', `/api/v2/orgs?org=${encodeURIComponent(org)}`)) as Orgs;
    await connection.call('POST', '/api/v2/buckets', {
      orgID: orgs?.orgs?.[0]?.id,
      name: bucket,
      retentionRules: days === undefined ? [] : [{ type: 'expire', everySeconds: days * 86_400 }],
    });
  },

  async 3(connection, level, days) {
    await connection.call('POST', '/api/v3/configure/database', {
      db: databaseOf(connection.options, level),
      ...(days !== undefined && { retention_period: `${days}d` }),
    });
  },
};

interface Orgs {
  orgs?: { id: string }[];
}

interface Buckets {
  buckets?: { id: string }[];
}

async function bucketId(connection: InfluxConnection, bucket: string): Promise<string | undefined> {
  const search = new URLSearchParams({ name: bucket, org: connection.options.org ?? '' });
  try {
    return ((await connection.call('GET', `/api/v2/buckets?${search}`)) as Buckets)?.buckets?.[0]?.id;
  } catch (error) {
    // Version 2 says so of a bucket it does not have.
    if (error instanceof InfluxError && error.status === 404) return undefined;
    throw error;
  }
}

/**
 * Version 2 reads InfluxQL through a mapping from a database name to a bucket. New buckets have one; an older bucket is
 * given one here. Elsewhere there is nothing to do.
 */
export async function mapBuckets(connection: InfluxConnection): Promise<void> {
  if (connection.options.version !== 2) return;
  for (const level of LEVELS) {
    const database = databaseOf(connection.options, level);
    try {
      await connection.call('POST', '/api/v2/dbrps', {
        org: connection.options.org,
        bucketID: await bucketId(connection, database),
        database,
        retention_policy: 'autogen',
        default: true,
      });
    } catch (error) {
      if (!(error instanceof InfluxError) || !isNo(error)) throw error;
    }
  }
}
