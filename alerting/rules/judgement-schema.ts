import { type Static, Type } from 'typebox';
import { OpeningHours } from '../../protocol/inventory.ts';
import { ATTRIBUTE_OWNERS } from '../engine/scope.ts';
import { DURATION_PATTERN } from './rule-pack-schema.ts';

const Glob = Type.String({ minLength: 1, maxLength: 256 });

const holder = (owners: readonly string[], description: string) => ({
  chains: Type.Optional(
    Type.Array(Glob, {
      minItems: 1,
      maxItems: 64,
      description: 'Names of chains, `*` standing for any run of characters; all when left out.',
    }),
  ),
  attributes: Type.Optional(
    Type.Record(
      Type.String({ pattern: `^(${owners.join('|')})\\.[A-Za-z][A-Za-z0-9_.-]{0,80}$` }),
      Type.Union([Glob, Type.Array(Glob, { minItems: 1, maxItems: 64 })]),
      { additionalProperties: false, minProperties: 1, maxProperties: 16, description },
    ),
  ),
});

const Grade = Type.Union([1, 2, 3, 4, 5].map((priority) => Type.Literal(priority as 1 | 2 | 3 | 4 | 5)));
const Row = Type.Tuple([Grade, Grade, Grade], { description: 'Priorities by urgency: high, medium, low.' });
const Percent = Type.Number({ minimum: 0, maximum: 1000 });

const Duration = Type.String({ pattern: DURATION_PATTERN });
const Targets = Type.Object(
  {
    P1: Type.Optional(Duration),
    P2: Type.Optional(Duration),
    P3: Type.Optional(Duration),
    P4: Type.Optional(Duration),
    P5: Type.Optional(Duration),
  },
  { additionalProperties: false },
);

const Contract = Type.Object(
  {
    ...holder(
      ATTRIBUTE_OWNERS.filter((owner) => owner !== 'observed'),
      'As in a rule, e.g. `store.contract: gold` or `asset.contract: GTI4*`: of the store, or of the device that is the cause.',
    ),
    respond: Type.Optional(Targets),
    restore: Type.Optional(Targets),
    serviceHours: Type.Optional(
      Type.Union([Type.Literal('always'), OpeningHours], {
        description:
          'When the clocks run, written as opening hours, in the store’s time zone; the store’s own when left out.',
      }),
    ),
    escalate: Type.Optional(
      Type.Object(
        { N1: Percent, N2: Percent, N3: Percent },
        {
          additionalProperties: false,
          description: 'Percent of a clock that are burnt when the incident goes to that level.',
        },
      ),
    ),
  },
  { additionalProperties: false },
);

const Sales = Type.Object(
  {
    ...holder(['store'], 'Of the store, e.g. `store.class: A`.'),
    perLaneMinute: Type.Number({
      exclusiveMinimum: 0,
      description: 'What one lane sells in a minute of opening time.',
    }),
    currency: Type.String({ pattern: '^[A-Z]{3}$', description: 'ISO 4217, e.g. `EUR`.' }),
  },
  { additionalProperties: false },
);

/** The part of a rule pack's file that says how incidents are weighed and what was agreed about them. */
export const JudgementFile = Type.Object(
  {
    matrix: Type.Optional(
      Type.Tuple([Row, Row, Row], { description: 'Priorities by impact: a row each for high, medium, low.' }),
    ),
    impact: Type.Optional(
      Type.Object(
        {
          high: Type.Optional(
            Type.Number({
              exclusiveMinimum: 0,
              maximum: 1000,
              description: 'Percent of the lanes that are lost, from which the impact is high.',
            }),
          ),
          medium: Type.Optional({
            ...Percent,
            description: 'Percent of the lanes that are touched, from which it is medium; 0: any lane.',
          }),
          class: Type.Optional(
            Type.String({
              pattern: '^[A-Za-z][A-Za-z0-9_.-]{0,63}$',
              description: 'Attribute of a store that names its class.',
            }),
          ),
          weights: Type.Optional(
            Type.Record(Type.String({ minLength: 1, maxLength: 256 }), Type.Number({ minimum: 0, maximum: 100 }), {
              description: 'By class, what the percentage is multiplied with; 1 for a class that is not there.',
            }),
          ),
        },
        { additionalProperties: false },
      ),
    ),
    contracts: Type.Optional(Type.Array(Contract, { maxItems: 200, description: 'The first that holds counts.' })),
    sales: Type.Optional(Type.Array(Sales, { maxItems: 200, description: 'The first that holds counts.' })),
  },
  { additionalProperties: false },
);
export type JudgementFile = Static<typeof JudgementFile>;
