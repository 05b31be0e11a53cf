import { beforeEach, expect, test } from 'vitest';
import { Presence } from '../../../collector/ingest/presence.ts';
import type { Birth, StatusMessage } from '../../../protocol/messages.ts';

const NOW = 1_790_000_000_000;
const birth = (boot: string, at = NOW): Birth => ({
  v: 1,
  boot,
  at,
  agent: { version: '1', config: 'h' },
  intervalS: 10,
  host: {},
  checks: [],
});
const status = (boot: string, online: boolean): StatusMessage => ({
  v: 1,
  boot,
  online,
  at: NOW,
  ...(online ? {} : { reason: 'lost' as const }),
});

let presence: Presence;
beforeEach(() => {
  presence = new Presence();
});

test('a will counts for the current boot', () => {
  presence.born('c/s/d', birth('bootbootone'), false, NOW);
  expect(presence.said('c/s/d', 'c/s/d', status('bootbootone', false), false, NOW)).toMatchObject({ evidence: 'lost' });
});

test('a will of an earlier boot, however late, says nothing', () => {
  presence.born('c/s/d', birth('bootbootone'), false, NOW);
  presence.born('c/s/d', birth('bootboottwo'), false, NOW);
  expect(presence.said('c/s/d', 'c/s/d', status('bootbootone', false), false, NOW)).toBeUndefined();
});

test('a watched device is believed by its watcher’s boot', () => {
  presence.born('c/s/gw', birth('bootbootone'), false, NOW);
  expect(presence.said('c/s/till', 'c/s/gw', status('bootbootone', true), false, NOW)).toMatchObject({
    device: 'c/s/till',
    evidence: 'online',
    intervalS: 10,
  });
  expect(presence.said('c/s/till', 'c/s/gw', status('bootbootold', false), false, NOW)).toBeUndefined();
});

test('a watched device has the pace its watcher says', () => {
  presence.born('c/s/gw', birth('bootbootone'), false, NOW);
  const slow = { ...status('bootbootone', true), intervalS: 300 };
  expect(presence.said('c/s/switch', 'c/s/gw', slow, false, NOW)).toMatchObject({ intervalS: 300 });
});

test('what a gateway saw goes with the loss it tells, and a device it carries keeps its own pace', () => {
  presence.born('c/s/gw', birth('bootbootone'), false, NOW);
  presence.born('c/s/till', { ...birth('bootofthetill'), intervalS: 60 }, false, NOW);
  const evidence = { link: 'closed', host: 'answers' } as const;
  const lost = { ...status('bootbootone', false), evidence };
  expect(presence.said('c/s/till', 'c/s/gw', lost, false, NOW)).toMatchObject({
    evidence: 'lost',
    seen: evidence,
    intervalS: 60,
  });
  // Of itself nobody sees more than its absence.
  expect(presence.said('c/s/gw', 'c/s/gw', lost, false, NOW)).not.toHaveProperty('seen');
});

test('a birth the broker had kept does not undo a newer one', () => {
  presence.born('c/s/d', birth('bootboottwo'), false, NOW);
  expect(presence.born('c/s/d', birth('bootbootone'), true, NOW)).toEqual({ isNews: false });
  expect(presence.born('c/s/d', birth('bootboottwo'), true, NOW)).toEqual({ isNews: false });
});

test('what the broker had kept is no sign of life: a till that is dead stays dead at every new connection', () => {
  presence.born('c/s/d', birth('bootboottwo'), false, NOW);
  expect(presence.said('c/s/d', 'c/s/d', status('bootboottwo', true), true, NOW)).toBeUndefined();
  expect(presence.said('c/s/d', 'c/s/d', status('bootboottwo', false), true, NOW)).toMatchObject({ evidence: 'lost' });
});

test('a kept birth of a run not known before says who it is, so that its will counts', () => {
  presence.born('c/s/d', birth('bootbootone'), false, NOW);
  expect(presence.born('c/s/d', birth('bootboottwo'), true, NOW)).toEqual({ isNews: true });
  expect(presence.said('c/s/d', 'c/s/d', status('bootboottwo', false), true, NOW)).toMatchObject({ evidence: 'lost' });
  expect(presence.said('c/s/d', 'c/s/d', status('bootbootone', false), true, NOW)).toBeUndefined();
});

test('the current boot outlives a restart of the collector', () => {
  presence.restore('c/s/d', 'bootboottwo', JSON.stringify(birth('bootboottwo')));
  expect(presence.said('c/s/d', 'c/s/d', status('bootbootone', false), false, NOW)).toBeUndefined();
  expect(presence.said('c/s/d', 'c/s/d', status('bootboottwo', false), false, NOW)).toMatchObject({ evidence: 'lost' });
  expect(presence.intervalS('c/s/d')).toBe(10);
});

test('a run says birth again when something in it has changed; of kept ones the later counts', () => {
  presence.restore('c/s/d', 'bootbootone', JSON.stringify(birth('bootbootone', NOW)));
  expect(presence.born('c/s/d', birth('bootbootone', NOW), true, NOW)).toEqual({ isNews: false });
  expect(presence.born('c/s/d', birth('bootbootone', NOW + 1), true, NOW)).toEqual({ isNews: true });
  expect(presence.born('c/s/d', birth('bootbootone', NOW), true, NOW)).toEqual({ isNews: false });
  expect(presence.born('c/s/d', birth('bootbootone', NOW), false, NOW)).toMatchObject({ isNews: true });
});
