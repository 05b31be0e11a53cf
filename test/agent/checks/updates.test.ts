import { expect, test } from 'vitest';
import { plugin } from '../../../agent/checks/updates.ts';
import { createFakeContext } from '../fake-context.ts';
import { printing, recording, scriptOf } from '../recording.ts';

const NOW = 1_800_000_000_000;

test('apt: upgrades, those of security, and how old its lists are', async () => {
  const exec = printing(recording('linux/apt-get-simulated.txt'));
  const files = { '/usr/bin/apt-get': '', '/var/lib/apt/lists': '' };
  const ctx = createFakeContext({ files, exec, now: () => NOW + 60_000 });
  const { points, statuses } = await plugin.create({ security: true })(ctx);
  expect(points).toEqual([
    { m: 'updates', t: { manager: 'apt' }, f: { pending: 7, security: 4, refresh_age_seconds: 60 } },
  ]);
  expect(statuses).toEqual([{ check: 'the-check', status: 'warning', text: 'Security updates pending: 4 of 7.' }]);
  expect(exec.calls[0]).toContain('-s');
});

test('a package called security, and one newly pulled in, are no security updates', async () => {
  const exec = printing(
    'Inst foo-security [1] (2 Debian:12.15/oldstable [all])\nInst new (1 Debian-Security:12/oldstable-security [all])\nInst vim [1] (2 Ubuntu:22.04/jammy-updates, Ubuntu:22.04/jammy-security [amd64])\n',
  );
  const { points, statuses } = await plugin.create({})(createFakeContext({ files: { '/usr/bin/apt-get': '' }, exec }));
  expect(points[0]?.f).toEqual({ pending: 2, security: 1 });
  expect(statuses[0]?.status).toBe('ok');
});

test('dnf ends with 100 when something waits; what it would replace is not counted', async () => {
  const exec = printing(
    { code: 100, stdout: recording('linux/dnf-check-update.txt') },
    { code: 100, stdout: recording('linux/dnf-check-update-security.txt') },
  );
  const { points } = await plugin.create({})(createFakeContext({ files: { '/usr/bin/dnf': '' }, exec }));
  expect(points[0]).toEqual({ m: 'updates', t: { manager: 'dnf' }, f: { pending: 4, security: 2 } });
  expect(exec.calls.every((call) => call.includes('-C'))).toBe(true);
});

test('dnf 5 has a heading over what waits, and writes the other one in small letters', async () => {
  const stdout = recording('linux/dnf5-check-update.txt');
  const exec = printing({ code: 100, stdout }, { code: 0, stdout: '' });
  const { points } = await plugin.create({})(createFakeContext({ files: { '/usr/bin/dnf': '' }, exec }));
  expect(points[0]?.f).toEqual({ pending: 5, security: 0 });
});

test('Windows Update by Microsoft’s numbers; an antivirus’s daily definitions do not count', async () => {
  const exec = printing(recording('windows/windows-update.json'));
  const { points } = await plugin.create({})(createFakeContext({ platform: 'win32', exec }));
  expect(points).toEqual([
    { m: 'updates', t: { manager: 'windows-update' }, f: { pending: 2, security: 1, refresh_age_seconds: 40_000 } },
  ]);
  // Else 5.1 would take it for local time and be hours off.
  expect(scriptOf(exec.calls[0])).toContain('[DateTime]::SpecifyKind($refreshed, [DateTimeKind]::Utc)');
});

test('a manager that fails says why; none at all is told', async () => {
  const exec = printing({ code: 100, stderr: 'E: dpkg was interrupted\n' });
  await expect(plugin.create({})(createFakeContext({ files: { '/usr/bin/apt-get': '' }, exec }))).rejects.toThrow(
    'dpkg was interrupted',
  );
  await expect(plugin.create({})(createFakeContext())).rejects.toThrow('no package manager');
});
