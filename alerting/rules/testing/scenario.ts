import { type Static, Type } from 'typebox';
import { DeviceKind, Store } from '../../../protocol/inventory.ts';
import { MaintenanceWindow } from '../../../protocol/maintenance.ts';
import { Evidence, Point } from '../../../protocol/messages.ts';
import { CheckStatus } from '../../../protocol/status.ts';
import { LEAP_PATTERN, SPAN_PATTERN } from './spans.ts';

const Span = Type.String({ pattern: SPAN_PATTERN, description: 'Since the start, e.g. `1h2m5s`.' });

/** `till-1` where there is one store, `store/till-1` otherwise; `store/*` and `all` for many. */
const Devices = Type.Union([Type.Literal('all'), Type.Array(Type.String())]);

const Moment = Type.Object(
  {
    at: Span,
    start: Type.Optional(Devices),
    lost: Type.Optional(Devices),
    stopped: Type.Optional(Devices),
    unreachable: Type.Optional(Devices),
    seen: Type.Optional(Evidence),
    mute: Type.Optional(Devices),
    reads: Type.Optional(Type.Record(Type.String(), Type.Array(Point))),
    says: Type.Optional(Type.Record(Type.String(), Type.Array(CheckStatus))),
    sells: Type.Optional(
      Type.Record(Type.String(), Type.Number(), {
        description: 'Sales in an hour from now on, one as long after the other.',
      }),
    ),
    staffed: Type.Optional(
      Type.Record(Type.String(), Type.Boolean(), { description: 'Whether somebody is signed on, told from now on.' }),
    ),
    late: Type.Optional(Type.Record(Type.String(), Type.Array(Point))),
    kept: Type.Optional(
      Type.Record(Type.String(), Type.Array(Span), { description: 'Reports that come now, made so long ago.' }),
    ),
    acknowledge: Type.Optional(Type.String({ description: 'Target of the open incident.' })),
    hold: Type.Optional(
      Type.Object(
        { incident: Type.String(), why: Type.String(), until: Type.Optional(Span) },
        { additionalProperties: false, description: 'An incident, by its target, waits for something.' },
      ),
    ),
    resume: Type.Optional(Type.String({ description: 'Target of the open incident.' })),
    comment: Type.Optional(Type.String({ description: 'Target of the open incident.' })),
    restart: Type.Optional(Span),
    /** Beside `restart`: while the collector is away. */
    clock: Type.Optional(
      Type.String({
        pattern: LEAP_PATTERN,
        description: 'The server’s clock is set by this much, e.g. `-2h`.',
      }),
    ),
    observed: Type.Optional(
      Type.Record(Type.String(), Type.Record(Type.String(), Type.String()), {
        description: 'What agents tell of their devices, as far as rules may ask for it.',
      }),
    ),
    maintenance: Type.Optional(Type.Array(MaintenanceWindow, { description: 'All windows there are from now on.' })),
    topology: Type.Optional(
      Type.Record(
        Type.String(),
        Type.Record(
          Type.String(),
          Type.Object({ parent: Type.String(), port: Type.Optional(Type.String()), evidence: Type.String() }),
        ),
        { description: 'By store: what its devices tell of one another.' },
      ),
    ),
    define: Type.Optional(Store),
    remove: Type.Optional(Type.String()),
    expect: Type.Optional(
      Type.Object(
        {
          tiles: Type.Optional(Type.Record(Type.String(), Type.String(), { description: '`state`, or `state pips`.' })),
          devices: Type.Optional(Type.Record(Type.String(), Type.String())),
          incidents: Type.Optional(Type.Array(Type.String({ description: '`target P2 new`.' }))),
          folds: Type.Optional(Type.Array(Type.String({ description: '`fold.switch parent=switch-2 devices=3`.' }))),
          alerts: Type.Optional(
            Type.Array(Type.String(), { description: 'All that stand: `till-1 disk-full path=/ firing`.' }),
          ),
          conditions: Type.Optional(Type.Record(Type.String(), Type.Array(Type.String()))),
          count: Type.Optional(Type.Integer({ description: 'Open incidents.' })),
          majors: Type.Optional(
            Type.Array(Type.String(), {
              description: 'Open ones: `store.carrier=Orange P1 new 4/5`, so many of its stores away; or `storm …`.',
            }),
          ),
          clocks: Type.Optional(
            Type.Record(Type.String(), Type.String(), {
              description:
                'By target: `respond 7m/15m N1, restore 7m/4h paused`, service time burnt of what was agreed.',
            }),
          ),
          due: Type.Optional(
            Type.Record(Type.String(), Type.String(), {
              description: 'By target: ISO time by which it is to be restored.',
            }),
          ),
          lost: Type.Optional(
            Type.Record(Type.String(), Type.String(), {
              description: 'By target: `12 + 3` lane-minutes lost, and of lanes nothing is known of; then money.',
            }),
          ),
        },
        { additionalProperties: false },
      ),
    ),
  },
  { additionalProperties: false, description: 'What happens at one moment, then what is expected of it.' },
);
export type Moment = Static<typeof Moment>;

/** As a rule pack's file has it, which is checked there. */
const Judging = Type.Object({
  contracts: Type.Optional(Type.Array(Type.Object({ serviceHours: Type.Optional(Type.Unknown()) }))),
});

const Copies = Type.Optional(
  Type.Integer({ minimum: 2, description: 'The store, or each, so many times: `name-1`, `name-2`, …' }),
);

const PlayedStore = Type.Object({ ...Store.properties, copies: Copies }, { additionalProperties: false });
type PlayedStore = Static<typeof PlayedStore>;

const Series = Type.Object(
  {
    of: Type.String({ description: 'The device, e.g. `till-1`.' }),
    reading: Type.Optional(
      Type.String({ pattern: '^[a-z][a-z0-9_]* [A-Za-z_]\\w*$', description: 'e.g. `disk used_percent`.' }),
    ),
    tags: Type.Optional(Type.Record(Type.String(), Type.String())),
    with: Type.Optional(
      Type.Record(Type.String(), Type.Number(), { description: 'Other fields of the same point, always the same.' }),
    ),
    check: Type.Optional(Type.String({ minLength: 1, maxLength: 128, description: 'In the place of a reading.' })),
    from: Type.Optional(Span),
    every: Type.Optional(Span),
    values: Type.String({ description: '`1+2x10 _ 5`, or of a check `ok criticalx3`; the last one holds.' }),
  },
  { additionalProperties: false, description: 'What a device tells, sample by sample.' },
);
export type Series = Static<typeof Series>;

/** What a file of several may say once for all of them. */
const shared = {
  start: Type.Optional(Type.String({ description: 'ISO time of 0s; a Monday at nine, UTC, when left out.' })),
  rules: Type.Optional(
    Type.Union([Type.String(), Type.Array(Type.Unknown())], {
      description:
        'The file of a rule pack, from this file on, in the place of the default one; or rules before the default ones.',
    }),
  ),
  judgement: Type.Optional(
    Type.Union([Type.Literal('default'), Judging], {
      description: 'In the place of the pack’s own, `default`; without it nothing is agreed, and no clock runs.',
    }),
  ),
  groups: Type.Optional(
    Type.Record(Type.String(), Type.Unknown(), { description: 'Of stores, as a rule pack’s file has them.' }),
  ),
  overrides: Type.Optional(Type.Array(Type.Unknown(), { description: 'Of rules, as a rule pack’s file has them.' })),
  every: Type.Optional(Type.String({ pattern: SPAN_PATTERN, description: 'Between two reports; 30s when left out.' })),
  stores: Type.Optional(Type.Array(PlayedStore, { minItems: 1 })),
  devices: Type.Optional(
    Type.Record(Type.String(), DeviceKind, {
      description: 'By name, in the place of `stores`: one store in UTC that is always open, its tills the lanes.',
    }),
  ),
};

const own = {
  title: Type.String({ minLength: 1 }),
  covers: Type.Optional(
    Type.Array(Type.String(), { description: 'What it is an example of, for whoever keeps a list of that.' }),
  ),
  copies: Copies,
  series: Type.Optional(Type.Array(Series)),
  timeline: Type.Array(Moment, { minItems: 1 }),
  log: Type.Optional(Type.Array(Type.String(), { description: 'Every transition and incident effect, in order.' })),
};

export const ScenarioFile = Type.Object({ ...shared, ...own }, { additionalProperties: false });
export type ScenarioFile = Static<typeof ScenarioFile>;
export const TestsFile = Type.Object(
  { ...shared, tests: Type.Array(ScenarioFile, { minItems: 1 }) },
  { additionalProperties: false },
);

export type TestsFile = Static<typeof TestsFile>;

/** A time line and what is to come of it, with its stores and its start. */
export type Scenario = Omit<ScenarioFile, 'start' | 'stores' | 'devices'> & {
  start: string;
  stores: PlayedStore[];
};
