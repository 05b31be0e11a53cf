import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Sight } from '../../../agent/gateway/look.ts';
import { createNeighbour } from '../../../agent/gateway/neighbour.ts';
import { loadGateway } from '../../../agent/gateway/options.ts';
import { startRelay } from '../../../agent/gateway/relay.ts';

let folder: string;
const closing: (() => void)[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vigie-gateway-options-'));
});
afterEach(() => {
  for (const close of closing.splice(0)) close();
  rmSync(folder, { recursive: true, force: true });
});

test('in the clear on this machine only; elsewhere a certificate, the enrolled one when none is named', () => {
  expect(loadGateway({ host: '127.0.0.1' }, folder).loaded).toEqual({
    host: '127.0.0.1',
    port: 8883,
    maxDevices: 64,
    maxBytes: 4_294_967_296,
  });
  const { faults, loaded } = loadGateway({}, folder);
  expect(loaded).toBeUndefined();
  expect(faults.join('\n')).toMatch(/gateway\.certFile: .*identity.agent\.crt/);
  expect(loadGateway({ host: '10.0.0.1' }, folder).faults).toHaveLength(3);
});

test('a wrong key is told by its path, and a relay goes to one place', () => {
  expect(loadGateway({ host: '127.0.0.1', ports: 1 }, folder).faults.join()).toMatch(/gateway.*ports/);
  expect(loadGateway({ host: '127.0.0.1', relay: { to: 'vigie.example' } }, folder).faults.join()).toMatch(/relay\.to/);
  expect(loadGateway({ host: '127.0.0.1', relay: { to: 'vigie.example:70000' } }, folder).faults.join()).toMatch(
    /65535/,
  );
  expect(loadGateway({ host: '127.0.0.1', relay: { to: '[fd00::1]:8443' } }, folder).loaded?.relay).toEqual({
    host: '0.0.0.0',
    port: 8443,
    to: { host: 'fd00::1', port: 8443 },
  });
});

test('the relay passes bytes on, both ways, and a server that is away ends the connection', async () => {
  const upstream = createServer((socket) => socket.on('data', (bytes) => socket.end(`got ${bytes}`)));
  await new Promise<void>((resolve) => upstream.listen(0, '127.0.0.1', resolve));
  const { port: to } = upstream.address() as { port: number };
  const lines: string[] = [];
  const relay = await startRelay({
    host: '127.0.0.1',
    port: 0,
    to: { host: '127.0.0.1', port: to },
    log: (_, message) => lines.push(message),
  });
  closing.push(() => relay.close());
  const ask = async () => {
    const { connect } = await import('node:net');
    const socket = connect(relay.port, '127.0.0.1');
    socket.write('hello');
    let said = '';
    socket.on('data', (bytes) => {
      said += bytes;
    });
    await new Promise<void>((resolve) => {
      socket.on('error', () => {});
      socket.once('close', () => resolve());
    });
    return said;
  };
  expect(await ask()).toBe('got hello');
  await new Promise((resolve) => upstream.close(resolve));
  expect(await ask()).toBe('');
  expect(lines).toEqual(['the relay cannot reach the server']);
});

test('a neighbour looks where it is asked to, inside the store, one look at a time', async () => {
  const looks: { host: string; end: (sight: Sight) => void }[] = [];
  const neighbour = createNeighbour('c/s/till-2', (host) => new Promise((end) => looks.push({ host, end })));
  const said: unknown[] = [];
  const subscribed: string[] = [];
  let told = () => {};
  neighbour.board({
    publish(topic, body) {
      said.push([topic, JSON.parse(body as string)]);
      told();
      return () => {};
    },
    subscribe: (topics) => subscribed.push(...topics),
  });
  expect(subscribed).toEqual(['vigie/v1/c/s/till-2/look']);
  const ask = (id: number, host: string) =>
    neighbour.hear('vigie/v1/c/s/till-2/look', Buffer.from(JSON.stringify({ id, host })));
  ask(1, '8.8.8.8');
  ask(2, 'vigie.example');
  neighbour.hear('vigie/v1/c/s/till-9/look', Buffer.from('{"id":3,"host":"10.0.0.1"}'));
  expect(looks).toEqual([]);
  ask(4, '10.0.0.12');
  ask(5, '10.0.0.13');
  expect(looks.map(({ host }) => host)).toEqual(['10.0.0.12']);
  const answered = new Promise<void>((resolve) => {
    told = resolve;
  });
  looks[0]?.end('silent');
  await answered;
  expect(said).toEqual([['vigie/v1/c/s/till-2/looked', { id: 4, sight: 'silent' }]]);
});
