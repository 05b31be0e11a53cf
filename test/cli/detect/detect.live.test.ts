import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';

const ENTRY = fileURLToPath(new URL('../../../cli/vigie.mjs', import.meta.url));
const ENGLISH = { ...process.env, LC_ALL: 'C' };
const ROWS = `timestamp,value\n${Array.from({ length: 60_000 }, (_, n) => `${1_767_225_600 + n * 60},${(n * 7) % 13}\n`).join('')}`;
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vigie-detect-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const detect = (args: string[], input = '') =>
  spawnSync(process.execPath, [ENTRY, 'detect', ...args], {
    env: ENGLISH,
    input,
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  });

test('a file and standard input give the same, row by row', () => {
  const file = join(folder, 'series.csv');
  writeFileSync(file, ROWS);
  const fromFile = detect(['--csv', file]);
  expect(fromFile).toMatchObject({ status: 0, stderr: '' });
  expect(fromFile.stdout.trimEnd().split('\n')).toHaveLength(60_001);
  expect(detect(['--csv', '-'], ROWS).stdout).toBe(fromFile.stdout);
});

test('nobody reads on: it ends without a word', async () => {
  const child = spawn(process.execPath, [ENTRY, 'detect', '--csv', '-'], { env: ENGLISH });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  child.stdin.on('error', () => {});
  child.stdin.end(ROWS);
  await once(child.stdout, 'data');
  child.stdout.destroy();
  expect(await once(child, 'close')).toEqual([0, null]);
  expect(said).toBe('');
});

test('rows are scored as they come, until it is told to stop', async () => {
  const child = spawn(process.execPath, [ENTRY, 'detect', '--csv', '-'], { env: ENGLISH });
  child.stdin.write('timestamp,value\n2026-01-01 00:00:00,1\n');
  const [first] = (await once(child.stdout, 'data')) as [Buffer];
  expect(first.toString()).toBe('timestamp,anomaly_score\n2026-01-01 00:00:00,0.000000\n');
  child.kill('SIGINT');
  expect(await once(child, 'close')).toEqual([130, null]);
});

test.each([
  [['--csv', 'not-there.csv'], '', /^vigie: not-there\.csv cannot be read: ENOENT[^\n]*\n$/],
  [['--csv', '-'], 'timestamp,value\n2026-01-01,1\nnever,2\n', /^vigie: stdin:3: "never" is no time; [^\n]*\n$/],
  [[], '', /^vigie: say which file to judge: vigie detect --csv FILE [^\n]*\n$/],
  [['--csv', '-', '--lang=fr'], '', /^vigie: stdin\u202f: il n’y a aucune ligne\n$/],
])('%j: one clear line, and a non-zero exit', (args, input, line) => {
  const { status, stderr } = detect(args, input);
  expect(status).toBe(1);
  expect(stderr).toMatch(line);
});
