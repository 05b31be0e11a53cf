import { expect, test } from 'vitest';
import { plugin } from '../../../agent/checks/cpu.ts';
import { createFakeContext } from '../fake-context.ts';

const stat = (line: string) => ({ '/proc/stat': `cpu  ${line}\ncpu0 1 1 1 1 1 1 1 1 0 0\nintr 5\n` });

test('usage is the share of the time since the last run, under Telegraf’s names', async () => {
  const run = plugin.create({});
  const files = stat('100 0 50 800 50 0 0 0 0 0');
  const wait = async () => void Object.assign(files, stat('130 0 60 850 60 0 0 0 0 0'));
  const first = await run(createFakeContext({ files, wait }));
  expect(first.points).toEqual([
    {
      m: 'cpu',
      t: { cpu: 'cpu-total' },
      f: { usage_active: 50, usage_user: 30, usage_system: 10, usage_iowait: 10, usage_idle: 50 },
    },
  ]);
  const second = await run(createFakeContext({ files: stat('130 0 60 950 60 0 0 0 0 0') }));
  expect(second.points[0]?.f).toMatchObject({ usage_active: 0, usage_idle: 100 });
});

test('a guest’s time, which the kernel counts twice, counts once as not ours', async () => {
  const run = plugin.create({});
  const files = stat('0 0 0 0 0 0 0 0 0 0');
  const wait = async () => void Object.assign(files, stat('50 0 0 50 0 0 0 0 20 0'));
  const { points } = await run(createFakeContext({ files, wait }));
  expect(points[0]?.f).toMatchObject({ usage_user: 30, usage_active: 50 });
});

test('a counter that runs backwards gives no point', async () => {
  const run = plugin.create({});
  const files = stat('100 0 50 800 50 0 0 0 0 0');
  const wait = async () => void Object.assign(files, stat('1 0 1 1 0 0 0 0 0 0'));
  expect((await run(createFakeContext({ files, wait }))).points).toEqual([]);
});

test('elsewhere the runtime’s own counters are taken', async () => {
  const run = plugin.create({});
  const { host } = createFakeContext();
  let idle = 0;
  const ctx = createFakeContext({
    platform: 'win32',
    host: {
      ...host,
      cpuTimes: () => {
        idle += 75;
        return { user: idle / 3, nice: 0, sys: 0, idle, irq: 0 };
      },
    },
  });
  expect((await run(ctx)).points[0]?.f).toMatchObject({ usage_active: 25, usage_user: 25 });
});

test('without its line the check fails', async () => {
  await expect(plugin.create({})(createFakeContext({ files: { '/proc/stat': 'intr 5\n' } }))).rejects.toThrow(
    'cpu line',
  );
});
