import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type FaultProxy, startFaultProxy } from './fault-proxy.ts';

/** Says back what it hears. */
let echo: Server;
let proxy: FaultProxy;
let clients: Socket[];
beforeEach(async () => {
  clients = [];
  echo = createServer((socket) => {
    socket.on('error', () => {});
    socket.pipe(socket);
  });
  await new Promise<void>((resolve) => echo.listen(0, '127.0.0.1', resolve));
  proxy = await startFaultProxy({ target: { port: (echo.address() as AddressInfo).port } });
});
afterEach(async () => {
  for (const client of clients) client.destroy();
  await proxy.close();
  await new Promise((resolve) => echo.close(resolve));
});

async function open() {
  const socket = connect(proxy.port, '127.0.0.1');
  clients.push(socket);
  socket.on('error', () => {});
  const closed = new Promise<void>((resolve) => socket.on('close', () => resolve()));
  await once(socket, 'connect');
  let heard = '';
  const listeners = new Set<() => void>();
  socket.on('data', (chunk) => {
    heard += chunk.toString();
    for (const look of listeners) look();
  });
  return {
    socket,
    closed,
    heard: () => heard,
    hears: (wanted: string) =>
      new Promise<void>((resolve) => {
        const look = () => {
          if (heard === wanted) resolve();
        };
        listeners.add(look);
        look();
      }),
  };
}

test('what goes in comes out, in order, and the end of one side is the end of the other', async () => {
  const { socket, hears, closed } = await open();
  socket.write('one ');
  socket.write('two');
  await hears('one two');
  socket.end();
  await closed;
});

test('a cut resets every connection, and says how many', async () => {
  const [a, b] = [await open(), await open()];
  a.socket.write('a');
  b.socket.write('b');
  await Promise.all([a.hears('a'), b.hears('b')]);
  const closed = Promise.all([a.closed, b.closed]);
  expect(proxy.reset()).toBe(2);
  await closed;
  expect(proxy.reset()).toBe(0);
  const after = await open();
  after.socket.write('again');
  await after.hears('again');
});

test('in silence nothing passes and no connection ends; then all of it comes', async () => {
  const before = await open();
  before.socket.write('x');
  await before.hears('x');
  proxy.silence();
  before.socket.write('y');
  const meanwhile = await open();
  meanwhile.socket.write('new');
  // A round trip beside the proxy: had anything been let through, it would have been heard by now.
  await roundTrip();
  await roundTrip();
  expect([before.heard(), meanwhile.heard()]).toEqual(['x', '']);
  expect(proxy.counts.held).toBeGreaterThan(0);
  proxy.speak();
  await Promise.all([before.hears('xy'), meanwhile.hears('new')]);
});

test('a delay holds everything back and keeps the order', async () => {
  const { socket, hears } = await open();
  proxy.delay(60);
  const from = performance.now();
  socket.write('1');
  await vi.waitFor(() => expect(proxy.counts.delayed).toBe(1));
  proxy.delay(0);
  // Not delayed itself, and yet behind what is.
  socket.write('2');
  await hears('12');
  expect(performance.now() - from).toBeGreaterThanOrEqual(55);
});

test('a throttle lets so many bytes a second through, and loses none', async () => {
  const { socket, hears } = await open();
  proxy.throttle(40_000);
  const text = 'z'.repeat(8_000);
  const from = performance.now();
  socket.write(text);
  await hears(text);
  // Both directions are throttled; the second begins before the first has ended.
  expect(performance.now() - from).toBeGreaterThanOrEqual(180);
  expect(proxy.counts.throttled).toBeGreaterThan(8);
});

async function roundTrip(): Promise<void> {
  const socket = connect((echo.address() as AddressInfo).port, '127.0.0.1');
  socket.write('?');
  await once(socket, 'data');
  socket.destroy();
}
