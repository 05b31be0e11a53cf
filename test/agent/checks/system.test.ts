import { expect, test } from 'vitest';
import { plugin } from '../../../agent/checks/system.ts';
import { createFakeContext } from '../fake-context.ts';

test('load, processors and uptime in whole seconds', async () => {
  const { points } = await plugin.create({})(createFakeContext());
  expect(points).toEqual([{ m: 'system', f: { load1: 0.5, load5: 0.25, load15: 0.125, n_cpus: 4, uptime: 3600 } }]);
});

test('Windows has no load to tell', async () => {
  const { points } = await plugin.create({})(createFakeContext({ platform: 'win32' }));
  expect(points[0]?.f).toEqual({ n_cpus: 4, uptime: 3600 });
});
