import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseRulePack, RulePackError } from '../../../alerting/rules/parse-rule-pack.ts';
import { defaultRulePackPath } from '../../../alerting/rules/read-rule-pack.ts';

/** Anybody who may change the rules may send this. */
function isUnderstoodOrRefused(text: string): void {
  try {
    parseRulePack(text, 'rules');
  } catch (error) {
    expect(error).toBeInstanceOf(RulePackError);
  }
}

const letters = 'abcdefgh';
/** Nine times nine times nine … of a small thing. */
const bomb = [
  'a: &a [x, x, x, x, x, x, x, x, x]',
  ...Array.from(letters.slice(1), (name, at) => `${name}: &${name} [${Array(9).fill(`*${letters[at]}`).join()}]`),
  'rules: *h',
].join('\n');

test.each([
  ['an alias of nothing', 'rules: *nobody'],
  ['aliases that would fill the memory', bomb],
  ['a thing that holds itself', 'rules: &a [*a]'],
  ['a list in a list in a list …', '['.repeat(2_000)],
  ['two documents', 'a: 1\n---\nb: 2'],
])('%s is refused as any other fault', (_what, text) => {
  expect(() => parseRulePack(text, 'rules')).toThrow(RulePackError);
});

test('any text is understood or refused', () => {
  const lines = readFileSync(defaultRulePackPath, 'utf8').split('\n').slice(0, 160);
  const line = fc.oneof(
    fc.constantFrom(...lines),
    fc.string(),
    fc.constantFrom('rules: 7', 'rules:', '  - 7', '  - type: silence', 'judgement: []', '  - []', '    by: {}'),
  );
  fc.assert(
    fc.property(fc.array(line, { maxLength: 40 }), (all) => isUnderstoodOrRefused(all.join('\n'))),
    { numRuns: 150 },
  );
  const changed = fc.tuple(fc.nat(lines.length - 1), line);
  fc.assert(
    fc.property(fc.array(changed, { minLength: 1, maxLength: 4 }), (changes) => {
      const text = [...lines];
      for (const [at, put] of changes) text[at] = put;
      isUnderstoodOrRefused(text.join('\n'));
    }),
    { numRuns: 40 },
  );
});
