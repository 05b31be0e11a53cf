import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import pino from 'pino';
import { expect, onTestFinished, test } from 'vitest';
import { startDashboard } from '../../../dashboard/server/start-dashboard.ts';
import { DEVICE, fakePorts, NOW, TILE, TOKENS } from './fake-ports.ts';
import { bearer } from './harness.ts';

async function start(options: { readingNeedsToken?: boolean } = {}) {
  const fake = fakePorts(options);
  const dashboard = await startDashboard({
    host: '127.0.0.1',
    port: 0,
    ports: fake.ports,
    webDir: undefined,
    log: pino({ level: 'silent' }),
    version: '9.9.9',
  });
  onTestFinished(() => dashboard.close());
  return { ...fake, ...dashboard };
}

interface Event {
  id?: string;
  event: string;
  data: unknown;
}

/** Follows the stream over a real connection; `next` waits for the next event, undefined when it has ended. */
async function follow(url: string, query = '', headers: Record<string, string> = {}) {
  const stop = new AbortController();
  onTestFinished(() => stop.abort());
  const response = await fetch(`${url}/api/v1/live${query}`, {
    headers: { ...bearer('viewer'), ...headers },
    signal: stop.signal,
  });
  const chunks = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  const next = async (): Promise<Event | undefined> => {
    const end = text.indexOf('\n\n');
    if (end < 0) {
      const chunk = await chunks?.read();
      if (chunk === undefined || chunk.done) return undefined;
      text += chunk.value;
      return next();
    }
    const fields = new Map(
      text
        .slice(0, end)
        .split('\n')
        .map((line) => line.split(/: (.*)/s) as [string, string]),
    );
    text = text.slice(end + 2);
    const event = fields.get('event');
    if (event === undefined) return next();
    const id = fields.get('id');
    return { ...(id !== undefined && { id }), event, data: JSON.parse(fields.get('data') ?? '') };
  };
  return { response, next, stop: () => stop.abort() };
}

test('a page starts from a snapshot and follows', async () => {
  const { url, emitDelta, emitReadings } = await start();
  const { response, next } = await follow(url, `?device=${DEVICE.key}`);
  expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
  expect(response.headers.get('cache-control')).toBe('no-store');
  expect(response.headers.get('content-encoding')).toBeNull();
  expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
  const snapshot = await next();
  expect(snapshot).toMatchObject({ id: expect.stringMatching(/^\w+-0$/), event: 'snapshot', data: { stores: [TILE] } });
  emitDelta({ at: NOW, gone: ['acme/old'] });
  expect(await next()).toEqual({
    id: snapshot?.id?.replace(/0$/, '1'),
    event: 'delta',
    data: { at: NOW, gone: ['acme/old'] },
  });
  const readings = { at: NOW, device: DEVICE.key, readings: [] };
  emitReadings(readings);
  expect(await next()).toEqual({ event: 'readings', data: readings });
});

test('a device taken away does not cost a page its stream', async () => {
  const { url } = await start();
  const { next } = await follow(url, '?device=acme/lyon-01/taken-away');
  expect((await next())?.event).toBe('snapshot');
});

test('nothing is missed between the wall and the stream, nor while a page was away', async () => {
  const { url, emitDelta } = await start();
  const { id } = (await (await fetch(`${url}/api/v1/wall`, { headers: bearer('viewer') })).json()) as { id: string };
  emitDelta({ at: NOW + 1 });
  const first = await follow(url, `?since=${id}`);
  const seen = await first.next();
  expect(seen).toMatchObject({ event: 'delta', data: { at: NOW + 1 } });
  first.stop();
  emitDelta({ at: NOW + 2 });
  emitDelta({ at: NOW + 3 });
  const back = await follow(url, `?since=${id}`, { 'last-event-id': seen?.id ?? '' });
  expect(await back.next()).toMatchObject({ event: 'delta', data: { at: NOW + 2 } });
  expect(await back.next()).toMatchObject({ event: 'delta', data: { at: NOW + 3 } });
});

test('after a restart of the server a page starts afresh', async () => {
  const before = await start();
  const { next } = await follow(before.url);
  const seen = await next();
  await before.close();
  expect(await next()).toBeUndefined();
  const after = await start();
  const back = await follow(after.url, '', { 'last-event-id': seen?.id ?? '' });
  const fresh = await back.next();
  expect(fresh?.event).toBe('snapshot');
  expect(fresh?.id).not.toBe(seen?.id);
});

test('a reader who does not keep up is dropped; the others miss nothing', async () => {
  const { url, emitDelta } = await start();
  const good = await follow(url);
  await good.next();
  const slow = await openStream(url);
  const figures = async () => (await fetch(`${url}/metrics`, { headers: bearer('viewer') })).text();
  expect(await figures()).toContain('vigie_live_readers 2\n');

  const large = { ...TILE, title: 'x'.repeat(1024 * 1024) };
  let sent = 0;
  while (!(await figures()).includes('vigie_live_readers_dropped_total 1\n')) {
    sent += 1;
    emitDelta({ at: sent, stores: [large] });
    expect((await good.next())?.data).toMatchObject({ at: sent });
    expect(sent).toBeLessThan(100);
  }
  expect(await figures()).toContain('vigie_live_readers 1\n');
  slow.resume();
  await once(slow, 'close');
  emitDelta({ at: -1 });
  expect((await good.next())?.data).toEqual({ at: -1 });
}, 20_000);

test('what a page listened to is let go when it leaves', async () => {
  const { url, listeners } = await start();
  const before = listeners();
  const socket = await openStream(url, `?device=${DEVICE.key}`);
  expect(listeners()).toBe(before + 1);
  socket.destroy();
  await expect.poll(listeners).toBe(before);
});

test('the two hundred and first page is told to come later', async () => {
  const { url } = await start();
  for (let i = 0; i < 200; i += 1) await openStream(url);
  const response = await fetch(`${url}/api/v1/live`, { headers: bearer('viewer') });
  expect([response.status, response.headers.get('retry-after')]).toEqual([503, '10']);
  expect(await response.json()).toMatchObject({ error: { code: 'too-many-readers' } });
}, 20_000);

test('closing ends the streams and lets the ports go', async () => {
  const { url, close, listeners } = await start();
  const { next } = await follow(url);
  await next();
  await close();
  expect(await next()).toBeUndefined();
  expect(listeners()).toBe(0);
});

test('a taken port is told by its code, and nothing is left behind', async () => {
  const { url } = await start();
  const { ports, listeners } = fakePorts();
  const again = startDashboard({
    host: '127.0.0.1',
    port: Number(new URL(url).port),
    ports,
    webDir: undefined,
    log: pino({ level: 'silent' }),
    version: '9.9.9',
  });
  await expect(again).rejects.toMatchObject({ code: 'EADDRINUSE' });
  expect(listeners()).toBe(0);
});

/** A stream on a bare socket that has had its snapshot and reads no further. */
async function openStream(url: string, query = ''): Promise<Socket> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  onTestFinished(() => void socket.destroy());
  socket.write(
    `GET /api/v1/live${query} HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer ${TOKENS.viewer}\r\n\r\n`,
  );
  let text = '';
  while (!text.includes('event: snapshot')) {
    const [chunk] = (await once(socket, 'data')) as [Buffer];
    text += chunk.toString();
  }
  socket.pause();
  return socket;
}
