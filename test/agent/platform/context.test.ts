import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Check } from 'typebox/schema';
import { expect, test } from 'vitest';
import { createContext } from '../../../agent/platform/context.ts';
import { readHostFacts } from '../../../agent/platform/host-facts.ts';
import { sayIn } from '../../../agent/words.ts';
import { Birth } from '../../../protocol/messages.ts';

const outside = (signal = new AbortController().signal) => createContext('a', signal, sayIn('fr'));

test('a port is opened and left again; a closed one is refused', async () => {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const accepted = once(server, 'connection');
  await outside().connect('127.0.0.1', port);
  const [socket] = await accepted;
  socket.resume();
  await once(socket, 'close');
  server.close();
  await once(server, 'close');
  await expect(outside().connect('127.0.0.1', port)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
});

test('a connection is given up when the time is up', async () => {
  const up = new AbortController();
  const trying = outside(up.signal).connect('127.0.0.1', 9);
  up.abort(new DOMException('time is up', 'TimeoutError'));
  await expect(trying).rejects.toThrow('time is up');
  await expect(outside(up.signal).connect('127.0.0.1', 9)).rejects.toThrow('time is up');
});

test('files, folders and volumes', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'vigie-context-'));
  const file = join(folder, 'file');
  writeFileSync(file, 'text');
  const ctx = outside();
  expect(await ctx.readText(file)).toBe('text');
  expect(await ctx.listDir(folder)).toEqual(['file']);
  expect([await ctx.isDirectory(folder), await ctx.isDirectory(file)]).toEqual([true, false]);
  expect((await ctx.statfs(folder)).blocks).toBeGreaterThan(0);
  await expect(ctx.readText('/proc/not-there')).rejects.toMatchObject({ code: 'ENOENT' });
  rmSync(folder, { recursive: true });
});

test('the runtime’s own readings', () => {
  const { host, say } = outside();
  expect(host.cpuCount()).toBeGreaterThan(0);
  expect(host.cpuTimes().idle).toBeGreaterThan(0);
  expect(host.memory().total).toBeGreaterThan(host.memory().free);
  expect(say({ fr: 'oui', en: 'yes' })).toBe('oui');
});

test('what is said of a host fits a birth', async () => {
  const host = await readHostFacts();
  expect(host.hostname).toMatch(/\S/);
  expect(Check(Birth.properties.host, host)).toBe(true);
});
