import { expect, test } from 'vitest';
import { findBreaches } from './boundaries.ts';
import { readSource, readSources } from './imports.ts';

const ROOT = new URL('../..', import.meta.url).pathname.replace(/\/$/, '');
const FOLDERS = ['protocol', 'agent', 'collector', 'alerting', 'dashboard', 'cli', 'deploy', 'test'];

test('the arrows between the rooms hold', () => {
  // This file quotes planted faults.
  const files = readSources(ROOT, FOLDERS).filter((file) => !file.path.endsWith('boundaries.test.ts'));
  expect(files.length).toBeGreaterThan(50);
  expect(findBreaches(files)).toEqual([]);
});

const planted = (files: Record<string, string>) =>
  findBreaches(Object.entries(files).map(([path, text]) => readSource(path, text)));
const PROTOCOL = { 'protocol/names.ts': 'export const a = 1;' };

test.each([
  [
    'an agent that knows the collector',
    { 'agent/a.ts': "import { x } from '../collector/x.ts';", 'collector/x.ts': '' },
    /agent may not import collector\/x\.ts/,
  ],
  [
    'a type counts as an import',
    { 'alerting/a.ts': "import type { X } from '../collector/ports.ts';", 'collector/ports.ts': '' },
    /alerting may not import/,
  ],
  [
    'an import over several lines',
    { 'agent/a.ts': "import {\n  x,\n  y,\n} from '../cli/x.ts';", 'cli/x.ts': '' },
    /agent may not import cli/,
  ],
  [
    'a dynamic import',
    { 'collector/a.ts': "const x = await import('../cli/x.ts');", 'cli/x.ts': '' },
    /collector may not import cli/,
  ],
  [
    'a re-export',
    { 'collector/a.ts': "export { x } from '../alerting/judge.ts';", 'alerting/judge.ts': '' },
    /collector may not import alerting\/judge/,
  ],
  [
    'the engine looking up to its room',
    { 'alerting/engine/a.ts': "import { x } from '../judge.ts';", 'alerting/judge.ts': '' },
    /may not import alerting\/judge/,
  ],
  [
    'a Node built-in in the engine',
    { 'alerting/engine/a.ts': "import { readFileSync } from 'node:fs';" },
    /may not import node:fs/,
  ],
  ['a clock in the engine', { 'alerting/engine/a.ts': 'export const now = () => Date.now();' }, /clock or timer/],
  ['today’s date in the protocol', { 'protocol/a.ts': 'export const d = new Date();' }, /clock or timer/],
  ['randomness in the engine', { 'alerting/engine/a.ts': 'export const r = Math.random();' }, /randomness/],
  ['the environment in the protocol', { 'protocol/a.ts': 'export const e = process.env;' }, /world outside/],
  ['a library in the protocol', { 'protocol/a.ts': "import x from 'luxon';" }, /may not import luxon/],
  [
    'a cycle',
    { 'agent/a.ts': "import './b.ts';", 'agent/b.ts': "import './c.ts';", 'agent/c.ts': "import './a.ts';" },
    /cycle: agent\/a\.ts → agent\/b\.ts → agent\/c\.ts → agent\/a\.ts/,
  ],
  [
    'something that imports deploy',
    { 'cli/a.ts': "import '../deploy/x.ts';", 'deploy/x.ts': '' },
    /cli may not import deploy/,
  ],
  ['a file in no room', { 'utils/a.ts': '' }, /stands in no room/],
  ['an import of what is not there', { 'agent/a.ts': "import './gone.ts';" }, /which is not there/],
])('%s is found', (_, files, breach) => {
  expect(planted({ ...PROTOCOL, ...files }).join('\n')).toMatch(breach);
});

test('what the arrows allow is left alone', () => {
  expect(
    planted({
      ...PROTOCOL,
      'agent/a.ts': "import { a } from '../protocol/names.ts'; // import x from '../collector/x.ts'",
      'alerting/ports.ts': "import type { E } from './engine/types.ts';",
      'alerting/engine/types.ts':
        "import { a } from '../../protocol/names.ts'; export const day = (at: number) => new Date(at);",
      'collector/a.ts':
        "import type { P } from '../alerting/ports.ts'; import type { E } from '../alerting/engine/types.ts';",
      'cli/a.ts': "import '../collector/a.ts';",
    }),
  ).toEqual([]);
});
