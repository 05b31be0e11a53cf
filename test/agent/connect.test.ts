import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type Agent, startAgent } from '../../agent/agent.ts';
import { validateAgentConfig } from '../../agent/config.ts';
import { dial } from '../../agent/connect.ts';

let folder: string;
let broker: Server;
let sockets: Socket[];
let port: number;
let agent: Agent | undefined;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'vigie-connect-'));
  sockets = [];
  broker = createServer((socket) => sockets.push(socket.on('error', () => {})));
  broker.listen(0, '127.0.0.1');
  await once(broker, 'listening');
  port = (broker.address() as AddressInfo).port;
});
afterEach(async () => {
  vi.useRealTimers();
  await agent?.stop();
  agent = undefined;
  for (const socket of sockets) socket.destroy();
  await new Promise((resolve) => broker.close(resolve));
  rmSync(folder, { recursive: true, force: true });
});

/** An agent of this broker; the promise is of its first line at one of the levels, with what it says. */
async function start(more: Record<string, unknown>, isWanted: (message: string, error: unknown) => boolean) {
  let hear: (line: { level: string; message: string; fields: Record<string, unknown> }) => void;
  const line = new Promise<Parameters<typeof hear>[0]>((resolve) => {
    hear = resolve;
  });
  const usual = { chain: 'c', store: 's', device: 'd', dataDir: folder, checks: [] };
  const config = await validateAgentConfig({ ...usual, ...more }, 'test');
  agent = await startAgent(config, {
    chance: () => 0,
    hostFacts: async () => ({}),
    log: (level, message, fields = {}) => isWanted(message, fields.error) && hear({ level, message, fields }),
  });
  return line;
}

test('over TLS too, a broker that accepts and says nothing is given up after ten seconds', async () => {
  const connected = once(broker, 'connection');
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const line = start({ server: `mqtts://127.0.0.1:${port}` }, (message) => message === 'cannot connect');
  const [socket] = (await connected) as [Socket];
  const closed = once(socket.resume(), 'close');
  await vi.advanceTimersByTimeAsync(10_000);
  expect(await line).toEqual({
    level: 'warn',
    message: 'cannot connect',
    fields: { server: `127.0.0.1:${port}`, error: 'connack timeout', retryMs: 500 },
  });
  await closed;
});

test('a port that does not speak TLS is told as such', async () => {
  broker.on('connection', (socket) => socket.on('data', () => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')));
  const { level, fields } = await start({ server: `mqtts://127.0.0.1:${port}` }, (message) => /TLS/.test(message));
  expect([level, fields.retryMs]).toEqual(['error', 7500]);
});

test('a password file that went away is told, and read again once it is back', async () => {
  const passwordFile = join(folder, 'password');
  writeFileSync(passwordFile, 'mine');
  const server = { host: '127.0.0.1', port, user: 'u', passwordFile };
  const first = dial(server);
  expect(first.login).toEqual({ username: 'u', password: Buffer.from('mine') });
  first.socket.destroy();
  rmSync(passwordFile);
  expect(() => dial(server)).toThrow(/ENOENT.*password/);
  writeFileSync(passwordFile, '\uFEFFnew\r\n');
  const again = dial(server);
  expect(again.login.password).toEqual(Buffer.from('new'));
  again.socket.destroy();
});

test('an agent whose password file goes away while it runs goes on trying', async () => {
  const passwordFile = join(folder, 'password');
  writeFileSync(passwordFile, 'mine');
  broker.once('connection', (socket) => {
    rmSync(passwordFile);
    socket.destroy();
  });
  const { message, fields } = await start({ server: `mqtt://127.0.0.1:${port}`, passwordFile }, (_, error) =>
    /ENOENT/.test(String(error)),
  );
  expect([message, fields.retryMs]).toEqual(['cannot connect', 1000]);
  writeFileSync(passwordFile, 'mine');
  await once(broker, 'connection');
});
