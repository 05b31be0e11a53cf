import type { BacktestNote } from '../../protocol/backtest.ts';

export const backtestEn = {
  needsRules: '--rules: name the file of rules to be tried',
  badTime: (flag: string, found: string) =>
    `${flag}: expected a day such as 2026-11-01, a time such as 2026-11-01T08:00Z, or a span back from now such as 7d or 12h; found ${found}`,
  badSpan: '--from: expected a time before --to',
  notPast: '--to: expected a time that is past',
  tooLong: (days: number) => `--from: a server replays ${days} days at most; --offline replays any number`,
  noPlace: (place: string) => `there is no chain and no store ${place}`,
  refused: (faults: string) => `this cannot be replayed:\n${faults}`,
  running: (held: string) => `a server works on ${held}: leave --offline out, and it is asked`,
  noFolder: (path: string) => `${path} holds no server’s data`,
  progress: (percent: number, left: string | undefined) =>
    `${percent} %${left === undefined ? '' : `, about ${left} left`}`,
  cancelled: 'Cancelled.',
  failed: (why: string) => `the replay failed: ${why}`,
  title: (from: string, to: string, stores: number, devices: number) =>
    `From ${from} to ${to}: ${stores} ${stores === 1 ? 'store' : 'stores'}, ${devices} ${devices === 1 ? 'device' : 'devices'}.`,
  columns: { before: 'before', after: 'after' },
  rows: {
    incidents: 'incidents',
    incidentsPerDay: 'incidents (tickets) per day',
    alerts: 'alerts',
    alertsPerDay: 'alerts per day',
    priority: (priority: number) => `incidents P${priority}`,
    device: 'incidents of a device',
    store: 'incidents of a store',
    flapping: 'flapping incidents',
    laneMinutesLost: 'lane-minutes lost',
    toAlert: 'fault to alert, median / p95',
    toIncident: 'fault to incident, median / p95',
  },
  seconds: (s: number) => `${s} s`,
  gained: (count: number) => `Gained: ${count}`,
  lost: (count: number) => `Lost: ${count}`,
  changed: (count: number) => `Otherwise: ${count}`,
  more: (count: number) => `… and ${count} more`,
  rules: 'Rules that fire most',
  devices: 'Noisiest devices',
  real: (found: number, opened: number) =>
    `Of ${opened} incidents really opened in that time, the replay of the rules before finds ${found}.`,
  notes: {
    'evidence-begins-later':
      'losses and statuses of checks were not written down before {at}: what only they tell is missing',
    'rolled-up': 'before {at} only roll-ups are left: of each, the worst and the last value were judged',
    'missing-checks-not-replayed': 'checks that stay away are not replayed: when a healthy check ran is not kept',
    'forecasts-begin-anew': 'forecasts look back to {at} only',
    'learning-begins-anew':
      'rules that learn what is usual learn from {at} on: about two weeks for sales, three days of the same hour for other readings; until then they tell nothing',
    'stores-judged-alone': 'stores were judged one by one, with the inventory, hours and planned work of today',
    'lists-cut': 'the lists are cut: the counts are whole',
  } satisfies Record<BacktestNote, string>,
};
export type BacktestWords = typeof backtestEn;
