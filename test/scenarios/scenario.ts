import { type Static, Type } from 'typebox';
import { Compile } from 'typebox/compile';
import { parse } from 'yaml';
import { Store } from '../../protocol/inventory.ts';
import { MaintenanceWindow } from '../../protocol/maintenance.ts';
import { Evidence, Point } from '../../protocol/messages.ts';
import { CheckStatus } from '../../protocol/status.ts';

const Span = Type.String({ pattern: '^(\\d+h)?(\\d+m)?(\\d+s)?$', description: 'Since the start, e.g. `1h2m5s`.' });

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
    comment: Type.Optional(Type.String({ description: 'Target of the open incident.' })),
    restart: Type.Optional(Span),
    /** Beside `restart`: while the collector is away. */
    clock: Type.Optional(
      Type.String({
        pattern: '^[+-](\\d+h)?(\\d+m)?(\\d+s)?$',
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

const Scenario = Type.Object(
  {
    title: Type.String(),
    start: Type.String({ description: 'ISO time of 0s.' }),
    every: Type.Optional(Span),
    copies: Copies,
    rules: Type.Optional(Type.Array(Type.Unknown(), { description: 'Rules before the default ones.' })),
    groups: Type.Optional(
      Type.Record(Type.String(), Type.Unknown(), { description: 'Of stores, as a rule pack’s file has them.' }),
    ),
    overrides: Type.Optional(Type.Array(Type.Unknown(), { description: 'Of rules, as a rule pack’s file has them.' })),
    judgement: Type.Optional(
      Type.Union([Type.Literal('default'), Judging], {
        description: 'In the place of the default one; without it nothing is agreed, and no clock runs.',
      }),
    ),
    stores: Type.Array(Type.Object({ ...Store.properties, copies: Copies }, { additionalProperties: false })),
    timeline: Type.Array(Moment),
    log: Type.Optional(Type.Array(Type.String(), { description: 'Every transition and incident effect, in order.' })),
  },
  { additionalProperties: false },
);
export type Scenario = Static<typeof Scenario>;

const checker = Compile(Scenario);

/** @throws when the file is not a scenario: a test that is written wrong must not pass. */
export function parseScenario(text: string): Scenario {
  const scenario: unknown = parse(text, { merge: true });
  const [fault] = checker.Errors(scenario);
  if (fault) throw new Error(`${fault.instancePath}: ${fault.message}`);
  return scenario as Scenario;
}

/** Milliseconds of a span; of a set clock, with its sign. */
export function toMs(span: string): number {
  if (/^[+-]/.test(span)) return (span.startsWith('-') ? -1 : 1) * toMs(span.slice(1));
  const [, hours = '0', minutes = '0', seconds = '0'] = span.match(/^(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?$/) ?? [];
  return (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) * 1000;
}

export function toSpan(ms: number): string {
  const seconds = ms / 1000;
  const parts = [
    [Math.floor(seconds / 3600), 'h'],
    [Math.floor(seconds / 60) % 60, 'm'],
    [seconds % 60, 's'],
  ] as const;
  return parts.map(([count, unit]) => (count > 0 ? `${count}${unit}` : '')).join('') || '0s';
}
