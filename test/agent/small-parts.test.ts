import { expect, test } from 'vitest';
import { newBoot } from '../../agent/boot.ts';
import { describeError } from '../../agent/describe-error.ts';
import { createLog } from '../../agent/log.ts';
import { reconnectPauseMs } from '../../agent/reconnect-pause.ts';

test('pauses between connections grow from one second to thirty, half of it chance', () => {
  expect([1, 2, 3, 4, 5, 6, 60].map((failures) => reconnectPauseMs(failures, 1))).toEqual([
    1000, 2000, 4000, 8000, 16_000, 30_000, 30_000,
  ]);
  expect(reconnectPauseMs(1, 0)).toBe(500);
  expect(reconnectPauseMs(60, 0)).toBe(15_000);
});

test('where a person must put something right the pauses grow from fifteen seconds to a minute', () => {
  expect([1, 2, 3, 60].map((failures) => reconnectPauseMs(failures, 1, true))).toEqual([
    15_000, 30_000, 60_000, 60_000,
  ]);
  expect(reconnectPauseMs(1, 0, true)).toBe(7500);
});

test('a boot fits the wire, is new each time and sorts by time', () => {
  const [early, same, late] = [newBoot(1_800_000_000_000), newBoot(1_800_000_000_000), newBoot(1_800_000_000_001)];
  expect(early).toMatch(/^[a-z0-9]{8,40}$/);
  expect(early).not.toBe(same);
  expect(early < late && same < late).toBe(true);
});

test('the log writes one line of JSON, from its level up', () => {
  const lines: string[] = [];
  const log = createLog(
    'info',
    (line) => lines.push(line),
    () => 0,
  );
  log('debug', 'left out');
  log('warn', 'kept', { reports: 3 });
  expect(lines).toEqual(['{"at":"1970-01-01T00:00:00.000Z","level":"warn","msg":"kept","reports":3}\n']);
});

test.each([
  [new Error('first line\nsecond'), 'first line'],
  [new Error('cannot reach http://user:pw@host/x'), 'cannot reach http://host/x'],
  [new AggregateError([Object.assign(new Error(), { code: 'ECONNREFUSED' })]), 'ECONNREFUSED'],
  ['words', 'words'],
  [undefined, 'undefined'],
])('an error on one line: %s', (error, text) => {
  expect(describeError(error)).toBe(text);
});
