import { type Static, Type } from 'typebox';
import { Point } from '../../../protocol/messages.ts';
import type { RangeRequest } from '../../ports.ts';
import type { App, RouteContext } from '../app-types.ts';
import { ApiError, answers, type Fault, type Words } from '../errors.ts';
import { INSTANT_WORDS, ORDER_WORDS, parseInstant, parseStep, STEP_WORDS } from '../time-params.ts';
import { DeviceKeySchema } from '../view-schemas.ts';

/** Values one series may have in one answer. */
const BUCKETS_AT_MOST = 5000;
/** What a range has, about, when its step is left out: what a chart can show. */
const BUCKETS_FOR_A_CHART = 300;
const HOUR_MS = 3_600_000;
const NICE_STEPS_S = [1, 5, 10, 30, 60, 300, 900, 1800, 3600, 10_800, 21_600, 86_400];

const Query = Type.Object({
  device: DeviceKeySchema,
  measurement: Point.properties.m,
  field: Type.String({ pattern: '^[A-Za-z_][A-Za-z0-9_.-]{0,63}$' }),
  from: Type.Optional(Type.String({ description: `An hour before \`to\` when left out; ${INSTANT_WORDS.en}.` })),
  to: Type.Optional(Type.String({ description: `Now when left out; ${INSTANT_WORDS.en}.` })),
  step: Type.Optional(Type.String({ description: `Chosen for a chart when left out; ${STEP_WORDS.en}.` })),
  aggregate: Type.Optional(
    Type.Enum(['mean', 'min', 'max', 'sum', 'count', 'last'], { description: '`mean` when left out.' }),
  ),
  tags: Type.Optional(
    Type.String({ maxLength: 2048, description: 'Only series that bear these tags: `path:/,fstype:ext4`.' }),
  ),
});

const Range = Type.Object({
  series: Type.Array(
    Type.Object({
      tags: Type.Record(Type.String(), Type.String()),
      points: Type.Array(Type.Tuple([Type.Number(), Type.Number()]), {
        description: 'Bucket starts (ms since 1970) with their value. A bucket without samples is left out.',
      }),
    }),
  ),
  stepMs: Type.Number(),
});

export function addMetricsRoutes(app: App, { ports, now }: RouteContext): void {
  app.get(
    '/api/v1/metrics/range',
    {
      config: { needs: 'viewer' },
      schema: {
        tags: ['metrics'],
        summary: 'One field of one device over time',
        querystring: Query,
        response: answers(Range),
      },
    },
    async (request) => {
      const range = readRange(request.query, now());
      if ((await ports.wall.device(range.device)) === undefined) throw new ApiError('no-such-device');
      return { series: await ports.metrics.range(range), stepMs: range.stepMs };
    },
  );
}

/** @throws ApiError naming every part that is wrong. */
function readRange(query: Static<typeof Query>, now: number): RangeRequest {
  const faults: Fault[] = [];
  const read = <Value>(name: keyof typeof query, parse: (text: string) => Value | undefined, words: Words) => {
    const text = query[name];
    const value = text === undefined ? undefined : parse(text);
    if (text !== undefined && value === undefined) faults.push({ path: `query.${name}`, message: words });
    return value;
  };
  const to = read('to', parseInstant, INSTANT_WORDS) ?? now;
  const from = read('from', parseInstant, INSTANT_WORDS) ?? to - HOUR_MS;
  const stepMs = read('step', parseStep, STEP_WORDS) ?? stepForChart(to - from);
  const tags = read('tags', parseTags, TAGS_WORDS);
  if (from >= to) faults.push({ path: 'query.from', message: ORDER_WORDS });
  const buckets = Math.ceil(to / stepMs) - Math.floor(from / stepMs);
  if (buckets > BUCKETS_AT_MOST) faults.push({ path: 'query.step', message: tooManyBuckets(buckets) });
  if (faults.length > 0) throw new ApiError('invalid', { faults });
  const { device, measurement, field, aggregate = 'mean' } = query;
  return { device, measurement, field, from, to, stepMs, aggregate, ...(tags !== undefined && { tags }) };
}

function stepForChart(spanMs: number): number {
  const enough = (stepS: number): boolean => spanMs / (stepS * 1000) <= BUCKETS_FOR_A_CHART;
  const days = Math.ceil(spanMs / 86_400_000 / BUCKETS_FOR_A_CHART);
  return (NICE_STEPS_S.find(enough) ?? days * 86_400) * 1000;
}

/** A comma parts two tags only where a name and a colon follow, so that values may bear commas and colons. */
function parseTags(text: string): Record<string, string> | undefined {
  const pairs = text
    .split(/,(?=[A-Za-z_][A-Za-z0-9_.-]{0,63}:)/)
    .map((part) => /^([A-Za-z_][A-Za-z0-9_.-]{0,63}):(.{0,256})$/s.exec(part));
  if (pairs.length > 16 || pairs.some((pair) => pair === null)) return undefined;
  return Object.fromEntries(pairs.map((pair) => [pair?.[1] ?? '', pair?.[2] ?? '']));
}

const TAGS_WORDS: Words = {
  en: 'must be at most 16 tags as name:value, parted by commas: path:/,fstype:ext4',
  fr: 'doit être une suite d’au plus 16 étiquettes nom:valeur séparées par des virgules\u202f: path:/,fstype:ext4',
};

const tooManyBuckets = (buckets: number): Words => ({
  en: `is too small for this range: ${buckets} values, ${BUCKETS_AT_MOST} at most`,
  fr: `est trop petit pour cet intervalle\u202f: ${buckets} valeurs, ${BUCKETS_AT_MOST} au plus`,
});
