import { expect, test } from 'vitest';
import {
  chooseVersion,
  confirmTrial,
  forgetVersion,
  type LaunchState,
  refuseTrial,
} from '../../../agent/update/launch-state.ts';

const none: LaunchState = { refused: [] };
const trial = (starts: number): LaunchState => ({ ...none, trial: { version: '1.1.0', attempt: 2, starts } });
const confirmed = (version: string, packaged: string): LaunchState => ({ ...none, confirmed: { version, packaged } });

test('without an update the package’s own version runs', () => {
  expect(chooseVersion(none, '1.0.0')).toEqual({ version: undefined, state: none });
});

test('a version under trial has three starts, each counted before it happens; then it is refused', () => {
  for (const starts of [0, 1, 2]) {
    expect(chooseVersion(trial(starts), '1.0.0')).toEqual({ version: '1.1.0', state: trial(starts + 1) });
  }
  const refused = [{ version: '1.1.0', attempt: 2, reason: 'starts' as const }];
  expect(chooseVersion(trial(3), '1.0.0')).toEqual({ version: undefined, state: { refused } });
  const over = { ...trial(3), confirmed: { version: '1.0.5', packaged: '1.0.0' } };
  expect(chooseVersion(over, '1.0.0').version).toBe('1.0.5');
});

test('a confirmed version stays until a newer package is installed over it', () => {
  expect(chooseVersion(confirmed('1.1.0', '1.0.0'), '1.0.0').version).toBe('1.1.0');
  expect(chooseVersion(confirmed('1.1.0', '1.0.0'), '1.0.5').version).toBe('1.1.0');
  expect(chooseVersion(confirmed('1.1.0', '1.0.0'), '1.2.0')).toEqual({ version: undefined, state: none });
});

test('a confirmed downgrade stays over the package it replaced, and over no other', () => {
  expect(chooseVersion(confirmed('0.9.0', '1.0.0'), '1.0.0').version).toBe('0.9.0');
  expect(chooseVersion(confirmed('0.9.0', '1.0.0'), '1.0.1').version).toBeUndefined();
});

test('a trial is confirmed over the package it ran on, or refused with its reason', () => {
  expect(confirmTrial(trial(1), '1.0.0')).toEqual(confirmed('1.1.0', '1.0.0'));
  expect(confirmTrial(none, '1.0.0')).toEqual(none);
  expect(refuseTrial(trial(1), 'beats').refused).toEqual([{ version: '1.1.0', attempt: 2, reason: 'beats' }]);
});

test('a program that is not what was signed is forgotten, whether it was on trial or confirmed', () => {
  expect(forgetVersion(confirmed('1.1.0', '1.0.0'), '1.1.0')).toEqual(none);
  const both = { ...trial(1), confirmed: { version: '1.0.5', packaged: '1.0.0' } };
  expect(forgetVersion(both, '1.1.0')).toEqual({
    confirmed: { version: '1.0.5', packaged: '1.0.0' },
    refused: [{ version: '1.1.0', attempt: 2, reason: 'file' }],
  });
});
