import { expect, test } from 'vitest';
import { plugin } from '../../../agent/checks/log_pattern.ts';
import { createFakeContext } from '../fake-context.ts';

type Options = Parameters<typeof plugin.create>[0];

/** A folder of logs that a test writes, rotates and cuts; the clock is its own. */
function createShop(options: Partial<Options> = {}) {
  const files = new Map<string, { ino: number; text: string }>();
  const missing = () => Object.assign(new Error('ENOENT'), { code: 'ENOENT' });
  const find = (path: string) => {
    const file = files.get(path);
    if (!file) throw missing();
    return file;
  };
  let now = 1_800_000_000_000;
  let inode = 0;
  const ctx = createFakeContext({
    now: () => now,
    stat: async (path) => {
      const { ino, text } = find(path);
      return { ino, size: Buffer.byteLength(text), mtimeMs: now, isFile: true };
    },
    readPart: async (path, from, bytes) => Buffer.from(find(path).text).subarray(from, from + bytes),
    listDir: async () => [...files.keys()].map((path) => path.slice('/log/'.length)),
  });
  const patterns = [{ name: 'refused', match: 'REFUSED' }];
  const check = plugin.create({ file: '/log/pos.log', patterns, ...options });
  return {
    create: (text = '') => files.set('/log/pos.log', { ino: ++inode, text }),
    append: (text: string) => {
      find('/log/pos.log').text += text;
    },
    truncate: (text = '') => {
      find('/log/pos.log').text = text;
    },
    rename: (to: string) => {
      files.set(`/log/${to}`, find('/log/pos.log'));
      files.delete('/log/pos.log');
    },
    later: (s: number) => {
      now += s * 1000;
    },
    async run() {
      const { points, statuses } = await check(ctx);
      const count = (name: string) => points.find(({ t }) => t?.pattern === name)?.f.matches;
      const { lines, skipped_bytes } = points.find(({ m }) => m === 'log_tail')?.f ?? {};
      return { refused: count('refused'), count, lines, skipped_bytes, ...statuses[0] };
    },
  };
}

test('what was there before the agent does not count; what comes does', async () => {
  const shop = createShop();
  shop.create('old REFUSED\n');
  expect(await shop.run()).toMatchObject({ refused: 0, lines: 0, status: 'ok' });
  shop.append('10:01 card REFUSED\r\n10:02 ok\n');
  expect(await shop.run()).toMatchObject({
    refused: 1,
    lines: 2,
    status: 'warning',
    text: 'In pos.log: refused. “10:01 card REFUSED”.',
  });
});

test('the status stays a while after the last match, then is well again', async () => {
  const shop = createShop({ holdS: 60, showLine: false });
  shop.create();
  await shop.run();
  shop.append('REFUSED\n');
  await shop.run();
  shop.later(60);
  expect(await shop.run()).toMatchObject({ refused: 0, status: 'warning', text: 'In pos.log: refused.' });
  shop.later(1);
  expect(await shop.run()).toMatchObject({ refused: 0, status: 'ok' });
});

test('the gravest of several; one that only counts; lines that never count', async () => {
  const shop = createShop({
    patterns: [
      { name: 'down', match: 'DOWN', severity: 'critical' },
      { name: 'refused', match: 'REFUSED' },
      { name: 'sale', match: 'SALE', severity: 'none' },
    ],
    ignore: ['simulated'],
  });
  shop.create();
  await shop.run();
  shop.append('SALE\nSALE\nsimulated DOWN\n');
  const quiet = await shop.run();
  expect([quiet.count('sale'), quiet.count('down'), quiet.status]).toEqual([2, 0, 'ok']);
  shop.append('DOWN REFUSED\n');
  expect(await shop.run()).toMatchObject({
    refused: 1,
    status: 'critical',
    text: 'In pos.log: down, refused. “DOWN REFUSED”.',
  });
});

test('a line that is not finished waits for its end', async () => {
  const shop = createShop();
  shop.create();
  await shop.run();
  shop.append('card REF');
  expect(await shop.run()).toMatchObject({ refused: 0, lines: 0 });
  shop.append('USED\n');
  expect(await shop.run()).toMatchObject({ refused: 1, lines: 1 });
});

test('rotation: the rest of the old file is read, wherever it went, then the new one from its beginning', async () => {
  const shop = createShop();
  shop.create('before\n');
  await shop.run();
  shop.append('REFUSED at the end\n');
  shop.rename('pos.log-20261122');
  shop.create('REFUSED at the beginning\n');
  expect(await shop.run()).toMatchObject({ refused: 2, lines: 2, skipped_bytes: 0 });
  expect(await shop.run()).toMatchObject({ refused: 0, lines: 0 });
});

test('between two rotations there may be no log at all', async () => {
  const shop = createShop();
  shop.create('before\n');
  await shop.run();
  shop.rename('pos.log.1');
  expect(await shop.run()).toMatchObject({ status: 'unknown', text: 'The log pos.log is not there.' });
  shop.create('REFUSED\n');
  expect(await shop.run()).toMatchObject({ refused: 1 });
});

test('a log that appears after the agent is new from its first line', async () => {
  const shop = createShop();
  expect(await shop.run()).toMatchObject({ status: 'unknown' });
  shop.create('REFUSED\n');
  expect(await shop.run()).toMatchObject({ refused: 1 });
});

test('a log that is emptied in place begins anew, also when it has grown past our place meanwhile', async () => {
  const shop = createShop();
  shop.create('a long line that was there\n');
  await shop.run();
  shop.truncate('REFUSED\n');
  expect(await shop.run()).toMatchObject({ refused: 1 });
  shop.truncate(`REFUSED again\n${'something else, and much more of it\n'.repeat(5)}`);
  expect(await shop.run()).toMatchObject({ refused: 1, lines: 6 });
});

test('of more than may be read at once the newest is read, from a whole line on', async () => {
  const shop = createShop({ maxBytes: 4096 });
  shop.create();
  await shop.run();
  shop.append(`${'x'.repeat(999)}\n`.repeat(10));
  shop.append('REFUSED\n');
  expect(await shop.run()).toMatchObject({ refused: 1, lines: 5, skipped_bytes: 10_008 - 4096 });
});

test('a line without end takes no memory and is judged by its beginning', async () => {
  const shop = createShop();
  shop.create();
  await shop.run();
  shop.append(`REFUSED ${'x'.repeat(100_000)}`);
  await shop.run();
  shop.append(`${'y'.repeat(100_000)}\nREFUSED\n`);
  expect(await shop.run()).toMatchObject({ refused: 2, lines: 2 });
});

test('a pattern that would compute for hours is stopped and told', async () => {
  const shop = createShop({ patterns: [{ name: 'refused', match: '(a+)+$' }] });
  shop.create();
  await shop.run();
  shop.append(`${'a'.repeat(60)}b\n`);
  expect(await shop.run()).toMatchObject({
    status: 'unknown',
    text: 'The patterns looked for in pos.log take too much computing; make them simpler.',
  });
});

test.each([
  ['a card', 'REFUSED 4970101234567890 amount 12.50'],
  ['a card in groups', 'REFUSED 4970 1012 3456 7890'],
  ['a card within words', 'REFUSED x4970-1012-3456-7890.1'],
  ['a track', 'REFUSED ;4970101234567890=29121010000000000000?'],
  ['a password', 'REFUSED password=hunter7890'],
])('%s is never said', async (_, line) => {
  const shop = createShop();
  shop.create();
  await shop.run();
  shop.append(`${line}\n`);
  const { text } = await shop.run();
  expect(text).toContain('REFUSED');
  expect(text).not.toMatch(/7890|4970|hunter/);
});

test('another line is shown once a minute at most', async () => {
  const shop = createShop();
  shop.create();
  await shop.run();
  shop.append('REFUSED a\n');
  await shop.run();
  shop.later(30);
  shop.append('REFUSED b\n');
  expect((await shop.run()).text).toContain('REFUSED a');
  shop.later(30);
  shop.append('REFUSED c\n');
  expect((await shop.run()).text).toContain('REFUSED c');
});
