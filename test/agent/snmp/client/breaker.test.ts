import { describe, expect, test } from 'vitest';
import {
  afterPoll,
  BREAKER_RULES,
  closedBreaker,
  judgeStore,
  leaveOf,
  type StoreDevice,
} from '../../../../agent/snmp/client/breaker.ts';

describe('of a device', () => {
  const failed = (times: number, nowMs = 0) =>
    Array.from({ length: times }).reduce<typeof closedBreaker>((b) => afterPoll(b, false, nowMs), closedBreaker);

  test('is polled until it failed three times, then probed rarely, and more rarely each time', () => {
    expect(leaveOf(failed(2), 0)).toBe('poll');
    const open = failed(3);
    expect([leaveOf(open, 14_999), leaveOf(open, 15_000)]).toEqual(['wait', 'probe']);
    const longer = afterPoll(open, false, 15_000);
    expect([leaveOf(longer, 44_999), leaveOf(longer, 45_000)]).toEqual(['wait', 'probe']);
    expect(failed(100, 5).probeAtMs).toBe(5 + BREAKER_RULES.longestPauseMs);
  });

  test('one answer closes it', () => {
    expect(afterPoll(failed(50), true, 0)).toEqual(closedBreaker);
    expect(leaveOf(afterPoll(failed(50), true, 0), 0)).toBe('poll');
  });
});

describe('of a store', () => {
  const device = (name: string, answeredMs?: number, silentSinceMs?: number): StoreDevice => ({
    name,
    ...(answeredMs !== undefined && { answeredMs }),
    ...(silentSinceMs !== undefined && { silentSinceMs }),
  });
  const fallen = Array.from({ length: 10 }, (_, at) => device(`d${at}`, 1000 + at, 40_000 + at));

  test('when all fell silent at once it is the link, and a few are probed: those that answered last', () => {
    expect(judgeStore(fallen)).toEqual({ isLinkDown: true, silent: 10, known: 10, probes: ['d9', 'd8', 'd7'] });
  });

  test('while the others have not been polled yet, four fifths are enough', () => {
    const pending = fallen.map((one, at) => (at < 2 ? device(one.name, 39_000) : one));
    expect(judgeStore(pending).isLinkDown).toBe(true);
    expect(judgeStore(pending.map((one, at) => (at < 3 ? device(one.name, 39_000) : one))).isLinkDown).toBe(false);
  });

  test('one that answers afterwards proves the link', () => {
    const answered = [device('d0', 70_000), ...fallen.slice(1)];
    expect(judgeStore(answered)).toMatchObject({ isLinkDown: false, silent: 9, probes: [] });
  });

  test('devices that failed one after the other over hours are not one link', () => {
    const slow = fallen.map((one, at) => device(one.name, 1000, at * 3_600_000 + 2000));
    expect(judgeStore(slow).isLinkDown).toBe(false);
  });

  test('two devices prove nothing, nor do those that never answered', () => {
    expect(judgeStore(fallen.slice(0, 2)).isLinkDown).toBe(false);
    expect(judgeStore(fallen.map(({ name }) => device(name, undefined, 40_000)))).toMatchObject({
      isLinkDown: false,
      known: 0,
    });
    expect(judgeStore([]).isLinkDown).toBe(false);
  });
});
