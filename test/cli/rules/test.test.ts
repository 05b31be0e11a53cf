import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { command } from '../../../cli/commands/rules.ts';
import { diffLines } from '../../../cli/rules/diff-lines.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'vigie-rules-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

async function run(operands: string[], { locale = 'en', ...flags }: { locale?: 'en' | 'fr'; tap?: boolean } = {}) {
  const lines: string[] = [];
  const code = await command.run({
    ...{ flags, operands, env: {}, locale, stop: new AbortController().signal },
    say: (line) => lines.push(...line.split('\n')),
  });
  return { code, lines };
}

function file(priority: string): string {
  const path = join(folder, `${priority}.test.yaml`);
  writeFileSync(
    path,
    `tests:
  - title: a till is lost
    timeline:
      - { at: 0s, start: all }
      - { at: 1m, lost: [till-1] }
      - { at: 2m, expect: { incidents: [till-1 ${priority} new] } }
  - title: nothing happens
    timeline: [{ at: 5m, expect: { incidents: [] } }]
`,
  );
  return path;
}

it('what comes as expected passes', async () => {
  const path = file('P2');
  expect(await run(['test', path])).toEqual({
    code: 0,
    lines: [`ok     ${path}: a till is lost`, `ok     ${path}: nothing happens`, '2 as expected, 0 not'],
  });
});

it('what comes otherwise is told line by line, and fails', async () => {
  const path = file('P1');
  const { code, lines } = await run(['test', path, path]);
  expect(code).toBe(1);
  expect(lines.slice(0, 4)).toEqual([
    `FAILS  ${path}: a till is lost`,
    '      at 2m, incidents (- expected, + found):',
    '        - till-1 P1 new',
    '        + till-1 P2 new',
  ]);
  expect(lines.at(-1)).toBe('2 as expected, 2 not');
  expect((await run(['test', path], { locale: 'fr' })).lines.at(-1)).toBe('1 comme attendu, 1 non');
});

it('tells it as TAP', async () => {
  const path = file('P1');
  expect((await run(['test', path], { tap: true })).lines).toEqual([
    'TAP version 14',
    '1..2',
    `not ok 1 - ${path}: a till is lost`,
    '# at 2m, incidents (- expected, + found):',
    '#   - till-1 P1 new',
    '#   + till-1 P2 new',
    `ok 2 - ${path}: nothing happens`,
  ]);
});

it('a file that is none is told with its line, and stops all', async () => {
  const path = join(folder, 'bad.yaml');
  writeFileSync(path, 'title: t\ntimeline:\n  - { at: soon }\n');
  await expect(run(['test', path])).rejects.toThrow(`${path}:3: /timeline/0/at`);
  await expect(run(['test', join(folder, 'none.yaml')])).rejects.toThrow('none.yaml');
  await expect(run(['test'])).rejects.toThrow('say which files to play');
  await expect(run(['play'])).rejects.toThrow('play');
});

it('lines that are the same stand between those that differ', () => {
  expect(diffLines(['a', 'b', 'c'], ['a', 'x', 'c', 'd'])).toEqual(['  a', '- b', '+ x', '  c', '+ d']);
  expect(diffLines([], ['a'])).toEqual(['+ a']);
  expect(diffLines(['a'], [])).toEqual(['- a']);
});
