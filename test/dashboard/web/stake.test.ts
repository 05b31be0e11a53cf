import { expect, test } from 'vitest';
import { tellDeadline, tellLoss } from '../../../dashboard/web/stake.ts';
import { en } from '../../../dashboard/web/words/en.ts';
import { fr } from '../../../dashboard/web/words/fr.ts';
import type { IncidentView, SlaClock } from '../../../protocol/views.ts';
import { formatOf } from '../../../protocol/words/index.ts';
import { AT, incidentView } from '../../alerting/fixtures.ts';

const MIN = 60_000;
const clock = (over: Partial<SlaClock> = {}): SlaClock => ({
  startedAt: AT,
  targetMs: 30 * MIN,
  burntMs: 5 * MIN,
  at: AT,
  runs: true,
  breached: false,
  ...over,
});
const view = (respond: SlaClock, restore = clock({ targetMs: 8 * 60 * MIN }), over: Partial<IncidentView> = {}) =>
  incidentView({ clocks: { respond, restore }, respondBy: AT + 25 * MIN, restoreBy: AT + 475 * MIN, ...over });
const inFrench = (incident: IncidentView, now = AT) => tellDeadline(incident, now, fr, formatOf('fr'));
const inEnglish = (incident: IncidentView, now = AT) => tellDeadline(incident, now, en, formatOf('en'));

test('time left counts along, of answering first, then of restoring', () => {
  expect(inFrench(view(clock()))).toMatchObject({
    text: '25\u00a0min pour prendre en charge',
    burnt: 1 / 6,
    isLate: false,
  });
  expect(inEnglish(view(clock()), AT + 10 * MIN)?.text).toBe('15\u00a0min to respond');
  expect(inEnglish(view(clock()), AT + 24.5 * MIN)?.text).toBe('under a minute to respond');
  expect(inEnglish(view(clock({ runs: false, stoppedAt: AT })))?.text).toBe('7\u00a0h\u00a055\u00a0min to restore');
});

test('a clock that is over says by how much, and how far it has gone', () => {
  const late = inFrench(view(clock({ level: 3, breached: true })), AT + 40 * MIN);
  expect(late).toMatchObject({ text: 'délai dépassé de 15\u00a0min', burnt: 1, isLate: true, level: 'N3' });
});

test('a clock that pauses stands still', () => {
  const paused = view(clock({ runs: false }));
  expect(inEnglish(paused, AT + 600 * MIN)).toEqual({ ...inEnglish(paused), isPaused: true });
  expect(inEnglish(paused)?.text).toBe('25\u00a0min to respond (paused)');
});

test('restoring matters where it is due first, or alone agreed', () => {
  expect(inEnglish(view(clock(), clock(), { restoreBy: AT + MIN }))?.text).toContain('to restore');
  const { targetMs: _, ...open } = clock();
  expect(inEnglish(view(open))?.text).toContain('to restore');
  expect(inEnglish(view(open, open))).toBeUndefined();
  expect(inEnglish(incidentView())).toBeUndefined();
  expect(inEnglish(view(clock(), clock(), { state: 'resolved' }))).toBeUndefined();
});

test('what it costs counts along, with money in the chain’s currency as the language writes it', () => {
  const loss = { at: AT, laneMs: 40 * MIN, lanes: 2, blindMs: 0, blind: 0 };
  const money = { currency: 'EUR', lost: 1000, blind: 0, perLaneMinute: 25 };
  const french = (incident: IncidentView, now: number) => tellLoss(incident, now, fr, formatOf('fr'));
  expect(french(incidentView({ loss }), AT + MIN / 2)).toBe('41 minutes-caisse');
  expect(french(incidentView({ loss: { ...loss, money } }), AT + 10 * MIN)).toBe(
    '60 minutes-caisse, 1\u202f500\u00a0€',
  );
  const blind = { ...loss, laneMs: 0, lanes: 0, blindMs: MIN, money: { ...money, lost: 0, blind: 25 } };
  expect(tellLoss(incidentView({ loss: blind }), AT, en, formatOf('en'))).toBe(
    'at most 1 till-minute, €25.00 without news',
  );
  expect(tellLoss(incidentView({ loss: { ...loss, laneMs: 0, lanes: 0 } }), AT, en, formatOf('en'))).toBe('');
});
