import { expect, test } from 'vitest';
import type { IncidentView } from '../../protocol/views.ts';
import { incidentView } from '../alerting/fixtures.ts';
import type { Committed } from './committed.ts';
import type { Episode } from './episodes.ts';
import { type CountedSender, judgeAlerts, judgeReports } from './verdict.ts';

const SENT = 5;
const sender = (acknowledged: number[] = [1, 2, 3, 4, 5]): CountedSender => ({
  store: 's0',
  device: 'd0',
  boot: 'theboot1',
  sent: SENT,
  acknowledged: new Set(acknowledged),
});
const committedOnce = (...numbers: number[]): Committed => new Map(numbers.map((seq) => [`theboot1 ${seq}`, 1]));
const all = { count: 5, sum: 15 };
const judge = (who: CountedSender, committed: Committed, metrics = all) =>
  judgeReports({ senders: [who], committed, countMetrics: () => Promise.resolve(metrics), patienceMs: 0 });

test('all that was sent, committed once and measured once is well', async () => {
  expect(await judge(sender(), committedOnce(1, 2, 3, 4, 5))).toMatchObject({
    sent: 5,
    acknowledged: 5,
    committed: 5,
    inMetrics: 5,
    lost: [],
    twice: [],
    metricsFaults: [],
    agentGaps: [],
  });
});

test('a report that was acknowledged and dropped is lost', async () => {
  const verdict = await judge(sender(), committedOnce(1, 2, 4, 5), { count: 4, sum: 12 });
  expect(verdict.lost).toEqual([{ sender: 0, seq: 3 }]);
  expect(verdict.metricsFaults).toEqual(['s0/d0: 4 samples of 5, their sum 12 and not 15']);
});

test('a report that was committed twice is told', async () => {
  const committed = committedOnce(1, 2, 3, 4, 5).set('theboot1 2', 2);
  expect((await judge(sender(), committed)).twice).toEqual([{ sender: 0, seq: 2 }]);
});

test('a report that comes a second time under another number is told', async () => {
  const verdict = await judge(sender(), committedOnce(1, 2, 3, 4, 5, 6), { count: 6, sum: 21 });
  expect(verdict.metricsFaults).toEqual([
    's0/d0: 6 samples of 5, their sum 21 and not 15',
    '1 reports were committed under numbers nobody sent',
  ]);
});

test('one sample in the place of another is told although their count is right', async () => {
  const verdict = await judge(sender(), committedOnce(1, 2, 3, 4, 5), { count: 5, sum: 16 });
  expect(verdict.metricsFaults).toHaveLength(1);
});

test('a gap in a real agent’s run, and a number that came twice, are told', async () => {
  const committed = committedOnce(1, 2, 3, 4, 5);
  for (const seq of [1, 2, 4]) committed.set(`agentsboot ${seq}`, 1);
  committed.set('agentsboot 2', 2);
  const verdict = await judge(sender(), committed);
  expect(verdict.agentGaps).toEqual(['run agentsboot: 1 of 4 missing, 1 twice']);
  expect(verdict.agentReports).toBe(4);
});

const episode = (change: Partial<Episode> = {}): Episode => ({
  store: 'demo/001',
  kind: 'threshold',
  startedAt: 1,
  opened: 1,
  resolved: true,
  ...change,
});
const seen = (change: Partial<IncidentView> = {}, moves: { what: string; at: number }[] = []) => {
  const incident = incidentView({ number: 1, key: 'k1', ...change });
  return [incident.key, { first: incident, latest: incident, at: 1, moves }] as const;
};
const ticket = (state: 'open' | 'resolved' = 'resolved') => ({
  ticket: 'T1',
  state,
  actions: ['open'],
  subject: '',
  text: '',
});

test('one fault, one incident, one ticket is well', () => {
  const verdict = judgeAlerts(
    [episode()],
    { seen: new Map([seen()]) },
    { tickets: new Map([['k1', ticket()]]), faults: [] },
  );
  expect(verdict).toMatchObject({ expected: 1, opened: 1, resolved: 1, lost: [], doubled: [], moved: [] });
});

test('a fault without an incident, without an end or without a ticket is lost', () => {
  const silent = episode({ opened: undefined, resolved: false });
  const endless = episode({ resolved: false });
  expect(
    judgeAlerts([silent, endless], { seen: new Map([seen()]) }, { tickets: new Map([['k1', ticket()]]), faults: [] })
      .lost,
  ).toEqual([silent, endless]);
  expect(judgeAlerts([episode()], { seen: new Map([seen()]) }, { tickets: new Map(), faults: [] }).lost).toHaveLength(
    1,
  );
});

test('an incident no fault explains, a second ticket and a fault of the desk are doubled', () => {
  const verdict = judgeAlerts(
    [episode()],
    { seen: new Map([seen(), seen({ number: 2, key: 'k2' })]) },
    {
      tickets: new Map([
        ['k1', ticket()],
        ['k3', ticket()],
      ]),
      faults: ['k1 opened twice'],
    },
  );
  expect(verdict.doubled.map(({ what }) => what)).toEqual([
    expect.stringContaining('#2 at demo/001'),
    'the desk: k1 opened twice',
    'a ticket for k3, which the API never showed',
  ]);
});

test('an incident that was moved, and a ticket nobody closes, are told', () => {
  const verdict = judgeAlerts(
    [episode()],
    { seen: new Map([seen({}, [{ what: '#1 openedAt: 1 became 2', at: 5 }])]) },
    { tickets: new Map([['k1', ticket('open')]]), faults: [] },
  );
  expect(verdict.moved.map(({ what }) => what)).toEqual([
    '#1 openedAt: 1 became 2',
    'the ticket of k1 is open at the end',
  ]);
});
