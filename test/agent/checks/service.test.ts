import { expect, test } from 'vitest';
import { plugin } from '../../../agent/checks/service.ts';
import { createFakeContext } from '../fake-context.ts';
import { printing, recording, scriptOf } from '../recording.ts';

const recorded = recording('linux/systemctl-show-services.txt');
const services = ['pos', 'nothere', 'backup', 'broken'];

test('all units by one call: one runs, one is missing, one stopped, one failed', async () => {
  const exec = printing(recorded);
  const { points, statuses } = await plugin.create({ services })(createFakeContext({ exec }));
  expect(exec.calls).toHaveLength(1);
  expect(exec.calls[0]?.slice(-5)).toEqual([
    '--',
    'pos.service',
    'nothere.service',
    'backup.service',
    'broken.service',
  ]);
  expect(points[0]).toMatchObject({
    m: 'systemd_units',
    t: { name: 'pos.service' },
    f: { load_code: 0, active_code: 0, sub_code: 0, restarts: 0, status_errno: 0 },
  });
  expect(points[3]?.f).toMatchObject({ active_code: 3, sub_code: 12, status_errno: 3 });
  expect(points[1]?.f).toMatchObject({ load_code: 2, active_code: 2 });
  expect(statuses).toEqual([
    {
      check: 'the-check',
      status: 'critical',
      text: '“nothere” does not exist, “backup” is stopped (inactive/dead), “broken” has failed (failed/failed).',
    },
  ]);
});

const single = (text: string) => printing(text);

test('a unit that systemd starts again counts its restarts, and between two attempts does not run', async () => {
  const restarted = recording('linux/systemctl-show-restarted.txt');
  const well = await plugin.create({ services: ['pos'] })(createFakeContext({ exec: single(restarted) }));
  expect(well.points[0]?.f.restarts).toBe(1);
  expect(well.statuses[0]?.status).toBe('ok');
  const between = restarted
    .replace('ActiveState=active', 'ActiveState=activating')
    .replace('SubState=running', 'SubState=auto-restart');
  const ill = await plugin.create({ services: ['pos'] })(createFakeContext({ exec: single(between) }));
  expect(ill.statuses[0]?.text).toBe('“pos” has failed (activating/auto-restart).');
});

test('one that is just starting is a warning', async () => {
  const text = recording('linux/systemctl-show-restarted.txt')
    .replace('ActiveState=active', 'ActiveState=activating')
    .replace('SubState=running', 'SubState=start');
  const { statuses } = await plugin.create({ services: ['pos'] })(createFakeContext({ exec: single(text) }));
  expect(statuses[0]?.status).toBe('warning');
});

test('while the very same processes are in its control group systemctl is not asked again; memory is read anew', async () => {
  const exec = printing(recording('linux/systemctl-show-restarted.txt'));
  const group = '/sys/fs/cgroup/app.slice/pos.service';
  const files: Record<string, string> = { [`${group}/cgroup.procs`]: '13895\n', [`${group}/memory.current`]: '4096\n' };
  const run = plugin.create({ services: ['pos'] });
  await run(createFakeContext({ exec, files }));
  files[`${group}/memory.current`] = '8192\n';
  const { points } = await run(createFakeContext({ exec, files }));
  expect(points[0]?.f.mem_current).toBe(8192);
  expect(exec.calls).toHaveLength(1);
  files[`${group}/cgroup.procs`] = '14001\n';
  await run(createFakeContext({ exec, files }));
  expect(exec.calls).toHaveLength(2);
  delete files[`${group}/cgroup.procs`];
  await run(createFakeContext({ exec, files }));
  expect(exec.calls).toHaveLength(3);
});

test('a service that must be stopped may be missing; one that runs is wrong', async () => {
  const run = plugin.create({ services, state: 'stopped', severity: 'warning' });
  const { statuses } = await run(createFakeContext({ exec: printing(recorded) }));
  expect(statuses).toEqual([{ check: 'the-check', status: 'warning', text: '“pos” runs (active/running).' }]);
});

test('a host without systemd says so', async () => {
  const stderr = "System has not been booted with systemd as init system (PID 1). Can't operate.\n";
  const exec = printing({ code: 1, stderr });
  await expect(plugin.create({ services: ['pos'] })(createFakeContext({ exec }))).rejects.toThrow('not been booted');
});

test('Windows: one question for all, names in any case', async () => {
  const exec = printing(recording('windows/services.json'));
  const names = ['dhcp', 'CYBERFwSvc', 'wuauserv', 'WpnUserService_1a2b3', 'MSSQL$POS'];
  const { points, statuses } = await plugin.create({ services: names })(createFakeContext({ platform: 'win32', exec }));
  expect(points.map(({ f }) => f.state)).toEqual([4, 1, 3, 4, 0]);
  expect(points[1]).toEqual({
    m: 'win_services',
    t: { service_name: 'CYBERFwSvc' },
    f: { state: 1, startup_mode: 2, exit_code: 1067 },
  });
  expect(points[3]?.t?.display_name).toBe('Windows Push Notifications User Service_1a2b3');
  expect(statuses[0]?.text).toBe(
    '“CYBERFwSvc” is stopped (Stopped), “wuauserv” is starting or stopping (Stop Pending), “MSSQL$POS” does not exist.',
  );
  expect(scriptOf(exec.calls[0])).toContain("-Filter 'Name=''dhcp'' OR Name=''CYBERFwSvc''");
});
