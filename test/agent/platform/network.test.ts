import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { createNetwork } from '../../../agent/platform/network.ts';

const network = (signal = new AbortController().signal) => createNetwork(signal);
const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

async function listen(onSocket: (socket: Socket) => void): Promise<number> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    onSocket(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  ends.push(async () => {
    for (const socket of sockets) socket.destroy();
    server.close();
    await once(server, 'close');
  });
  return (server.address() as AddressInfo).port;
}
const text = (bytes: Uint8Array) => Buffer.from(bytes).toString();
const echoing = (socket: Socket) => socket.on('data', (chunk) => socket.write(chunk));

test('a question and its answer', async () => {
  const port = await listen(echoing);
  const until = (received: Uint8Array) => text(received) === 'hello';
  const { received, isWhole } = await network().exchange('127.0.0.1', port, { send: 'hello', until });
  expect([text(received), isWhole]).toEqual(['hello', true]);
});

test('an answer is bounded, and what came before an end or a silence is given', async () => {
  const flood = await listen((socket) => socket.write(Buffer.alloc(100_000, 'x')));
  const flooded = await network().exchange('127.0.0.1', flood, { send: '', until: () => false, maxBytes: 100 });
  expect([flooded.received.length, flooded.isWhole]).toEqual([100, false]);
  const short = await listen((socket) => socket.end('half'));
  const cut = await network().exchange('127.0.0.1', short, { send: '', until: () => false });
  expect([text(cut.received), cut.isWhole]).toEqual(['half', false]);
  const mute = await listen((socket) => socket.resume());
  const silent = await network().exchange('127.0.0.1', mute, { send: '', until: () => false, answerMs: 20 });
  expect([silent.received.length, silent.isWhole]).toEqual([0, false]);
});

test('given up when the time is up', async () => {
  const up = new AbortController();
  const port = await listen((socket) => {
    socket.resume();
    up.abort(new DOMException('time is up', 'TimeoutError'));
  });
  await expect(network(up.signal).exchange('127.0.0.1', port, { send: '', until: () => false })).rejects.toThrow(
    'time is up',
  );
  await expect(network(up.signal).tlsPeer('127.0.0.1', port)).rejects.toThrow('time is up');
  await expect(network(up.signal).resolve('a.example', 'A')).rejects.toThrow('time is up');
});

test('a port that speaks no TLS', async () => {
  const port = await listen((socket) => socket.end('220 hello\r\n'));
  await expect(network().tlsPeer('127.0.0.1', port)).rejects.toThrow(/\S/);
});

test('a file that is written and read, like a device', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'vigie-device-'));
  const path = join(folder, 'device');
  writeFileSync(path, '....answer');
  const until = (received: Uint8Array) => text(received).endsWith('answer');
  const { received, isWhole } = await network().exchangeFile(path, { send: 'ask!', until, answerMs: 1000 });
  expect([text(received), isWhole]).toEqual(['answer', true]);
  const silent = await network().exchangeFile(path, { send: '', until: () => false, answerMs: 30 });
  expect([text(silent.received), silent.isWhole]).toEqual(['ask!answer', false]);
  await expect(network().exchangeFile(join(folder, 'none'), { send: '', until, answerMs: 9 })).rejects.toThrow(
    'ENOENT',
  );
  rmSync(folder, { recursive: true });
});
