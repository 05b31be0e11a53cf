import { expect, test } from 'vitest';
import { plugin } from '../../../agent/checks/reboot.ts';
import { createFakeContext } from '../fake-context.ts';
import { printing, recording } from '../recording.ts';

const running = (release: string, ...installed: string[]) => ({
  '/proc/sys/kernel/osrelease': `${release}\n`,
  ...Object.fromEntries(installed.map((other) => [`/boot/vmlinuz-${other}`, ''])),
});
const ask = async (files: Record<string, string>) => {
  const { points, statuses } = await plugin.create({})(createFakeContext({ files }));
  return { required: points[0]?.f.required, ...statuses[0] };
};

test('nothing waits', async () => {
  expect(await ask(running('6.1.0-40-amd64', '6.1.0-39-amd64', '6.1.0-40-amd64'))).toEqual({
    required: 0,
    check: 'the-check',
    status: 'ok',
  });
});

test('a package asks for it', async () => {
  const files = {
    ...running('6.1.0-40-amd64'),
    '/run/reboot-required': '*** System restart required ***\n',
    '/run/reboot-required.pkgs': 'libc6\ndbus\nlibc6\n',
  };
  expect(await ask(files)).toMatchObject({
    required: 1,
    status: 'warning',
    text: 'A reboot is needed: asked for by libc6, dbus.',
  });
});

test.each([
  ['6.1.0-9-amd64', '6.1.0-40-amd64'],
  ['5.14.0-503.el9.x86_64', '5.14.0-503.26.1.el9_5.x86_64'],
  ['6.12.9+bpo-amd64', '6.12.12+bpo-amd64'],
])('of %s, %s is newer', async (old, newer) => {
  expect(await ask(running(old, old, newer))).toMatchObject({
    required: 1,
    text: `A reboot is needed: kernel ${newer} is installed, ${old} still runs.`,
  });
});

test.each([
  ['another kind of kernel', '6.1.0-9-amd64', ['6.1.0-9-amd64', '6.1.0-40-cloud-amd64', '0-rescue-4b5c']],
  ['a kernel that came from the host of a guest', '6.1.0-9-amd64', ['6.1.0-40-amd64']],
])('%s is none', async (_, release, installed) => {
  expect(await ask(running(release, ...installed))).toMatchObject({ required: 0, status: 'ok' });
});

test('Windows: the registry’s reasons; files to be renamed only when asked', async () => {
  const exec = printing(recording('windows/reboot.json'));
  const { statuses } = await plugin.create({})(createFakeContext({ platform: 'win32', exec }));
  expect(statuses[0]?.text).toBe('A reboot is needed: Windows updates installed.');
  const more = await plugin.create({ fileRenames: true })(createFakeContext({ platform: 'win32', exec }));
  expect(more.statuses[0]?.text).toBe('A reboot is needed: Windows updates installed, files to be renamed.');
});
