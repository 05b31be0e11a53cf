import { expect, test } from 'vitest';
import { plugin } from '../../../agent/checks/last_sale.ts';
import { createFakeContext } from '../fake-context.ts';

const NOW = Date.UTC(2026, 10, 22, 18, 0, 0);
const now = () => NOW;
const ageWith = (ageS: number) => async () => ({ size: 1, mtimeMs: NOW - ageS * 1000, ino: 1, isFile: true });

test('a file’s age', async () => {
  const run = plugin.create({ file: '/run/pos/last' });
  const { points, statuses } = await run(createFakeContext({ now, stat: ageWith(42) }));
  expect(points).toEqual([{ m: 'last_sale', f: { age_seconds: 42, sales_total: 0 } }]);
  expect(statuses).toEqual([{ check: 'the-check', status: 'ok' }]);
});

test('of several files the one written last', async () => {
  const files = { '/srv/tickets/a.xml': '', '/srv/tickets/b.xml': '', '/srv/tickets/c.tmp': '' };
  const ages: Record<string, number> = { '/srv/tickets/a.xml': 90, '/srv/tickets/b.xml': 30, '/srv/tickets/c.tmp': 1 };
  const stat = async (path: string) => ageWith(ages[path] ?? 0)();
  const { points } = await plugin.create({ file: '/srv/tickets/*.xml' })(createFakeContext({ now, files, stat }));
  expect(points[0]?.f.age_seconds).toBe(30);
});

const log = { file: '/var/log/pos.log', pattern: '^(\\S+) SALE' };
const lines =
  '2026-11-22T17:00:00Z SALE 1\n2026-11-22T17:58:00Z SALE 2\n2026-11-22T17:59:00Z VOID 3\nnot-a-time SALE\n';

test('the last sale of a log, in its end only', async () => {
  const files = { [log.file]: `${'x'.repeat(400_000)}\n${lines}` };
  const { points } = await plugin.create({ log })(createFakeContext({ now, files }));
  expect(points[0]?.f.age_seconds).toBe(120);
});

test('a log just rotated: the sale seen before still counts', async () => {
  const run = plugin.create({ log });
  await run(createFakeContext({ now, files: { [log.file]: lines } }));
  const later = createFakeContext({ now: () => NOW + 60_000, files: { [log.file]: 'opened\n' } });
  expect((await run(later)).points[0]?.f.age_seconds).toBe(180);
});

test('sales are counted from the first run on: each line of a log, each later time of a file', async () => {
  const run = plugin.create({ log });
  const told = async (text: string) =>
    (await run(createFakeContext({ now, files: { [log.file]: text } }))).points[0]?.f.sales_total;
  expect(await told(lines)).toBe(0);
  expect(await told(lines)).toBe(0);
  const more = '2026-11-22T17:59:10Z SALE 4\n2026-11-22T17:59:10Z SALE 5\n2026-11-22T17:59:40Z SALE 6\n';
  expect(await told(lines + more)).toBe(3);
  expect(await told('2026-11-22T17:59:50Z SALE 7\n')).toBe(4);
  const file = plugin.create({ file: '/run/pos/last' });
  const totals: unknown[] = [];
  for (const age of [42, 42, 30, 5]) {
    totals.push((await file(createFakeContext({ now, stat: ageWith(age) }))).points[0]?.f.sales_total);
  }
  expect(totals).toEqual([0, 0, 1, 2]);
});

test('whether a cashier is signed on', async () => {
  const run = plugin.create({ file: '/run/pos/last', session: '/run/pos/session-*' });
  const told = async (files: Record<string, string>) =>
    (await run(createFakeContext({ now, files, stat: ageWith(1) }))).points[0]?.f.session_open;
  expect(await told({ '/run/pos/last': '', '/run/pos/session-12': '' })).toBe(1);
  expect(await told({ '/run/pos/last': '' })).toBe(0);
});

test('no sale ever seen is unknown', async () => {
  const { points, statuses } = await plugin.create({ log })(createFakeContext({ now, files: { [log.file]: '' } }));
  expect(points).toEqual([]);
  expect(statuses).toEqual([{ check: 'the-check', status: 'unknown', text: 'No sale was found.' }]);
});

test('a command: its time, or why there is none', async () => {
  const run = plugin.create({ command: ['/opt/pos/last-sale', '--iso'] });
  const printing = (code: number, stdout: string) =>
    createFakeContext({ now, exec: async () => ({ code, stdout, stderr: 'password=x' }) });
  expect((await run(printing(0, '2026-11-22T17:59:30Z\n'))).points[0]?.f.age_seconds).toBe(30);
  expect((await run(printing(0, `${NOW / 1000 + 3}\n`))).points[0]?.f.age_seconds).toBe(0);
  await expect(run(printing(0, 'never'))).rejects.toThrow('/opt/pos/last-sale prints no time');
  await expect(run(printing(2, ''))).rejects.toThrow(/^\/opt\/pos\/last-sale ended with 2$/);
});
