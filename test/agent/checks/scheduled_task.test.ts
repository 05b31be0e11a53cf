import { expect, test } from 'vitest';
import { plugin } from '../../../agent/checks/scheduled_task.ts';
import { createFakeContext } from '../fake-context.ts';
import { printing, recording, scriptOf } from '../recording.ts';

/** Of the four units recorded: a timer, its service. */
const blocks = recording('linux/systemctl-show-timers.txt').trim().split('\n\n');
const [backupTimer = '', brokenTimer = '', backup = '', broken = ''] = blocks;
const AT = Date.UTC(2026, 10, 22, 9, 18, 10);
const ask = (task: string, texts: string[], { now = AT + 3_600_000, ...more } = {}) => {
  const exec = printing(...texts);
  return plugin.create({ task, ...more })(createFakeContext({ exec, now: () => now }));
};

test('a timer whose service has succeeded: when, and when it comes again', async () => {
  const { points, statuses } = await ask('backup.timer', [`${backupTimer}\n\n${backup}`]);
  expect(points).toEqual([
    {
      m: 'scheduled_task',
      t: { task: 'backup.timer' },
      f: {
        last_result: 0,
        succeeded: 1,
        last_run_age_seconds: 3600,
        last_success_age_seconds: 3600,
        next_run_seconds: (Date.UTC(2026, 10, 23, 3) - AT) / 1000 - 3600,
        enabled: 1,
      },
    },
  ]);
  expect(statuses).toEqual([{ check: 'the-check', status: 'ok' }]);
});

test('a failed run says its code and systemd’s reason', async () => {
  const { points, statuses } = await ask('broken.timer', [`${brokenTimer}\n\n${broken}`]);
  expect(points[0]?.f).toMatchObject({ last_result: 3, succeeded: 0 });
  expect(statuses).toEqual([
    { check: 'the-check', status: 'critical', text: 'The task “broken.timer” failed (code 3, exit-code).' },
  ]);
});

test('too long ago is late; a disabled timer is told; a missing one too', async () => {
  const late = await ask('backup', [`${backupTimer}\n\n${backup}`], {
    maxAgeS: 86_400,
    now: AT + 90_000_000,
  } as object);
  expect(late.statuses[0]?.text).toBe('The task “backup” has not succeeded for 25 h.');
  const off = backupTimer.replace('ActiveState=active', 'ActiveState=inactive');
  expect((await ask('backup', [`${off}\n\n${backup}`])).statuses[0]?.text).toBe('The task “backup” is disabled.');
  const gone = backupTimer.replace('LoadState=loaded', 'LoadState=not-found');
  expect((await ask('backup', [`${gone}\n\n${backup}`])).statuses[0]?.text).toBe('The task “backup” does not exist.');
});

test('a timer that starts a unit of another name: that one is asked', async () => {
  const other = backupTimer.replace('Unit=backup.service', 'Unit=broken.service');
  const { statuses } = await ask('backup', [`${other}\n\n${backup}`, broken]);
  expect(statuses[0]?.text).toContain('failed (code 3');
});

test('after a failure the last success is remembered; while it runs nothing is judged but how long', async () => {
  const running = backup.replace('ActiveState=inactive', 'ActiveState=activating');
  const exec = printing(`${backupTimer}\n\n${backup}`, `${backupTimer}\n\n${broken}`, `${backupTimer}\n\n${running}`);
  const run = plugin.create({ task: 'backup', maxAgeS: 7200 });
  const at = (now: number) => run(createFakeContext({ exec, now: () => now }));
  await at(AT + 1000);
  const failed = await at(AT + 60_000);
  expect(failed.points[0]?.f).toMatchObject({ succeeded: 0, last_success_age_seconds: 60 });
  expect((await at(AT + 120_000)).statuses[0]?.status).toBe('ok');
  expect((await at(AT + 7_260_000)).statuses[0]?.text).toBe('The task “backup” has not succeeded for 2 h.');
});

const NOW = 1_800_000_000_000;
const windows = async (name: string, task = '\\Shop\\Backup') => {
  const exec = printing(recording(`windows/${name}.json`));
  const result = await plugin.create({ task })(createFakeContext({ platform: 'win32', exec, now: () => NOW }));
  return { ...result, script: scriptOf(exec.calls[0]) };
};

test('Windows: folder and name apart, quotes harmless', async () => {
  const { points, statuses, script } = await windows('task-succeeded', "\\Shop\\Manager's ’backup");
  expect(script).toContain("-TaskPath '\\Shop\\' -TaskName 'Manager''s ’’backup'");
  expect(points[0]?.f).toEqual({
    last_result: 0,
    succeeded: 1,
    last_run_age_seconds: 21_600,
    last_success_age_seconds: 21_600,
    next_run_seconds: 64_800,
    enabled: 1,
  });
  expect(statuses[0]?.status).toBe('ok');
});

test.each([
  ['task-failed', '0x80070002'],
  ['task-killed', '0xc000013a'],
])('Windows: %s, by its code', async (name, code) => {
  const { points, statuses } = await windows(name);
  expect(points[0]?.f).toMatchObject({ succeeded: 0, enabled: 1 });
  expect(statuses[0]?.text).toBe(`The task “\\Shop\\Backup” failed (code ${code}).`);
});

test('Windows: while it runs its code is no result', async () => {
  const { points, statuses } = await windows('task-running');
  expect(points[0]?.f).not.toHaveProperty('last_result');
  expect(points[0]?.f.last_run_age_seconds).toBe(NOW / 1000 - Date.UTC(2026, 8, 27, 21, 27, 27) / 1000);
  expect(statuses[0]?.status).toBe('ok');
});

test('Windows: one that never ran says 1999 for when; one that is disabled is told', async () => {
  const never = await windows('task-never');
  expect(never.points[0]?.f).toEqual({
    enabled: 1,
    next_run_seconds: Date.UTC(2022, 3, 4, 13) / 1000 - NOW / 1000,
  });
  expect(never.statuses[0]?.status).toBe('ok');
  const exec = printing(recording('windows/task-never.json').replace('"State": 3', '"State": 1'));
  const off = await plugin.create({ task: 'Backup' })(createFakeContext({ platform: 'win32', exec, now: () => NOW }));
  expect(off.statuses[0]?.text).toBe('The task “Backup” is disabled.');
});
