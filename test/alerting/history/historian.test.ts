import { expect, test } from 'vitest';
import { Historian } from '../../../alerting/history/historian.ts';
import type { Lane } from '../../../alerting/ports.ts';
import type { StoreState, StoreTile } from '../../../protocol/views.ts';

const TILL = 'demo/001/till-1';
const LANES: Lane[] = [['u', 'till-1']];
const tile = (state: StoreState, since = 0): StoreTile => ({
  key: 'demo/001',
  title: '',
  region: '',
  state,
  since,
  reason: { code: 'store.up' },
  pips: '',
  lanesUp: 0,
  lanesTotal: 0,
});

test('a store is written down when it or one of its lanes stands otherwise, and not again', () => {
  const history = new Historian(undefined, 0);
  history.begin(tile('up'), LANES, 0);
  history.note(tile('up'), LANES, 5);
  history.note(tile('up'), [['g', 'till-1']], 6);
  expect(history.take(7)?.standings.map(({ at, lanes }) => [at, lanes[0]?.[0]])).toEqual([
    [0, 'u'],
    [6, 'g'],
  ]);
  history.forget('demo/001');
  history.note(tile('up'), [['g', 'till-9']], 8);
  expect(history.take(8)?.standings).toMatchObject([{ at: 8, lanes: [['g', 'till-9']] }]);
  expect(history.take(9)).toBeUndefined();
});

test('that somebody watches is written now and then', () => {
  const history = new Historian(undefined, 1000);
  expect(history.take(1000)).toEqual({ standings: [], evidence: [], watchedUntil: 1000 });
  expect(history.take(10_999)).toBeUndefined();
  expect(history.take(11_000)?.watchedUntil).toBe(11_000);
  // The clock was set back.
  expect(history.take(5000)?.watchedUntil).toBe(5000);
});

test('the time in which nobody watched is blind; a short restart is not told', () => {
  const away = new Historian(1000, 200_000);
  away.begin(tile('up'), LANES, 200_000);
  expect(away.take(200_000)?.standings).toMatchObject([
    { at: 1000, state: 'blind', reason: { code: 'store.unwatched' }, lanes: [['b', 'till-1']] },
    { at: 200_000, state: 'up' },
  ]);
  const soon = new Historian(199_000, 200_000);
  soon.begin(tile('up'), LANES, 200_000);
  expect(soon.take(200_000)?.standings).toMatchObject([{ at: 200_000, state: 'up' }]);
});

test('reports that follow each other are one span; what is missing between them parts it', () => {
  const history = new Historian(undefined, 0);
  for (const at of [100_000, 110_000, 105_000, 121_000]) history.prove(TILL, at, 10, 999_000);
  expect(history.take(999_000)?.evidence).toEqual([{ device: TILL, from: 90_000, to: 121_000 }]);
  history.prove(TILL, 131_000, 10, 999_500);
  expect(history.take(999_500)?.evidence).toEqual([{ device: TILL, from: 90_000, to: 131_000 }]);
  history.prove(TILL, 150_000, 10, 999_600);
  expect(history.take(999_600)?.evidence).toEqual([{ device: TILL, from: 140_000, to: 150_000 }]);
  // Two stretches in one group: both are told.
  for (const at of [160_000, 300_000, 310_000]) history.prove(TILL, at, 10, 999_650);
  expect(history.take(999_650)?.evidence).toEqual([
    { device: TILL, from: 140_000, to: 160_000 },
    { device: TILL, from: 290_000, to: 310_000 },
  ]);
  // Older than what is known: it stands by itself and hides nothing.
  history.prove(TILL, 50_000, 10, 999_700);
  expect(history.take(999_700)?.evidence).toEqual([{ device: TILL, from: 40_000, to: 50_000 }]);
});
