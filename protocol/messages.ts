import { type Static, Type } from 'typebox';
import { AllowedAction } from './actions.ts';
import { ConfigState } from './agent-config.ts';
import { DeviceEvent, EVENTS_MAX } from './events.ts';
import { NAME_PATTERN, Name } from './names.ts';
import { UpdateState } from './releases.ts';
import { CheckStatus } from './status.ts';

/** The wire version every message carries. */
export const WIRE_VERSION = 1;

const Version = Type.Literal(WIRE_VERSION, { description: 'Wire version.' });
const Time = Type.Integer({ minimum: 0, maximum: 8_640_000_000_000_000, description: 'Milliseconds since 1970, UTC.' });

/** Names one run of an agent: a new one at every start. Sorts by time of start. */
const Boot = Type.String({
  pattern: '^[a-z0-9]{8,40}$',
  description: 'Names one run of the agent; new at every start.',
});

const Seq = Type.Integer({
  minimum: 1,
  maximum: Number.MAX_SAFE_INTEGER,
  description: 'Counts this boot’s reports from 1, over all devices the agent speaks for.',
});

const Tags = Type.Record(Type.String({ pattern: '^[A-Za-z_][A-Za-z0-9_.-]{0,63}$' }), Type.String({ maxLength: 256 }), {
  additionalProperties: false,
  maxProperties: 16,
});

const Fields = Type.Record(Type.String({ pattern: '^[A-Za-z_][A-Za-z0-9_.-]{0,63}$' }), Type.Number(), {
  additionalProperties: false,
  minProperties: 1,
  maxProperties: 64,
});

/** One measurement of one thing at one instant. */
export const Point = Type.Object(
  {
    m: Type.String({
      pattern: '^[a-z][a-z0-9_]{0,63}$',
      description: "Measurement, under Telegraf's name where it has one.",
    }),
    t: Type.Optional(Tags),
    f: Fields,
    at: Type.Optional(Time),
  },
  {
    additionalProperties: false,
    description:
      'A measurement `m`, its tags `t`, its fields `f` (finite numbers); `at` where it differs from the report.',
  },
);
export type Point = Static<typeof Point>;

/** Sent by an agent for itself or for a device assigned to it. */
export const Report = Type.Object(
  {
    v: Version,
    boot: Boot,
    seq: Seq,
    by: Type.Optional(Name),
    at: Time,
    historical: Type.Optional(
      Type.Boolean({ description: 'Kept while cut off: repairs history, moves nothing live.' }),
    ),
    points: Type.Array(Point, { maxItems: 2000 }),
    statuses: Type.Optional(Type.Array(CheckStatus, { maxItems: 500 })),
    events: Type.Optional(Type.Array(DeviceEvent, { maxItems: EVENTS_MAX })),
    device: Type.Optional(
      Type.String({
        pattern: NAME_PATTERN,
        description: 'The device, where `by` is another: as the topic has it, for whoever has the report alone.',
      }),
    ),
  },
  {
    additionalProperties: false,
    description: 'Readings of one device. `by` names the agent when it is not the device itself.',
  },
);
export type Report = Static<typeof Report>;

/** Why a device is said to be offline. */
export const OFFLINE_REASONS = ['lost', 'stopped', 'unreachable'] as const;

/** What the store's network tells of a device that is not heard any more. */
export const Evidence = Type.Object(
  {
    link: Type.Optional(
      Type.Enum(['closed', 'silent', 'refused'], {
        description:
          'How its connection ended: closed by its own system, without a word, or refused for a revoked certificate.',
      }),
    ),
    host: Type.Optional(
      Type.Enum(['answers', 'silent'], { description: 'Whether the machine itself answers on the store’s network.' }),
    ),
    neighbours: Type.Optional(
      Type.Object(
        { asked: Type.Integer({ minimum: 1 }), reached: Type.Integer({ minimum: 0 }) },
        {
          additionalProperties: false,
          description: 'Other agents of the store that looked for it, and those that found it.',
        },
      ),
    ),
  },
  { additionalProperties: false, description: 'Seen by the agent in `by` from inside the store.' },
);
export type Evidence = Static<typeof Evidence>;

/** Retained. As the agent's will it carries the boot it belongs to and counts for that boot only. */
export const StatusMessage = Type.Object(
  {
    v: Version,
    boot: Boot,
    by: Type.Optional(Name),
    online: Type.Boolean(),
    reason: Type.Optional(
      Type.Enum(OFFLINE_REASONS, {
        description:
          '`lost`: the will, the connection broke. `stopped`: the agent said goodbye. `unreachable`: the agent that watches it gets no answer.',
      }),
    ),
    evidence: Type.Optional(Evidence),
    intervalS: Type.Optional(
      Type.Number({
        minimum: 1,
        maximum: 86_400,
        description: 'Seconds between two reports of this device, where the agent in `by` has another pace for it.',
      }),
    ),
    at: Time,
  },
  { additionalProperties: false, description: 'Whether a device is there.' },
);
export type StatusMessage = Static<typeof StatusMessage>;

const Text = Type.String({ maxLength: 256 });

/** Retained. What an agent says of itself and of its host, on every connection. */
export const Birth = Type.Object(
  {
    v: Version,
    boot: Boot,
    at: Time,
    agent: Type.Object(
      {
        version: Text,
        config: Type.String({ maxLength: 64, description: 'Hash of the configuration in force.' }),
        central: Type.Optional(ConfigState),
        update: Type.Optional(UpdateState),
      },
      { additionalProperties: false },
    ),
    intervalS: Type.Number({ minimum: 1, maximum: 86_400, description: 'Seconds between two reports of one device.' }),
    host: Type.Record(Type.String({ pattern: '^[a-z][A-Za-z0-9_]{0,31}$' }), Text, {
      additionalProperties: false,
      maxProperties: 64,
    }),
    checks: Type.Array(Type.String({ minLength: 1, maxLength: 128 }), { maxItems: 500 }),
    watches: Type.Optional(Type.Array(Name, { maxItems: 1000, description: 'Devices this agent also reports for.' })),
    gateway: Type.Optional(
      Type.Object(
        { port: Type.Integer({ minimum: 1, maximum: 65_535, description: 'Where it listens in its store, MQTT.' }) },
        { additionalProperties: false, description: 'Present where it carries the other devices of its store.' },
      ),
    ),
    actions: Type.Optional(
      Type.Array(AllowedAction, { maxItems: 50, description: 'What it may be told to do; absent: nothing.' }),
    ),
    gap: Type.Optional(
      Type.Object(
        { reports: Type.Integer({ minimum: 1 }), from: Time, to: Time },
        {
          additionalProperties: false,
          description: 'Reports dropped unsent because the outbox was full, oldest first.',
        },
      ),
    ),
  },
  {
    additionalProperties: false,
    description: 'An agent and its host: version, boot, inventory, checks, configuration hash.',
  },
);
export type Birth = Static<typeof Birth>;

/** Retained on the collector's own topic: agents keep their reports while no collector is there. */
export const CollectorPresence = Type.Object(
  {
    v: Version,
    online: Type.Boolean(),
    receipts: Type.Optional(
      Type.Boolean({
        description:
          'True: keep a report until a receipt names it. The broker acknowledges it before the collector has it, and may forget.',
      }),
    ),
    at: Time,
  },
  { additionalProperties: false, description: 'Whether a collector is there to take reports.' },
);
export type CollectorPresence = Static<typeof CollectorPresence>;

/** Ranges a receipt may hold. */
export const RECEIPT_RANGES_MAX = 64;

/**
 * From a collector to an agent: what is committed of one of its runs, so far. It may be lost without harm: the next one
 * says it again, and an agent sends again what it has no receipt for.
 */
export const Receipt = Type.Object(
  {
    v: Version,
    boot: Boot,
    seen: Type.Array(Type.Tuple([Seq, Seq]), {
      minItems: 1,
      maxItems: RECEIPT_RANGES_MAX,
      description: 'Report numbers as closed ranges, ascending and apart, such as [[1, 400], [402, 402]].',
    }),
    at: Time,
  },
  { additionalProperties: false, description: 'Reports that are committed: the agent need not keep them any longer.' },
);
export type Receipt = Static<typeof Receipt>;
