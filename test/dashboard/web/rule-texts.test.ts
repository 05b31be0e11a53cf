import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lineOfFault } from '../../../dashboard/web/rules/fault-line.ts';
import { diffTexts } from '../../../dashboard/web/rules/text-diff.ts';

const PACK = `settle: 15 s

# a comment
rules:
  - id: disk
    title: { fr: Disque, en: Disk }
    raise: 90
    kinds:
      - till
      - server

  - id: net
    # here too
    raise: 50
overrides:
- at: { chain: acme }
  rule: disk
`;

describe('texts laid over each other', () => {
  test('what changed, with what stands around it, and in which rules', () => {
    const after = PACK.replace('raise: 50', 'raise: 60\n    clear: 40').replace('settle: 15 s', 'settle: 20 s');
    const { hunks, added, removed, rules } = diffTexts(PACK, after);
    expect([added, removed]).toEqual([3, 2]);
    expect(rules).toEqual([undefined, 'net']);
    expect(hunks.map((lines) => lines.map(({ kind, text }) => `${kind} ${text.trim()}`))).toEqual([
      ['gone settle: 15 s', 'new settle: 20 s', 'same ', 'same # a comment'],
      [
        ...['same - id: net', 'same # here too', 'gone raise: 50', 'new raise: 60', 'new clear: 40'],
        ...['same overrides:', 'same - at: { chain: acme }'],
      ],
    ]);
    expect(hunks[1]?.find(({ kind }) => kind === 'gone')).toMatchObject({ before: 14 });
    expect(hunks[1]?.find(({ kind }) => kind === 'new')).toMatchObject({ after: 14 });
  });

  test('changes near each other are told together, and nothing twice', () => {
    const { hunks } = diffTexts('a\nb\nc\nd\ne\nf\ng', 'A\nb\nc\nD\ne\nf\ng');
    expect(hunks).toHaveLength(1);
    expect(hunks[0]?.map(({ text }) => text).join('')).toBe('aAbcdDef');
  });

  test('a text without a difference, and one too long to be laid out', () => {
    expect(diffTexts(PACK, PACK)).toEqual({ hunks: [], added: 0, removed: 0, rules: [] });
    const long = (word: string) => Array.from({ length: 2500 }, (_, i) => `${word} ${i}`).join('\n');
    expect(diffTexts(long('a'), long('b'))).toMatchObject({ added: 2500, removed: 2500 });
  });

  test('both texts can be read off again', () => {
    const text = fc.array(fc.constantFrom('a', 'b', '- id: x', ''), { maxLength: 12 }).map((lines) => lines.join('\n'));
    fc.assert(
      fc.property(text, text, (before, after) => {
        const { hunks, added, removed } = diffTexts(before, after);
        const lines = hunks.flat();
        for (const { kind, text: said, before: at, after: to } of lines) {
          if (kind !== 'new') expect(before.split('\n')[(at ?? 0) - 1]).toBe(said);
          if (kind !== 'gone') expect(after.split('\n')[(to ?? 0) - 1]).toBe(said);
        }
        // What is neither gone nor new is the same, in the same order.
        const left = (whole: string, of: 'before' | 'after', kind: 'gone' | 'new') => {
          const taken = new Set(lines.filter((line) => line.kind === kind).map((line) => line[of]));
          return whole.split('\n').filter((_, i) => !taken.has(i + 1));
        };
        expect(left(before, 'before', 'gone')).toEqual(left(after, 'after', 'new'));
        expect(lines.filter(({ kind }) => kind === 'new')).toHaveLength(added);
        expect(lines.filter(({ kind }) => kind === 'gone')).toHaveLength(removed);
        expect(new Set(lines.map((line) => `${line.before} ${line.after}`)).size).toBe(lines.length);
      }),
    );
  });
});

test.each([
  ['line 12, column 3:', 12],
  ['/settle', 1],
  ['/rules/0', 5],
  ['/rules/0/raise', 7],
  ['/rules/0/kinds/1', 10],
  ['/rules/1/raise', 14],
  ['/rules/1/title/fr', 12],
  ['/rules/0/title/fr', 6],
  ['/overrides/0/rule', 17],
  ['/rules/7/raise', 4],
  ['/nowhere', undefined],
  ['', undefined],
])('the line of %s', (path, line) => {
  expect(lineOfFault({ path, message: '' }, PACK)).toBe(line);
});

test('any fault in any text has a line of it, or none', () => {
  fc.assert(
    fc.property(fc.webPath(), fc.string(), (path, text) => {
      const line = lineOfFault({ path, message: '' }, text);
      if (line !== undefined && !/line \d/.test(path)) {
        expect(line).toBeGreaterThanOrEqual(1);
        expect(line).toBeLessThanOrEqual(text.split('\n').length);
      }
    }),
  );
});
