import { expect, test } from 'vitest';
import { figureRows, tellDelta } from '../../../dashboard/web/rules/backtest-figures.ts';
import { findRules } from '../../../dashboard/web/rules/find-rules.ts';
import { tellFault, tellGone } from '../../../dashboard/web/rules/tell-rule.ts';
import { backtestWords } from '../../../dashboard/web/words/backtest.ts';
import { rulePageWords } from '../../../dashboard/web/words/rules.ts';
import type { ReplayFigures } from '../../../protocol/backtest.ts';
import type { PackRule } from '../../../protocol/rule-views.ts';
import { formatOf } from '../../../protocol/words/index.ts';

const rule = (id: string, over: Partial<PackRule> = {}): PackRule => ({
  ...{ id, title: { fr: id, en: id }, type: 'threshold', about: '' },
  ...{ settings: [], overrides: 0, devices: 1, stores: 1, ...over },
});

test('rules are found by every word, whatever their case and accents', () => {
  const rules = [
    rule('cpu-busy', { about: 'cpu usage_active' }),
    rule('printer', { kinds: ['printer'], type: 'status' }),
    rule('disk', { about: 'disk used_percent' }),
  ];
  const found = (sought: string) =>
    findRules(rules, sought, ({ id }) => (id === 'printer' ? ['Imprimante à sec', 'critique'] : [])).map(
      ({ id }) => id,
    );
  expect(found(' ')).toEqual(['cpu-busy', 'printer', 'disk']);
  expect(found('CPU active')).toEqual(['cpu-busy']);
  expect(found('A SEC')).toEqual(['printer']);
  expect(found('printer status')).toEqual(['printer']);
  expect(found('disk cpu')).toEqual([]);
});

test('from when a rule calls a fault, and when it is gone', () => {
  const words = rulePageWords.value;
  const told = (name: string) => `<${name}>`;
  expect(tellFault({ type: 'threshold' }, told, words)).toBe('<raise>');
  for (const [type, names] of [
    ['silence', ['intervals']],
    ['opening', ['before']],
    ['forecast', ['limit', 'within']],
  ] as const) {
    for (const name of names) expect(tellFault({ type }, told, words)).toContain(`<${name}>`);
  }
  expect(tellGone({ clear: 80 }, told)).toBe('<clear>');
  expect(tellGone({ clearBeyond: '2 d' }, told)).toBe('<clearBeyond>');
});

test('differences carry their sign; what is written alike is no difference', () => {
  const write = (size: number) => formatOf('en').number(size);
  expect(tellDelta(2, write)).toBe('+2');
  expect(tellDelta(-1.26, write)).toBe('−1.3');
  expect(tellDelta(0.01, write)).toBe('=');
});

const figures = (over: Partial<ReplayFigures>): ReplayFigures => ({
  ...{ incidents: 0, incidentsPerDay: 0, alerts: 0, alertsPerDay: 0, byPriority: {}, byKind: { device: 0, store: 0 } },
  ...{ flapping: 0, laneMinutesLost: 0, rules: [], devices: [], ...over },
});

test('figures stand side by side; priorities nobody has are left out, times nobody has are a dash', () => {
  const rows = figureRows(
    {
      before: figures({ incidents: 5, byPriority: { 2: 5 }, toIncident: { count: 5, medianS: 60, p95S: 120 } }),
      after: figures({ incidents: 3, byPriority: { 2: 1, 4: 2 } }),
    },
    backtestWords.value,
    formatOf('en'),
  );
  const named = (name: string) => rows.find((row) => row.name === name);
  const { rows: names } = backtestWords.value;
  expect(named(names.incidents)).toMatchObject({ before: '5', after: '3', delta: '−2' });
  expect(named(names.priority(4))).toMatchObject({ before: '0', after: '2', delta: '+2' });
  expect(named(names.priority(1))).toBeUndefined();
  expect(named(names.toIncident)).toMatchObject({ before: '1\u00a0min', after: '–', delta: '' });
  expect(named(names.toAlert)).toMatchObject({ before: '–', after: '–', delta: '' });
});
