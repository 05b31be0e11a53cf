import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createContext } from '../../../agent/platform/context.ts';
import { askPowerShell, quoted, readDate } from '../../../agent/platform/powershell.ts';
import { withinTime } from '../../../agent/platform/within-time.ts';
import { sayIn } from '../../../agent/words.ts';
import { createFakeContext } from '../fake-context.ts';
import { printing, scriptOf } from '../recording.ts';

const outside = (signal = new AbortController().signal) => createContext('a', signal, sayIn('en'));

test('a part of a file, and what tells files apart', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'vigie-files-'));
  const file = join(folder, 'log');
  writeFileSync(file, 'one two three');
  const ctx = outside();
  expect(Buffer.from(await ctx.readPart(file, 4, 3)).toString()).toBe('two');
  expect(Buffer.from(await ctx.readPart(file, 8, 100)).toString()).toBe('three');
  expect(await ctx.readPart(file, 100, 5)).toHaveLength(0);
  const before = await ctx.stat(file);
  expect(before).toMatchObject({ size: 13, isFile: true });
  expect((await ctx.stat(folder)).isFile).toBe(false);
  renameSync(file, `${file}.1`);
  writeFileSync(file, '');
  expect((await ctx.stat(`${file}.1`)).ino).toBe(before.ino);
  expect((await ctx.stat(file)).ino).not.toBe(before.ino);
  await expect(ctx.stat(join(folder, 'none'))).rejects.toMatchObject({ code: 'ENOENT' });
  rmSync(folder, { recursive: true });
});

test('a datagram and its answer; a closed port; silence until the time is up', async () => {
  const server = createSocket('udp4');
  server.on('message', (message, { port, address }) => {
    if (message.toString() !== 'silence') server.send(`re: ${message}`, port, address);
  });
  server.bind(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  expect(Buffer.from(await outside().exchangeDatagram('127.0.0.1', port, Buffer.from('hello'))).toString()).toBe(
    're: hello',
  );
  const up = new AbortController();
  const asked = once(server, 'message');
  const waiting = outside(up.signal).exchangeDatagram('127.0.0.1', port, Buffer.from('silence'));
  await asked;
  up.abort(new DOMException('time is up', 'TimeoutError'));
  await expect(waiting).rejects.toThrow('time is up');
  server.close();
  await once(server, 'close');
  await expect(outside().exchangeDatagram('127.0.0.1', port, Buffer.from('x'))).rejects.toMatchObject({
    code: 'ECONNREFUSED',
  });
});

test('PowerShell: by its full path, without profile or questions, one object or many', async () => {
  const exec = printing('\uFEFF{"Name":"été"}\r\n', '[{"a":1},{"a":2},null]', '');
  const ctx = createFakeContext({ exec });
  expect(await askPowerShell(ctx, 'Get-Thing | Select-Object Name')).toEqual([{ Name: 'été' }]);
  expect(await askPowerShell(ctx, 'x')).toEqual([{ a: 1 }, { a: 2 }]);
  expect(await askPowerShell(ctx, 'x')).toEqual([]);
  expect(exec.calls[0]?.[0]).toMatch(/^[A-Z]:\\.+\\System32\\WindowsPowerShell\\v1\.0\\powershell\.exe$/);
  expect(exec.calls[0]).toEqual(expect.arrayContaining(['-NoProfile', '-NonInteractive', '-EncodedCommand']));
  expect(scriptOf(exec.calls[0])).toContain('@(Get-Thing | Select-Object Name)');
});

test('PowerShell’s own message when it fails; garbage is an error, not a reading', async () => {
  const failing = createFakeContext({ exec: printing({ code: 1, stderr: 'Access denied\r\nat line 3' }) });
  await expect(askPowerShell(failing, 'x')).rejects.toThrow(/^Access denied$/);
  await expect(askPowerShell(createFakeContext({ exec: printing('{"cut') }), 'x')).rejects.toThrow(SyntaxError);
});

test('its dates in each of its ways, and no text can end a literal', () => {
  expect(readDate('/Date(1800000000000)/')).toBe(1_800_000_000_000);
  expect(readDate('/Date(1800000000000+0100)/')).toBe(1_800_000_000_000);
  expect(readDate({ value: '/Date(5)/', DisplayHint: 2 })).toBe(5);
  expect(readDate('2027-01-15T08:00:00Z')).toBe(1_800_000_000_000);
  expect([readDate(null), readDate(''), readDate('soon')]).toEqual([undefined, undefined, undefined]);
  expect(quoted("a'; Remove-Item ‘b’")).toBe("'a''; Remove-Item ‘‘b’’'");
});

test('work that takes too long is stopped, an error passes, a result comes back', () => {
  expect(withinTime(1000, () => 42)).toBe(42);
  expect(withinTime(20, () => /(a+)+$/.test(`${'a'.repeat(60)}b`))).toBeUndefined();
  expect(() =>
    withinTime(1000, () => {
      throw new RangeError('mine');
    }),
  ).toThrow('mine');
});
