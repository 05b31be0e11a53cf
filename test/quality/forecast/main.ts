import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { addUp, type Coverage } from './coverage.ts';
import { coverageOfMeasured, hourly, measureFamilies, type Row, totalOf } from './measure.ts';
import { measuredGrowth } from './measured.ts';

/*
 * How forecasts come true: `npm run quality:forecast` over generated curves and over measured growth; or over your own,
 * files of `seconds since 1970,value` lines: `npm run quality:forecast -- sizes.csv …`.
 */

const CURVES = 20;
/** Not one that anything was adjusted by. */
const SEED = 77_000_000;
/** Of what comes, so much has to lie within the 80 % intervals: neither always right nor always wrong. */
const LEAST = 0.7;
const MOST = 0.9;

const share = (part: number, of: number) => (of === 0 ? '-' : `${((100 * part) / of).toFixed(1)}%`);
const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[values.length >> 1];

const HEADINGS = ['curves', 'forecasts', 'within 80%', 'sooner', 'later', 'value, 24 h', 'foretold', 'lead', 'false'];

const tellCoverage = (seen: Coverage): string[] => [
  String(seen.forecasts),
  share(seen.within, seen.forecasts),
  share(seen.before, seen.forecasts),
  share(seen.after, seen.forecasts),
  share(seen.valuesWithin, seen.values),
];

function tell({ family, coverage, alarms }: Row): string[] {
  const lead = median(alarms.leads);
  const perYear = (alarms.falseAlarms * 365) / alarms.days;
  return [
    family,
    ...tellCoverage(coverage),
    alarms.full === 0 ? '-' : `${alarms.foretold}/${alarms.full}`,
    lead === undefined ? '-' : `${lead.toFixed(1)} h`,
    `${alarms.falseAlarms} (${perYear.toFixed(2)}/year)`,
  ];
}

function print(rows: readonly string[][]): void {
  const widths = HEADINGS.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  for (const row of rows) {
    const cells = row.map((cell, column) =>
      column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
    );
    process.stdout.write(`${cells.join('  ')}\n`);
  }
}

const HEADINGS_MEASURED = HEADINGS.slice(0, 6);

/** Prints what was measured, and all of it together. */
function tellMeasured(growth: readonly { name: string; values: readonly number[] }[]): Coverage {
  const measured = growth.map(({ name, values }) => ({ name, coverage: coverageOfMeasured(values) }));
  const all = addUp(measured.map(({ coverage }) => coverage));
  const rows = [...measured, { name: 'all', coverage: all }];
  print([HEADINGS_MEASURED, ...rows.map(({ name, coverage }) => [name, ...tellCoverage(coverage)])]);
  return all;
}

const isHeld = ({ within, forecasts }: Coverage) => within >= LEAST * forecasts && within <= MOST * forecasts;

const files = process.argv.slice(2);
if (files.length === 0) {
  const rows = measureFamilies(CURVES, SEED);
  const generated = totalOf(rows);
  print([HEADINGS, ...rows.map(tell), tell(generated)]);
  process.stdout.write('\n');
  const measured = tellMeasured(measuredGrowth());
  if (!isHeld(generated.coverage) || !isHeld(measured)) {
    process.stderr.write('fewer than 70 % or more than 90 % lie within their 80 % intervals\n');
    process.exitCode = 1;
  }
} else {
  tellMeasured(
    files.map((file) => {
      const readings = readFileSync(file, 'utf8')
        .split('\n')
        .map((line) => line.split(',').map(Number) as [number, number])
        .filter(([seconds, value]) => Number.isFinite(seconds) && Number.isFinite(value));
      return { name: basename(file), values: hourly(readings) };
    }),
  );
}
