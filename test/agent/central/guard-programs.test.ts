import { expect, test } from 'vitest';
import { guardPrograms } from '../../../agent/central/guard-programs.ts';
import type { CheckContext } from '../../../agent/check.ts';
import { sayIn } from '../../../agent/words.ts';

/** Whether a check of these options may run a program so. */
async function mayRun(
  options: object,
  [file, ...args]: [string, ...string[]],
  allowed: string[] = [],
  env?: Record<string, string>,
) {
  const exec: CheckContext['exec'] = async () => ({ code: 0, stdout: '', stderr: '' });
  const ctx = { exec, say: sayIn('en') } as unknown as CheckContext;
  const run = guardPrograms(
    {
      name: 'x',
      type: 'x',
      from: 'central 1',
      timeoutMs: 1000,
      entry: JSON.stringify({ type: 'ping', name: 'ping', ...options }),
      run: async (guarded) => {
        await guarded.exec(file, args, env && { env });
        return { points: [], statuses: [] };
      },
    },
    allowed,
  );
  return run(ctx).then(
    () => true,
    (error: Error) => error.message,
  );
}
const refused = (file: string) => expect.stringContaining(`may not choose the program ${file}`);

test('what a check runs by itself is ours to answer for', async () => {
  expect(await mayRun({ hosts: ['10.0.0.1'] }, ['ping', '10.0.0.1'])).toBe(true);
  expect(await mayRun({ services: ['cups'] }, ['systemctl', 'show', 'cups'])).toBe(true);
  expect(await mayRun({}, ['anything'])).toBe(true);
});

test('a program among the options is the centre’s choice, and the device’s own file decides', async () => {
  const command = ['/opt/plugins/check_x', '-a'];
  expect(await mayRun({ command }, ['/opt/plugins/check_x', '-a'])).toEqual(refused('/opt/plugins/check_x'));
  expect(await mayRun({ command }, ['/opt/plugins/check_x', '-a'], ['/opt/plugins/check_x'])).toBe(true);
  expect(await mayRun({ command }, ['/opt/plugins/check_x', '-a'], ['/opt/plugins/*'])).toBe(true);
  expect(
    await mayRun({ command: ['/opt/plugins/../../bin/sh'] }, ['/opt/plugins/../../bin/sh'], ['/opt/plugins/*']),
  ).toEqual(refused('/opt/plugins/../../bin/sh'));
  expect(await mayRun({ command: '/bin/x -a' }, ['/bin/x', '-a'])).toEqual(refused('/bin/x'));
});

test.each([
  '/usr/lib/nagios/plugins/negate',
  '/usr/lib/nagios/plugins/urlize',
  '/usr/lib/nagios/plugins/check_by_ssh',
  '/usr/bin/nice',
  '/usr/bin/timeout',
  '/usr/bin/xargs',
  '/usr/bin/find',
  '/usr/bin/python3.13',
  '/usr/bin/perl',
  '/bin/busybox',
  'C:\\Windows\\System32\\CMD.EXE',
])('%s runs whatever it is told: no folder and no name allows it', async (file) => {
  const allowed = [file, file.replace(/[^\\/]+$/, '*')];
  expect(await mayRun({ command: [file, '/bin/sh', '-c', 'id'] }, [file, '/bin/sh', '-c', 'id'], allowed)).toEqual(
    refused(file),
  );
  // Written as one text, which the check takes apart.
  expect(await mayRun({ command: `${file} /bin/id` }, [file, '/bin/id'], allowed)).toEqual(refused(file));
});

test.each(['/opt/plugins/check_ssh', '/opt/plugins/check_time', '/opt/plugins/check_find', '/opt/plugins/findings'])(
  '%s only sounds like one',
  async (file) => {
    expect(await mayRun({ command: [file, '-a'] }, [file, '-a'], ['/opt/plugins/*'])).toBe(true);
  },
);

test('nor may it come in by a shell, by sudo or by the environment', async () => {
  expect(await mayRun({ script: 'rm -r x' }, ['/bin/sh', '-c', 'rm -r x'])).toEqual(refused('/bin/sh'));
  expect(await mayRun({ program: '/tmp/x' }, ['sudo', '-n', '/tmp/x'])).toEqual(refused('sudo'));
  const env = { LD_PRELOAD: '/tmp/x.so' };
  expect(await mayRun({ command: ['/opt/x'], env }, ['/opt/x'], ['/opt/x'], env)).toEqual(refused('/opt/x'));
});
