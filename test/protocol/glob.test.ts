import { expect, test } from 'vitest';
import { globMatcher } from '../../protocol/glob.ts';

const fits = (glob: string, text: string, options = {}) => globMatcher(glob, options)(text);

test.each([
  ['', '', true],
  ['', 'a', false],
  ['abc', 'abc', true],
  ['abc', 'abcd', false],
  ['*', '', true],
  ['**', 'anything\nat all', true],
  ['a*', 'a', true],
  ['a*', 'ba', false],
  ['*a', 'ba', true],
  ['a*a', 'a', false],
  ['ab*ba', 'aba', false],
  ['a*b*c', 'a.b.b.c', true],
  ['a*b*bc', 'a.bc', false],
  ['a*b*bc', 'a.bbc', true],
  ['*b*b*', 'b', false],
  ['a.c', 'abc', false],
  ['Windows 1*', 'windows 10', false],
])('%s and %s', (glob, text, expected) => {
  expect(fits(glob, text)).toBe(expected);
});

test('case counts or not', () => {
  expect(fits('Windows 1*É*', 'WINDOWS 10 é', { ignoresCase: true })).toBe(true);
});

test('a question mark stands for one character where it is asked to', () => {
  expect(fits('a?c', 'abc')).toBe(false);
  const marks = { withMarks: true };
  const wanted = ['a?c abc', 'a?c ac', '*?b* ab', '*?b* b', '?*? a', '?*? ab', '*.?? x.gz', '*.?? x.g'];
  expect(wanted.map((pair) => fits(...(pair.split(' ') as [string, string]), marks))).toEqual([
    true,
    false,
    true,
    false,
    false,
    true,
    true,
    false,
  ]);
});

test('many stars and a text that nearly fits take no time', () => {
  expect(fits(`${'*e'.repeat(40)}*~`, 'e'.repeat(4_000))).toBe(false);
  expect(fits(`${'*?e'.repeat(40)}*~*`, 'e'.repeat(4_000), { withMarks: true })).toBe(false);
});
