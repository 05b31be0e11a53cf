import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

const ROOT = new URL('../..', import.meta.url).pathname;
const FILES = [
  'alerting/connectors/my_desk.ts',
  'test/fakes/desks/my-desk.ts',
  'test/alerting/connectors/my_desk.test.ts',
];

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'vigie-connector-'));
});
afterEach(() => rmSync(root, { recursive: true }));

const make = (name: string) => {
  const args = [join(ROOT, 'deploy/new-connector.ts'), name, '--root', root];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  return { status, said: stdout + stderr };
};

test('a connector is begun with its fake and its test, each importing what is there', () => {
  const { status, said } = make('my_desk');
  expect([status, said.split('\n').slice(0, 3)]).toEqual([0, FILES]);
  for (const file of FILES) {
    const text = readFileSync(join(root, file), 'utf8');
    expect(text).not.toMatch(/sample_desk|FakeSampleDesk/);
    for (const [, path = ''] of text.matchAll(/from '(\.[^']+)'/g)) {
      const imported = relative('/', resolve('/', dirname(file), path));
      expect([imported, FILES.includes(imported) || existsSync(join(ROOT, imported))]).toEqual([imported, true]);
    }
  }
  expect(readFileSync(join(root, FILES[0] as string), 'utf8')).toContain("type: 'my_desk'");
});

test('nothing is written over, and no name is taken that would be no file of ours', () => {
  expect(make('my_desk').status).toBe(0);
  const before = readFileSync(join(root, FILES[0] as string), 'utf8');
  expect(make('my_desk')).toMatchObject({ status: 2, said: expect.stringContaining('there already') });
  expect(readFileSync(join(root, FILES[0] as string), 'utf8')).toBe(before);
  for (const name of ['', '../x', 'My Desk', 'my-desk', '_x']) expect(make(name).status).toBe(2);
});
