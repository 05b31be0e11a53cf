import { expect, test } from 'vitest';
import { createRefusalAudit } from '../../../collector/admission/refusal-audit.ts';
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

test('whoever has proven nothing is told from others by the network it comes from, whatever names it says', () => {
  const told: string[] = [];
  const refusals = createRefusals(
    (source) => told.push(source),
    () => 0,
  );
  const come = (name: string, address: string) => refusals.note(`${name} ${address}`, 'unknown-token', address);
  come('till-1', '192.0.2.1');
  for (let n = 0; n < 50; n++) come(`till-${n}`, '192.0.2.1');
  come('till-1', '::ffff:192.0.2.2');
  come('till-1', '::ffff:192.0.2.3');
  come('till-1', '2001:db8::1');
  for (const address of ['2001:db8::2', '2001:db8:0:0:9:9:9:9', '2001:db8:0:0:1::']) come('till-1', address);
  come('till-1', '2001:db8:0:1::1');
  expect(told.map((source) => source.split(' ')[1])).toEqual([
    '192.0.2.1',
    '::ffff:192.0.2.2',
    '::ffff:192.0.2.3',
    '2001:db8::1',
    '2001:db8:0:1::1',
  ]);
  expect(refusals.counts().get('unknown-token')).toBe(58);
});

test('the audit takes twenty refusals a minute, and says how many it left out', () => {
  let now = 0;
  const written: string[] = [];
  const audit = createRefusalAudit(
    (detail) => written.push(detail),
    () => now,
  );
  for (let n = 0; n < 500; n++) audit(`192.0.2.${n}`, 'unknown-token');
  expect([written.length, written[0]]).toEqual([20, '192.0.2.0: unknown-token']);
  now = 60_000;
  audit('a', 'spent-token');
  audit('b', 'spent-token');
  expect(written.slice(20)).toEqual(['a: spent-token, after 480 that are not written down', 'b: spent-token']);
});
