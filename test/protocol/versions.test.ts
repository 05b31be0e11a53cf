import { expect, test } from 'vitest';
import { compareVersions } from '../../protocol/versions.ts';

test('versions stand in the order people mean', () => {
  const inOrder = ['0.9', '1.0-alpha', '1.0-rc1', '1.0-rc2', '1.0', '1.0.1', '1.2', '1.10', '1.10a', '2', '10.0.19045'];
  for (const [i, a] of inOrder.entries()) {
    for (const [j, b] of inOrder.entries()) {
      expect([a, b, Math.sign(compareVersions(a, b))]).toEqual([a, b, Math.sign(i - j)]);
    }
  }
  expect(compareVersions('v1.2', 'V1.2')).toBe(0);
});
