import { type Static, Type } from 'typebox';
import type { Level } from './levels.ts';

/** Where an InfluxDB is and how it lets us in. */
export const InfluxOptions = Type.Object(
  {
    url: Type.String({
      pattern: '^https?://[^@]+$',
      description: 'Address of the server, without user or password, e.g. http://influx.example:8086.',
    }),
    version: Type.Union([Type.Literal(1), Type.Literal(2), Type.Literal(3)], {
      description: 'Main version of the server: 1, 2 or 3.',
    }),
    database: Type.Optional(
      Type.String({
        pattern: '^[A-Za-z][A-Za-z0-9_.-]{0,63}$',
        description:
          'Versions 1 and 3: the database; "vigie" by default. Roll-ups go beside it, into <database>_5m and <database>_1h.',
      }),
    ),
    retentionPolicy: Type.Optional(
      Type.String({
        minLength: 1,
        description: 'Version 1: the retention policy raw readings go into; the default one of the database otherwise.',
      }),
    ),
    user: Type.Optional(Type.String({ minLength: 1, description: 'Version 1, where it asks for one: the user.' })),
    password: Type.Optional(Type.String({ description: 'Version 1: the password of that user.' })),
    org: Type.Optional(Type.String({ minLength: 1, description: 'Version 2: the organization.' })),
    bucket: Type.Optional(
      Type.String({
        pattern: '^[A-Za-z][A-Za-z0-9_.-]{0,63}$',
        description:
          'Version 2: the bucket; "vigie" by default. Roll-ups go beside it, into <bucket>_5m and <bucket>_1h.',
      }),
    ),
    token: Type.Optional(
      Type.String({ minLength: 1, description: 'Versions 2 and 3: a token that may read and write.' }),
    ),
    gzip: Type.Optional(
      Type.Boolean({ description: 'Compress what is written: for a server behind a narrow line. False by default.' }),
    ),
    timeoutSeconds: Type.Optional(
      Type.Number({
        minimum: 0.1,
        maximum: 300,
        description: 'How long the server may leave a request without any answer; 10 by default.',
      }),
    ),
  },
  { additionalProperties: false },
);
export type InfluxOptions = Static<typeof InfluxOptions>;

/** Days that readings are kept: as they came, as 5-minute roll-ups, as hourly ones. */
export interface KeptDays {
  rawDays: number;
  fiveMinuteDays: number;
  hourDays: number;
}

export const databaseOf = (options: InfluxOptions, level: Level): string => {
  const name = (options.version === 2 ? options.bucket : options.database) ?? 'vigie';
  return level === 'raw' ? name : `${name}_${level}`;
};
