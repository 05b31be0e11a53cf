import { expect, test } from 'vitest';
import { plugin } from '../../../agent/actions/restart_service.ts';
import { ProgramFailed } from '../../../agent/platform/service-control.ts';
import { createFakeActionContext, fakePrograms } from '../fake-action-context.ts';

const SHOWN = (active: string, sub: string, pid: number) =>
  `LoadState=loaded\nActiveState=${active}\nSubState=${sub}\nMainPID=${pid}\nActiveEnterTimestamp=Sun 2026-11-22 09:00:00 UTC\n`;
// As sc.exe of a French Windows 11 prints it.
const SC = (state: string) => `
SERVICE_NAME: Spooler
        TYPE               : 110  WIN32_OWN_PROCESS  (interactive)
        ÉTAT               : ${state}
                                (STOPPABLE, NOT_PAUSABLE, ACCEPTS_SHUTDOWN)
        CODE_SORTIE_WIN32  : 0  (0x0)
        PID                : 4242
`;

const action = plugin.create({ services: ['posd.service'], settleS: 3 });
const args = { service: 'posd.service' };

test('systemd is asked to restart it, given time to fall over, and looked at before and after', async () => {
  const { exec, calls } = fakePrograms({
    'systemctl show': [{ stdout: SHOWN('failed', 'failed', 0) }, { stdout: SHOWN('active', 'running', 812) }],
    'systemctl --no-ask-password restart': [{}],
  });
  const waited: number[] = [];
  const ctx = createFakeActionContext({ exec, args, wait: async (ms) => void waited.push(ms) });
  expect(await action.look(ctx)).toEqual({
    text: 'posd.service: failed (failed), since Sun 2026-11-22 09:00:00 UTC',
    isGood: false,
  });
  expect(await action.act(ctx)).toBe('');
  expect(await action.look(ctx)).toMatchObject({
    text: expect.stringContaining('active (running), PID 812'),
    isGood: true,
  });
  expect(waited).toEqual([3000]);
  expect(calls[1]).toBe('systemctl --no-ask-password restart -- posd.service');
});

test('what systemd says of a refusal is told', async () => {
  const { exec } = fakePrograms({
    'systemctl --no-ask-password': [{ code: 1, stderr: 'Interactive authentication required.\n' }],
  });
  const failure = await action.act(createFakeActionContext({ exec, args })).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(ProgramFailed);
  expect(failure).toMatchObject({ message: 'systemctl: exit code 1', output: 'Interactive authentication required.' });
});

test('a unit that is not there is told by what systemd calls it', async () => {
  const { exec } = fakePrograms({
    'systemctl show': [
      { stdout: 'LoadState=not-found\nActiveState=inactive\nSubState=dead\nMainPID=0\nActiveEnterTimestamp=\n' },
    ],
  });
  expect(await action.look(createFakeActionContext({ exec, args }))).toEqual({
    text: 'posd.service: inactive (not-found)',
    isGood: false,
  });
});

test('on Windows the name goes by the environment, never into the script', async () => {
  const seen: unknown[] = [];
  const ctx = createFakeActionContext({
    platform: 'win32',
    args: { service: 'Spooler' },
    async exec(file, given, options) {
      seen.push([file, given.join(' ').includes('Spooler'), options?.env]);
      return { code: 0, stdout: file === 'sc.exe' ? SC('4  RUNNING') : '', stderr: '' };
    },
  });
  await action.act(ctx);
  expect(seen).toEqual([['powershell.exe', false, { VIGIE_SERVICE: 'Spooler' }]]);
  expect(await action.look(ctx)).toEqual({ text: 'Spooler: RUNNING, PID 4242', isGood: true });
});

test('Windows: a stopped and an unknown service', async () => {
  const windows = (code: number, stdout: string) =>
    createFakeActionContext({ platform: 'win32', args, exec: async () => ({ code, stdout, stderr: '' }) });
  expect(await action.look(windows(0, SC('1  STOPPED')))).toMatchObject({ isGood: false });
  await expect(action.look(windows(1060, '[SC] EnumQueryServicesStatus:OpenService échec(s) 1060'))).rejects.toThrow(
    'no such service',
  );
});

test('elsewhere it says what it can', async () => {
  await expect(action.act(createFakeActionContext({ platform: 'darwin', args }))).rejects.toThrow(/systemd.*Windows/);
});
