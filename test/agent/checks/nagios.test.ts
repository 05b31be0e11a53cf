import { expect, test } from 'vitest';
import { plugin } from '../../../agent/checks/nagios.ts';
import { createFakeContext } from '../fake-context.ts';

const printing = (code: number | null, stdout: string, stderr = '') =>
  createFakeContext({ exec: async () => ({ code, stdout, stderr }) });
const run = plugin.create({ command: ['/usr/lib/nagios/plugins/check_x', '-w', '1; rm -rf /'] });

test('the plugin gets its arguments as they are', async () => {
  const asked: unknown[] = [];
  const exec = async (...call: unknown[]) => {
    asked.push(...call);
    return { code: 0, stdout: 'OK', stderr: '' };
  };
  await plugin.create({ command: ['/p', 'a b', '$(c)'], env: { LANG: 'fr' } })(createFakeContext({ exec }));
  expect(asked).toEqual(['/p', ['a b', '$(c)'], { env: { LANG: 'fr' } }]);
});

test.each([
  [0, 'ok', 0],
  [1, 'warning', 1],
  [2, 'critical', 2],
  [3, 'unknown', 3],
  [127, 'unknown', 3],
  [null, 'unknown', 3],
])('exit code %s is %s', async (code, status, state) => {
  const { points, statuses } = await run(printing(code, 'SAID\nlong'));
  expect(points).toEqual([{ m: 'nagios_state', f: { state } }]);
  expect(statuses).toEqual([{ check: 'the-check', status, text: 'SAID' }]);
});

test('performance data under Telegraf’s names', async () => {
  const { points } = await run(printing(0, "DISK OK | '/'=5MB;10;@2:8;0;100 load1=0.5;~:4;"));
  expect(points.slice(1)).toEqual([
    {
      m: 'nagios',
      t: { perfdata: '/', unit: 'MB' },
      f: { value: 5, warning_lt: 0, warning_gt: 10, critical_ge: 2, critical_le: 8, min: 0, max: 100 },
    },
    { m: 'nagios', t: { perfdata: 'load1' }, f: { value: 0.5, warning_gt: 4 } },
  ]);
});

test('a plugin that prints nothing', async () => {
  expect((await run(printing(3, ''))).statuses[0]?.text).toBe('The plugin printed nothing (end: 3).');
  expect((await run(printing(127, '', 'check_x: libfoo.so not found\n'))).statuses[0]?.text).toBe(
    'check_x: libfoo.so not found',
  );
});

test('what it prints is bounded and shows no secret', async () => {
  const { points, statuses } = await run(
    printing(2, `CRITICAL password=hunter2 ${'x '.repeat(600)}|${'v=1 '.repeat(3)}${labels(400)}`),
  );
  expect(statuses[0]?.text).toHaveLength(512);
  expect(statuses[0]?.text).not.toContain('hunter2');
  expect(points).toHaveLength(201);
});

const labels = (count: number) => Array.from({ length: count }, (_, at) => `l${at}=${at}`).join(' ');

test('a secret among the arguments is not in its name', () => {
  expect(plugin.distinguish?.({ command: ['/p/check_http', '--password', 'hunter2'] })).toMatch(
    /^check_http --password /,
  );
  expect(plugin.distinguish?.({ command: ['/p/check_http', '--password', 'hunter2'] })).not.toContain('hunter2');
});
