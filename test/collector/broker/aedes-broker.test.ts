import { once } from 'node:events';
import { connect as connectTcp } from 'node:net';
import mqtt, { type MqttClient } from 'mqtt';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startEmbeddedBroker } from '../../../collector/broker/aedes-broker.ts';
import type { InboundMessage, Intake } from '../../../collector/ports.ts';

type Taken = { message: InboundMessage; done: (accepted: boolean) => void };

let broker: Awaited<ReturnType<typeof startEmbeddedBroker>>;
let intake: Intake;
let clients: MqttClient[];
let problems: string[];
let taken: Taken[];
let arrived: () => void;

/** The next such event of a client: its typings are not those of Node's emitters. */
const next = (client: MqttClient, event: 'message' | 'close') =>
  new Promise<unknown[]>((resolve) => client.once(event, (...args: unknown[]) => resolve(args)));

/** Resolves when the broker has handed over `count` messages in all. */
async function handedOver(count: number): Promise<void> {
  while (taken.length < count) await new Promise<void>((resolve) => (arrived = resolve));
}

async function connect(clientId: string, will?: { topic: string; payload: string }): Promise<MqttClient> {
  const client = await mqtt.connectAsync(`mqtt://127.0.0.1:${broker.port}`, {
    clientId,
    protocolVersion: 4,
    reconnectPeriod: 0,
    ...(will ? { will: { topic: will.topic, payload: Buffer.from(will.payload), qos: 1 as const, retain: true } } : {}),
  });
  clients.push(client);
  return client;
}

beforeEach(async () => {
  clients = [];
  problems = [];
  taken = [];
  arrived = () => {};
  broker = await startEmbeddedBroker({
    host: '127.0.0.1',
    port: 0,
    deviceOf: (key) => (key === 'c/s/till' ? { name: 'till', kind: 'till', gateway: 'gw' } : undefined),
    onProblem: (_, problem) => problems.push(problem),
  });
  intake = await broker.open({ index: 0, of: 1 }, [], (message, done) => {
    taken.push({ message, done });
    arrived();
  });
});

afterEach(async () => {
  for (const client of clients) client.end(true);
  await broker.close();
});

test('a message is acknowledged only once it is done', async () => {
  const client = await connect('vigie:c/s/d');
  let acknowledged = false;
  const sent = client.publishAsync('vigie/v1/c/s/d/report', 'x', { qos: 1 }).then(() => {
    acknowledged = true;
  });
  await handedOver(1);
  // A round trip of another message: had the first been acknowledged on arrival, its PUBACK would be here by now.
  const other = await connect('vigie:c/s/e');
  const ping = other.publishAsync('vigie/v1/c/s/e/report', 'y', { qos: 1 });
  await handedOver(2);
  taken[1]?.done(true);
  await ping;
  expect(acknowledged).toBe(false);
  taken[0]?.done(true);
  await sent;
  expect(acknowledged).toBe(true);
});

test('the sender is named, and a message that is not accepted reaches nobody and is not kept', async () => {
  const listener = await connect('vigie:c/s/d');
  const heard: string[] = [];
  listener.on('message', (topic) => heard.push(topic));
  await listener.subscribeAsync('vigie/v1/c/s/d/#', { qos: 1 });
  const liar = await connect('vigie:c/s/other');
  const refused = liar.publishAsync('vigie/v1/c/s/d/config', 'forged', { qos: 1, retain: true });
  await handedOver(1);
  expect(taken[0]?.message.client).toBe('vigie:c/s/other');
  taken[0]?.done(false);
  await refused;
  const honest = listener.publishAsync('vigie/v1/c/s/d/status', 'kept', { qos: 1, retain: true });
  const echoed = next(listener, 'message');
  await handedOver(2);
  taken[1]?.done(true);
  await Promise.all([honest, echoed]);
  expect(heard).toEqual(['vigie/v1/c/s/d/status']);
});

test('a broken connection publishes its will, which waits for done like any message', async () => {
  const client = await connect('vigie:c/s/d', { topic: 'vigie/v1/c/s/d/status', payload: 'gone' });
  client.stream.destroy();
  await handedOver(1);
  expect(Buffer.from(taken[0]?.message.payload ?? []).toString()).toBe('gone');
  taken[0]?.done(true);
});

test('the collector’s presence is kept for those who come later, and agents may read nothing of others', async () => {
  await broker.publish('vigie/v1/collector/one', '{"online":true}', { qos: 1, retain: true });
  const client = await connect('vigie:c/s/d');
  const message = next(client, 'message');
  await client.subscribeAsync('vigie/v1/collector/+', { qos: 1 });
  expect((await message)[0]).toBe('vigie/v1/collector/one');
  for (const filter of ['#', 'vigie/v1/+/+/+/report', 'vigie/v1/c/s/other/status', '$SYS/#']) {
    await expect(client.subscribeAsync(filter, { qos: 1 }), filter).rejects.toThrow();
  }
});

test('a gateway hears what is told to the devices it carries, and to no others', async () => {
  const gateway = await connect('vigie:c/s/gw');
  await gateway.subscribeAsync('vigie/v1/c/s/till/config', { qos: 1 });
  const heard = next(gateway, 'message');
  await broker.publish('vigie/v1/c/s/till/config', 'x', { qos: 1, retain: true });
  expect((await heard)[0]).toBe('vigie/v1/c/s/till/config');
  for (const filter of [
    'vigie/v1/c/s/other/config',
    'vigie/v1/c/s/till/report',
    'vigie/v1/c/s/+/config',
    'vigie/v1/c/x/till/config',
  ]) {
    await expect(gateway.subscribeAsync(filter, { qos: 1 }), filter).rejects.toThrow();
  }
  const stranger = await connect('vigie:c/s/other');
  await expect(stranger.subscribeAsync('vigie/v1/c/s/till/command', { qos: 1 })).rejects.toThrow();
});

test('while no partition is open a message is not acknowledged, and one share is all there is to open', async () => {
  expect(broker.needsReceipts).toBe(false);
  expect(broker.stats().connected).toBe(true);
  await expect(broker.open({ index: 0, of: 1 }, [], () => {})).rejects.toThrow(/open already/);
  await intake.close();
  expect(broker.stats().connected).toBe(false);
  await expect(broker.open({ index: 0, of: 2 }, [], () => {})).rejects.toThrow(/all stores/);
  const client = await connect('vigie:c/s/d');
  const closed = next(client, 'close');
  const sent = client.publishAsync('vigie/v1/c/s/d/report', 'x', { qos: 1 });
  sent.catch(() => {});
  await closed;
  expect(taken).toHaveLength(0);
});

test('a packet that announces more than we take is refused before its bytes arrive', async () => {
  const client = await connect('vigie:c/s/d');
  const socket = client.stream as unknown as NodeJS.WritableStream;
  const closed = next(client, 'close');
  // PUBLISH, remaining length 256 MB - 1.
  socket.write(Buffer.from([0x32, 0xff, 0xff, 0xff, 0x7f, 0x00]));
  await closed;
  expect(problems.join()).toMatch(/packet of \d+ bytes refused/);
});

test('any other bytes end that connection only', async () => {
  const socket = connectTcp(broker.port, '127.0.0.1');
  await once(socket, 'connect');
  const closed = once(socket, 'close');
  socket.on('error', () => {});
  socket.write(Buffer.from('GET / HTTP/1.1\r\n\r\n'));
  await closed;
  const client = await connect('vigie:c/s/d');
  expect(client.connected).toBe(true);
});

test('a port that is taken is told by its code', async () => {
  await expect(
    startEmbeddedBroker({ host: '127.0.0.1', port: broker.port, deviceOf: () => undefined, onProblem: () => {} }),
  ).rejects.toMatchObject({ code: 'EADDRINUSE' });
});
