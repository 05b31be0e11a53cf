import { expect, test } from 'vitest';
import { replaceRegion } from './docs.ts';
import { highestHeld } from './peers/ladder.ts';
import { peersReport } from './peers/peers-table.ts';
import { vigieEmbedded } from './peers/vigie.ts';
import { zabbix } from './peers/zabbix.ts';
import { histogramQuantile, parsePrometheus, totalOf } from './prometheus-text.ts';
import { figureTable } from './tables.ts';

const page = (scale: number) =>
  parsePrometheus(`# HELP delay Delay.
delay_bucket{le="0.05"} ${10 * scale}
delay_bucket{le="0.1"} ${30 * scale}
delay_bucket{le="+Inf"} ${40 * scale}
reports_total ${40 * scale}
reports_total_other 5
`);

test('a quantile counts what came between two looks, linear within its bucket', () => {
  expect(histogramQuantile(page(1), page(2), 'delay', 0.5)).toBeCloseTo(0.075);
  expect(histogramQuantile(page(1), page(3), 'delay', 0.125)).toBeCloseTo(0.025);
  expect(histogramQuantile(page(1), page(2), 'delay', 0.99)).toBe(Number.POSITIVE_INFINITY);
  expect(histogramQuantile(page(1), page(1), 'delay', 0.5)).toBeUndefined();
  expect(histogramQuantile(page(1), page(2), 'no_such', 0.5)).toBeUndefined();
});

test('a total takes all labels of a metric and no other metric', () => {
  expect(totalOf(page(1), 'reports_total')).toBe(40);
  expect(totalOf(page(1), 'delay_bucket')).toBe(80);
});

test('a table speaks both languages, numbers and units included', () => {
  const figures = [{ what: 'script', fr: 'script lu', value: 12_345.6, unit: 'KB', budget: '10,000 KB' }];
  expect(figureTable(figures, 'en')).toContain('| script | 12,346 KB | 10,000 KB |');
  expect(figureTable(figures, 'fr').replaceAll(/\s/g, ' ')).toContain('| script lu | 12 346 Ko | 10 000 Ko |');
});

test('only the named region of a page is replaced, any number of times', () => {
  const before = 'top\n<!-- bench:a -->\nold\n<!-- /bench:a -->\n<!-- bench:b -->\nkept\n<!-- /bench:b -->\nend\n';
  const after = 'top\n<!-- bench:a -->\n\nnew\n\n<!-- /bench:a -->\n<!-- bench:b -->\nkept\n<!-- /bench:b -->\nend\n';
  expect(replaceRegion(before, 'a', 'new')).toBe(after);
  expect(replaceRegion(after, 'a', 'new')).toBe(after);
  expect(() => replaceRegion(before, 'c', 'new')).toThrow('"c"');
});

test('ratios are in favour of Vigie when it holds more for less; who is left out stands there with the reason', () => {
  const step = (committedPerS: number, cpuPer100k: number, pssMb: number) => ({
    offeredPerS: committedPerS,
    held: true,
    committedPerS,
    acknowledgedPerS: committedPerS,
    uncommitted: 7,
    cpu: { seconds: 10, parts: {}, load: 1, other: 0.05, busy: 0.9 },
    cpuPer100k,
    pssMb,
  });
  const ours = [step(1_000, 1, 100), step(10_000, 0.5, 200)];
  const theirs = [step(1_000, 4, 300), step(2_000, 3, 500)];
  expect(highestHeld(ours)?.committedPerS).toBe(10_000);
  const runs = [
    { system: vigieEmbedded, steps: ours, missing: undefined },
    { system: zabbix, steps: theirs, missing: undefined },
  ];
  const report = peersReport(runs, 'en');
  expect(report).toContain('| Zabbix on PostgreSQL, tuned | 5 × | 6 × | 4 × | 2.5 × |');
  expect(report).toContain('| Zabbix on PostgreSQL, tuned | 2,000 | 40,000 | 3 | 4 | 500 | 7 / – | 5 % |');
  const alone = peersReport([runs[0] as (typeof runs)[0], { system: zabbix, steps: [], missing: 'postgresql' }], 'fr');
  expect(alone).toContain('laissé de côté : postgresql n’est pas installé');
  expect(alone).not.toContain('×');
});
