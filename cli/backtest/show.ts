import type { BacktestAnswer, ReplayedIncident, ReplayFigures, Spread } from '../../protocol/backtest.ts';
import type { Locale } from '../../protocol/inventory.ts';
import type { Priority } from '../../protocol/views.ts';
import { formatOf, say } from '../../protocol/words/index.ts';
import { table } from '../probe/table.ts';
import { words } from '../words/index.ts';

/** Listed for a person; `--json` tells more. */
const LISTED = 20;
const PRIORITIES: readonly Priority[] = [1, 2, 3, 4, 5];

/** The answer as lines for a person, in the time zone of the machine. */
export function showBacktest(answer: BacktestAnswer, locale: Locale): string[] {
  const text = words(locale).backtest;
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const instant = (at: number): string => formatOf(locale).dateTime(at, zone);
  const { from, to, stores, devices, before, after, gained, lost, changed, real, notes } = answer;

  const listed = (title: string, count: number, lines: readonly string[]): string[] => {
    const shown = lines.slice(0, LISTED);
    if (count === 0) return [title];
    return ['', title, ...shown, ...(count > shown.length ? [`  ${text.more(count - shown.length)}`] : [])];
  };
  const incident = ({ priority, target, openedAt, reason }: ReplayedIncident): string =>
    `  P${priority}  ${instant(openedAt)}  ${target}  ${say(locale, reason)}`;

  return [
    text.title(instant(from), instant(to), stores, devices),
    '',
    ...table([['', text.columns.before, text.columns.after], ...rowsOf(before, after, locale)], [1, 2]),
    ...listed(text.gained(gained.count), gained.count, gained.incidents.map(incident)),
    ...listed(text.lost(lost.count), lost.count, lost.incidents.map(incident)),
    ...listed(
      text.changed(changed.count),
      changed.count,
      changed.incidents.flatMap((pair) => [incident(pair.before), `  → ${incident(pair.after).trimStart()}`]),
    ),
    '',
    text.rules,
    ...table(
      after.rules.map(({ rule, alerts, incidents }) => [`  ${rule}`, String(alerts), String(incidents)]),
      [1, 2],
    ),
    '',
    text.devices,
    ...table(
      after.devices.map(({ device, alerts }) => [`  ${device}`, String(alerts)]),
      [1],
    ),
    '',
    text.real(real.found, real.opened),
    ...notes.map(({ note, at }) => `- ${text.notes[note].replace('{at}', at === undefined ? '…' : instant(at))}`),
  ];
}

function rowsOf(before: ReplayFigures, after: ReplayFigures, locale: Locale): string[][] {
  const { rows, seconds } = words(locale).backtest;
  const spread = (one: Spread | undefined): string =>
    one === undefined ? '' : `${seconds(one.medianS)} / ${seconds(one.p95S)}`;
  const row = (name: string, of: (figures: ReplayFigures) => number | string | undefined): string[] => [
    name,
    String(of(before) ?? 0),
    String(of(after) ?? 0),
  ];
  return [
    row(rows.incidents, ({ incidents }) => incidents),
    row(rows.incidentsPerDay, ({ incidentsPerDay }) => incidentsPerDay),
    ...PRIORITIES.filter((priority) => before.byPriority[priority] || after.byPriority[priority]).map((priority) =>
      row(rows.priority(priority), ({ byPriority }) => byPriority[priority]),
    ),
    row(rows.device, ({ byKind }) => byKind.device),
    row(rows.store, ({ byKind }) => byKind.store),
    row(rows.flapping, ({ flapping }) => flapping),
    row(rows.alerts, ({ alerts }) => alerts),
    row(rows.alertsPerDay, ({ alertsPerDay }) => alertsPerDay),
    row(rows.laneMinutesLost, ({ laneMinutesLost }) => laneMinutesLost),
    row(rows.toAlert, ({ toAlert }) => spread(toAlert)),
    row(rows.toIncident, ({ toIncident }) => spread(toIncident)),
  ];
}
