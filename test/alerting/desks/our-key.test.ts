import { expect, test } from 'vitest';
import { keyWithin } from '../../../alerting/desks/our-key.ts';

test('a key that fits is itself; one that does not is told from any other', () => {
  const long = `demo/001/${'x'.repeat(200)}`;
  expect(keyWithin('demo/001#a', 100)).toBe('demo/001#a');
  expect(keyWithin('x'.repeat(100), 100)).toBe('x'.repeat(100));
  expect(keyWithin(long, 100)).toHaveLength(100);
  expect(keyWithin(long, 100)).toBe(keyWithin(long, 100));
  expect(keyWithin(long, 100)).not.toBe(keyWithin(`${long}y`, 100));
});
