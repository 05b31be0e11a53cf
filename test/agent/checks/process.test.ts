import { expect, test } from 'vitest';
import { plugin } from '../../../agent/checks/process.ts';
import { sayIn } from '../../../agent/words.ts';
import { createFakeContext } from '../fake-context.ts';

const files = {
  '/proc/10/stat': '10 (posd) S 1 1',
  '/proc/10/cmdline': '/opt/pos/posd\0--lane\x003\0',
  '/proc/11/stat': '11 (posd) S 1 1',
  '/proc/11/cmdline': '/opt/pos/posd\0--lane\x004\0',
  '/proc/12/stat': '12 (posd) Z 1 1',
  '/proc/12/cmdline': '',
  '/proc/13/stat': '13 (payment-termina) S 1 1',
  '/proc/13/cmdline': '/opt/payment-terminal-bridge\0-v\0',
};

test.each([
  ['by name, a zombie left out', { program: 'posd' }, 'posd', 2],
  ['by a name longer than the kernel keeps', { program: 'payment-terminal-bridge' }, 'payment-terminal-bridge', 1],
  ['by another name that begins alike', { program: 'payment-terminal-other' }, 'payment-terminal-other', 0],
  ['by its command line', { pattern: 'posd.*--lane 3' }, 'posd.*--lane 3', 1],
])('found %s', async (_, options, pattern, running) => {
  const { points } = await plugin.create(options)(createFakeContext({ files }));
  expect(points).toEqual([{ m: 'procstat_lookup', t: { pattern }, f: { running } }]);
});

test('fewer than wanted is critical, and says so in the agent’s language', async () => {
  const run = plugin.create({ program: 'posd', min: 3 });
  expect((await run(createFakeContext({ files }))).statuses).toEqual([
    { check: 'the-check', status: 'critical', text: '“posd”: 2 running, 3 expected.' },
  ]);
  expect((await run(createFakeContext({ files, say: sayIn('fr') }))).statuses[0]?.text).toBe(
    '« posd »\u202f: 2 en marche, 3 attendus.',
  );
});

test('as many as wanted is well', async () => {
  const { statuses } = await plugin.create({ program: 'posd', min: 2 })(createFakeContext({ files }));
  expect(statuses).toEqual([{ check: 'the-check', status: 'ok' }]);
});

test('elsewhere the library lists them, names in any case', async () => {
  const information = {
    processes: { list: [{ pid: 1, name: 'POS.EXE', command: 'C:\\pos\\pos.exe', params: '-l 3' }] },
  };
  const ctx = createFakeContext({ platform: 'win32', information });
  expect((await plugin.create({ program: 'pos.exe' })(ctx)).points[0]?.f).toEqual({ running: 1 });
  expect((await plugin.create({ pattern: '-l 3$' })(ctx)).points[0]?.f).toEqual({ running: 1 });
});
