import { expect, test } from 'vitest';
import type { Interpreted } from '../../../../agent/snmp/traps/interpret.ts';
import { createRaised } from '../../../../agent/snmp/traps/raised.ts';

const HOUR_MS = 3_600_000;
const event = { at: 1, source: 'trap', code: '1.2', severity: 'warning', text: 'Fan failed' } as const;
const raising = (check: string, text = 'Fan failed'): Interpreted => ({
  event: { ...event, text },
  raises: { check, status: 'warning' },
  clears: [],
});
const clearing = (...clears: string[]): Interpreted => ({ event, clears });

test('what a trap raises is up until the trap that takes it back', () => {
  const raised = createRaised();
  const up = { check: 'trap:fan:1', status: 'warning', text: 'Fan failed' };
  expect(raised.take('sw', raising('trap:fan:1'), 0)).toEqual([up]);
  expect(raised.of('sw')).toEqual([up]);
  expect(raised.take('sw', clearing('trap:fan:2'), 1)).toEqual([]);
  expect(raised.take('other', clearing('trap:fan:1'), 1)).toEqual([]);
  expect(raised.take('sw', clearing('trap:fan:1'), 1)).toEqual([{ check: 'trap:fan:1', status: 'ok' }]);
  expect(raised.of('sw')).toEqual([{ check: 'trap:fan:1', status: 'ok' }]);
});

test('a look at the device takes it back as well', () => {
  const raised = createRaised();
  raised.take('sw', raising('trap:fan:1'), 5000);
  expect(raised.disprove('sw', 'trap:fan:1', 5001, 6000)).toEqual([{ check: 'trap:fan:1', status: 'ok' }]);
  expect(raised.disprove('sw', 'trap:fan:1', 5001, 6000)).toEqual([]);
});

test('a look that began before the trap came does not take it back', () => {
  const raised = createRaised();
  raised.take('sw', raising('trap:fan:1'), 5000);
  expect(raised.disprove('sw', 'trap:fan:1', 4000, 6000)).toEqual([]);
  expect(raised.of('sw')).toMatchObject([{ status: 'warning' }]);
});

test('what was taken back is repeated as ok for a day, a hundred at most, unless it is raised again', () => {
  const raised = createRaised();
  for (let port = 0; port < 120; port++) {
    raised.take('sw', raising(`trap:port:${port}`), port);
    raised.take('sw', clearing(`trap:port:${port}`), port);
  }
  expect(raised.of('sw')).toHaveLength(100);
  expect(raised.of('sw')[0]).toEqual({ check: 'trap:port:20', status: 'ok' });
  raised.take('sw', raising('trap:port:119'), 200);
  expect(raised.of('sw')).toHaveLength(100);
  expect(raised.of('sw')[0]).toMatchObject({ check: 'trap:port:119', status: 'warning' });
  raised.expire(24 * HOUR_MS + 50);
  expect(raised.of('sw').filter(({ check }) => check !== 'trap:port:119')).toHaveLength(68);
  raised.expire(49 * HOUR_MS);
  expect(raised.of('sw')).toEqual([]);
});

test('what nobody repeats for an hour is over; a repetition counts, and is not told again', () => {
  const raised = createRaised();
  raised.take('sw', raising('trap:fan:1'), 0);
  expect(raised.take('sw', raising('trap:fan:1'), HOUR_MS - 1)).toEqual([]);
  expect(raised.take('sw', raising('trap:fan:1', 'Two fans failed'), HOUR_MS - 1)).toHaveLength(1);
  expect(raised.expire(HOUR_MS)).toEqual([]);
  expect(raised.expire(2 * HOUR_MS - 1)).toEqual([['sw', [{ check: 'trap:fan:1', status: 'ok' }]]]);
  expect(raised.of('sw')).toEqual([{ check: 'trap:fan:1', status: 'ok' }]);
});

test('a device has fifty of them at most, and what has no place of its own is not hidden', () => {
  const raised = createRaised();
  for (let port = 0; port < 200; port++) raised.take('sw', raising(`trap:port:${port}`, `Port ${port}`), port);
  expect(raised.of('sw')).toHaveLength(50);
  expect(raised.of('sw').at(-1)).toEqual({ check: 'trap:others', status: 'warning', text: 'Port 199' });
});

test('a device that is watched no longer has none', () => {
  const raised = createRaised();
  raised.take('sw', raising('trap:fan:1'), 0);
  raised.forget('sw');
  expect(raised.of('sw')).toEqual([]);
  expect(raised.expire(HOUR_MS)).toEqual([]);
});

test('a restart keeps what was raised, for another hour', () => {
  const before = createRaised();
  before.take('sw', raising('trap:fan:1'), 0);
  before.take('sw', raising('trap:fan:2'), 0);
  before.take('sw', clearing('trap:fan:2'), 0);
  const after = createRaised(before.changed(), 10);
  expect(after.of('sw')).toEqual(before.of('sw'));
  expect(after.expire(10 + HOUR_MS - 1)).toEqual([]);
  expect(after.expire(10 + HOUR_MS)).toEqual([['sw', [{ check: 'trap:fan:1', status: 'ok' }]]]);
});

test('it is to be kept only when something changed', () => {
  const raised = createRaised();
  expect(raised.changed()).toBeUndefined();
  raised.take('sw', raising('trap:fan:1'), 0);
  expect(raised.changed()).toEqual({ sw: [{ check: 'trap:fan:1', status: 'warning', text: 'Fan failed' }] });
  raised.take('sw', raising('trap:fan:1'), 1);
  expect(raised.changed()).toBeUndefined();
  raised.forget('sw');
  expect(raised.changed()).toEqual({});
});
