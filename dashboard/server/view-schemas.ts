import { Type } from 'typebox';
import { DeviceKind } from '../../protocol/inventory.ts';
import { type DeviceKey, NAME_PATTERN, type StoreKey } from '../../protocol/names.ts';
import { REASON_CODES } from '../../protocol/reasons.ts';
import { DEVICE_STATES, SEVERITIES, STORE_CONDITIONS, STORE_STATES } from '../../protocol/views.ts';

/**
 * What `protocol/views.ts` shows to people, as schemas: a test holds the two together. A schema with a title stands once
 * in the API's description, under that name.
 */

const name = NAME_PATTERN.slice(1, -1);

/** `chain/store`. */
export const StoreKeySchema = Type.Unsafe<StoreKey>(
  Type.String({ pattern: `^${name}/${name}$`, description: '`chain/store`.' }),
);

/** `chain/store/device`. */
export const DeviceKeySchema = Type.Unsafe<DeviceKey>(
  Type.String({ pattern: `^${name}/${name}/${name}$`, description: '`chain/store/device`.' }),
);

/** An instant. */
export const Instant = Type.Number({ description: 'Milliseconds since 1970, UTC.' });

const Reason = Type.Object(
  {
    code: Type.Enum([...REASON_CODES]),
    params: Type.Optional(Type.Record(Type.String(), Type.Union([Type.String(), Type.Number()]))),
  },
  { title: 'Reason', description: 'Why it was decided: a code and what its sentence needs.' },
);

const Severity = Type.Enum([...SEVERITIES]);
const Priority = Type.Enum([1, 2, 3, 4, 5]);

export const StoreTile = Type.Object(
  {
    key: StoreKeySchema,
    title: Type.String(),
    region: Type.String(),
    state: Type.Enum([...STORE_STATES]),
    since: Instant,
    reason: Reason,
    conditions: Type.Optional(
      Type.Array(Type.Enum([...STORE_CONDITIONS]), { description: 'What it lives on in reserve; absent for nothing.' }),
    ),
    pips: Type.String({ description: 'One letter per lane: u up, g degraded, d down, b blind, c closed.' }),
    lanesUp: Type.Integer(),
    lanesTotal: Type.Integer(),
    simulated: Type.Optional(Type.Boolean()),
    incident: Type.Optional(
      Type.Object(
        { number: Type.Integer(), priority: Priority, ticket: Type.Optional(Type.String()) },
        { description: 'The most urgent open incident.' },
      ),
    ),
  },
  { title: 'StoreTile' },
);

export const AlertView = Type.Object(
  {
    key: Type.String(),
    device: DeviceKeySchema,
    rule: Type.String(),
    instance: Type.String(),
    severity: Severity,
    state: Type.Enum(['pending', 'firing', 'resolved']),
    since: Instant,
    reason: Reason,
  },
  { title: 'AlertView' },
);

export const DeviceView = Type.Object(
  {
    key: DeviceKeySchema,
    title: Type.String(),
    kind: DeviceKind,
    lane: Type.Optional(Type.Integer()),
    gateway: Type.Optional(Type.String()),
    state: Type.Enum([...DEVICE_STATES]),
    since: Instant,
    reason: Reason,
    lastReportAt: Type.Optional(Instant),
    alerts: Type.Array(AlertView),
  },
  { title: 'DeviceView' },
);

export const TimelineEntry = Type.Object({ at: Instant, reason: Reason }, { title: 'TimelineEntry' });

export const IncidentView = Type.Object(
  {
    key: Type.String(),
    store: StoreKeySchema,
    cause: Type.Object({
      kind: Type.Enum(['device', 'store']),
      target: Type.Unsafe<DeviceKey | StoreKey>(Type.String({ description: 'The device or the store at fault.' })),
      rule: Type.String(),
      reason: Reason,
    }),
    fold: Reason,
    state: Type.Enum(['new', 'acknowledged', 'resolved']),
    severity: Severity,
    impact: Type.Enum([1, 2, 3]),
    urgency: Type.Enum([1, 2, 3]),
    priority: Priority,
    since: Instant,
    openedAt: Instant,
    acknowledgedAt: Type.Optional(Instant),
    acknowledgedBy: Type.Optional(Type.String()),
    resolvedAt: Type.Optional(Instant),
    lanesDown: Type.Integer(),
    lanesTotal: Type.Integer(),
    alerts: Type.Array(AlertView),
    actions: Type.Optional(
      Type.Array(TimelineEntry, { description: 'What was done about it by command: the last few.' }),
    ),
    number: Type.Integer(),
    storeTitle: Type.String(),
    causeTitle: Type.String(),
    region: Type.String(),
    simulated: Type.Optional(Type.Boolean()),
    ticket: Type.Optional(Type.String({ description: 'The desk’s own number.' })),
    ticketState: Type.Enum(['none', 'waiting', 'open', 'resolved', 'failed']),
  },
  { title: 'IncidentView' },
);

const StoreSegment = Type.Object(
  {
    from: Instant,
    to: Instant,
    state: Type.Enum([...STORE_STATES]),
    reason: Reason,
    proven: Type.Optional(
      Type.Literal(true, { description: 'Not seen so at the time: reports that came later prove it.' }),
    ),
  },
  { title: 'StoreSegment' },
);

export const StoreAvailability = Type.Object(
  {
    segments: Type.Array(StoreSegment),
    totals: Type.Object(
      Object.fromEntries(STORE_STATES.map((state) => [state, Type.Optional(Type.Number())])) as Record<
        (typeof STORE_STATES)[number],
        ReturnType<typeof Type.Optional<ReturnType<typeof Type.Number>>>
      >,
      { description: 'Milliseconds in each state.' },
    ),
    percent: Type.Optional(
      Type.Number({ description: 'Of the time it was open and known of, how much it sold in, percent.' }),
    ),
    knownPercent: Type.Optional(
      Type.Number({ description: 'Of the time it was open, how much is known of, percent.' }),
    ),
  },
  { title: 'StoreAvailability' },
);

export const WallSnapshot = Type.Object(
  {
    id: Type.String({ description: 'Position in the live stream: give it to `/live?since=`.' }),
    at: Instant,
    chains: Type.Array(
      Type.Object({ name: Type.String(), title: Type.String(), simulated: Type.Optional(Type.Boolean()) }),
    ),
    stores: Type.Array(StoreTile),
    incidents: Type.Array(IncidentView),
  },
  { title: 'WallSnapshot' },
);

export const Reading = Type.Object(
  {
    measurement: Type.String(),
    field: Type.String(),
    tags: Type.Record(Type.String(), Type.String()),
    value: Type.Number(),
    at: Instant,
  },
  { title: 'Reading' },
);

/** How many entries of a list to give. */
export const Limit = Type.Object({
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, description: '100 when left out.' })),
});
