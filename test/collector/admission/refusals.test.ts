import { expect, test } from 'vitest';
import { createRefusals } from '../../../collector/admission/refusals.ts';

test('a till in a loop is counted each time and told once a minute, with how often it came', () => {
  let now = 0;
  const told: unknown[][] = [];
  const refusals = createRefusals(
    (...args) => told.push(args),
    () => now,
  );
  for (; now < 150_000; now += 1_000) refusals.note('a/b/c 192.0.2.1', 'revoked-certificate');
  expect(told).toEqual([
    ['a/b/c 192.0.2.1', 'revoked-certificate', 0],
    ['a/b/c 192.0.2.1', 'revoked-certificate', 59],
    ['a/b/c 192.0.2.1', 'revoked-certificate', 59],
  ]);
  expect(refusals.counts().get('revoked-certificate')).toBe(150);
  expect(refusals.counts().get('no-certificate')).toBe(0);
});

test('another reason or another sender is told at once; whoever came longest ago is forgotten', () => {
  const told: string[] = [];
  const refusals = createRefusals(
    (source, reason) => told.push(`${source} ${reason}`),
    () => 0,
  );
  refusals.note('a', 'revoked-certificate');
  refusals.note('a', 'other-client');
  for (let n = 0; n < 1_000; n++) refusals.note(`b${n}`, 'other-client');
  refusals.note('b999', 'other-client');
  expect(told).toHaveLength(1_002);
  refusals.note('a', 'revoked-certificate');
  expect(told.at(-1)).toBe('a revoked-certificate');
  expect(told).toHaveLength(1_003);
});
