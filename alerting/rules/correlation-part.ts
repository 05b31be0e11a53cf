import { type Static, Type } from 'typebox';
import { Compile } from 'typebox/compile';
import { type Correlation, DEFAULT_CORRELATION } from '../engine/correlate/correlation.ts';
import { DURATION_PATTERN, toSeconds } from './rule-pack-schema.ts';
import { type RuleFault, toFaults } from './schema-faults.ts';

const strict = { additionalProperties: false };
const duration = (description: string) => Type.Optional(Type.String({ pattern: DURATION_PATTERN, description }));
const whole = (minimum: number, maximum: number, description: string) =>
  Type.Optional(Type.Integer({ minimum, maximum, description }));

/** The part of a rule pack's file that says how what several stores have in common is found. */
const CorrelationFile = Type.Object(
  {
    window: duration('Stores that fail within this time of one another may have failed together.'),
    stores: whole(2, 1000, 'From this many stores on a common cause is looked for.'),
    significance: Type.Optional(
      Type.Number({
        exclusiveMinimum: 0,
        maximum: 0.5,
        description: 'The chance of naming a mere coincidence that is put up with, corrected for all that was tried.',
      }),
    ),
    creep: Type.Optional(
      Type.Object(
        {
          window: duration('Stores that began to fail within this time of one another, and still do.'),
          significance: Type.Optional(
            Type.Number({
              exclusiveMinimum: 0,
              maximum: 0.5,
              description: 'As above, of one look: in a longer time there are far more coincidences.',
            }),
          ),
        },
        {
          ...strict,
          description: 'What strikes store by store. Not looked for where its window is no longer than the other.',
        },
      ),
    ),
    quiet: duration('A major incident resolves when all its stores have been back for this long.'),
    stray: duration('A few stores that stay away so long after all the others are back have a fault of their own.'),
    p1Stores: whole(1, 100_000, 'From this many stores on it is P1.'),
    childTickets: Type.Optional(
      Type.Union([Type.Literal('withhold'), Type.Literal('each')], {
        description: '`withhold`: what opens beneath a major incident gets no ticket of its own while that is open.',
      }),
    ),
    storm: Type.Optional(
      Type.Object(
        {
          incidents: whole(2, 100_000, 'More new incidents than this in one chain are a storm, told as one.'),
          within: duration('In this time.'),
        },
        strict,
      ),
    ),
  },
  { ...strict, description: 'How what several stores that fail together have in common is found.' },
);
type CorrelationFile = Static<typeof CorrelationFile>;

const PATH = '/correlate';
const MOST_S = 86_400;
const checker = Compile(CorrelationFile);

/** What is wrong with the `correlate` of a rule pack's file. */
export function faultsOfCorrelation(written: unknown): RuleFault[] {
  const faults = toFaults(checker.Errors(written), PATH);
  if (faults.length > 0) return faults;
  const { window, creep, quiet, stray, storm } = written as CorrelationFile;
  return Object.entries({ window, 'creep/window': creep?.window, quiet, stray, 'storm/within': storm?.within }).flatMap(
    ([name, text]) => {
      if (text === undefined || (toSeconds(text) > 0 && toSeconds(text) <= MOST_S)) return [];
      return [{ path: `${PATH}/${name}`, message: `must be more than nothing and a day at most; it is ${text}` }];
    },
  );
}

/** The `correlate` of a rule pack's file, known to be without fault; what is left out is as it is without the file. */
export function toCorrelation(written: unknown): Correlation {
  const { window, stores, significance, creep, quiet, stray, p1Stores, childTickets, storm } =
    written as CorrelationFile;
  const standard = DEFAULT_CORRELATION;
  const seconds = (text: string | undefined, otherwise: number) => (text === undefined ? otherwise : toSeconds(text));
  return {
    windowS: seconds(window, standard.windowS),
    stores: stores ?? standard.stores,
    significance: significance ?? standard.significance,
    creep: {
      windowS: seconds(creep?.window, standard.creep.windowS),
      significance: creep?.significance ?? standard.creep.significance,
    },
    quietS: seconds(quiet, standard.quietS),
    strayS: seconds(stray, standard.strayS),
    p1Stores: p1Stores ?? standard.p1Stores,
    childTickets: childTickets ?? standard.childTickets,
    storm: {
      incidents: storm?.incidents ?? standard.storm.incidents,
      withinS: seconds(storm?.within, standard.storm.withinS),
    },
  };
}
