import { expect, test } from 'vitest';
import { parseTime } from '../../../agent/parsers/time.ts';

const UTC = Date.UTC(2026, 10, 22, 18, 4, 5);
const LOCAL = new Date(2026, 10, 22, 18, 4, 5).getTime();

test.each([
  ['1795370645', UTC],
  ['1795370645.25\n', UTC + 250],
  ['1795370645000', UTC],
  ['2026-11-22T18:04:05Z', UTC],
  ['2026-11-22T19:04:05+01:00', UTC],
  ['2026-11-22 13:04:05.123 -0500', UTC],
  ['2026-11-22 18:04:05', LOCAL],
  ['2026/11/22 18:04:05,987', LOCAL],
  ['20261122 180405', LOCAL],
  ['20261122180405', undefined],
  ['22/11/2026 18:04:05', LOCAL],
  ['22.11.2026 18:04', LOCAL - 5000],
  ['2026-11-22', new Date(2026, 10, 22).getTime()],
  ['11/22/2026 18:04:05', undefined],
  ['18:04:05', undefined],
  ['yesterday', undefined],
  ['', undefined],
])('%j', (text, expected) => {
  expect(parseTime(text)).toBe(expected);
});
