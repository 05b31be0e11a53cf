import type { BacktestView, RuleRevisionView } from '../../dashboard/ports.ts';
import type { BacktestAnswer, ReplayedIncident, ReplayFigures } from '../../protocol/backtest.ts';
import { type StoreKey, storeOf } from '../../protocol/names.ts';
import type { RulesEffect } from '../../protocol/rule-changes.ts';
import type { PackRule } from '../../protocol/rule-views.ts';
import type { Answer, Asked } from './fixture-asked.ts';
import type { SyntheticChain } from './synthetic-chain.ts';

const HOUR_MS = 3_600_000;
const TITLES = { disk: { fr: 'Disque presque plein', en: 'Disk nearly full' } };

const textWith = (raise: number): string =>
  `settle: 15 s
rules:
  - id: lane-silent
    type: silence
    intervals: 3

  - id: disk-filling
    type: threshold
    raise: ${raise}
    clear: 65
`;

const RULES: PackRule[] = [
  {
    ...{ id: 'lane-silent', type: 'silence', about: '', title: { fr: 'Caisse muette', en: 'Till silent' } },
    ...{ kinds: ['till', 'self-checkout'], overrides: 0, devices: 240, stores: 12 },
    settings: [
      { name: 'intervals', value: 3 },
      { name: 'severity', value: 'critical' },
      { name: 'urgency', value: 1 },
      { name: 'hours', value: 'open' },
      { name: 'for', value: '5 s' },
    ],
  },
  {
    ...{ id: 'disk-filling', type: 'threshold', about: 'disk used_percent', unit: 'percent', title: TITLES.disk },
    ...{ attributes: { 'store.storeClass': ['hyper*'] }, overrides: 2, devices: 130, stores: 12 },
    settings: [
      { name: 'raise', value: 70 },
      { name: 'clear', value: 65 },
      { name: 'severity', value: 'warning' },
      { name: 'urgency', value: 3 },
      { name: 'hours', value: 'always' },
    ],
  },
];

const figures = (alerts: number): ReplayFigures => ({
  ...{ incidents: alerts, incidentsPerDay: alerts, alerts, alertsPerDay: alerts, byPriority: { 4: alerts } },
  ...{ byKind: { device: alerts, store: 0 }, flapping: 0, laneMinutesLost: 0 },
  ...{ rules: [{ rule: 'disk-filling', alerts, incidents: alerts }], devices: [] },
  toIncident: { count: alerts, medianS: 62, p95S: 130 },
});

/** The part of the API behind the pages of rules: what is applied holds, and the text `raise: much` cannot be read. */
export function createRulePages({ stores }: Pick<SyntheticChain, 'stores'>, now: number) {
  const device = [...stores.values()][0]?.devices[0]?.key ?? 'halles/0101/till-1';
  const store: StoreKey = storeOf(device);
  const texts = [textWith(85), textWith(80), textWith(70)];
  const revisions: RuleRevisionView[] = [
    { id: 2, at: now - HOUR_MS, by: 'Camille', why: 'disques de 32 Go', hash: 'b2' },
    { id: 1, at: now - 50 * HOUR_MS, by: 'Nadia', why: 'moins de bruit la nuit', hash: 'a1' },
  ];
  let started = 0;
  let replay: (BacktestView & { asked: number }) | undefined;

  const effect = (before: string, after: string): RulesEffect => {
    const raiseIn = (text: string) => /raise: (.*)/.exec(text)?.[1] ?? '';
    if (before === after) return { rules: [], values: [], devices: 0, stores: 0, endingCount: 0, ending: [] };
    return {
      rules: [
        {
          ...{ id: 'disk-filling', what: 'changed', type: 'threshold', title: TITLES.disk },
          values: [{ path: 'raise', before: raiseIn(before), after: raiseIn(after) }],
          ...{ devices: 130, stores: 12, gains: 0, loses: 0 },
        },
      ],
      ...{ values: [], devices: 130, stores: 12, endingCount: 1 },
      ending: [
        {
          ...{ key: `${device}#disk-filling`, device, rule: 'disk-filling', instance: 'path=/', severity: 'warning' },
          ...{ since: now - 2 * HOUR_MS, state: 'firing' },
        },
      ],
    };
  };
  const current = (): string => texts.at(-1) ?? '';
  const hold = (text: string, by: string, why: string, backTo?: number): number => {
    const id = texts.push(text) - 1;
    revisions.unshift({ id, at: Date.now(), by, why, hash: `${id}`, ...(backTo !== undefined && { backTo }) });
    return id;
  };
  const refuse = (code: string, path: string, message: string): Answer => ({
    ...{ status: 422, body: { error: { code, message: code, details: [{ path, message }] } } },
  });

  function answerRules({ method, parts: [, part, id], query, body, by }: Asked): Answer {
    const newest = texts.length - 1;
    if (part === 'list') return { body: { rules: RULES } };
    if (part === 'revisions' && id !== undefined) return { body: { text: texts[Number(id)] } };
    if (part === 'revisions') return { body: { revisions: revisions.slice(0, Number(query.get('limit'))) } };
    if (method === 'GET') {
      return { body: { source: 'revision', revision: newest, newest, text: current(), last: revisions[0] } };
    }
    const wish = body as { text?: string; to?: number; why?: string; dryRun?: boolean };
    const text = wish.text ?? texts[wish.to ?? newest - 1] ?? '';
    if (text.includes('much')) return refuse('rules-refused', '/rules/1/raise', 'must be a number');
    const would = effect(current(), text);
    if (wish.dryRun === true) return { body: { revision: newest, effect: would } };
    return { body: { revision: hold(text, by, wish.why ?? '', wish.to), effect: would } };
  }

  const incident = (openedAt: number): ReplayedIncident => ({
    ...{ store, target: device, kind: 'device', rule: 'disk-filling', priority: 4, since: openedAt, openedAt },
    reason: {
      ...{ code: 'threshold.above', params: { reading: 'disk used_percent', value: 54, limit: 50, unit: 'percent' } },
    },
  });
  const answer = (from: number, to: number): BacktestAnswer => ({
    ...{ from, to, stores: stores.size, devices: 130 },
    before: figures(3),
    after: { ...figures(14), devices: [{ device, alerts: 9 }] },
    gained: { count: 12, incidents: Array.from({ length: 12 }, (_, i) => incident(from + i * 60_000)) },
    lost: { count: 1, incidents: [{ ...incident(from), resolvedAt: from + HOUR_MS }] },
    changed: { count: 0, incidents: [] },
    real: { opened: 3, found: 2 },
    notes: [{ note: 'evidence-begins-later', at: from }, { note: 'stores-judged-alone' }],
  });

  /** A replay is over once it was asked for often enough. */
  function answerReplay({ method, body, by }: Asked): Answer {
    if (method === 'POST') {
      const { rules, from, to } = body as { rules: string; from: number; to: number };
      if (rules.includes('much')) return refuse('backtest-refused', '/rules/rules/1/raise', 'must be a number');
      if (from >= to) return refuse('backtest-refused', '/from', 'expected a time before /to');
      started++;
      const id = started.toString(16).padStart(12, '0');
      replay = { id, standing: 'running', from, to, by, at: Date.now(), done: 0, total: 12, asked: 0 };
      return { status: 202, body: replay };
    }
    if (replay === undefined) return { status: 404, body: { error: { code: 'no-such-backtest', message: '' } } };
    if (method === 'DELETE') {
      if (replay.standing === 'running') replay.standing = 'cancelled';
      else replay = undefined;
      return { status: 204 };
    }
    if (replay.standing !== 'running') return { body: replay };
    replay.asked++;
    replay.done = Math.min(12, replay.asked * 5);
    if (replay.done === 12) Object.assign(replay, { standing: 'done', answer: answer(replay.from, replay.to) });
    return { body: { ...replay, secondsLeft: 12 - replay.done } };
  }

  return {
    answer: (asked: Asked): Answer =>
      asked.parts[0] === 'rules'
        ? answerRules(asked)
        : asked.parts[0] === 'backtests'
          ? answerReplay(asked)
          : undefined,
  };
}
