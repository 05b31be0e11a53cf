import type { Aggregate } from '../../../protocol/aggregates.ts';
import type { Locale } from '../../../protocol/inventory.ts';
import { MEASUREMENTS, type Unit } from '../../../protocol/measurements.ts';
import type { ReasonCode } from '../../../protocol/reasons.ts';
import type { AlertView, Reading } from '../../../protocol/views.ts';

/** One chart: one reading of one thing, on one axis. */
export interface ChartPlan {
  id: string;
  measurement: string;
  field: string;
  /** What tells the thing apart: the path of a disk, the name of an interface. */
  tags: Record<string, string>;
  unit: Unit;
  /** A counter, drawn as what it gains per second. */
  rate: boolean;
  /** Its words, where the field's own do not serve. */
  word?: 'received' | 'sent' | 'diskRead' | 'diskWritten';
}

type Wanted = Pick<ChartPlan, 'measurement' | 'field' | 'word'>;

/** What is worth a chart, in the order people ask for it. */
const WANTED: readonly Wanted[] = [
  { measurement: 'cpu', field: 'usage_active' },
  { measurement: 'mem', field: 'used_percent' },
  { measurement: 'disk', field: 'used_percent' },
  { measurement: 'net', field: 'bytes_recv', word: 'received' },
  { measurement: 'net', field: 'bytes_sent', word: 'sent' },
  { measurement: 'http_response', field: 'response_time' },
  { measurement: 'net_response', field: 'response_time' },
  { measurement: 'procstat_lookup', field: 'running' },
  { measurement: 'diskio', field: 'read_bytes', word: 'diskRead' },
  { measurement: 'diskio', field: 'write_bytes', word: 'diskWritten' },
  { measurement: 'system', field: 'load1' },
  { measurement: 'swap', field: 'used_percent' },
  { measurement: 'processes', field: 'total' },
  { measurement: 'internal_agent', field: 'outbox_reports' },
];

/** Tags that change with the outcome: they do not tell things apart. */
const OUTCOMES = new Set(['result', 'device', 'fstype', 'protocol', 'method']);
const AT_MOST_OF_A_KIND = 4;

/** The charts a device's readings allow. */
export function planCharts(readings: Iterable<Reading>): ChartPlan[] {
  const all = [...readings];
  return WANTED.flatMap(({ measurement, field, word }) => {
    const plans = new Map<string, ChartPlan>();
    for (const reading of all) {
      if (reading.measurement !== measurement || reading.field !== field || isSideReading(reading)) continue;
      const tags = Object.fromEntries(Object.entries(reading.tags).filter(([name]) => !OUTCOMES.has(name)));
      const id = [measurement, field, ...Object.values(tags)].join(' ');
      const unit = MEASUREMENTS[measurement]?.fields[field]?.unit ?? 'count';
      const rate = word !== undefined;
      plans.set(id, { id, measurement, field, tags, unit: rate ? 'bytes/s' : unit, rate, ...(word && { word }) });
    }
    return [...plans.values()].sort((a, b) => a.id.localeCompare(b.id)).slice(0, AT_MOST_OF_A_KIND);
  });
}

/** One core among several, the loop-back: known, but not worth a chart. */
const isSideReading = ({ tags }: Reading): boolean =>
  (tags.cpu !== undefined && tags.cpu !== 'cpu-total') || tags.interface === 'lo';

/** `Disque utilisé`, and what it is of: `/var`. */
export function nameChart(
  plan: ChartPlan,
  locale: Locale,
  words: Record<NonNullable<ChartPlan['word']>, string>,
): { name: string; of: string } {
  const measurement = MEASUREMENTS[plan.measurement];
  const field =
    plan.word === undefined ? measurement?.fields[plan.field]?.[locale] : words[plan.word].toLocaleLowerCase();
  const of = Object.values(plan.tags).filter((tag) => tag !== 'cpu-total');
  // A share reads as one phrase, `Mémoire utilisée`; anything else is named after what it is of.
  const between = plan.unit === 'percent' ? ' ' : ', ';
  return { name: `${measurement?.[locale] ?? plan.measurement}${between}${field ?? plan.field}`, of: of.join(':') };
}

const SETS_LIMIT: ReadonlySet<ReasonCode> = new Set([
  'threshold.above',
  'threshold.below',
  'threshold.flapping',
  'forecast.rising',
  'forecast.falling',
  'baseline.above',
  'baseline.below',
] satisfies ReasonCode[]);

/** What is not told in the unit of the readings themselves. */
const IS_COUNTED: ReadonlySet<string> = new Set(['rate', 'delta', 'count'] satisfies Aggregate[]);

/** The limit a firing alert has set to this reading: what its chart shows as a dashed line. */
export function limitOf(plan: ChartPlan, alerts: readonly AlertView[]): number | undefined {
  const alert = alerts.find(({ state, reason: { code, params } }) => {
    if (state === 'resolved' || !SETS_LIMIT.has(code) || IS_COUNTED.has(String(params?.aggregate))) return false;
    // `disk used_percent /var`: measurement, field, what tells it apart.
    const [measurement, field, ...of] = String(params?.reading).split(' ');
    const tags = Object.values(plan.tags).filter((tag) => tag !== 'cpu-total');
    return measurement === plan.measurement && field === plan.field && tags.every((tag) => of.includes(tag));
  });
  const limit = Number(alert?.reason.params?.limit);
  return Number.isFinite(limit) ? limit : undefined;
}
