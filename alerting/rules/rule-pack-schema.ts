import { Type } from 'typebox';
import { AGGREGATES } from '../../protocol/aggregates.ts';
import { DEVICE_KINDS, DeviceKind } from '../../protocol/inventory.ts';
import { SEVERITIES } from '../../protocol/views.ts';
import { ATTRIBUTE_OWNERS } from '../engine/scope.ts';
import { Groups, Overrides } from './override-schema.ts';

export const DURATION_PATTERN = '^(\\d+(?:\\.\\d+)?) ?(s|min|h|d)$';
const SECONDS = { s: 1, min: 60, h: 3600, d: 86_400 } as const;

const duration = (description: string) =>
  Type.String({
    pattern: DURATION_PATTERN,
    description: `${description} A number and its unit, e.g. \`30 s\`, \`5 min\`, \`1 h\`, \`2 d\`.`,
  });

/** Seconds of a duration as rule packs write it, e.g. `5 min`. The schema has already refused anything else. */
export function toSeconds(text: string): number {
  const [, number, unit] = text.match(DURATION_PATTERN) ?? [];
  return Number(number) * SECONDS[unit as keyof typeof SECONDS];
}

const literals = <const Values extends readonly string[]>(values: Values, description: string) =>
  Type.Union(
    values.map((value) => Type.Literal(value)),
    { description },
  );

const Text = Type.String({ minLength: 1, maxLength: 128 });

const Glob = Type.String({ minLength: 1, maxLength: 256 });

const CheckName = Type.String({ minLength: 1, maxLength: 128 });

const checks = (description: string) =>
  Type.Union([CheckName, Type.Array(CheckName, { minItems: 1, maxItems: 64, uniqueItems: true })], { description });

const common = {
  id: Type.String({
    pattern: '^[a-z][a-z0-9-]{0,63}$',
    description: 'Names the rule for good: alerts and incidents refer to it. Small letters, digits and hyphens.',
  }),
  title: Type.Object({ fr: Text, en: Text }, { additionalProperties: false, description: 'What people read.' }),
  kinds: Type.Optional(
    Type.Array(DeviceKind, {
      minItems: 1,
      uniqueItems: true,
      description: `Kinds of device it judges; all when left out. One of ${DEVICE_KINDS.join(', ')}.`,
    }),
  ),
  attributes: Type.Optional(
    Type.Record(
      Type.String({ pattern: `^(${ATTRIBUTE_OWNERS.join('|')})\\.[A-Za-z][A-Za-z0-9_.-]{0,80}$` }),
      Type.Union([Glob, Type.Array(Glob, { minItems: 1, maxItems: 64 })]),
      {
        additionalProperties: false,
        minProperties: 1,
        maxProperties: 16,
        description:
          'Attributes a device must have, all of them: `store.carrier`, `device.model`, `asset.contract`, `observed.os`; each with a text, or a list of which one fits, `*` standing for any run of characters.',
      },
    ),
  ),
  severity: literals(SEVERITIES, 'How bad it is: `warning` or `critical`.'),
  urgency: Type.Union([Type.Literal(1), Type.Literal(2), Type.Literal(3)], {
    description: '1 high, 2 medium, 3 low. With the impact it makes the priority of the incident.',
  }),
  hours: literals(
    ['open', 'always'],
    '`open`: fires only while the store is open, and at opening if the fault is still there.',
  ),
  for: duration('How long the fault must last before the alert fires.'),
  clearFor: duration('How long it must be gone before the alert resolves.'),
};

/** Of rules whose reports decide by themselves when a fault begins and ends. */
const { for: _for, clearFor: _clearFor, hours: _hours, ...unhurried } = common;

/** Of rules without an alert of their own. */
const { urgency: _urgency, severity: _severity, ...unjudged } = unhurried;

const windowed = {
  window: Type.Optional(
    duration('Judge the readings of this long together, from `10 s` to `24 h`, instead of each by itself.'),
  ),
  aggregate: Type.Optional(
    Type.Enum([...AGGREGATES], {
      description:
        'What is judged of the window: `last`, `avg`, `min`, `max`, `p95`, `count` (of readings); of a counter `rate` (per second) or `delta` (its gain): one that goes back has begun anew.',
    }),
  ),
  coverage: Type.Optional(
    Type.Number({
      minimum: 1,
      maximum: 100,
      description: 'Percent of the window for which readings must have come before it is judged; 80 when left out.',
    }),
  ),
};

const missing = {
  noData: Type.Optional(
    literals(
      ['keep', 'alert', 'resolve'],
      'What becomes of it when the device is heard and what it used to tell stays away: `keep` leaves all as it is (when left out), `alert` fires for it, `resolve` ends what stands.',
    ),
  ),
  after: Type.Optional(duration('How long it may stay away, with `noData`.')),
};

const names = (description: string) => Type.String({ pattern: '^[A-Za-z_][A-Za-z0-9_.-]{0,63}$', description });

/** A rule as a pack's file writes it, by its `type`. */
export const RULE_SCHEMAS = {
  threshold: Type.Object(
    {
      ...common,
      type: Type.Literal('threshold', { description: 'A reading beyond a limit.' }),
      measurement: names('Measurement, e.g. `disk`.'),
      field: names('Field, e.g. `used_percent`.'),
      tags: Type.Optional(
        Type.Record(Type.String(), Type.String(), {
          description: 'Tags a point must bear, e.g. `cpu: cpu-total`; `*` is any value of it.',
        }),
      ),
      by: Type.Optional(
        Type.Array(names('Tag.'), {
          uniqueItems: true,
          description: 'Tags that tell its alerts on one device apart; when left out, all that `tags` does not fix.',
        }),
      ),
      direction: literals(['above', 'below'], 'Which side of the limit is the fault.'),
      raise: Type.Number({ description: 'The fault begins at this value.' }),
      clear: Type.Number({ description: 'The fault is gone at this value, on the safe side of `raise`.' }),
      ...windowed,
      ...missing,
      unit: Type.Optional(
        Type.String({ minLength: 1, maxLength: 16, description: 'Only for readings Vigie does not know itself.' }),
      ),
    },
    { additionalProperties: false },
  ),
  status: Type.Object(
    {
      ...common,
      type: Type.Literal('status', { description: 'What a check says by itself.' }),
      check: checks('Names of the checks it takes, one or a list; `*` stands for any run of characters.'),
      except: Type.Optional(checks('Of these, the ones it leaves to other rules.')),
      raise: Type.Array(literals(['warning', 'critical', 'unknown'], 'Status.'), {
        minItems: 1,
        uniqueItems: true,
        description: 'The statuses that raise it: `warning`, `critical`, `unknown`.',
      }),
      ...missing,
    },
    { additionalProperties: false },
  ),
  composite: Type.Object(
    {
      ...common,
      type: Type.Literal('composite', {
        description:
          'A share of a group: of the devices of a store that `kinds` and `attributes` take, or of their lanes.',
      }),
      of: Type.Optional(
        literals(['devices', 'lanes'], 'What is counted: `devices` (when left out), or `lanes` they bear.'),
      ),
      when: literals(
        ['down', 'degraded', 'firing'],
        'What makes a member count: `down`, not heard; `degraded`, that or an alert on it; `firing`, the alert of `rule`.',
      ),
      rule: Type.Optional(Type.String({ description: 'The rule of which an alert counts, with `when: firing`.' })),
      raise: Type.Number({
        exclusiveMinimum: 0,
        maximum: 100,
        description: 'The fault begins at this share, percent.',
      }),
      clear: Type.Number({ minimum: 0, maximum: 100, description: 'The fault is gone at this share, below `raise`.' }),
    },
    { additionalProperties: false },
  ),
  silence: Type.Object(
    {
      ...common,
      type: Type.Literal('silence', { description: 'Nothing is heard of the device.' }),
      intervals: Type.Integer({
        minimum: 2,
        maximum: 100,
        description: 'A connected device is silent after this many reporting intervals without a report.',
      }),
      stoppedFor: duration('How long a device may stay away after its agent said goodbye.'),
    },
    { additionalProperties: false },
  ),
  forecast: Type.Object(
    {
      ...common,
      type: Type.Literal('forecast', { description: 'A reading on its way to a limit.' }),
      measurement: names('Measurement, e.g. `disk`.'),
      field: names('Field, e.g. `used_percent`.'),
      tags: Type.Optional(Type.Record(Type.String(), Type.String(), { description: 'Tags a point must bear.' })),
      by: Type.Array(names('Tag.'), {
        uniqueItems: true,
        maxItems: 4,
        description: 'Tags that tell its quantities on one device apart, e.g. `[path]`; `[]` where there is one.',
      }),
      when: Type.Optional(
        Type.Record(Type.String(), Type.Number(), {
          description:
            'Other fields of the point that must be at least so much for the reading to count, e.g. `battery_charge_percent: 100`.',
        }),
      ),
      direction: literals(['rising', 'falling'], 'Which way it goes to its limit.'),
      limit: Type.Number({ description: 'What it is not to reach.' }),
      within: duration('The fault begins when the limit is expected within this time.'),
      clearBeyond: duration(
        'It is gone when the limit is expected later than this, or not at all; more than `within`.',
      ),
      over: Type.Optional(duration('How far back readings are looked at; 28 d when left out.')),
      unit: Type.Optional(
        Type.String({ minLength: 1, maxLength: 16, description: 'Only for readings Vigie does not know itself.' }),
      ),
    },
    { additionalProperties: false },
  ),
  sales: Type.Object(
    {
      ...unhurried,
      type: Type.Literal('sales', { description: 'All is green, and nothing sells: a till, or the whole store.' }),
      measurement: Type.Optional(names('Measurement; `last_sale` when left out.')),
      field: Type.Optional(names('Its counter of sales; `sales_total` when left out.')),
      session: Type.Optional(
        names(
          'Its field that tells whether somebody is at the till, where there is one; `session_open` when left out.',
        ),
      ),
      chance: Type.Optional(
        Type.Number({
          exclusiveMinimum: 0,
          maximum: 0.01,
          description: 'How probable the pause may be at most; 0.0000001 when left out.',
        }),
      ),
      others: Type.Optional(
        Type.Number({
          minimum: 1,
          maximum: 100,
          description:
            'Percent of what the other tills of the store are expected to sell that they must have sold of late; 30 when left out.',
        }),
      ),
    },
    { additionalProperties: false },
  ),
  baseline: Type.Object(
    {
      ...common,
      type: Type.Literal('baseline', { description: 'A reading far from what is usual at this hour of the week.' }),
      measurement: names('Measurement, e.g. `ping`.'),
      field: names('Field, e.g. `average_response_ms`.'),
      tags: Type.Optional(Type.Record(Type.String(), Type.String(), { description: 'Tags a point must bear.' })),
      by: Type.Array(names('Tag.'), {
        uniqueItems: true,
        maxItems: 4,
        description: 'Tags that tell its quantities on one device apart, e.g. `[url]`; `[]` where there is one.',
      }),
      direction: literals(['above', 'below', 'both'], 'Which side of the usual is the fault.'),
      raise: Type.Number({
        exclusiveMinimum: 0,
        description: 'The fault begins so many spreads from the usual; 6 is rare.',
      }),
      clear: Type.Number({ exclusiveMinimum: 0, description: 'It is gone within so many; less than `raise`.' }),
      least: Type.Number({
        minimum: 0,
        description:
          'And at least so far from it, in the unit of what is judged: nearer is no fault, however steady it was.',
      }),
      adapt: Type.Optional(duration('What has lasted for so long is what is usual now; 7 d when left out.')),
      ...windowed,
      unit: Type.Optional(
        Type.String({ minLength: 1, maxLength: 16, description: 'Only for readings Vigie does not know itself.' }),
      ),
    },
    { additionalProperties: false },
  ),
  opening: Type.Object(
    {
      ...unjudged,
      type: Type.Literal('opening', {
        description: 'Before the store opens: what stands against a device, and would wait for the opening, fires.',
      }),
      severity: literals(SEVERITIES, 'How bad it must be at least: `warning` or `critical`.'),
      before: duration('How long before the opening.'),
      expectOnBefore: duration(
        'How long before the opening a device that is not heard counts as a fault, at most `before`: until then it may be switched off.',
      ),
    },
    { additionalProperties: false },
  ),
} as const;

export const MOST_RULES = 500;

/** The frame of a pack's file; its judgement, and its rules one by one, are checked by schemas of their own. */
export const PackFrame = Type.Object(
  {
    settle: duration('Silent devices of one store that fell within this time are taken as one cause.'),
    quiet: duration('An incident resolves by itself after this long without an alert.'),
    reopen: Type.Optional(
      duration(
        'A cause that comes back within this time after its incident was resolved opens that one again; at most an hour. 15 min when left out.',
      ),
    ),
    grace: duration('How long devices may take to speak again after Vigie has started.'),
    judgement: Type.Optional(Type.Unknown()),
    correlate: Type.Optional(Type.Unknown()),
    rules: Type.Array(Type.Unknown(), { minItems: 1, maxItems: MOST_RULES }),
    models: Type.Optional(Type.Unknown()),
    routes: Type.Optional(Type.Unknown()),
    groups: Type.Optional(Groups),
    overrides: Type.Optional(Overrides),
  },
  { additionalProperties: false, description: 'A rule pack.' },
);
