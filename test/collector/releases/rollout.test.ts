import { expect, test } from 'vitest';
import type { Rollout } from '../../../collector/ports.ts';
import { type Candidate, stepRollout } from '../../../collector/releases/rollout.ts';
import { type DeviceKey, type StoreKey, storeOf } from '../../../protocol/names.ts';

const MINUTE = 60_000;
const rollout: Rollout = {
  version: '1.1.0',
  attempt: 1,
  state: 'running',
  wave: 'canary',
  startedAt: 0,
  waveAt: 0,
  by: 'zoé',
  canary: ['acme/s001' as StoreKey],
  share: 0.05,
  soakMs: 60 * MINUTE,
  returnMs: 15 * MINUTE,
  mayFail: 0.1,
  spreadS: 60,
  bytesPerSecond: 1024,
  whileOpen: false,
};
const update = { platform: 'linux-x64' as const };
const till = (key: string, more: Partial<Candidate> = {}): Candidate => {
  const device = key as DeviceKey;
  return { device, store: storeOf(device), isOpen: false, isOnline: true, version: '1.0.0', update, ...more };
};
const CANARY = 'acme/s001/till-1' as DeviceKey;
const OTHER = 'acme/s002/till-1' as DeviceKey;
const at = (now: number, downgrade = false) => ({ now, downgrade });
const nobody = new Map<DeviceKey, number>();

test('the canary store is told, the others wait for their wave', () => {
  const step = stepRollout(rollout, [till(CANARY), till(OTHER)], nobody, at(1));
  expect(step.tell).toEqual([CANARY]);
  expect(step.standings.get(OTHER)).toBe('later');
});

test('an open store is not told, and one that opens before its tills have restarted is taken back', () => {
  const open = till(CANARY, { isOpen: true });
  expect(stepRollout(rollout, [open], nobody, at(1))).toMatchObject({ tell: [], takeBack: [] });
  expect(stepRollout(rollout, [open], nobody, at(1)).standings.get(CANARY)).toBe('store-open');
  expect(stepRollout(rollout, [open], new Map([[CANARY, 0]]), at(1)).takeBack).toEqual([CANARY]);
  expect(stepRollout({ ...rollout, whileOpen: true }, [open], nobody, at(1)).tell).toEqual([CANARY]);
});

test('a till that is away, cannot replace itself or runs a newer version is not told', () => {
  const standing = (more: Partial<Candidate>) => {
    const step = stepRollout(rollout, [till(CANARY, more)], nobody, at(1));
    expect(step.tell).toEqual([]);
    return step.standings.get(CANARY);
  };
  expect(standing({ isOnline: false, goneAt: 0 })).toBe('offline');
  expect(standing({ version: '1.2.0' })).toBe('newer');
  const { update: _update, ...without } = till(CANARY);
  expect(stepRollout(rollout, [without], nobody, at(1)).standings.get(CANARY)).toBe('no-update');
});

test('a newer version is replaced only by a release signed as a downgrade', () => {
  const newer = till(CANARY, { version: '1.2.0' });
  expect(stepRollout(rollout, [newer], nobody, at(1)).tell).toEqual([]);
  expect(stepRollout(rollout, [newer], nobody, at(1, true)).tell).toEqual([CANARY]);
});

test('the next wave begins when the canary has run it long enough', () => {
  const told = new Map([[CANARY, 0]]);
  const done = till(CANARY, { version: '1.1.0' });
  expect(stepRollout(rollout, [done], told, at(59 * MINUTE)).rollout.wave).toBe('canary');
  const next = stepRollout(rollout, [done], told, at(60 * MINUTE)).rollout;
  expect(next).toMatchObject({ wave: 'share', waveAt: 60 * MINUTE, state: 'running' });
});

test('the canary does not let the next wave begin while it is on trial, or where no till of it could be reached', () => {
  const trying = till(CANARY, { version: '1.1.0', update: { ...update, trying: '1.1.0' } });
  expect(stepRollout(rollout, [trying], new Map([[CANARY, 0]]), at(99 * MINUTE)).rollout.wave).toBe('canary');
  const away = till(CANARY, { isOnline: false });
  expect(stepRollout(rollout, [away], nobody, at(99 * MINUTE)).rollout.wave).toBe('canary');
});

test('the second wave reaches about its share, always the same devices', () => {
  const many = Array.from({ length: 4000 }, (_, i) => till(`acme/s${1000 + (i >> 3)}/till-${i & 7}`));
  const { tell } = stepRollout({ ...rollout, wave: 'share' }, many, nobody, at(1));
  expect(tell.length).toBeGreaterThan(140);
  expect(tell.length).toBeLessThan(260);
  expect(stepRollout({ ...rollout, wave: 'share' }, many.toReversed(), nobody, at(1)).tell.toSorted()).toEqual(
    tell.toSorted(),
  );
});

test('it stops by itself when tills go back or do not come back, and takes back what is not done', () => {
  const told = new Map([
    [CANARY, 0],
    [OTHER, 0],
  ]);
  const refused = { version: '1.1.0', attempt: 1, reason: 'beats' as const };
  const back = stepRollout(rollout, [till(CANARY, { update: { ...update, refused } }), till(OTHER)], told, at(1));
  expect(back).toMatchObject({ tell: [], takeBack: [OTHER], rollout: { state: 'stopped' } });
  expect(back.standings.get(CANARY)).toBe('refused');

  const gone = till(CANARY, { isOnline: false, goneAt: 5 * MINUTE, update: { ...update, trying: '1.1.0' } });
  expect(stepRollout(rollout, [gone], told, at(20 * MINUTE)).rollout.state).toBe('running');
  const late = stepRollout(rollout, [gone], told, at(20 * MINUTE + 1));
  expect(late.rollout.state).toBe('stopped');
  expect(late.standings.get(CANARY)).toBe('missing');
});

test('tills that are switched off for the night have not failed: those that run it are done, the others wait', () => {
  const off = { isOnline: false, goneAt: MINUTE };
  const told = new Map([
    [CANARY, 0],
    [OTHER, 0],
  ]);
  const night = [till(CANARY, { ...off, version: '1.1.0' }), till(OTHER, off)];
  const step = stepRollout(rollout, night, told, at(600 * MINUTE));
  expect(step.rollout.state).toBe('running');
  expect([...step.standings.values()]).toEqual(['done', 'told']);
});

test('once it is over, it is taken back from all who were told', () => {
  const told = new Map([[CANARY, 0]]);
  const done = till(CANARY, { version: '1.1.0' });
  expect(stepRollout({ ...rollout, state: 'aborted' }, [done], told, at(1)).takeBack).toEqual([CANARY]);
  expect(stepRollout({ ...rollout, state: 'paused' }, [done], told, at(1)).takeBack).toEqual([]);
});

test('a few that fail among many do not stop it', () => {
  const many = Array.from({ length: 20 }, (_, i) => till(`acme/s001/till-${i}`, { version: '1.1.0' }));
  const refused = { version: '1.1.0', attempt: 1, reason: 'starts' as const };
  const some = [...many, till(CANARY, { update: { ...update, refused } })];
  const told = new Map(some.map(({ device }) => [device, 0]));
  expect(stepRollout(rollout, some, told, at(1)).rollout.state).toBe('running');
});

test('a till that went back is told again for a new attempt only', () => {
  const refused = till(CANARY, { update: { ...update, refused: { version: '1.1.0', attempt: 1, reason: 'beats' } } });
  expect(stepRollout(rollout, [refused], nobody, at(1)).tell).toEqual([]);
  expect(stepRollout({ ...rollout, attempt: 2 }, [refused], nobody, at(1)).tell).toEqual([CANARY]);
});

test('it is done when every till that can be reached runs it', () => {
  const last = { ...rollout, wave: 'all' as const };
  const told = new Map([[CANARY, 0]]);
  expect(stepRollout(last, [till(CANARY, { version: '1.1.0' }), till(OTHER)], told, at(1)).rollout.state).toBe(
    'running',
  );
  expect(stepRollout(last, [till(CANARY, { version: '1.1.0' })], told, at(1)).rollout.state).toBe('done');
});

test('paused, nobody is told and what is not done is taken back', () => {
  const paused = { ...rollout, state: 'paused' as const };
  const step = stepRollout(paused, [till(CANARY), till(OTHER)], new Map([[CANARY, 0]]), at(1));
  expect(step).toMatchObject({ tell: [], takeBack: [CANARY], rollout: paused });
});
