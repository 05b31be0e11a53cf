import type { RollupRow } from '../ports.ts';
import type { InfluxSeries } from './connection.ts';
import { ownName, ownRollup, ownText, seriesOf } from './names.ts';

const PARTS = ['count', 'sum', 'min', 'max', 'last'] as const;
type Part = (typeof PARTS)[number];

/** How the columns of an answer are called that hold the parts of a roll-up. */
interface Columns {
  what: string;
  before: (part: Part) => string;
  after: (part: Part) => string;
  fieldOf: (stored: string) => string;
}

/** What came, summed up by InfluxQL. */
export const FROM_RAW: Columns = {
  what: 'count(*), sum(*), min(*), max(*), last(*)',
  before: (part) => `${part}_`,
  after: () => '',
  fieldOf: (stored) => ownName('field', stored),
};

/** Roll-ups, summed up to wider ones. */
export const FROM_ROLLUPS: Columns = {
  what: 'sum(/_count$/), sum(/_sum$/), min(/_min$/), max(/_max$/), last(/_last$/)',
  before: (part) => (part === 'count' ? 'sum_' : `${part}_`),
  after: (part) => `_${part}`,
  fieldOf: ownRollup,
};

/** Roll-ups as they are. */
export const AS_STORED: Columns = { what: '*', before: () => '', after: FROM_ROLLUPS.after, fieldOf: ownRollup };

/** The roll-ups in an answer; those of one instant stand together. Series that are not ours have none. */
export function rollupsOf(series: InfluxSeries, columns: Columns, widthMs: number): RollupRow[] {
  const ours = seriesOf(series.tags);
  if (!ours) return [];
  const measurement = ownText(series.name);
  const fields = fieldsOf(series.columns, columns);
  const rows: RollupRow[] = [];
  for (const row of series.values) {
    for (const { field, at } of fields) {
      const [count, sum, min, max, last] = at.map((column) => row[column]) as number[];
      // Another program's texts in the same database have a count and no sum.
      if (typeof sum !== 'number' || !count) continue;
      rows.push({
        ...ours,
        measurement,
        field,
        widthMs,
        at: row[0] as number,
        count,
        sum,
        min,
        max,
        last,
      } as RollupRow);
    }
  }
  return rows;
}

function fieldsOf(names: readonly string[], { before, after, fieldOf }: Columns): { field: string; at: number[] }[] {
  const found: { field: string; at: number[] }[] = [];
  for (const name of names) {
    if (!name.startsWith(before('count')) || !name.endsWith(after('count'))) continue;
    const stored = name.slice(before('count').length, name.length - after('count').length);
    const at = PARTS.map((part) => names.indexOf(before(part) + stored + after(part)));
    if (stored !== '' && !at.includes(-1)) found.push({ field: fieldOf(stored), at });
  }
  return found;
}
