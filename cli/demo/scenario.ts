import { type Static, Type } from 'typebox';
import { Compile } from 'typebox/compile';
import { type Document, isNode, LineCounter, parseDocument } from 'yaml';

/** What can happen to the demo’s stores. */
export const HAPPENING_KINDS = [
  'till-freezes',
  'till-reboots',
  'till-sells-nothing',
  'payment-terminal-unreachable',
  'disk-fills',
  'switch-flaps',
  'wan-cut',
  'power-fails',
  'carrier-outage',
] as const;
export type HappeningKind = (typeof HAPPENING_KINDS)[number];

const Time = (description: string) =>
  Type.String({ pattern: '^(\\d{1,2}:)?[0-5]?\\d:[0-5]\\d$', description: `${description} As mm:ss or h:mm:ss.` });

const Where = Type.Object(
  {
    store: Type.Optional(
      Type.String({ minLength: 1, description: 'This store and no other, by its name, e.g. `042`.' }),
    ),
    region: Type.Optional(Type.String({ minLength: 1, description: 'Only stores of this region.' })),
    carrier: Type.Optional(Type.String({ minLength: 1, description: 'Only stores this carrier serves.' })),
    count: Type.Optional(
      Type.Integer({
        minimum: 1,
        description: 'How many stores: 1 by default; for a carrier outage, all of the carrier’s in one region.',
      }),
    ),
  },
  { additionalProperties: false, description: 'Which stores; among those that fit, the seed chooses.' },
);
export type Where = Static<typeof Where>;

const DayFile = Type.Object(
  {
    calm: Type.Optional(Time('Nothing happens for so long after the start; none by default.')),
    every: Time('How long the day is; it then starts again with other stores.'),
    happenings: Type.Array(
      Type.Object(
        {
          at: Time('Since the day’s start.'),
          what: Type.Enum(HAPPENING_KINDS, { description: 'What happens.' }),
          where: Type.Optional(Where),
          for: Time('How long it lasts.'),
        },
        { additionalProperties: false },
      ),
      { minItems: 1, maxItems: 1000 },
    ),
  },
  { additionalProperties: false, description: 'A day in the life of the demo’s chain.' },
);
const dayFile = Compile(DayFile);

export interface Happening {
  what: HappeningKind;
  where?: Where;
  /** Seconds. */
  forS: number;
}

/** A day as data: times in seconds. */
export interface DemoDay {
  calmS: number;
  everyS: number;
  happenings: (Happening & { atS: number })[];
}

/** Says where a day’s file is wrong: one line per fault. */
export class DemoDayError extends Error {
  readonly faults: readonly string[];
  constructor(faults: readonly string[]) {
    super(faults.join('\n'));
    this.name = 'DemoDayError';
    this.faults = faults;
  }
}

/**
 * A day from its YAML text.
 * @param source the file’s name, for the faults.
 * @throws DemoDayError naming file, line, key and what was expected there, for every fault.
 */
export function parseDemoDay(text: string, source: string): DemoDay {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  if (document.errors.length > 0) {
    throw new DemoDayError(
      document.errors.map((error) => `${source}:${lines.linePos(error.pos[0]).line}: ${error.message}`),
    );
  }
  const value: unknown = document.toJS();
  const fault = (path: (string | number)[], message: string) =>
    `${source}:${lineOf(document, lines, path)}: ${nameOf(path)}: ${message}`;
  if (!dayFile.Check(value))
    throw new DemoDayError(schemaFaults(value).map(({ path, message }) => fault(path, message)));

  const day: DemoDay = {
    calmS: value.calm === undefined ? 0 : seconds(value.calm),
    everyS: seconds(value.every),
    happenings: value.happenings.map(({ at, what, where, for: lasts }) => ({
      atS: seconds(at),
      what,
      ...(where && { where }),
      forS: seconds(lasts),
    })),
  };
  const faults = day.happenings.flatMap(({ atS, forS }, i) => [
    ...(atS >= day.everyS ? [fault(['happenings', i, 'at'], 'comes after the end of the day')] : []),
    ...(forS === 0 ? [fault(['happenings', i, 'for'], 'must last longer than nothing')] : []),
    ...(forS > day.everyS ? [fault(['happenings', i, 'for'], 'must not last longer than the day')] : []),
  ]);
  if (faults.length > 0) throw new DemoDayError(faults);
  return day;
}

const seconds = (time: string): number => time.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);

function schemaFaults(value: unknown): { path: (string | number)[]; message: string }[] {
  return dayFile
    .Errors(value)
    .filter((error) => error.keyword !== 'boolean')
    .map((error) => ({
      path: error.instancePath
        .split('/')
        .slice(1)
        .map((part) => (/^\d+$/.test(part) ? Number(part) : part)),
      message: expected(error),
    }));
}

function expected(error: { keyword: string; message: string; params: object }): string {
  if (error.keyword === 'enum') return `must be one of ${HAPPENING_KINDS.join(', ')}`;
  if (error.keyword === 'pattern') return 'must be a time as mm:ss or h:mm:ss';
  if (error.keyword === 'additionalProperties') {
    const { additionalProperties } = error.params as { additionalProperties: string[] };
    return `does not know ${additionalProperties.map((name) => `“${name}”`).join(', ')}`;
  }
  return error.message;
}

/** The line of the key, or of the nearest thing around it that stands in the text. */
function lineOf(document: Document, lines: LineCounter, path: readonly (string | number)[]): number {
  for (let length = path.length; length > 0; length--) {
    const node: unknown = document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
  }
  return 1;
}

const nameOf = (path: readonly (string | number)[]): string =>
  path.reduce<string>(
    (name, part) => (typeof part === 'number' ? `${name}[${part}]` : name ? `${name}.${part}` : part),
    '',
  ) || 'the day';
