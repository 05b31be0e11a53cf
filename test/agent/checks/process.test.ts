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
  '/proc/14/stat': '14 (node-MainThread) S 1 1',
  '/proc/14/cmdline': '/usr/bin/node\0/opt/pos/main.js\0',
};

test.each([
  ['by name, a zombie left out', { program: 'posd' }, 'posd', 2],
  ['by a name longer than the kernel keeps', { program: 'payment-terminal-bridge' }, 'payment-terminal-bridge', 1],
  ['by another name that begins alike', { program: 'payment-terminal-other' }, 'payment-terminal-other', 0],
  ['by what it was started as, when it calls itself otherwise', { program: 'node' }, 'node', 1],
  ['by its command line', { pattern: 'posd.*--lane 3' }, 'posd.*--lane 3', 1],
])('found %s', async (_, options, pattern, running) => {
  const { points } = await plugin.create(options)(createFakeContext({ files }));
  expect(points).toEqual([{ m: 'procstat_lookup', t: { pattern }, f: { running } }]);
});

test('a command line is read twice at most, and anew when its process becomes another', async () => {
  const now: Record<string, string> = { ...files };
  let looks = 0;
  const { readText, ...rest } = createFakeContext({ files: now });
  const ctx = {
    ...rest,
    readText: (path: string) => {
      if (path.endsWith('/cmdline')) looks += 1;
      return readText(path);
    },
  };
  const run = plugin.create({ pattern: 'main.js' });
  const running = async () => (await run(ctx)).points[0]?.f;
  for (let look = 0; look < 5; look++) expect(await running()).toEqual({ running: 1 });
  expect(looks).toBe(2 * 4);
  now['/proc/14/stat'] = '14 (sh) S 1 1';
  now['/proc/14/cmdline'] = '/bin/sh\0';
  expect(await running()).toEqual({ running: 0 });
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

test('more than allowed is a warning', async () => {
  const { statuses } = await plugin.create({ program: 'posd', max: 1 })(createFakeContext({ files }));
  expect(statuses).toEqual([{ check: 'the-check', status: 'warning', text: '“posd”: 2 running, 1 at most.' }]);
});

test('a program that must not run', async () => {
  const run = plugin.create({ program: 'posd', min: 0, max: 0 });
  expect((await run(createFakeContext())).statuses[0]?.status).toBe('ok');
  expect((await run(createFakeContext({ files }))).statuses[0]?.status).toBe('warning');
});

/** A process with its ticks of CPU, its threads and its time of start in their places of proc(5). */
const process = (pid: number, { user = 0, system = 0, threads = 1, start = 500, kib = 1000 } = {}) => ({
  [`/proc/${pid}/stat`]: `${pid} (posd) S 1 1 1 0 -1 4194560 9 0 0 0 ${user} ${system} 0 0 20 0 ${threads} 0 ${start} 1 1`,
  [`/proc/${pid}/status`]: `Name:\tposd\nVmRSS:\t    ${kib} kB\n`,
});

test('what they use together: memory, threads, and CPU since the last look', async () => {
  const run = plugin.create({ program: 'posd', usage: true });
  const first = { ...process(10, { user: 100, threads: 3 }), ...process(11, { system: 50, kib: 500 }) };
  const { points } = await run(createFakeContext({ files: first, monotonicMs: () => 0 }));
  expect(points[1]).toEqual({
    m: 'procstat',
    t: { pattern: 'posd' },
    f: { memory_rss: 1500 * 1024, num_threads: 4, restarts: 0 },
  });
  const second = { ...process(10, { user: 150, system: 25, threads: 3 }), ...process(11, { system: 75, kib: 500 }) };
  const later = await run(createFakeContext({ files: second, monotonicMs: () => 10_000 }));
  expect(later.points[1]?.f.cpu_usage).toBeCloseTo(10);
});

test('a new time of start is a restart, also when its place was empty or its number is the same', async () => {
  const run = plugin.create({ program: 'posd', min: 0, usage: true });
  const restarts = async (files: Record<string, string>) =>
    (await run(createFakeContext({ files }))).points[1]?.f.restarts;
  expect(await restarts(process(10))).toBe(0);
  expect(await restarts(process(10, { start: 900 }))).toBe(1);
  expect(await restarts({})).toBe(1);
  expect(await restarts(process(20, { start: 950 }))).toBe(2);
  expect(await restarts({ ...process(20, { start: 950 }), ...process(21, { start: 960 }) })).toBe(2);
});

test('elsewhere the library tells memory and a share of all processors', async () => {
  const information = {
    processes: { list: [{ pid: 1, name: 'pos.exe', command: '', params: '', cpu: 5, memRss: 2048 }] },
  };
  const ctx = createFakeContext({ platform: 'win32', information });
  const { points } = await plugin.create({ program: 'pos.exe', usage: true })(ctx);
  expect(points[1]?.f).toEqual({ memory_rss: 2048 * 1024, cpu_usage: 20, restarts: 0 });
});
