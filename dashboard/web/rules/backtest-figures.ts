import type { BacktestAnswer, ReplayFigures } from '../../../protocol/backtest.ts';
import type { Priority } from '../../../protocol/views.ts';
import type { Format } from '../../../protocol/words/format.ts';
import type { backtestWords } from '../words/backtest.ts';

/** One figure under today's rules and under those that were tried, as people read it. */
export interface FigureRow {
  name: string;
  before: string;
  after: string;
  /** How much more or less; '' where there is nothing to compare. */
  delta: string;
}

const PRIORITIES = [1, 2, 3, 4, 5] as const satisfies readonly Priority[];

/** `+12`, `−3`, `=`. */
export function tellDelta(delta: number, write: (size: number) => string): string {
  const size = write(Math.abs(delta));
  if (size === write(0)) return '=';
  return `${delta > 0 ? '+' : '−'}${size}`;
}

/** What both sets of rules make of the past, figure by figure; priorities nobody has are left out. */
export function figureRows(
  { before, after }: Pick<BacktestAnswer, 'before' | 'after'>,
  { rows }: typeof backtestWords.value,
  { number, duration }: Format,
): FigureRow[] {
  const row = (
    name: string,
    of: (figures: ReplayFigures) => number | undefined,
    write: (value: number) => string,
  ): FigureRow => {
    const [was, is] = [of(before), of(after)];
    return {
      name,
      before: was === undefined ? '–' : write(was),
      after: is === undefined ? '–' : write(is),
      delta: was === undefined || is === undefined ? '' : tellDelta(is - was, write),
    };
  };
  const count = (name: string, of: (figures: ReplayFigures) => number) => row(name, of, (value) => number(value));
  const time = (name: string, of: (figures: ReplayFigures) => number | undefined) => row(name, of, duration);
  return [
    count(rows.incidents, ({ incidents }) => incidents),
    count(rows.incidentsPerDay, ({ incidentsPerDay }) => incidentsPerDay),
    ...PRIORITIES.filter((priority) => before.byPriority[priority] || after.byPriority[priority]).map((priority) =>
      count(rows.priority(priority), ({ byPriority }) => byPriority[priority] ?? 0),
    ),
    count(rows.device, ({ byKind }) => byKind.device),
    count(rows.store, ({ byKind }) => byKind.store),
    count(rows.flapping, ({ flapping }) => flapping),
    count(rows.alerts, ({ alerts }) => alerts),
    count(rows.alertsPerDay, ({ alertsPerDay }) => alertsPerDay),
    count(rows.laneMinutesLost, ({ laneMinutesLost }) => laneMinutesLost),
    time(rows.toAlert, ({ toAlert }) => toAlert?.medianS),
    time(rows.toAlertP95, ({ toAlert }) => toAlert?.p95S),
    time(rows.toIncident, ({ toIncident }) => toIncident?.medianS),
    time(rows.toIncidentP95, ({ toIncident }) => toIncident?.p95S),
  ];
}
