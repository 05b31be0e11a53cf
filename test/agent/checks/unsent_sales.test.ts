import { expect, test } from 'vitest';
import { plugin } from '../../../agent/checks/unsent_sales.ts';
import { sayIn } from '../../../agent/words.ts';
import { createFakeContext } from '../fake-context.ts';

const NOW = 1_800_000_000_000;
const AGES: Record<string, number> = { '/q/1.xml': 700, '/q/2.xml': 20, '/q/3.tmp': 9000 };
const queue = (...names: string[]) =>
  createFakeContext({
    files: Object.fromEntries(['/q/3.tmp', ...names].map((name) => [name, ''])),
    stat: async (path) => ({ size: 1, mtimeMs: NOW - (AGES[path] ?? 0) * 1000, ino: 1, isFile: true }),
  });
const run = plugin.create({ files: '/q/*.xml', offlineAfterS: 600 });

test('an empty queue', async () => {
  const { points, statuses } = await run(queue());
  expect(points).toEqual([{ m: 'unsent_sales', f: { count: 0, oldest_age_seconds: 0, selling_offline: 0 } }]);
  expect(statuses).toEqual([{ check: 'the-check', status: 'ok' }]);
});

test('on its way', async () => {
  const { points, statuses } = await run(queue('/q/2.xml'));
  expect(points[0]?.f).toEqual({ count: 1, oldest_age_seconds: 20, selling_offline: 0 });
  expect(statuses[0]?.status).toBe('ok');
});

test('stuck: the till sells offline', async () => {
  const { points, statuses } = await run(queue('/q/1.xml', '/q/2.xml'));
  expect(points[0]?.f).toEqual({ count: 2, oldest_age_seconds: 700, selling_offline: 1 });
  expect(statuses[0]).toMatchObject({ status: 'warning', text: 'Selling offline: 2 sales not sent for 11 min.' });
});

test('a number printed: offline once it has not shrunk for long enough', async () => {
  const counted = plugin.create({ command: ['/opt/pos/queue'], offlineAfterS: 60 });
  const at = async (second: number, count: number) => {
    const ctx = createFakeContext({
      exec: async () => ({ code: 0, stdout: `${count}\n`, stderr: '' }),
      monotonicMs: () => second * 1000,
      say: sayIn('fr'),
    });
    const { points } = await counted(ctx);
    return points[0]?.f;
  };
  expect(await at(0, 3)).toEqual({ count: 3, oldest_age_seconds: 0, selling_offline: 0 });
  expect(await at(50, 5)).toEqual({ count: 5, oldest_age_seconds: 50, selling_offline: 0 });
  expect(await at(61, 6)).toEqual({ count: 6, oldest_age_seconds: 61, selling_offline: 1 });
  // Some were sent.
  expect(await at(70, 2)).toEqual({ count: 2, oldest_age_seconds: 0, selling_offline: 0 });
  expect(await at(80, 0)).toEqual({ count: 0, oldest_age_seconds: 0, selling_offline: 0 });
  expect(await at(200, 1)).toEqual({ count: 1, oldest_age_seconds: 0, selling_offline: 0 });
});

test('the number may stand anywhere in what is printed; without one the check fails', async () => {
  const ctx = (stdout: string) => createFakeContext({ exec: async () => ({ code: 0, stdout, stderr: '' }) });
  const counted = plugin.create({ command: ['q'], count: { pattern: 'pending: (\\d+)' } });
  expect((await counted(ctx('x\npending: 12'))).points[0]?.f.count).toBe(12);
  await expect(counted(ctx('pending: none'))).rejects.toThrow('q prints no number');
});
