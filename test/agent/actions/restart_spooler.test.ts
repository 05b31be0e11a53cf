import { expect, test } from 'vitest';
import { plugin } from '../../../agent/actions/restart_spooler.ts';
import { createFakeActionContext, fakePrograms } from '../fake-action-context.ts';

test.each([
  ['linux', {}, 'systemctl --no-ask-password restart -- cups'],
  ['linux', { service: 'lpd' }, 'systemctl --no-ask-password restart -- lpd'],
] as const)('on %s with %j: %s', async (platform, options, call) => {
  const { exec, calls } = fakePrograms({ systemctl: [{}] });
  await plugin.create(options).act(createFakeActionContext({ platform, exec }));
  expect(calls).toEqual([call]);
});

test('on Windows it is the Spooler, and there is nothing to choose', async () => {
  const names: unknown[] = [];
  const exec = async (
    _file: string,
    _args: readonly string[],
    options?: { env?: Readonly<Record<string, string>> },
  ) => {
    names.push(options?.env?.VIGIE_SERVICE);
    return { code: 0, stdout: '', stderr: '' };
  };
  await plugin.create({}).act(createFakeActionContext({ platform: 'win32', exec }));
  expect(names).toEqual(['Spooler']);
  expect(plugin.choices?.({})).toBeUndefined();
});
