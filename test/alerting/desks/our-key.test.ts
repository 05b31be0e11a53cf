import { expect, test } from 'vitest';
import { findBorne, keyWithin } from '../../../alerting/desks/our-key.ts';

test('a key that fits is itself; one that does not is told from any other', () => {
  const long = `demo/001/${'x'.repeat(200)}`;
  expect(keyWithin('demo/001#a', 100)).toBe('demo/001#a');
  expect(keyWithin('x'.repeat(100), 100)).toBe('x'.repeat(100));
  expect(keyWithin(long, 100)).toHaveLength(100);
  expect(keyWithin(long, 100)).toBe(keyWithin(long, 100));
  expect(keyWithin(long, 100)).not.toBe(keyWithin(`${long}y`, 100));
});

test('the incident is found by what its ticket bears: its key, shortened or not, or that of a later ticket', () => {
  const long = `demo/001/${'x'.repeat(200)}`;
  const keys = ['demo/001#a##1', long];
  expect(findBorne('demo/001#a##1', keys)).toBe('demo/001#a##1');
  expect(findBorne('demo/001#a##1~2', keys)).toBe('demo/001#a##1');
  for (const later of ['', '~2', '~3']) expect(findBorne(keyWithin(`${long}${later}`, 100), keys)).toBe(long);
  for (const other of ['demo/001#a##1~4', 'demo/001#a##', keyWithin(`${long}y`, 100), '~2', '']) {
    expect(findBorne(other, keys)).toBeUndefined();
  }
});
