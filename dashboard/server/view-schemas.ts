import { Type } from 'typebox';
import { DeviceKind } from '../../protocol/inventory.ts';
import { type DeviceKey, NAME_PATTERN, type StoreKey } from '../../protocol/names.ts';
import { REASON_CODES } from '../../protocol/reasons.ts';
import { DEVICE_STATES, SEVERITIES, STORE_CONDITIONS, STORE_STATES } from '../../protocol/views.ts';
import { INCIDENT_STATES } from '../../protocol/weights.ts';

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

export const Reason = Type.Object(
  {
    code: Type.Enum([...REASON_CODES]),
    params: Type.Optional(Type.Record(Type.String(), Type.Union([Type.String(), Type.Number()]))),
  },
  { title: 'Reason', description: 'Why it was decided: a code and what its sentence needs.' },
);

const TicketState = Type.Enum(['none', 'waiting', 'open', 'resolved', 'failed']);
const Severity = Type.Enum([...SEVERITIES]);
export const Priority = Type.Enum([1, 2, 3, 4, 5]);

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
    pips: Type.String({
      description: 'One letter per lane: u up, g degraded, d down, b blind, m in maintenance, c closed.',
    }),
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
    device: Type.Unsafe<DeviceKey | StoreKey>(
      Type.String({ description: 'The device it stands on, or the store of a group of devices.' }),
    ),
    rule: Type.String(),
    instance: Type.String(),
    severity: Severity,
    state: Type.Enum(['pending', 'firing', 'resolved']),
    since: Instant,
    reason: Reason,
    flapping: Type.Optional(
      Type.Literal(true, { description: 'It comes and goes: it stays open until it has been steady.' }),
    ),
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

const SlaClock = Type.Object(
  {
    startedAt: Instant,
    targetMs: Type.Optional(
      Type.Number({ description: 'Service time agreed; absent where none was for this priority.' }),
    ),
    burntMs: Type.Number({
      description: 'Service time burnt up to `at`; while it `runs`, every millisecond since counts.',
    }),
    at: Instant,
    runs: Type.Boolean({ description: 'False outside service time, and once it is stopped.' }),
    held: Type.Optional(
      Type.Literal(true, { description: 'It stands still for the planned work its incident is in.' }),
    ),
    breached: Type.Boolean(),
    level: Type.Optional(Type.Enum([1, 2, 3], { description: 'Escalated to N1, N2, N3.' })),
    stoppedAt: Type.Optional(Instant),
  },
  { title: 'SlaClock', description: 'A clock that runs in agreed service time only; milliseconds.' },
);

export const Loss = Type.Object(
  {
    at: Instant,
    laneMs: Type.Number({
      description: 'Lane-milliseconds of opening time lost up to `at`; `lanes` more with each since.',
    }),
    lanes: Type.Integer(),
    blindMs: Type.Number({ description: 'The same of lanes nothing is known of: they may have sold.' }),
    blind: Type.Integer(),
    money: Type.Optional(
      Type.Object({
        currency: Type.String({ description: 'ISO 4217.' }),
        lost: Type.Number({ description: 'Up to `at`; `lanes` times `perLaneMinute` more with each minute since.' }),
        blind: Type.Number({ description: 'Not sold at most, of lanes nothing is known of.' }),
        perLaneMinute: Type.Number(),
      }),
    ),
  },
  { title: 'Loss', description: 'What it has cost while the store was open; a lane counts in one incident only.' },
);

const Hold = Type.Object(
  {
    since: Instant,
    by: Type.String(),
    why: Type.String(),
    until: Type.Optional(Instant),
    impact: Type.Enum([1, 2, 3]),
    severity: Severity,
    from: Type.Optional(Type.Enum(['in-progress'], { description: 'What it goes back to; absent: acknowledged.' })),
  },
  {
    description: 'What it waits for: its clocks stand still until then, until it is resumed, or until it grows graver.',
  },
);

const Comments = Type.Optional(
  Type.Array(
    Type.Object({
      at: Instant,
      by: Type.String(),
      text: Type.String(),
      desk: Type.Optional(Type.String({ description: 'The desk it was said at.' })),
      id: Type.Optional(Type.String({ description: 'What that desk tells it from its others by.' })),
    }),
    { description: 'What people said of it: the last few.' },
  ),
);
const Desks = Type.Optional(Type.Array(Type.String(), { description: 'The desks that were told of it.' }));

const handled = {
  category: Type.Optional(Type.String({ description: 'Of the ticket, by the desk’s own name.' })),
  team: Type.Optional(Type.String({ description: 'Who gets the ticket, by the desk’s own name.' })),
  onCall: Type.Optional(Type.String({ description: 'Who was on call when it was last told.' })),
};
const BothLanguages = Type.Object({ fr: Type.String(), en: Type.String() });
const Steps = Type.Array(Type.String());
const Procedure = Type.Object(
  {
    id: Type.String(),
    title: BothLanguages,
    version: Type.Optional(Type.String()),
    steps: Type.Optional(Type.Object({ fr: Steps, en: Steps })),
    actions: Type.Optional(Type.Array(Type.String(), { description: 'Actions of the device that may be of use.' })),
  },
  { description: 'The model it is handled by: the house’s own procedure.' },
);

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
    state: Type.Enum([...INCIDENT_STATES]),
    severity: Severity,
    impact: Type.Enum([1, 2, 3]),
    urgency: Type.Enum([1, 2, 3]),
    priority: Priority,
    since: Instant,
    openedAt: Instant,
    acknowledgedAt: Type.Optional(Instant),
    acknowledgedBy: Type.Optional(Type.String()),
    owner: Type.Optional(Type.String({ description: 'A person or a team.' })),
    level: Type.Optional(Type.Enum([1, 2, 3], { description: 'Of support, N1 to N3; absent: N1.' })),
    hold: Type.Optional(Hold),
    resolvedAt: Type.Optional(Instant),
    mergedInto: Type.Optional(Type.String({ description: 'The key of the incident it ended in.' })),
    lanesDown: Type.Integer(),
    lanesTotal: Type.Integer(),
    loss: Type.Optional(Loss),
    clocks: Type.Optional(
      Type.Object(
        { respond: SlaClock, restore: SlaClock },
        { description: 'Time to respond (GTI), time to restore (GTR); absent where nothing was agreed.' },
      ),
    ),
    respondBy: Type.Optional(Instant),
    restoreBy: Type.Optional(Instant),
    alerts: Type.Array(AlertView),
    maintenance: Type.Optional(Reason),
    suspects: Type.Optional(
      Type.Array(Reason, { description: 'Changes under way, or just ended, when it began: the likeliest first.' }),
    ),
    actions: Type.Optional(
      Type.Array(TimelineEntry, { description: 'What was done about it by command: the last few.' }),
    ),
    comments: Comments,
    number: Type.Integer(),
    storeTitle: Type.String(),
    causeTitle: Type.String(),
    region: Type.String(),
    simulated: Type.Optional(Type.Boolean()),
    ticket: Type.Optional(Type.String({ description: 'The desk’s own number.' })),
    into: Type.Optional(
      Type.Object({ key: Type.String(), number: Type.Integer() }, { description: 'The incident it ended in.' }),
    ),
    parent: Type.Optional(
      Type.Object({ key: Type.String(), number: Type.Integer() }, { description: 'The major incident it is part of.' }),
    ),
    desks: Desks,
    model: Type.Optional(Procedure),
    ...handled,
    quietUntil: Type.Optional(Instant),
    lastReadings: Type.Optional(
      Type.Object(
        {
          at: Instant,
          values: Type.Array(Type.Object({ reading: Type.String(), value: Type.Number(), unit: Type.String() })),
        },
        { description: 'Of the device at fault, in what a desk is told only.' },
      ),
    ),
    digest: Type.Optional(
      Type.Object({ desks: Type.Array(Type.String()), at: Instant }, { description: 'In whose digest it stands.' }),
    ),
    ticketState: TicketState,
  },
  { title: 'IncidentView' },
);

const FailedShare = Type.Object({ failed: Type.Integer(), of: Type.Integer() });

export const MajorView = Type.Object(
  {
    key: Type.String(),
    chain: Type.String(),
    cause: Type.Union([
      Type.Object({
        kind: Type.Literal('common'),
        attribute: Type.String({
          description: 'As rules name it, `store.carrier`; or `region`, `change`, or `deployed.software.pos`.',
        }),
        value: Type.String(),
      }),
      Type.Object({ kind: Type.Literal('storm') }),
    ]),
    symptom: Type.Optional(Type.String({ description: 'What befell its stores, e.g. `network`.' })),
    title: Reason,
    fold: Reason,
    evidence: Type.Optional(
      Type.Object(
        {
          inside: FailedShare,
          outside: FailedShare,
          tried: Type.Integer({ description: 'Attribute values that could have been named.' }),
          p: Type.Number({
            description: 'Chance of it by coincidence (hypergeometric), corrected for what was tried.',
          }),
        },
        { description: 'Of the stores that have the attribute, and of the others: how many failed.' },
      ),
    ),
    state: Type.Enum(['new', 'acknowledged', 'resolved']),
    severity: Severity,
    priority: Priority,
    since: Instant,
    openedAt: Instant,
    acknowledgedAt: Type.Optional(Instant),
    acknowledgedBy: Type.Optional(Type.String()),
    comments: Comments,
    resolvedAt: Type.Optional(Instant),
    quietSince: Type.Optional(Instant),
    stores: Type.Integer({ description: 'Stores it has touched.' }),
    storesOpen: Type.Integer({ description: 'Those that are not back.' }),
    lanesDown: Type.Integer(),
    lanesTotal: Type.Integer(),
    loss: Type.Optional(Loss),
    children: Type.Array(
      Type.Object({
        incident: Type.String({ description: 'Key of the incident.' }),
        number: Type.Integer(),
        store: StoreKeySchema,
        storeTitle: Type.String(),
        over: Type.Boolean(),
        loss: Type.Optional(Loss),
      }),
    ),
    number: Type.Integer(),
    chainTitle: Type.String(),
    simulated: Type.Optional(Type.Boolean()),
    ticket: Type.Optional(Type.String({ description: 'The desk’s own number.' })),
    desks: Desks,
    ...handled,
    ticketState: TicketState,
  },
  { title: 'MajorView', description: 'What several stores have in common that failed together.' },
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
    majors: Type.Optional(Type.Array(MajorView)),
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

export const Satisfaction = Type.Object(
  { incident: Type.Integer(), store: StoreKeySchema, isWell: Type.Boolean(), note: Type.String(), at: Instant },
  { title: 'Satisfaction', description: 'What a store answered when it was asked whether all is well again.' },
);
