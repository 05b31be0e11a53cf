import { expect, test } from 'vitest';
import { plugin } from '../../../agent/checks/swap.ts';
import { createFakeContext } from '../fake-context.ts';

const run = plugin.create({});

test.each([
  [
    'used by a quarter',
    'SwapTotal: 400 kB\nSwapFree: 300 kB\n',
    { total: 409_600, used: 102_400, free: 307_200, used_percent: 25 },
  ],
  ['none at all', 'SwapTotal: 0 kB\nSwapFree: 0 kB\n', { total: 0, used: 0, free: 0, used_percent: 0 }],
])('%s', async (_, text, fields) => {
  const { points } = await run(createFakeContext({ files: { '/proc/meminfo': text } }));
  expect(points).toEqual([{ m: 'swap', f: fields }]);
});

test('elsewhere the library is asked', async () => {
  const information = { mem: { swaptotal: 100, swapfree: 10 } };
  const { points } = await run(createFakeContext({ platform: 'win32', information }));
  expect(points[0]?.f).toEqual({ total: 100, used: 90, free: 10, used_percent: 90 });
});
